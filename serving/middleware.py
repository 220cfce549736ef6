"""What surrounds every reply: a request id, the security headers, a count in the metrics, and one line in the log."""

from __future__ import annotations

import re
import secrets
import time
from collections import deque
from collections.abc import Sequence

from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.logs import REQUEST_ID, logger, request_line
from serving.metrics import Metrics
from serving.playground import SECURITY_HEADERS
from serving.replies import internal
from serving.sent import REQUEST_ID_HEADER

_SECURITY = [(name.encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
BEGAN = "began"  # when a request did, as `time.perf_counter_ns` gives it
_DIGITS = 16  # of a request id of ours
_MADE_AT_ONCE = 256
_unused: deque[str] = deque()  # ids; to ask the system for each takes longer than to look up a kept answer


class Surroundings:
    """Pure ASGI, so that streams and cancellation pass through untouched.

    Requests are counted by the first segment of their address where it is that of a route; all others are one.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, routes: Sequence[BaseRoute]) -> None:
        self.app, self.metrics = app, metrics
        self.routes = frozenset(_opening(route.path) for route in routes if isinstance(route, Route | Mount))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        request_id = state["request_id"] = state.get("request_id") or _request_id(scope)
        state.setdefault(BEGAN, time.perf_counter_ns())
        REQUEST_ID.set(request_id)
        status, started = 500, False

        async def send_with_headers(message: Message) -> None:
            nonlocal status, started
            if message["type"] == "http.response.start":
                status, started = message["status"], True
                given = {name for name, _ in message["headers"]}
                headers = [header for header in _SECURITY if header[0] not in given]
                message["headers"] = [*message["headers"], *headers, (REQUEST_ID_HEADER, request_id.encode())]
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as error:
            logger().error("internal error", exc_info=error)
            if started:
                raise
            await internal(request_id)(scope, receive, send_with_headers)
        finally:
            self._tell(scope, status)

    def _tell(self, scope: Scope, status: int) -> None:
        opening = _opening(scope["path"])
        tell(self.metrics, opening if opening in self.routes else "other", scope, status)


def _opening(path: str) -> str:
    return "/" + path.lstrip("/").partition("/")[0]


def tell(metrics: Metrics, route: str, scope: Scope, status: int) -> None:
    """Count and log a reply that has just been sent."""
    method, path, state = scope["method"], scope["path"], scope["state"]
    nanoseconds, request_id = time.perf_counter_ns() - state[BEGAN], state["request_id"]
    metrics.request(route, method, status, nanoseconds)
    request_line(request_id, method=method, path=path, status=status, microseconds=nanoseconds // 1000)


def _request_id(scope: Scope) -> str:
    return request_id_of(next((value for name, value in scope["headers"] if name == REQUEST_ID_HEADER), None))


def request_id_of(given: bytes | None) -> str:
    """The id that a proxy in front gave, where it is one, else a new one."""
    if given is not None and _REQUEST_ID.fullmatch(found := given.decode("latin-1")):
        return found
    if not _unused:
        digits = secrets.token_hex(_DIGITS // 2 * _MADE_AT_ONCE)
        _unused.extend(digits[start : start + _DIGITS] for start in range(0, len(digits), _DIGITS))
    return _unused.pop()
