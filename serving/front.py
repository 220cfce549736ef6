"""In front of the framework: what needs nothing of it is answered here, the same to the byte.

Two kinds of requests to /graphql do:

- **What repeats a request before** gets the reply to that one. It is looked up by everything that can decide what is
  replied: method, query string, body, and the headers that any code behind this reads for that. Others (User-Agent,
  Cookie, traceparent …) are read by none, so they make no other request of it; the request id, and what
  X-Forwarded-For says of the client, are looked at each time. Only what the view says is right for everybody who asks
  the same (`Seen.again`) is kept: answers without errors that were found in memory, and 304. They are kept with the
  edition that gave them, within the budget of its answers, compressed as they went out.
- **A short question of a document that is known** is run at once (`GraphQLView.at_once`). The headers of its reply are
  those of one that went through the framework for the same kind of client (`Frames`); where none did, or it is to be
  compressed, the reply goes through the framework, ready made.

Metrics, the log, spans and what a client may spend are as behind this; who has spent all is refused there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.caching import VERSION_HEADER
from serving.loading import Edition, Served
from serving.metrics import FOUND
from serving.middleware import BEGAN, request_id_of, tell
from serving.receiving import whole
from serving.sent import (
    REQUEST_ID_HEADER,
    WORTH_COMPRESSING,
    Answer,
    Frame,
    Frames,
    Headers,
    Sent,
    is_ready,
    make_ready,
    noted,
    sent,
)
from serving.view import GraphQLView

PATH = "/graphql"
_METHODS = ("GET", "POST")
_CONDITION = b"if-none-match"
_DECIDING = frozenset({b"accept", b"accept-encoding", b"content-type", _CONDITION, b"origin"})
_LONG_WAY = frozenset({b"expect", b"x-cost-only", VERSION_HEADER.encode()})  # what only the view looks at
_LOOKED_AT = _DECIDING | _LONG_WAY | {REQUEST_ID_HEADER}

Tracer = Callable[[ASGIApp], ASGIApp]


class Key(NamedTuple):
    """Everything of a request that decides its reply."""

    method: str
    query_string: bytes
    body: bytes
    headers: Headers

    @property
    def is_plain(self) -> bool:
        """Is it answered with an answer? What has a condition may be with 304."""
        return self.method == "POST" and all(name != _CONDITION for name, _ in self.headers)

    @property
    def size(self) -> int:
        """Its bytes."""
        named = sum(len(name) + len(value) for name, value in self.headers)
        return len(self.query_string) + len(self.body) + named


def headers_of(scope: Scope) -> Headers | None:
    """The headers that decide a reply, with the request id noted; None for a request that has to go the long way."""
    found, given, is_json = [], None, scope["method"] != "POST"
    for header in scope["headers"]:
        name = header[0]
        if name in _LOOKED_AT:
            if name in _DECIDING:
                found.append(header)
                is_json = is_json or (name == b"content-type" and header[1].startswith(b"application/json"))
            elif name in _LONG_WAY:
                return None
            elif given is None:
                given = header[1]
    state = scope["state"]
    if "request_id" not in state:
        state["request_id"] = request_id_of(given)
    return tuple(found) if is_json else None


@dataclass(slots=True)
class Front:
    """Answers what it can; all else, and what is no request to /graphql, is for the application.

    `traced` puts a span around what is answered here.
    """

    app: ASGIApp
    view: GraphQLView
    served: Served
    traced: Tracer | None = None
    _frames: Frames = field(default_factory=Frames)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] not in _METHODS:
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {}).setdefault(BEGAN, time.perf_counter_ns())
        key, headers = None, headers_of(scope)
        body: bytes | None = b""
        if headers is not None:
            limits = self.view.settings
            if scope["method"] == "POST":
                body, receive = await whole(scope, receive, limits.max_body, limits.body_timeout)
            key = Key(scope["method"], scope["query_string"], body, headers) if body is not None else None
        found = self.found(scope, key) if key is not None and not is_ready(scope) else None
        if found is not None:
            await self._send(found, scope, receive, send)
            self.tell(scope, found)
        elif key is not None:
            await self._noted(scope, receive, send, key)
        else:
            await self.app(scope, receive, send)

    def found(self, scope: Scope, key: Key, *, may_run: bool = True) -> Sent | None:
        """The reply, paid and counted; None where the application has to give it, or to send what is ready."""
        edition = self.served.edition
        if edition is None:
            return None
        known = edition.answers.get(key)
        if isinstance(known, Sent):
            return known if self.view.sends_again(scope, known.how) else None
        frames = self._frames.of(key.headers) if may_run and key.is_plain else None
        try:
            return self._run(scope, key, frames, edition) if frames else None
        except Exception:  # noqa: BLE001 - the application meets it again, and reports it
            return None

    def tell(self, scope: Scope, reply: Sent) -> None:
        """Count and log what was answered here."""
        tell(self.view.metrics, PATH, scope, reply.status)

    def _run(self, scope: Scope, key: Key, frames: dict[bool, Frame], edition: Edition) -> Sent | None:
        """The same for a question to be run at once."""
        media_type = next(iter(frames.values())).media_type
        made = self.view.at_once(scope, key.body, media_type, edition)
        if not isinstance(made, Answer):
            if made is not None:
                make_ready(scope, made)
            return None
        again = made.how == FOUND
        frame = frames.get(len(made.body) >= WORTH_COMPRESSING)
        if frame is None:
            make_ready(scope, self.view.reply(scope, made, media_type, edition, again=again))
            return None
        reply = frame.around(made, edition.dataset.version)
        if again:
            _keep(edition, key, reply)
        return reply

    async def _send(self, reply: Sent, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(scope: Scope, _: Receive, send: Send) -> None:
            headers = [*reply.headers, (REQUEST_ID_HEADER, scope["state"]["request_id"].encode())]
            await send({"type": "http.response.start", "status": reply.status, "headers": headers})
            await send({"type": "http.response.body", "body": reply.body})

        await (sending if self.traced is None else self.traced(sending))(scope, receive, send)

    async def _noted(self, scope: Scope, receive: Receive, send: Send, key: Key) -> None:
        """The application's reply, noted for who asks the same, and for who is answered alike."""
        messages: list[Message] = []

        async def send_and_note(message: Message) -> None:
            messages.append(message)
            await send(message)

        await self.app(scope, receive, send_and_note)
        seen = noted(scope)
        if seen is None or len(messages) != 2:
            return
        reply = sent(messages[0], messages[1], seen.how)
        if key.method == "POST":
            self._frames.learn(key.headers, seen.media_type, reply)
        if seen.again:
            _keep(seen.edition, key, reply)


def _keep(edition: Edition, key: Key, reply: Sent) -> None:
    edition.answers.put(key, reply, key.size + reply.size)
