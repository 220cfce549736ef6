"""The middleware of the application, outermost first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp
from starlette_compress import CompressMiddleware

from serving.caching import VERSION_HEADER
from serving.metrics import Metrics
from serving.middleware import Surroundings
from serving.sent import WORTH_COMPRESSING
from serving.settings import Settings
from serving.tracing import Tracing, tracing


def middleware(settings: Settings, metrics: Metrics, routes: Sequence[BaseRoute]) -> list[Middleware]:
    """What the settings ask for. Raises TracingUnavailableError where traces are, and cannot be made."""
    stack = [Middleware(Surroundings, metrics=metrics, routes=routes)]
    if settings.otlp_endpoint:
        stack.append(Middleware(Tracing, **tracing(settings.otlp_endpoint)))
    if settings.cors_origins:
        stack.append(_cors(settings.cors_origins))
    if settings.compression:
        stack.append(Middleware(CompressMiddleware, minimum_size=WORTH_COMPRESSING))
    return stack


def tracer(stack: Sequence[Middleware]) -> Callable[[ASGIApp], ASGIApp] | None:
    """What puts a span around a reply; None where there are no traces."""
    found: list[Any] = [each for each in stack if each.cls is cast(Any, Tracing)]
    return partial(Tracing, **found[0].kwargs) if found else None


def _cors(origins: Sequence[str]) -> Middleware:
    """No credentials: whatever is served is served to everybody alike."""
    return Middleware(
        CORSMiddleware,
        allow_origins=origins,
        allow_methods=["GET", "POST"],
        allow_headers=["accept", "content-type", "if-none-match", "x-cost-only", VERSION_HEADER, "x-request-id"],
        expose_headers=["etag", "retry-after", VERSION_HEADER, "x-request-id"],
        max_age=600,
    )
