"""A connection has bounds: on its head, on its time, on how many there are; and it speaks HTTP/1.1 and no other."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from serving.http import protocol
from serving.http.protocol import BODY_SECONDS, HEAD_SECONDS, IDLE_SECONDS, MAX_HEAD, SENDING_SECONDS
from serving.process.settings import Settings
from tests.serving.fast_path.raw import Line, _Transport, chunked, head, lines, post

UPGRADE = ("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA")


@pytest.fixture(params=[True, False], ids=["fast", "long"])
def line(request: pytest.FixtureRequest) -> Iterator[Line]:
    with lines() as pair:
        yield pair[0] if request.param else pair[1]


def test_a_request_to_change_the_protocol_is_answered_as_if_it_asked_for_none(line: Line) -> None:
    plain = line.talk([post()])
    assert line.talk([post("{ dataset { version } }", *UPGRADE)]) == plain
    sent = post("{ dataset { version } }", *UPGRADE)
    assert line.talk([sent[:-20], sent[-20:]]) == plain
    assert line.talk([sent + post()]) == plain * 2
    websocket = post("{ dataset { version } }", "Connection: keep-alive, Upgrade", "Upgrade: websocket")
    assert line.talk([websocket]) == plain


def test_a_request_that_asks_to_close_too_is_closed(line: Line) -> None:
    reply = line.talk([post("{ dataset { version } }", "Connection: Upgrade, close", "Upgrade: h2c"), post()])
    assert reply.count(b"HTTP/1.1 200 OK") == 1
    assert b"connection: close" in reply


def test_a_tunnel_is_refused(line: Line) -> None:
    assert line.talk([head("CONNECT", "x:443", "Host: x")]).startswith(b"HTTP/1.1 400 ")


def test_a_broken_request_is_refused_after_the_replies_to_those_before(line: Line) -> None:
    broken = chunked(b"{}", trailers=["A: b\r\n folded"])
    statuses = re.findall(rb"HTTP/1.1 (\d+) ", line.talk([post() + post() + broken]))
    assert statuses == [b"200", b"200", b"400"]


@pytest.mark.parametrize(
    "pieces",
    [
        [head("GET", "/healthz", "X: " + "a" * MAX_HEAD)],
        [b"GET /healthz HTTP/1.1\r\nX: ", *[b"a" * 4_096] * 20],
        [b"GET /" + b"a" * 4_096, *[b"a" * 4_096] * 20],
        [b"GET /healthz HTTP/1.1\r\n", *[b"X: a\r\n" * 1_000] * 20],
    ],
    ids=["at once", "one header", "one address", "many headers"],
)
def test_a_head_that_is_too_large_is_refused(line: Line, pieces: list[bytes]) -> None:
    assert line.talk(pieces).startswith((b"HTTP/1.1 431 ", b"HTTP/1.1 400 "))


def test_a_large_pipeline_of_small_heads_is_none(line: Line) -> None:
    small = head("GET", "/healthz", "Host: x", "X: " + "a" * 1_000)
    assert line.talk([small * 100 + small[:50], small[50:]]).count(b"HTTP/1.1 200 OK") == 101


async def _connection(line: Line, transport: Any) -> Any:
    loop = asyncio.get_running_loop()
    made = line.config.http_protocol_class(config=line.config, server_state=line.state, app_state={}, _loop=loop)
    made.connection_made(transport)
    return made


@pytest.mark.parametrize(
    ("sent", "seconds"),
    [
        (b"", IDLE_SECONDS),
        (b"POST /graphql HTTP/1.1\r\nHost", HEAD_SECONDS),
        (b"POST /mcp HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n123", BODY_SECONDS),
        (head("GET", "/healthz", "Host: x"), IDLE_SECONDS),
    ],
    ids=["silent", "in the head", "in the body", "after a reply"],
)
def test_a_client_that_is_slow_is_closed(line: Line, sent: bytes, seconds: int) -> None:
    async def wait() -> tuple[bool, bool]:
        transport = _Transport("10.0.0.1")
        made = await _connection(line, transport)
        if sent:
            made.data_received(sent)
        for _ in range(50):
            await asyncio.sleep(0)
        now = asyncio.get_running_loop().time()
        made.close_if_slow(now + seconds - 1)
        before = transport.closing
        made.close_if_slow(now + seconds + 1)
        return before, transport.closing

    assert line.runner.run(wait()) == (False, True)


def test_a_client_that_does_not_read_is_cut_off(line: Line) -> None:
    async def wait() -> list[bool]:
        transport: Any = _Transport("10.0.0.1")
        made = await _connection(line, transport)
        transport.get_write_buffer_size = lambda: 1_000
        now, seen = asyncio.get_running_loop().time(), []
        for seconds in (0, SENDING_SECONDS - 1):
            made.close_if_slow(now + seconds)
            seen.append(transport.closing)
        made.resume_writing()  # it has read after all
        for seconds in (SENDING_SECONDS, 2 * SENDING_SECONDS - 1, 2 * SENDING_SECONDS + 1):
            made.close_if_slow(now + seconds)
            seen.append(transport.closing)
        return seen

    assert line.runner.run(wait()) == [False, False, False, False, True]


def test_all_connections_are_looked_at_every_second(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    async def wait() -> bool:
        monkeypatch.setattr(protocol, "_SWEEP", 0.01)
        monkeypatch.setitem(protocol._SECONDS, protocol.Phase.IDLE, 0)
        transport = _Transport("10.0.0.1")
        await _connection(line, transport)
        await asyncio.sleep(0.1)
        return transport.closing

    assert line.runner.run(wait())


def test_one_client_has_so_many_connections_and_others_theirs() -> None:
    async def crowd(line: Line) -> list[bool]:
        transports = [_Transport(client) for client in ("a", "a", "a", "b")]
        made = [await _connection(line, each) for each in transports]
        made[0].connection_lost(None)
        transports.append(_Transport("a"))
        await _connection(line, transports[-1])
        return [each.closing for each in transports]

    with closing(Line(Settings(max_connections=2))) as made:
        assert made.runner.run(crowd(made)) == [True, False, True, False, False]


def test_there_are_as_many_connections_as_descriptors_allow(line: Line) -> None:
    async def crowd() -> list[bool]:
        transports = [_Transport(str(number)) for number in range(3)]
        connections = (await _connection(line, transports[0]))._all
        connections.in_all = 2
        for each in transports[1:]:
            await _connection(line, each)
        return [each.closing for each in transports]

    assert line.runner.run(crowd()) == [False, False, True]
