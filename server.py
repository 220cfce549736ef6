"""The Starlette application, and `python server.py`."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import uvicorn
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from schema import schema as graphql_schema
from serving import explorer, exports, logs, pages
from serving.front import PATH, Front
from serving.limits import Runs
from serving.loading import Served
from serving.mcp import McpEndpoint
from serving.metrics import Metrics, metrics
from serving.playground import STATIC, examples
from serving.replies import unrouted
from serving.settings import Settings, from_arguments
from serving.stack import middleware, tracer
from serving.tracing import TracingUnavailableError
from serving.view import GraphQLView
from serving.wire import protocol
from serving.workers import Workers, hold_hang_up, on_hang_up


def create_app(settings: Settings, on_failure: Callable[[], None] = lambda: None) -> Starlette:
    """The whole service; its dataset is loaded once it starts. `on_failure` is called where that cannot be done.

    Raises TracingUnavailableError where traces are asked for and cannot be made.
    """
    served, runs = Served(on_failure=on_failure), Runs(settings)
    counted, assistants = Metrics(served, runs), McpEndpoint(settings, served, runs)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        keeping = asyncio.create_task(served.keep(settings))
        async with assistants.running():
            yield
        keeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeping

    view = GraphQLView(graphql_schema, settings, served, runs, counted)
    routes: list[BaseRoute] = [
        Route(PATH, view),
        Route("/", explorer.front),
        Route("/explore/{view:path}", explorer.front),
        Route("/assets/{name}", explorer.asset),
        Route(exports.ROUTE, exports.Exports(settings, served)),
        Route("/mcp", assistants),
        Route("/examples.json", examples),
        Route("/schema.graphql", pages.schema_text),
        Route("/healthz", pages.live),
        Route("/readyz", pages.ready),
        Route("/metrics", metrics),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    stack = middleware(settings, counted, routes)
    app = Starlette(
        routes=routes,
        middleware=stack,
        exception_handlers={HTTPException: unrouted},
        lifespan=lifespan,
    )
    app.state.settings, app.state.served, app.state.metrics = settings, served, counted
    app.middleware_stack = Front(app.build_middleware_stack(), view, served, tracer(stack))
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop: 0 after a clean stop, 1 where the service cannot run, 2 for wrong settings."""
    try:
        settings = from_arguments(sys.argv[1:] if arguments is None else arguments)
    except ValidationError as error:
        return _refuse("; ".join(f"{entry['loc'][0]}: {entry['msg']}" for entry in error.errors()), 2)
    logs.configure(settings.log_level)
    hold_hang_up()
    try:
        listening = socket.create_server((settings.host, settings.port), family=_family(settings.host), backlog=2048)
    except OSError as error:
        return _refuse(f"cannot listen on {settings.host}:{settings.port}: {error.strerror or error}", 1)
    with listening:
        if settings.workers == 1:
            return _serve(settings, listening)
        _announce(listening)
        return Workers(settings, listening, _serve).run()


def _serve(settings: Settings, listening: socket.socket) -> int:
    def stop() -> None:
        server.should_exit = True

    try:
        app = create_app(settings, on_failure=stop)
    except TracingUnavailableError as error:
        return _refuse(str(error), 2)
    server = uvicorn.Server(_config(app, settings))
    for number in (
        signal.SIGTERM,
        signal.SIGINT,
    ):  # uvicorn raises it once more when done: no failure
        signal.signal(number, lambda *_: None)
    on_hang_up(app.state.served.ask_reload)
    if settings.workers == 1:
        _announce(listening)
    server.run(sockets=[listening])
    failure: str | None = app.state.served.failure
    return 0 if failure is None else _refuse(failure, 1)


def _announce(listening: socket.socket) -> None:
    host, port = listening.getsockname()[:2]
    print(f"Juesuan 决算 listens on http://{f'[{host}]' if ':' in host else host}:{port}/graphql", flush=True)


def _config(app: Any, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="uvloop",
        http=protocol(app.middleware_stack),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=settings.forwarded_by,
        timeout_graceful_shutdown=settings.graceful_timeout,
    )


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _refuse(message: str, status: int) -> int:
    print(f"server.py: {message}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
