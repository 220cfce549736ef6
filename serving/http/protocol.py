"""One connection: uvicorn's protocol, with bounds on how long and how large whatever a client sends may be.

Headers that come after a body (trailers) are dropped. A request to change the protocol (`Upgrade: h2c`) is ignored, as
RFC 9110 allows, and answered in HTTP/1.1. A client that is slow to send its headers or its body, or to read its reply,
or that says nothing, is closed; so is a connection beyond those that one client may have, or that the descriptors of
the process allow.
"""

from __future__ import annotations

import asyncio
import resource
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 64 << 10  # bytes of a request line with its headers
HEAD_SECONDS, BODY_SECONDS, IDLE_SECONDS, SENDING_SECONDS = 10, 30, 75, 60
_SWEEP = 1  # second between looks at all connections
_RESERVED = 64  # descriptors for files, beside those of connections
_INVALID = "Invalid HTTP request received."
_TOO_LARGE = b"request header fields too large"
_UPGRADING = frozenset({b"upgrade", b"http2-settings"})


class Phase(Enum):
    """What a connection waits for."""

    IDLE = auto()
    HEAD = auto()
    BODY = auto()
    REPLY = auto()


_SECONDS = {Phase.IDLE: IDLE_SECONDS, Phase.HEAD: HEAD_SECONDS, Phase.BODY: BODY_SECONDS}


@dataclass(slots=True)
class Connections:
    """All connections of a process, at most `in_all`, and `most` of each client; closing those that are slow."""

    most: int
    in_all: int = field(default_factory=lambda: _descriptors() - _RESERVED)
    of_client: Counter[str] = field(default_factory=Counter)
    _open: set[Connection] = field(default_factory=set)
    _sweeping: asyncio.TimerHandle | None = None

    def admit(self, connection: Connection, client: str) -> bool:
        """Count a new connection; False where its client, or the process, has too many."""
        if len(self._open) >= self.in_all or (self.most and self.of_client[client] >= self.most):
            return False
        self.of_client[client] += 1
        self._open.add(connection)
        if self._sweeping is None:
            self._sweeping = connection.loop.call_later(_SWEEP, self._sweep, connection.loop)
        return True

    def leave(self, connection: Connection, client: str) -> None:
        if connection in self._open:
            self._open.discard(connection)
            self.of_client[client] -= 1
            if not self.of_client[client]:
                del self.of_client[client]

    def _sweep(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        for connection in list(self._open):
            connection.close_if_slow(now)
        self._sweeping = loop.call_later(_SWEEP, self._sweep, loop) if self._open else None


def _descriptors() -> int:
    """How many files this process may have open."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return 1 << 20 if limit == resource.RLIM_INFINITY else limit


class Connection(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *arguments: Any, connections: Connections, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._all = connections
        self._address = ""
        self._phase, self._since = Phase.IDLE, self.loop.time()
        self._head_size, self._stuck_since = 0, 0.0
        self._headers_done, self._begins_here, self._upgrading = False, False, False
        self._is_broken = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._address = self.client[0] if self.client else ""
        if not self._all.admit(self, self._address):
            transport.write(
                b"HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\nretry-after: 1\r\ncontent-length: 0\r\n\r\n"
            )
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._all.leave(self, self._address)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing() or self._is_broken:
            return
        if self._phase is Phase.IDLE:
            self._enter(Phase.HEAD)
        self._begins_here = False
        self._feed(data)
        if self._phase is Phase.HEAD and not self._begins_here and not self.transport.is_closing():
            self._head_size += len(data)
            if self._head_size > MAX_HEAD:
                self._refuse_head()

    def _feed(self, data: bytes) -> None:
        self._unset_keepalive_if_required()
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as stopped:
            self._go_on_without_upgrade(data[stopped.args[0] :])
        except httptools.HttpParserError:
            self.logger.warning(_INVALID)
            self._is_broken = True
            if self.pipeline and self.cycle.more_body:
                self.pipeline.popleft()  # the broken request itself, which waits behind others
            elif self.cycle is None or self.cycle.response_complete or self.cycle.more_body:
                self.send_400_response(_INVALID)
                return
            self._enter(Phase.REPLY)  # it is refused after the replies to what came before

    def _go_on_without_upgrade(self, rest: bytes) -> None:
        """The parser stops at a request to change the protocol: another one goes on with the request without it."""
        method = self.parser.get_method()
        if method == b"CONNECT":
            self.send_400_response(_INVALID)
            return
        lines = [b"%b %b HTTP/%b" % (method, self.url, self.parser.get_http_version().encode())]
        lines += [b"%b: %b" % header for header in self.headers if header[0] not in (*_UPGRADING, b"connection")]
        options = [each for name, value in self.headers if name == b"connection" for each in value.split(b",")]
        if kept := [each.strip() for each in options if each.strip().lower() not in _UPGRADING]:
            lines.append(b"connection: " + b", ".join(kept))
        self._upgrading = False
        self.parser = httptools.HttpRequestParser(self)
        self.parser.set_dangerous_leniencies(lenient_data_after_close=True)
        self._feed(b"\r\n".join([*lines, b"", b""]) + rest)

    def _enter(self, phase: Phase) -> None:
        self._phase, self._since = phase, self.loop.time()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._headers_done, self._begins_here, self._head_size = False, True, 0
        if self._phase is not Phase.HEAD:
            self._enter(Phase.HEAD)

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._headers_done:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._headers_done = True
        if self.parser.should_upgrade():
            self._upgrading = True
            return
        size = len(self.url) + sum([len(name) + len(value) for name, value in self.headers])
        if size > MAX_HEAD:
            self._refuse_head()
            return
        self._enter(Phase.BODY)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if self.transport.is_closing() or self._upgrading:
            return
        super().on_body(body)

    def on_message_complete(self) -> None:
        if self.transport.is_closing() or self._upgrading:
            return
        self._enter(Phase.REPLY)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        if self._phase is Phase.REPLY and not self.pipeline:
            self._enter(Phase.IDLE)
        is_last = not self.pipeline
        super().on_response_complete()
        if self._is_broken and is_last and not self.transport.is_closing():
            self.send_400_response(_INVALID)

    def _refuse_head(self) -> None:
        self.transport.write(
            b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
            b"content-length: %d\r\nconnection: close\r\n\r\n%b" % (len(_TOO_LARGE), _TOO_LARGE)
        )
        self.transport.close()

    def close_if_slow(self, now: float) -> None:
        """Close the connection where its client takes longer than it may."""
        if self.transport.get_write_buffer_size() > 0:
            self._stuck_since = self._stuck_since or now
            if now - self._stuck_since > SENDING_SECONDS:
                self.transport.abort()
            return
        self._stuck_since = 0.0
        limit = _SECONDS.get(self._phase)
        if limit is not None and now - self._since > limit and not self.flow.read_paused:
            self.transport.close()

    def resume_writing(self) -> None:
        self._stuck_since = 0.0  # the client has read some tens of KiB
        super().resume_writing()
