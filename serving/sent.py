"""Replies as they go out, and what of them is the same for every answer to the same kind of client."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response
from starlette.types import Message, Scope

from graph_data.core.cache import LruCache
from serving.caching import VERSION_HEADER
from serving.loading import Edition

REQUEST_ID_HEADER = b"x-request-id"
WORTH_COMPRESSING = 1_000  # bytes of the shortest reply that is compressed
_OVERHEAD = 1_000  # bytes that keeping a reply takes beside what is counted
_FRAMES = 1 << 18  # bytes of all frames
_SEEN, _READY = "seen", "ready"
# What is left open in a frame, in the order in which it is sent.
_OPEN = {b"etag": b"%b", VERSION_HEADER.encode(): b"%b", b"content-length": b"%d"}
_ENCODED = b"content-encoding"

Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The JSON of an answer without errors, its tag, and how it was come by, which the metrics count."""

    tag: str
    body: bytes
    how: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply that went out, or will, but for its request id, which comes last; `lines` are its headers in HTTP/1.1."""

    status: int
    lines: bytes
    body: bytes
    how: str

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """Its headers as ASGI has them."""
        parts = (line.partition(b": ") for line in self.lines.split(b"\r\n")[:-1])
        return [(name, value) for name, _, value in parts]

    @property
    def size(self) -> int:
        """About the bytes that keeping it takes."""
        return len(self.body) + len(self.lines) + _OVERHEAD


@dataclass(frozen=True, slots=True)
class Seen:
    """What the view says of a reply before it is sent: an answer without errors, or that there is nothing new.

    `again` is whether whoever asks the edition the very same may get the same reply.
    """

    edition: Edition
    how: str
    media_type: str
    again: bool


def note(scope: Scope, seen: Seen) -> None:
    """Say it to what stands in front of the framework."""
    scope["state"][_SEEN] = seen


def noted(scope: Scope) -> Seen | None:
    """What the view said."""
    found: Seen | None = scope["state"].get(_SEEN)
    return found


def make_ready(scope: Scope, response: Response) -> None:
    """Have the view send a reply that was made in front of the framework."""
    scope["state"][_READY] = response


def is_ready(scope: Scope) -> bool:
    return _READY in scope["state"]


def taken_ready(scope: Scope) -> Response | None:
    """The reply that was made ready, for the view to send."""
    found: Response | None = scope["state"].pop(_READY, None)
    return found


@dataclass(frozen=True, slots=True)
class Frame:
    """The headers of a reply that is not compressed, in which tag, version and length are left open."""

    media_type: str
    lines: bytes

    def around(self, answer: Answer, version: str) -> Sent:
        """The reply to who is to get this answer from a dataset."""
        lines = self.lines % (answer.tag.encode(), version.encode(), len(answer.body))
        return Sent(200, lines, answer.body, answer.how)


class Frames:
    """The frames that were seen, by the headers of the requests that they answered and whether the reply is long."""

    def __init__(self) -> None:
        self._kept: LruCache[object, dict[bool, Frame]] = LruCache(_FRAMES)

    def of(self, headers: Headers) -> dict[bool, Frame] | None:
        """The frames for long replies (True) and short ones, as far as known."""
        return self._kept.get(headers)

    def learn(self, asked: Headers, media_type: str, sent: Sent) -> None:
        """Remember what an answer looked like to a client, if it went out as it is."""
        headers = sent.headers
        open_ = [name for name, _ in headers if name in (*_OPEN, _ENCODED)]
        if sent.status != 200 or open_ != list(_OPEN):
            return
        known = self._kept.get(asked) or {}
        known[len(sent.body) >= WORTH_COMPRESSING] = Frame(media_type, b"".join(map(_opened, headers)))
        size = sum(len(name) + len(value) for name, value in asked) + _OVERHEAD + 4 * len(sent.lines)
        self._kept.put(asked, known, size)


def sent(start: Message, end: Message, how: str) -> Sent:
    """The reply that two messages were."""
    headers = ((name.lower(), value) for name, value in start["headers"] if name != REQUEST_ID_HEADER)
    return Sent(start["status"], b"".join(map(_line, headers)), end.get("body", b""), how)


def _line(header: tuple[bytes, bytes]) -> bytes:
    return b"%b: %b\r\n" % header


def _opened(header: tuple[bytes, bytes]) -> bytes:
    """The line of a header in a frame."""
    name, value = header
    return _line((name, _OPEN.get(name) or value.replace(b"%", b"%%")))
