"""What surrounds every reply: a request id, the security headers, a count in the metrics, and one line in the log."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Sequence

from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.logs import REQUEST_ID, logger, request_line
from serving.metrics import Metrics
from serving.playground import SECURITY_HEADERS
from serving.replies import internal

_SECURITY = [(name.encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)


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
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        REQUEST_ID.set(request_id)
        began, status, started = time.perf_counter_ns(), 500, False

        async def send_with_headers(message: Message) -> None:
            nonlocal status, started
            if message["type"] == "http.response.start":
                status, started = message["status"], True
                given = {name for name, _ in message["headers"]}
                headers = [header for header in _SECURITY if header[0] not in given]
                message["headers"] = [*message["headers"], *headers, (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as error:
            logger().error("internal error", exc_info=error)
            if started:
                raise
            await internal(request_id)(scope, receive, send_with_headers)
        finally:
            self._tell(scope, status, time.perf_counter_ns() - began)

    def _tell(self, scope: Scope, status: int, nanoseconds: int) -> None:
        path, opening = scope["path"], _opening(scope["path"])
        route = opening if opening in self.routes else "other"
        self.metrics.request(route, scope["method"], status, nanoseconds)
        request_line(method=scope["method"], path=path, status=status, microseconds=nanoseconds // 1000)


def _opening(path: str) -> str:
    return "/" + path.lstrip("/").partition("/")[0]


def _request_id(scope: Scope) -> str:
    """The id that a proxy in front gave, where it is one, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            given: str = value.decode("latin-1")
            return given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
    return secrets.token_hex(8)
