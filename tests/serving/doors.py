"""The export and MCP routes alone, over the made-up dataset: no packages are read."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.routing import Route

from graph_data.core.cache import LruCache
from serving.exports import ROUTE, Exports
from serving.limits import Runs
from serving.loading import Edition, Served
from serving.mcp import McpEndpoint
from serving.settings import Settings
from tests.graph_data.example import example


def served() -> Served:
    return Served(edition=Edition(example(), LruCache(0)))


def application(settings: Settings, served: Callable[[], Served] = served) -> Starlette:
    """Routes and lifespan as in the whole service."""
    what = served()
    assistants = McpEndpoint(settings, what, Runs(settings))
    routes = [Route(ROUTE, Exports(settings, what)), Route("/mcp", assistants)]
    return Starlette(routes=routes, lifespan=lambda _: assistants.running())
