"""The export and MCP routes alone, over the made-up dataset: no packages are read."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.routing import Route

from graph_data.core.cache import LruCache
from serving.graphql.limits import ExecutionSlots
from serving.mcp import McpEndpoint
from serving.pages.exports import ROUTE, Exports
from serving.process.settings import Settings
from serving.process.snapshot import DatasetHolder, Snapshot
from tests.graph_data.example import example


def served() -> DatasetHolder:
    return DatasetHolder(snapshot=Snapshot(example(), LruCache(0)))


def application(settings: Settings, served: Callable[[], DatasetHolder] = served) -> Starlette:
    """Routes and lifespan as in the whole service."""
    what = served()
    assistants = McpEndpoint(settings, what, ExecutionSlots(settings))
    routes = [Route(ROUTE, Exports(settings, what)), Route("/mcp", assistants)]
    return Starlette(routes=routes, lifespan=lambda _: assistants.running())
