"""What surrounds every reply: a request id, the security headers, and one line in the log."""

from __future__ import annotations

import re
import secrets
import time

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.logs import logger
from serving.playground import SECURITY_HEADERS
from serving.replies import internal

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)


class Surroundings:
    """Pure ASGI, so that streams and cancellation pass through untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.bind_contextvars(request_id=request_id)
        began, status, started = time.perf_counter_ns(), 500, False

        async def send_with_headers(message: Message) -> None:
            nonlocal status, started
            if message["type"] == "http.response.start":
                status, started = message["status"], True
                headers = MutableHeaders(scope=message)
                headers.update({**SECURITY_HEADERS, "x-request-id": request_id})
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as error:
            logger().error("internal error", exc_info=error)
            if started:
                raise
            await internal(request_id)(scope, receive, send_with_headers)
        finally:
            elapsed = (time.perf_counter_ns() - began) // 1000
            logger().info("request", method=scope["method"], path=scope["path"], status=status, microseconds=elapsed)
            structlog.contextvars.clear_contextvars()


def _request_id(scope: Scope) -> str:
    """The id that a proxy in front gave, where it is one, else a new one."""
    given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
    return given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
