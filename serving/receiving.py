"""The body of a request, in time: without a clock where it is there already, as it nearly always is."""

from __future__ import annotations

import asyncio
import types
from collections.abc import Generator
from typing import Any

from starlette.types import Message, Receive, Scope

_BY = "body_by"

_Step = Generator[Any, Any, Message]


async def whole(scope: Scope, receive: Receive, limit: int, seconds: int) -> tuple[bytes | None, Receive]:
    """The body, with what receives it once more; None where it is longer than the limit, too late, or ends early.

    It is read no further than the limit. Whoever receives it once more finds it as it came, late where it was late.
    """
    messages: list[Message] = []
    size = 0
    try:
        while size <= limit:
            message = await _next(scope, receive, seconds)
            messages.append(message)
            size += len(message.get("body", b""))
            if message["type"] != "http.request":
                return None, _again(messages, receive)
            if not message.get("more_body"):
                break
    except TimeoutError:
        return None, _again(messages, _too_late)
    body = b"".join([message.get("body", b"") for message in messages]) if size <= limit else None
    return body, _again(messages, receive)


async def _next(scope: Scope, receive: Receive, seconds: int) -> Message:
    """The next message; TimeoutError where it does not come by the time that the first one waited for had."""
    step: Any = receive().__await__()
    try:
        waiting = next(step)
    except StopIteration as done:
        message: Message = done.value
        return message
    by = scope["state"][_BY] = due(scope, seconds)
    async with asyncio.timeout_at(by):
        return await _resumed(step, waiting)


def due(scope: Scope, seconds: int) -> float:
    """When the body of a request must be there whole, on the clock of the loop."""
    found: float | None = scope["state"].get(_BY)
    return asyncio.get_running_loop().time() + seconds if found is None else found


@types.coroutine
def _resumed(step: _Step, waiting: Any) -> _Step:
    """The rest of a coroutine whose first step was taken by hand, and waits for something."""
    while True:
        try:
            try:
                given = yield waiting
            except BaseException as error:  # noqa: BLE001 - a cancellation above all: it is for the coroutine to see
                waiting = step.throw(error)
            else:
                waiting = step.send(given)
        except StopIteration as done:
            message: Message = done.value
            return message


async def _too_late() -> Message:
    raise TimeoutError


def _again(messages: list[Message], receive: Receive) -> Receive:
    given = iter(messages)

    async def again() -> Message:
        return next(given, None) or await receive()

    return again
