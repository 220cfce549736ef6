"""The export and MCP routes alone, over the made-up dataset: no packages are read."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from graph_data.core.cache import LruCache
from schema import schema
from serving.graphql.endpoint import GraphQLEndpoint
from serving.graphql.limits import ExecutionSlots
from serving.mcp import McpEndpoint
from serving.pages.exports import ROUTE, Exports
from serving.process.metrics import Metrics
from serving.process.settings import Settings
from serving.process.snapshot import DatasetHolder, Snapshot
from tests.graph_data.example import example


def served() -> DatasetHolder:
    return DatasetHolder(snapshot=Snapshot(example(), LruCache(0)))


def exports(settings: Settings, what: DatasetHolder) -> Exports:
    """The exports, with an endpoint of their own that prepares questions."""
    slots = ExecutionSlots(settings)
    endpoint = GraphQLEndpoint(schema, settings, what, slots, Metrics(what, lambda: slots.running), page=Response)
    return Exports(settings, what, endpoint)


def application(settings: Settings, served: Callable[[], DatasetHolder] = served) -> Starlette:
    """Routes and lifespan as in the whole service."""
    what = served()
    assistants = McpEndpoint(settings, what, ExecutionSlots(settings))
    routes = [Route(ROUTE, exports(settings, what)), Route("/mcp", assistants)]
    return Starlette(routes=routes, lifespan=lambda _: assistants.running())
