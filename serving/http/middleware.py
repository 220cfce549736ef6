"""What surrounds every reply: a request id, the security headers, a count in the metrics, one line in the log, a span.

All of it is pure ASGI, so that streams and cancellation pass through untouched.
"""

from __future__ import annotations

import re
import secrets
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, cast

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette_compress import CompressMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from graph_data.core.errors import JuesuanError
from graph_data.store.clients import Clients
from serving.http.errors import internal_reply
from serving.http.requests import NAMED, NamedClient
from serving.process.logs import REQUEST_ID, logger, request_line
from serving.process.metrics import Metrics
from serving.process.settings import Settings

SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
}
REQUEST_ID_HEADER = b"x-request-id"
WORTH_COMPRESSING = 1_000  # bytes of the shortest reply that is compressed
_SECURITY = [(name.encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_DIGITS = 16  # of a request id of ours
_MADE_AT_ONCE = 256
_unused: deque[str] = deque()  # ids; to ask the system for each takes longer than to look up a cached answer
_NO_TELEMETRY = (
    "otlp_endpoint: OpenTelemetry is not installed; install the dependency group `telemetry`, or leave it out"
)


class RequestMiddleware:
    """The outermost: takes the headers as they are before the body, names the request, and counts and logs its reply.

    Requests are counted by the first segment of their address where it is that of a route; all others are one. Only
    the proxies of the settings are believed where they say for whom they ask.
    """

    def __init__(
        self, app: ASGIApp, settings: Settings, metrics: Metrics, routes: Sequence[BaseRoute], clients: Clients | None
    ) -> None:
        self.app = ProxyHeadersMiddleware(cast(Any, app), settings.forwarded_by)
        self.metrics, self.clients = metrics, clients
        self._client_header = settings.client_header.lower().encode()
        self.routes = frozenset(_first_segment(route.path) for route in routes if isinstance(route, Route | Mount))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(cast(Any, scope), cast(Any, receive), cast(Any, send))
            return
        began = time.perf_counter_ns()
        scope["headers"] = list(scope["headers"])  # the server may add trailers to its own list
        request_id = request_id_of(next((value for name, value in scope["headers"] if name == REQUEST_ID_HEADER), None))
        REQUEST_ID.set(request_id)
        if self.clients is not None and (named := self._named(scope, self.clients)) is not None:
            scope[NAMED] = named
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
            await self.app(cast(Any, scope), cast(Any, receive), cast(Any, send_with_headers))
        except Exception as error:  # the last place that can answer: whatever it is, it is logged, and told by its id
            logger().error("internal error", exc_info=error)
            if started:
                raise
            await internal_reply()(scope, receive, send_with_headers)
        finally:
            segment = _first_segment(scope["path"])
            route = segment if segment in self.routes else "other"
            record_reply(self.metrics, route, scope, status, began)

    def _named(self, scope: Scope, clients: Clients) -> NamedClient | None:
        """The client whose token was sent, or whom a proxy names; who is unknown may read all the same."""
        values = {name: value.decode("utf-8", "replace").strip() for name, value in scope["headers"]}
        scheme, _, token = values.get(b"authorization", "").partition(" ")
        try:
            found = clients.named_by(token.strip()) if scheme.lower() == "bearer" else None
            peer = (scope.get("client") or ("",))[0]
            if found is None and self._client_header in values and peer in self.app.trusted_hosts:
                found = clients.called(values[self._client_header])
        except (JuesuanError, OSError) as error:
            logger().error("clients cannot be read", reason=str(error))
            return None
        return None if found is None else NamedClient(found.name, found.rate)


def _first_segment(path: str) -> str:
    return "/" + path.lstrip("/").partition("/")[0]


def record_reply(metrics: Metrics, route: str, scope: Scope, status: int, began: int) -> None:
    """Count and log a reply that has just been sent; `began` is of `time.perf_counter_ns`."""
    method, nanoseconds = scope["method"], time.perf_counter_ns() - began
    metrics.request(route, method, status, nanoseconds)
    about: dict[str, str | int] = {"method": method, "path": scope["path"], "status": status}
    named: NamedClient | None = scope.get(NAMED)
    if named is not None:
        metrics.client(named.name)
        about["client"] = named.name
    request_line(**about, microseconds=nanoseconds // 1000)


def request_id_of(given: bytes | None) -> str:
    """The id that a proxy in front gave, where it is one, else a new one."""
    if given is not None and _REQUEST_ID.fullmatch(found := given.decode("latin-1")):
        return found
    if not _unused:
        digits = secrets.token_hex(_DIGITS // 2 * _MADE_AT_ONCE)
        _unused.extend(digits[start : start + _DIGITS] for start in range(0, len(digits), _DIGITS))
    return _unused.pop()


def middleware(
    settings: Settings, metrics: Metrics, routes: Sequence[BaseRoute], clients: Clients | None
) -> list[Middleware]:
    """What the settings ask for. Raises TracingUnavailableError where traces are, and cannot be made."""
    stack = [Middleware(RequestMiddleware, settings=settings, metrics=metrics, routes=routes, clients=clients)]
    if settings.otlp_endpoint:
        stack.append(Middleware(Tracing, **tracing(settings.otlp_endpoint)))
    if settings.cors_origins:
        stack.append(_cors(settings.cors_origins))
    if settings.compression:
        stack.append(Middleware(CompressMiddleware, minimum_size=WORTH_COMPRESSING))
    return stack


def _cors(origins: Sequence[str]) -> Middleware:
    """No credentials: whatever is served is served to everybody alike."""
    return Middleware(
        CORSMiddleware,
        allow_origins=origins,
        allow_methods=["GET", "POST"],
        allow_headers=["accept", "content-type", "if-none-match", "x-cost-only", "x-dataset-version", "x-request-id"],
        expose_headers=["etag", "retry-after", "x-dataset-version", "x-request-id"],
        max_age=600,
    )


class TracingUnavailableError(Exception):
    """Traces are asked for, and what makes them is not installed."""


class Tracing:
    """A server span around each request, the child of the one that a `traceparent` header names."""

    def __init__(self, app: ASGIApp, tracer: Any, extract: Callable[[dict[str, str]], Any]) -> None:
        self.app, self.tracer, self.extract = app, tracer, extract

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        about = {"http.request.method": scope["method"], "url.path": scope["path"]}
        name = f"{scope['method']} {scope['path']}"
        with self.tracer.start_as_current_span(name, context=self.extract(given), attributes=about) as span:

            async def send_and_note(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.set_attribute("http.response.status_code", message["status"])
                await send(message)

            await self.app(scope, receive, send_and_note)


def tracing(endpoint: str) -> dict[str, Any]:
    """What `Tracing` needs to send spans to an endpoint. Raises TracingUnavailableError where it cannot."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
        from opentelemetry.propagate import extract  # noqa: PLC0415
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError as error:
        raise TracingUnavailableError(_NO_TELEMETRY) from error
    provider = TracerProvider(resource=Resource.create({"service.name": "juesuan"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)))
    return {"tracer": provider.get_tracer("juesuan"), "extract": extract}
