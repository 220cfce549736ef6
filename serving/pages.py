"""The plain routes: the schema as text, and whether the service lives and is ready."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from schema import sdl
from serving.loading import Served


async def schema_text(_: Request) -> Response:
    """GET /schema.graphql"""
    return PlainTextResponse(sdl())


async def live(_: Request) -> Response:
    """GET /healthz: the process answers."""
    return JSONResponse({"status": "live"})


async def ready(request: Request) -> Response:
    """GET /readyz: 200 where a dataset is served, with the packages it refused and why a later reload failed."""
    served: Served = request.app.state.served
    if served.dataset is None:
        status = {"status": "failed", "reason": served.failure} if served.failure else {"status": "loading"}
        return JSONResponse(status, 503)
    refused = [str(error) for error in served.dataset.refused]
    answer = {"status": "ready", "version": served.dataset.version, "refused": refused}
    if damages := served.dataset.integrity.damages:
        answer["damaged"] = [str(damage) for damage in damages]
    return JSONResponse(answer | ({"reloadFailed": served.reload_failure} if served.reload_failure else {}))
