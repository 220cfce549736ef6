"""A body is read within its limit and its time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from serving.http.errors import HttpRefusalError
from serving.http.requests import read_body

Message = dict[str, Any]
LATE = b"late"


def part(body: bytes, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def given(*messages: Message) -> Callable[[], Coroutine[Any, Any, Message]]:
    """Messages one after the other; after them nothing ever comes."""
    waiting = iter(messages)

    async def receive() -> Message:
        await asyncio.sleep(0)
        message = next(waiting, None)
        if message is None:
            await asyncio.Event().wait()
        assert message is not None
        return message

    return receive


def read(receive: Any, limit: int = 10, seconds: int = 1) -> bytes:
    return asyncio.run(read_body({"type": "http", "method": "POST", "headers": []}, receive, limit, seconds))


def test_a_body_in_parts_is_whole() -> None:
    assert read(given(part(b"ab", True), part(b"cd", True), part(b"e"))) == b"abcde"


def test_a_body_of_just_the_limit_is_whole() -> None:
    assert read(given(part(b"1234567890"))) == b"1234567890"


@pytest.mark.parametrize(
    ("messages", "status"),
    [
        ([part(b"123456", True), part(b"789012", True)], 413),
        ([part(b"a", True), {"type": "http.disconnect"}], 400),
        ([part(b"a", True)], 408),
    ],
    ids=["too long", "ended early", "too late"],
)
def test_what_is_no_body_is_refused(messages: list[Message], status: int) -> None:
    with pytest.raises(HttpRefusalError) as refusal:
        read(given(*messages))
    assert refusal.value.status == status
