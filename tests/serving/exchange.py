"""Whole replies of an application, message by message, over the made-up dataset: no network, no packages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.applications import Starlette

from graph_data.core.cache import LruCache
from graph_data.dataset import Dataset
from server import create_app
from serving.loading import Edition
from serving.settings import Settings
from tests.graph_data.example import example

JSON = (b"content-type", b"application/json")
Header = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `parts` are the messages that its body comes in."""

    body: bytes = b""
    headers: tuple[Header, ...] = (JSON,)
    method: str = "POST"
    query: bytes = b""
    path: str = "/graphql"
    client: str = "10.0.0.1"
    parts: int = 1

    def messages(self) -> list[dict[str, Any]]:
        size = -(-len(self.body) // self.parts) or 1
        chunks = [self.body[start : start + size] for start in range(0, len(self.body), size)] or [b""]
        return [{"type": "http.request", "body": chunk, "more_body": chunk is not chunks[-1]} for chunk in chunks]


@dataclass(frozen=True, slots=True)
class Reply:
    """Its status, its headers in order but for the request id, and its bytes."""

    status: int
    headers: tuple[Header, ...]
    body: bytes
    request_id: bytes

    def header(self, name: bytes) -> bytes:
        return dict(self.headers).get(name, b"")


@dataclass(slots=True)
class Exchange:
    """Asks an application, all in one loop."""

    app: Starlette
    runner: asyncio.Runner = field(default_factory=asyncio.Runner)

    def ask(self, request: Request) -> Reply:
        return self.runner.run(self._ask(request))

    async def _ask(self, request: Request) -> Reply:
        waiting, sent = iter(request.messages()), []

        async def receive() -> dict[str, Any]:
            return next(waiting, {"type": "http.disconnect"})

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "http_version": "1.1",
            "scheme": "http",
            "method": request.method,
            "path": request.path,
            "raw_path": request.path.encode(),
            "query_string": request.query,
            "headers": [(b"host", b"service"), *request.headers],
            "client": (request.client, 50_000),
            "server": ("service", 80),
            "root_path": "",
        }
        await self.app(scope, receive, send)
        return _reply(sent)

    def metrics(self, skipped: Callable[[str], bool]) -> list[str]:
        """What /metrics says, without the lines to be skipped."""
        text = self.ask(Request(method="GET", path="/metrics", headers=())).body.decode()
        return [line for line in text.splitlines() if not skipped(line)]

    def serve(self, dataset: Dataset, bound: int = 1 << 20) -> None:
        self.app.state.served.edition = Edition(dataset, LruCache(bound))


def _reply(sent: Sequence[dict[str, Any]]) -> Reply:
    start, *bodies = sent
    named = dict(start["headers"])
    headers = tuple(header for header in start["headers"] if header[0] != b"x-request-id")
    body = b"".join(message.get("body", b"") for message in bodies)
    return Reply(start["status"], headers, body, named.get(b"x-request-id", b""))


def fronted(**settings: Any) -> Exchange:
    """The application as it is served."""
    exchange = Exchange(create_app(Settings(**settings)))
    exchange.serve(example())
    return exchange


def unfronted(**settings: Any) -> Exchange:
    """The same with nothing in front of the framework."""
    exchange = fronted(**settings)
    front: Any = exchange.app.middleware_stack
    exchange.app.middleware_stack = front.app
    return exchange


def other_dataset() -> Dataset:
    """Another version of the same."""
    return replace(example(), version="another-version")
