"""A client of the application in this process: its lifespan runs, its replies come without a network."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.applications import Starlette

PATIENCE = 60


class Client:
    """Plain requests to an application that runs in a thread of its own."""

    def __init__(self, app: Starlette, portal: BlockingPortal) -> None:
        self.app, self._portal = app, portal

    def request(self, method: str, address: str, **options: Any) -> httpx.Response:
        reply: httpx.Response = self._portal.call(self._send, method, address, options)
        return reply

    def get(self, address: str, **options: Any) -> httpx.Response:
        return self.request("GET", address, **options)

    def post(self, address: str, **options: Any) -> httpx.Response:
        return self.request("POST", address, **options)

    async def _send(self, method: str, address: str, options: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
            return await client.request(method, address, **options)

    def wait_until_ready(self) -> None:
        """Ask /readyz until the dataset is served."""
        for _ in range(PATIENCE * 20):
            if self.get("/readyz").status_code == 200:
                return
            time.sleep(0.05)
        pytest.fail(f"not ready after {PATIENCE} s: {self.get('/readyz').text}")


@contextmanager
def unstarted(app: Starlette) -> Iterator[Client]:
    """A client of an application whose lifespan has not begun."""
    with start_blocking_portal() as portal:
        yield Client(app, portal)


@contextmanager
def started(app: Starlette) -> Iterator[Client]:
    """A client of an application that is starting, and is stopped in the end."""
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(app.router.lifespan_context(app)):
        yield Client(app, portal)
