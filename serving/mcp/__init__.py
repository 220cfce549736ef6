"""POST /mcp: the Model Context Protocol for assistants, over streamable HTTP without sessions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from serving.graphql.executor import CHEAP
from serving.graphql.limits import ClientBudgets, ExecutionSlots
from serving.http.errors import BAD_USER_INPUT, NOT_FOUND, NOT_READY, HttpRefusalError, refusal_reply
from serving.http.requests import client_of, read_body
from serving.process.settings import Settings
from serving.process.snapshot import DatasetHolder

_LOCAL = ("127.0.0.1", "::1", "localhost")
_COST = CHEAP + 1  # what a call is charged


class McpEndpoint:
    """Answers POST. Every request stands for itself, so that any worker can take it; GET and DELETE have no use.

    The library is imported when somebody asks first: that takes more time and memory than starting may cost whom
    nobody asks.
    """

    def __init__(self, settings: Settings, holder: DatasetHolder, slots: ExecutionSlots) -> None:
        self._settings, self._holder, self._slots = settings, holder, slots
        self._budgets = ClientBudgets(settings.rate)
        self._is_running = False
        self._asked, self._answers = anyio.Event(), anyio.Event()
        self._sessions: Any = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Answer requests for as long as this is entered; once only."""
        async with anyio.create_task_group() as group:
            group.start_soon(self._run)
            self._is_running = True
            yield
            self._is_running = False
            group.cancel_scope.cancel()

    async def _run(self) -> None:
        await self._asked.wait()
        self._sessions = await anyio.to_thread.run_sync(self._made)
        async with self._sessions.run():
            self._answers.set()
            await anyio.sleep_forever()

    def _made(self) -> Any:
        from serving.mcp.tools import sessions  # noqa: PLC0415 - the library is not imported before it is needed

        return sessions(self._settings, self._holder, self._slots)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        limits = self._settings
        try:
            self._require_answerable(Request(scope))
            body = await read_body(scope, receive, limits.max_body, limits.body_timeout)
        except HttpRefusalError as refusal:
            await refusal_reply(refusal)(scope, receive, send)
            return
        self._asked.set()
        await self._answers.wait()
        await self._sessions.handle_request(scope, _replayed(body, receive), send)

    def _require_answerable(self, request: Request) -> None:
        if not self._settings.mcp:
            raise HttpRefusalError(404, NOT_FOUND, "MCP is switched off here; ask at /graphql")
        if request.method != "POST":
            raise HttpRefusalError(405, BAD_USER_INPUT, "ask with POST: there are no sessions", {"allow": "POST"})
        self._require_origin(request.headers.get("host", ""), request.headers.get("origin"))
        if not self._is_running:
            raise HttpRefusalError(503, NOT_READY, "the service is starting; try again", {"retry-after": "1"})
        self._budgets.spend(client_of(request.scope), _COST)

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
