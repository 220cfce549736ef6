"""A body is read within its limit and its time, and whoever reads it once more finds it as it came."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from serving.receiving import due, whole

Message = dict[str, Any]


def part(body: bytes, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def given(*messages: Message, pause: int = 0) -> Callable[[], Coroutine[Any, Any, Message]]:
    """Messages one after the other, `pause` seconds before each; after them nothing ever comes."""
    waiting = iter(messages)

    async def receive() -> Message:
        if pause:
            await asyncio.sleep(pause)
        message = next(waiting, None)
        if message is None:
            await asyncio.Event().wait()
        assert message is not None
        return message

    return receive


def read(receive: Any, limit: int = 10, seconds: int = 5, again: int = 0) -> tuple[bytes | None, list[Any]]:
    """The body, and the first messages that are received once more."""

    async def reading() -> tuple[bytes | None, list[Any]]:
        body, once_more = await whole({"state": {}}, receive, limit, seconds)
        return body, [await once_more() for _ in range(again)]

    return asyncio.run(reading())


def test_a_body_in_parts_is_whole_and_comes_once_more_in_parts() -> None:
    parts = [part(b"ab", True), part(b"cd", True), part(b"e")]
    assert read(given(*parts), again=3) == (b"abcde", parts)


def test_what_is_there_already_needs_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("serving.receiving.asyncio.timeout_at", None)
    assert read(given(part(b"a")))[0] == b"a"


def test_what_is_not_there_is_waited_for() -> None:
    async def later() -> Message:
        await asyncio.sleep(0)
        await asyncio.sleep(0.01)
        return part(b"late")

    assert read(later, again=1) == (b"late", [part(b"late")])


def test_a_body_is_read_no_further_than_its_limit() -> None:
    parts = [part(b"123456", True), part(b"789012", True)]
    assert read(given(*parts, part(b"x")), again=3) == (None, [*parts, part(b"x")])


def test_a_body_of_just_the_limit_is_whole() -> None:
    assert read(given(part(b"1234567890")))[0] == b"1234567890"


def test_a_client_that_leaves_has_no_body() -> None:
    left = {"type": "http.disconnect"}
    assert read(given(part(b"a", True), left), again=2) == (None, [part(b"a", True), left])


def test_a_body_that_is_late_is_late_once_more() -> None:
    async def reading() -> list[Any]:
        scope: Any = {"state": {}}
        body, once_more = await whole(scope, given(part(b"a", True)), 10, 0)
        assert body is None
        assert due(scope, 100) <= asyncio.get_running_loop().time()
        first = await once_more()
        with pytest.raises(TimeoutError):
            await once_more()
        return [first]

    assert asyncio.run(reading()) == [part(b"a", True)]


def test_a_fault_in_receiving_is_told() -> None:
    async def broken() -> Message:
        await asyncio.sleep(0)
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        read(broken)
