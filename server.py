"""The Starlette application, and `python server.py`."""

from __future__ import annotations

import asyncio
import contextlib
import resource
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
from serving.fast_path.protocol import protocol
from serving.fast_path.reply_cache import ReplyCache
from serving.graphql.endpoint import PATH, GraphQLEndpoint
from serving.graphql.limits import ExecutionSlots
from serving.http.middleware import TracingUnavailableError, middleware
from serving.http.protocol import IDLE_SECONDS, Connections
from serving.mcp import McpEndpoint
from serving.pages import exports, originals, papers, site
from serving.process import logs
from serving.process.metrics import Metrics
from serving.process.settings import Settings, from_arguments
from serving.process.snapshot import DatasetHolder, stored
from serving.process.workers import Workers, hold_hang_up, on_hang_up
from serving.publishing import endpoint as publishing
from serving.publishing import feed
from serving.publishing.endpoint import AccountsEndpoint
from serving.publishing.webhook import Webhook

_SWITCH = 0.0001  # seconds until a thread that computes or loads lets the event loop go on


def create_app(
    settings: Settings, on_failure: Callable[[], None] = lambda: None, *, loads_first: bool = False
) -> Starlette:
    """The whole service; its dataset is loaded once it starts, or before it accepts anything where it `loads_first`.

    `on_failure` is called where nothing can be loaded. Raises TracingUnavailableError where traces are asked for and
    cannot be made.
    """
    store, clients = stored(settings)
    holder, slots = DatasetHolder(on_failure=on_failure, store=store), ExecutionSlots(settings)
    accounts = AccountsEndpoint(settings, holder, store, clients)
    metrics, assistants = Metrics(holder, lambda: slots.running), McpEndpoint(settings, holder, slots)
    kept = originals.KeptDocuments(settings, holder)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        loading = asyncio.create_task(holder.load_and_reload(settings))
        webhook = None
        if store is not None and settings.webhook:
            webhook = asyncio.create_task(Webhook(store, settings.webhook, settings.webhook_secret).run())
        if loads_first:
            await holder.loaded.wait()
        with kept.running():
            async with assistants.running():
                yield
        accounts.readers.close()
        for task in filter(None, (loading, webhook)):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    endpoint = GraphQLEndpoint(
        graphql_schema, settings, holder, slots, metrics, page=lambda: site.graphql_page(settings.web)
    )
    downloads = exports.Exports(settings, holder, endpoint)
    paper = papers.Papers(settings, holder, downloads)
    routes: list[BaseRoute] = [
        Route(PATH, endpoint),
        Route("/", site.explorer),
        Route("/explore/{view:path}", site.explorer),
        Route("/assets/{name}", site.asset),
        Route(exports.ROUTE, downloads),
        Route(papers.ROUTE, paper.paper),
        Route(papers.DIGEST_ROUTE, paper.digest),
        Route(publishing.ROUTE, accounts),
        Route(publishing.ACCOUNT_ROUTE, accounts),
        Route(feed.JSON_ROUTE, feed.Feed(settings, holder)),
        Route(feed.ATOM_ROUTE, feed.Feed(settings, holder)),
        Route(originals.FILE_ROUTE, kept.file),
        Route(originals.PAGE_ROUTE, kept.page),
        Route("/mcp", assistants),
        Route("/examples.json", site.examples),
        Route("/schema.graphql", site.schema_text),
        Route("/healthz", site.live),
        Route("/readyz", site.ready),
        Route("/metrics", site.metrics),
        Mount("/static", StaticFiles(directory=site.STATIC)),
    ]
    app = Starlette(
        routes=routes,
        middleware=middleware(settings, metrics, routes, clients),
        exception_handlers={HTTPException: site.unrouted},
        lifespan=lifespan,
    )
    app.state.settings, app.state.holder, app.state.metrics, app.state.endpoint = settings, holder, metrics, endpoint
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop: 0 after a clean stop, 1 where the service cannot run, 2 for wrong settings."""
    try:
        settings = from_arguments(sys.argv[1:] if arguments is None else arguments)
    except ValidationError as error:
        return _refuse(
            "; ".join(f"{entry['loc'][0] if entry['loc'] else 'settings'}: {entry['msg']}" for entry in error.errors()),
            2,
        )
    logs.configure(settings.log_level)
    with contextlib.suppress(
        OSError, ValueError
    ):  # as many connections and files as are allowed, not as a shell begins with
        resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
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


def _serve(settings: Settings, listening: socket.socket, *, loads_first: bool = False) -> int:
    def stop() -> None:
        server.should_exit = True

    sys.setswitchinterval(_SWITCH)
    try:
        app = create_app(settings, on_failure=stop, loads_first=loads_first)
    except TracingUnavailableError as error:
        return _refuse(str(error), 2)
    except OSError as error:
        return _refuse(f"{settings.publish}: {error.strerror or error}", 1)
    server = uvicorn.Server(_config(app, settings))
    for number in (
        signal.SIGTERM,
        signal.SIGINT,
    ):  # uvicorn raises it once more when done: no failure
        signal.signal(number, lambda *_: None)
    on_hang_up(app.state.holder.ask_reload)
    if settings.workers == 1:
        _announce(listening)
    server.run(sockets=[listening])
    failure: str | None = app.state.holder.failure
    return 0 if failure is None else _refuse(failure, 1)


def _announce(listening: socket.socket) -> None:
    host, port = listening.getsockname()[:2]
    print(f"Juesuan 决算 listens on http://{f'[{host}]' if ':' in host else host}:{port}/graphql", flush=True)


def _config(app: Any, settings: Settings) -> uvicorn.Config:
    is_fast = settings.fast_path and not settings.otlp_endpoint  # a span needs a task of its own
    replies = ReplyCache(app.state.endpoint) if is_fast else None
    return uvicorn.Config(
        app,
        loop="uvloop",
        http=protocol(Connections(settings.max_connections), replies),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        timeout_keep_alive=IDLE_SECONDS,
        server_header=False,
        proxy_headers=False,  # RequestMiddleware reads them, once it has seen who the peer is
        timeout_graceful_shutdown=settings.graceful_timeout,
    )


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _refuse(message: str, status: int) -> int:
    print(f"server.py: {message}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
