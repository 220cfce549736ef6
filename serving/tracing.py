"""OpenTelemetry, where it is configured: a span for each request. Needs the dependency group `telemetry`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MISSING = "otlp_endpoint: OpenTelemetry is not installed; install the dependency group `telemetry`, or leave it out"


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
        raise TracingUnavailableError(MISSING) from error
    provider = TracerProvider(resource=Resource.create({"service.name": "juesuan"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)))
    return {"tracer": provider.get_tracer("juesuan"), "extract": extract}
