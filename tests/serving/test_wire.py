"""Over a socket too, every byte is as uvicorn's own protocol writes it, whatever else the bytes bring with them."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

import server
from serving.settings import Settings
from tests.serving.exchange import fronted

QUERY = b'{"query": "{ dataset { version } }"}'
LONG = json.dumps({"query": "{ __schema { types { name fields { name } } } }"}).encode()
TIMES = 3
_VARYING = re.compile(rb"(date|x-request-id): [^\r]*")


@contextmanager
def listening(own: bool, **settings: Any) -> Iterator[tuple[int, Any]]:
    """A port at which the made-up dataset is served, and the application; with uvicorn's own protocol or not."""
    app = fronted(**settings).app
    config = server._config(app, Settings(graceful_timeout=0, **settings))
    config.lifespan = "off"
    if own:
        config.http = "httptools"
    running = uvicorn.Server(config)
    running.capture_signals = _nothing  # type: ignore[method-assign]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
        thread.start()
        yield listener.getsockname()[1], app
        running.should_exit = True
        thread.join(10)


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def post(body: bytes = QUERY, *lines: bytes, version: bytes = b"1.1") -> bytes:
    head = [b"POST /graphql HTTP/" + version, b"Host: x", b"Content-Type: application/json", *lines]
    return b"\r\n".join([*head, b"Content-Length: %d" % len(body), b"", body])


def get(*lines: bytes, method: bytes = b"GET", path: bytes = b"/graphql?query=%7Bdataset%7Bversion%7D%7D") -> bytes:
    return b"\r\n".join([method + b" " + path + b" HTTP/1.1", b"Host: x", *lines, b"", b""])


LAST = post(QUERY, b"Connection: close")
CONVERSATIONS = {
    "once": [LAST],
    "again and again": [post()] * 4 + [LAST],
    "long": [post(LONG)] * 4 + [LAST],
    "pipelined": [post() * 8 + LAST],
    "pipelined with others": [post() + get(path=b"/healthz") + post() + post(LONG) + get(path=b"/nowhere") + LAST],
    "in pieces": [post()[:30], post()[30:-5], post()[-5:] + post()[:60], post()[60:], LAST],
    "got": [get(), get(), get(), LAST],
    "only the head": [get(method=b"HEAD"), get(method=b"HEAD"), LAST],
    "asked for leave": [post(QUERY, b"Expect: 100-continue"), LAST],
    "an older version": [post(QUERY, version=b"1.0")],
    "an older version that stays": [post(QUERY, b"Connection: keep-alive", version=b"1.0"), LAST],
    "in chunks": [
        post().replace(b"Content-Length: %d" % len(QUERY), b"Transfer-Encoding: chunked").removesuffix(QUERY)
        + b"%x\r\n%b\r\n0\r\n\r\n" % (len(QUERY), QUERY),
        LAST,
    ],
    "by a proxy": [post(QUERY, b"X-Forwarded-For: 1.2.3.4")] * 3 + [LAST],
    "too long": [post(), post(QUERY + b" " * 3_000), post(QUERY + b" " * 3_000), LAST],
    "refused": [post(b"{"), post(b'{"query": "{ nothing }"}'), get(method=b"PUT"), LAST],
    "no HTTP": [post(), b"junk\r\n\r\n"],
    "upgraded": [post(QUERY, b"Connection: upgrade", b"Upgrade: h2c"), LAST],
}


def talk(port: int, conversation: list[bytes]) -> bytes:
    """Everything that comes back, without what is never the same."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for said in conversation:
            connection.sendall(said)
            threading.Event().wait(0.01)
        heard = b"".join(iter(lambda: connection.recv(65_536), b""))
    return _VARYING.sub(rb"\1", heard)


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[int, int]]:
    limits = {"rate": 0, "max_body": 2_000}
    with listening(own=False, **limits) as (ours, _), listening(own=True, **limits) as (theirs, _):
        yield ours, theirs


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_same_bytes_come_back(both: tuple[int, int], name: str) -> None:
    heard = [[talk(port, CONVERSATIONS[name]) for _ in range(TIMES)] for port in both]
    assert heard[0] == heard[1]
    assert b"HTTP/1.1 200" in heard[0][0] or name == "no HTTP"


def test_what_repeats_begins_no_task(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(own=False) as (port, app):
        talk(port, [post(), post(), LAST])
        before = app.state.served.edition.answers.size

        async def fail(*_: object) -> None:
            raise AssertionError("a task was begun")

        monkeypatch.setattr(type(app.middleware_stack), "__call__", fail)
        assert talk(port, [post(), post() * 3 + get(b"Connection: close", path=b"/x")]).count(b"HTTP/1.1 200 OK") == 4
        assert app.state.served.edition.answers.size == before


def test_a_client_behind_a_proxy_pays_itself() -> None:
    with listening(own=False, rate=20) as (port, _):
        first = [talk(port, [post(QUERY, b"X-Forwarded-For: 1.2.3.4", b"Connection: close")]) for _ in range(60)]
        other = talk(port, [post(QUERY, b"X-Forwarded-For: 1.2.3.5", b"Connection: close")])
    assert b" 429 " in b"".join(first)
    assert b" 200 " in other


def test_spans_need_the_protocol_of_uvicorn() -> None:
    app: Any = fronted().app
    app.middleware_stack.traced = lambda inner: inner
    assert server._config(app, Settings()).http is HttpToolsProtocol
