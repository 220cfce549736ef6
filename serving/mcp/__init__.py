"""POST /mcp: the Model Context Protocol for assistants, over streamable HTTP without sessions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from serving.graphql.limits import ClientBudgets, ExecutionSlots
from serving.http.errors import BAD_USER_INPUT, NOT_FOUND, NOT_READY, HttpRefusalError, refusal_reply
from serving.http.requests import client_of, read_body
from serving.mcp.tools import COST, server
from serving.process.settings import Settings
from serving.process.snapshot import DatasetHolder

_LOCAL = ("127.0.0.1", "::1", "localhost")


class McpEndpoint:
    """Answers POST. Every request stands for itself, so that any worker can take it; GET and DELETE have no use."""

    def __init__(self, settings: Settings, holder: DatasetHolder, slots: ExecutionSlots) -> None:
        self._settings, self._is_running = settings, False
        self._budgets = ClientBudgets(settings.rate)
        self._server = server(holder, slots)
        security = TransportSecuritySettings(enable_dns_rebinding_protection=False)  # see _require_origin
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
        limits = self._settings
        try:
            self._require_answerable(Request(scope))
            body = await read_body(scope, receive, limits.max_body, limits.body_timeout)
        except HttpRefusalError as refusal:
            await refusal_reply(refusal)(scope, receive, send)
            return
        await self._server.session_manager.handle_request(scope, _replayed(body, receive), send)

    def _require_answerable(self, request: Request) -> None:
        if not self._settings.mcp:
            raise HttpRefusalError(404, NOT_FOUND, "MCP is switched off here; ask at /graphql")
        if request.method != "POST":
            raise HttpRefusalError(405, BAD_USER_INPUT, "ask with POST: there are no sessions", {"allow": "POST"})
        self._require_origin(request.headers.get("host", ""), request.headers.get("origin"))
        if not self._is_running:
            raise HttpRefusalError(503, NOT_READY, "the service is starting; try again", {"retry-after": "1"})
        self._budgets.spend(client_of(request.scope), COST)

    def _require_origin(self, host: str, origin: str | None) -> None:
        """Programs send no Origin. A page may ask if it is ours or allowed to: under a name that is ours for certain.

        A name that anybody can point at this machine is not, where the service is meant for this machine alone.
        """
        settings, name = self._settings, urlsplit(f"//{host}").hostname or ""
        if settings.mcp_hosts and name not in settings.mcp_hosts:
            raise HttpRefusalError(403, BAD_USER_INPUT, f"/mcp is not asked under {name[:64]!r}; see mcp_hosts")
        if origin is None or origin in settings.mcp_origins or "*" in settings.mcp_origins:
            return
        is_ours = bool(settings.mcp_hosts) or settings.host not in _LOCAL or name in _LOCAL
        if not is_ours or urlsplit(origin).netloc.lower() != host.lower():
            raise HttpRefusalError(403, BAD_USER_INPUT, f"pages of {origin[:64]!r} may not ask; see mcp_origins")


def _replayed(body: bytes, receive: Receive) -> Receive:
    """What receives a body that has been read, once more, and then whatever comes."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return messages.pop() if messages else await receive()

    return replay
