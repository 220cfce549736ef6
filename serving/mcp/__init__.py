"""POST /mcp: the Model Context Protocol for assistants, over streamable HTTP without sessions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from serving.errors import BAD_USER_INPUT, NOT_FOUND, NOT_READY, HttpRefusalError
from serving.limits import Budgets, Runs
from serving.loading import Served
from serving.mcp.tools import COST, server
from serving.replies import refused
from serving.settings import Settings


class McpEndpoint:
    """Answers POST. Every request stands for itself, so that any worker can take it; GET and DELETE have no use."""

    def __init__(self, settings: Settings, served: Served, runs: Runs) -> None:
        self._is_on, self._is_running = settings.mcp, False
        self._budgets = Budgets(settings.rate)
        self._server = server(served.dataset_or_refusal, runs)
        # what is served is public and read-only, and proxies in front ask under names that we do not know
        security = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        self._server.streamable_http_app(
            json_response=True,
            stateless_http=True,
            max_request_body_size=settings.max_body,
            transport_security=security,
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Answer requests for as long as this is entered; once only."""
        async with self._server.session_manager.run():
            self._is_running = True
            yield
            self._is_running = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            self._require_answerable(Request(scope))
        except HttpRefusalError as refusal:
            await refused(refusal)(scope, receive, send)
            return
        await self._server.session_manager.handle_request(scope, receive, send)

    def _require_answerable(self, request: Request) -> None:
        if not self._is_on:
            raise HttpRefusalError(404, NOT_FOUND, "MCP is switched off here; ask at /graphql")
        if request.method != "POST":
            raise HttpRefusalError(405, BAD_USER_INPUT, "ask with POST: there are no sessions", {"allow": "POST"})
        if not self._is_running:
            raise HttpRefusalError(503, NOT_READY, "the service is starting; try again", {"retry-after": "1"})
        self._budgets.spend(request.client.host if request.client is not None else "", COST)
