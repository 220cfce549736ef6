"""Replies by all of a request that decides them, and what all replies to one kind of client have in common.

A reply is taken over from the long way, whole, where it is an answer without errors that the framework sent in one
piece: status 200 with a tag, from the snapshot that is still served. It lives with that snapshot, within the
budget of its answers. What differs in replies to requests with the same headers is their tag, version, length and
body; a template has room for these, so that a short question, too, is answered without the framework.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.types import Message

from graph_data.core.cache import LruCache
from serving.graphql import request as asking
from serving.graphql.endpoint import GraphQLEndpoint
from serving.graphql.executor import is_long_reply
from serving.http.errors import HttpRefusalError
from serving.http.middleware import REQUEST_ID_HEADER
from serving.http.requests import Headers, HttpRequest
from serving.process.metrics import CACHED
from serving.process.snapshot import Snapshot

_OVERHEAD = 1_000  # bytes that a reply takes beside what is counted
_TEMPLATES = 1 << 18  # bytes of all templates
_SEEN = 10_000  # requests of which is known that they came once
_VERSION = asking.VERSION_HEADER.encode()
_VARYING = {b"etag": b"%b", _VERSION: b"%b", b"content-length": b"%d"}  # in the order in which they are sent

Key = tuple[str, bytes, bytes, Headers]


@dataclass(frozen=True, slots=True)
class CachedReply:
    """A reply but for its request id, which comes last: `head` are the lines of its headers."""

    head: bytes
    body: bytes

    @property
    def size(self) -> int:
        return len(self.head) + len(self.body) + _OVERHEAD


@dataclass(slots=True)
class ReplyCache:
    """Gives replies to plain requests to one endpoint."""

    endpoint: GraphQLEndpoint
    _templates: LruCache[tuple[Headers, bool], bytes] = field(default_factory=lambda: LruCache(_TEMPLATES))
    _seen: LruCache[int, bool] = field(default_factory=lambda: LruCache(_SEEN))

    def reply(self, request: HttpRequest, body: bytes, *, may_run: bool) -> tuple[CachedReply, bool] | None:
        """The reply, paid for and counted, and whether it was computed; None where the long way has to give it."""
        snapshot = self.endpoint.holder.snapshot
        if snapshot is None:
            return None
        key = _key(request, body)
        cached = snapshot.answers.get(key)
        if isinstance(cached, CachedReply):
            return (cached, False) if self.endpoint.pays_for_cached(request.client) else None
        if not may_run or request.method != "POST":
            return None
        templates = {is_long: self._templates.get((request.headers, is_long)) for is_long in (False, True)}
        sendable = {is_long for is_long, template in templates.items() if template is not None}
        answer = self.endpoint.answer_at_once(request, body, snapshot, sendable) if sendable else None
        template = None if answer is None else templates[is_long_reply(answer.body)]
        if answer is None or template is None:
            return None
        head = template % (answer.tag.encode(), snapshot.dataset.version.encode(), len(answer.body))
        reply = CachedReply(head, answer.body)
        if answer.how == CACHED:
            self._store(snapshot, key, reply)
        return reply, answer.how != CACHED

    def learn(self, request: HttpRequest, body: bytes, messages: Sequence[Message], snapshot: Snapshot | None) -> None:
        """Take over the reply that the long way gave from a snapshot, if whoever asks the same may have the same."""
        if snapshot is None or snapshot is not self.endpoint.holder.snapshot:
            return
        if len(messages) != 2 or messages[0]["status"] != 200 or messages[1].get("more_body"):
            return
        headers = [(name.lower(), value) for name, value in messages[0]["headers"] if name != REQUEST_ID_HEADER]
        if b"etag" not in dict(headers):
            return
        reply = CachedReply(b"".join(map(_line, headers)), messages[1].get("body", b""))
        self._learn_template(request.headers, headers, reply)
        key = _key(request, body)
        if self._seen.get(hash(key)) is None:
            self._seen.put(hash(key), True)
        elif not _registers(request, body):
            self._store(snapshot, key, reply)

    def _learn_template(self, asked: Headers, headers: Sequence[tuple[bytes, bytes]], reply: CachedReply) -> None:
        names = [name for name, _ in headers if name in _VARYING]
        if names != list(_VARYING) or any(name == b"content-encoding" for name, _ in headers):
            return
        lines = [_line((name, _VARYING.get(name) or value.replace(b"%", b"%%"))) for name, value in headers]
        template, is_long = b"".join(lines), is_long_reply(reply.body)
        size = len(template) + sum([len(name) + len(value) for name, value in asked]) + _OVERHEAD
        self._templates.put((asked, is_long), template, size)

    def _store(self, snapshot: Snapshot, key: Key, reply: CachedReply) -> None:
        _, query_string, body, headers = key
        size = len(query_string) + len(body) + sum([len(name) + len(value) for name, value in headers])
        snapshot.answers.put(key, reply, size + reply.size)


def _key(request: HttpRequest, body: bytes) -> Key:
    return request.method, request.query_string, body, request.headers


def _registers(request: HttpRequest, body: bytes) -> bool:
    """Does it register a document? Then it is for the long way each time."""
    try:
        if request.method == "GET":
            return asking.request_of_query(request.query_string).registers
        return asking.request_of_body(body).registers
    except HttpRefusalError:
        return True


def _line(header: tuple[bytes, bytes]) -> bytes:
    return b"%b: %b\r\n" % header
