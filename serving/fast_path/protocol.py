"""Plain requests answered as soon as their last byte has come, without a task and without the framework.

uvicorn begins a task for each request, which receives its body and sends its reply message by message; for an answer
that is only looked up, that takes several times as long as the answer. A plain request is held until it is here whole,
which for a small one is at once, and then either answered or given to uvicorn as if nothing had happened.
"""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import Any, cast

from starlette.types import Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from serving.fast_path.reply_cache import CachedReply, ReplyCache
from serving.graphql.endpoint import PATH
from serving.http.middleware import REQUEST_ID_HEADER, record_reply, request_id_of
from serving.http.protocol import Connection, Connections
from serving.http.requests import (
    ACCEPT,
    ACCEPT_ENCODING,
    ACCEPT_LANGUAGE,
    CONTENT_TYPE,
    ORIGIN,
    READ_HEADERS,
    HttpRequest,
)
from serving.process.logs import REQUEST_ID

_LARGEST_BODY = 32 << 10  # of a request that is held
_LONGEST_HOLD = 1  # second
_PATH = PATH.encode()
_DECIDING = frozenset({ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_TYPE, ORIGIN})
_HARMLESS = frozenset(
    {b"host", b"user-agent", b"connection", b"content-length", b"referer", b"cookie", b"dnt", b"priority", b"pragma"}
    | {b"cache-control", b"traceparent", b"tracestate", b"sec-fetch-site", b"sec-fetch-mode", b"sec-fetch-dest"}
    | {b"sec-ch-ua", b"sec-ch-ua-mobile", b"sec-ch-ua-platform", b"sec-gpc", REQUEST_ID_HEADER}
)
assert _DECIDING <= READ_HEADERS
_PLAIN = _DECIDING | _HARMLESS
_FOLDED = (b"\r", b"\n", b"\t", b"\0")


def is_plain(method: str, url: bytes, headers: list[tuple[bytes, bytes]]) -> bool:
    """May it be answered here? Every header is one that is known, comes once and on one line, and asks nothing odd."""
    if method not in ("GET", "POST") or url.partition(b"?")[0] != _PATH or b"#" in url:
        return False
    names = [name for name, _ in headers]
    if not _PLAIN.issuperset(names) or len(set(names)) != len(names):
        return False
    length = kind = None
    values = b"".join([value for _, value in headers])
    if any(mark in values for mark in _FOLDED):
        return False
    for name, value in headers:
        if name == b"content-length":
            length = value
        elif name == CONTENT_TYPE:
            kind = value
        elif name == b"connection" and value.lower() != b"keep-alive":
            return False
    if method == "GET":
        return length is None
    return (
        kind is not None
        and kind.startswith(b"application/json")
        and length is not None
        and length.isdigit()
        and int(length[:9]) <= _LARGEST_BODY
    )


class FastConnection(Connection):
    """One connection."""

    def __init__(self, *arguments: Any, replies: ReplyCache, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._replies = replies
        self._held_since: float | None = None
        self._began, self._may_hold, self._may_run = 0, False, True

    def data_received(self, data: bytes) -> None:
        self._may_run = True  # one question is computed at once, so that others are not kept waiting
        super().data_received(data)

    def on_headers_complete(self) -> None:
        self._unset_keepalive_if_required()  # which a reply to the request before, in the same bytes, has set
        self._may_hold = True
        super().on_headers_complete()
        self._may_hold = False

    def on_message_complete(self) -> None:
        super().on_message_complete()
        if self._held_since is not None and not self.transport.is_closing():
            self._held_since = None
            self._answer()

    def close_if_slow(self, now: float) -> None:
        if self._held_since is not None and now - self._held_since > _LONGEST_HOLD:
            self._held_since = None
            super()._start_asgi_task(self.cycle, self.app)
        super().close_if_slow(now)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Hold a plain request until its body is here; what waits in a pipeline, or is told to go, is begun as ever."""
        scope = cycle.scope
        may = self._may_hold and app is self.app and cycle.keep_alive and scope["http_version"] == "1.1"
        if may and is_plain(scope["method"], self.url, self.headers):
            self._held_since, self._began = self.loop.time(), time.perf_counter_ns()
        else:
            super()._start_asgi_task(cycle, app)

    def _answer(self) -> None:
        """Answer the request that is here whole, or have uvicorn begin its task."""
        request, body = HttpRequest.of(cast(Any, self.scope)), bytes(self.cycle.body)
        given = next((value for name, value in self.headers if name == REQUEST_ID_HEADER), None)
        token = REQUEST_ID.set(request_id_of(given))
        try:
            reply = None if self.flow.write_paused else self._reply(request, body)
            if reply is not None:
                self._write(reply)
                self.on_response_complete()
                record_reply(self._replies.endpoint.metrics, PATH, cast(Any, self.scope), 200, self._began)
                return
        finally:
            REQUEST_ID.reset(token)
        super()._start_asgi_task(self.cycle, cast(Any, partial(self._learning, request, body)))

    def _reply(self, request: HttpRequest, body: bytes) -> CachedReply | None:
        try:
            found = self._replies.reply(request, body, may_run=self._may_run)
        except Exception:  # noqa: BLE001 — raised here it would end the connection; the long way meets it again, and reports it
            return None
        if found is None:
            return None
        reply, was_computed = found
        self._may_run = self._may_run and not was_computed
        return reply

    def _write(self, reply: CachedReply) -> None:
        """The same bytes that uvicorn would write."""
        lines = [b"%b: %b\r\n" % header for header in self.server_state.default_headers]
        last = b"%b: %b\r\n\r\n" % (REQUEST_ID_HEADER, REQUEST_ID.get().encode())
        self.transport.writelines((b"".join((STATUS_LINE[200], *lines, reply.head, last)), reply.body))
        self.cycle.response_started = self.cycle.response_complete = True

    async def _learning(self, request: HttpRequest, body: bytes, scope: Scope, receive: Receive, send: Send) -> None:
        """The long way, whose reply is taken over."""
        messages: list[Message] = []
        snapshot = self._replies.endpoint.holder.snapshot

        async def send_and_note(message: Message) -> None:
            messages.append(message)
            await send(message)

        await cast(Any, self.app)(scope, receive, send_and_note)
        self._replies.learn(request, body, messages, snapshot)


def protocol(connections: Connections, replies: ReplyCache | None) -> type[asyncio.Protocol]:
    """What uvicorn is to speak HTTP with; without a cache of replies, everything goes the long way."""
    made = (
        partial(Connection, connections=connections)
        if replies is None
        else partial(FastConnection, connections=connections, replies=replies)
    )
    return cast(type[asyncio.Protocol], made)
