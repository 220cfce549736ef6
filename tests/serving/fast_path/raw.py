"""Bytes to and from one connection, in this process and without a socket; and odd bytes to send, from a seed."""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from uvicorn.server import ServerState

import server
from graph_data.core.cache import LruCache
from graph_data.dataset import Dataset
from serving.graphql.request import sha256
from serving.process.settings import Settings
from serving.process.snapshot import Snapshot
from tests.graph_data.example import example

ORIGIN = "https://data.example.gov.cn"
SHORT, LONG = "{ dataset { version } }", "{ __schema { types { name fields { name } } } }"
VARIED = "query($a: ID!) { node(id: $a) { id } dataset { version } }"
_VARYING = re.compile(rb"(date|x-request-id): [^\r]*")
_GZIP = re.compile(rb"\x1f\x8b\x08\x00.{4}", re.DOTALL)  # the time in its head
_PATIENCE, _TURNS = 2_000, 30  # turns of the loop


class _Transport:
    """What a protocol writes to."""

    def __init__(self, client: str) -> None:
        self.written, self.closing, self.client = bytearray(), False, client

    def write(self, data: bytes) -> None:
        self.written += data

    def writelines(self, lines: Sequence[bytes]) -> None:
        self.written += b"".join(lines)

    def close(self) -> None:
        self.closing = True

    abort = close

    def is_closing(self) -> bool:
        return self.closing

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return {"peername": (self.client, 50_000), "sockname": ("127.0.0.1", 8000)}.get(name, default)

    def get_write_buffer_size(self) -> int:
        return 0

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


@dataclass(slots=True)
class Line:
    """A service to which connections are made; `tasks` counts the tasks that its protocol began."""

    settings: Settings
    app: Any = field(init=False)
    config: Any = field(init=False)
    state: ServerState = field(default_factory=ServerState)
    runner: asyncio.Runner = field(default_factory=asyncio.Runner)
    tasks: int = 0

    def __post_init__(self) -> None:
        self.app = server.create_app(self.settings)
        self.serve(example())
        self.config = server._config(self.app, self.settings)
        self.config.load()

    def serve(self, dataset: Dataset, bound: int = 1 << 20) -> None:
        self.app.state.holder.snapshot = Snapshot(dataset, LruCache(bound))

    def close(self) -> None:
        self.runner.close()

    def talk(self, pieces: Sequence[bytes], client: str = "10.0.0.1") -> bytes:
        """All that comes back on one connection, without what is never the same."""
        return _GZIP.sub(b"", _VARYING.sub(rb"\1", self.runner.run(self._talk(pieces, client))))

    async def _talk(self, pieces: Sequence[bytes], client: str) -> bytes:
        transport = _Transport(client)
        loop = asyncio.get_running_loop()
        protocol = self.config.http_protocol_class(
            config=self.config, server_state=self.state, app_state={}, _loop=loop
        )
        protocol.connection_made(transport)
        for piece in pieces:
            if transport.closing:
                break
            protocol.data_received(piece)
            await self._settle(protocol)
        protocol.connection_lost(None)
        await self._settle(protocol)
        for handle in (protocol.timeout_keep_alive_task, protocol._all._sweeping):
            if handle is not None:
                handle.cancel()
        protocol._all._sweeping = None
        return bytes(transport.written)

    async def _settle(self, protocol: Any) -> None:
        """Until every task has ended, or the last one waits for bytes that have not come."""
        for turn in range(_PATIENCE):
            awaits = (not protocol._is_broken or protocol.transport.is_closing()) and len(self.state.tasks) == 1
            is_waiting = awaits and protocol.cycle.more_body and not protocol.cycle.disconnected
            if not self.state.tasks or (is_waiting and turn > _TURNS):
                break
            await asyncio.sleep(0 if turn < 2 * _TURNS else 0.001)
        await asyncio.sleep(0)


@contextmanager
def lines(**settings: Any) -> Iterator[tuple[Line, Line]]:
    """A service as it is, and one without the fast path."""
    both = Line(Settings(**settings)), Line(Settings(fast_path=False, **settings))
    with closing(both[0]), closing(both[1]):
        yield both


def head(method: str, target: str, *headers: str, version: str = "1.1") -> bytes:
    return "\r\n".join([f"{method} {target} HTTP/{version}", *headers, "", ""]).encode("latin-1")


def post(query: str = SHORT, *headers: str, **fields: Any) -> bytes:
    return posted(json.dumps({"query": query, **fields}).encode(), *headers)


def posted(body: bytes, *headers: str) -> bytes:
    fixed = ("Host: x", "Content-Type: application/json", f"Content-Length: {len(body)}")
    return head("POST", "/graphql", *fixed, *headers) + body


def chunked(body: bytes, *headers: str, trailers: Sequence[str] = ()) -> bytes:
    fixed = ("Host: x", "Content-Type: application/json", "Transfer-Encoding: chunked")
    end = "".join(f"{each}\r\n" for each in trailers).encode("latin-1")
    return head("POST", "/graphql", *fixed, *headers) + b"%x\r\n%b\r\n0\r\n%b\r\n" % (len(body), body, end)


@dataclass(slots=True)
class Odd:
    """Requests that are odd in one way or several, from a seed; `tag` is one that a client could have."""

    dice: random.Random
    tag: str

    def conversation(self) -> list[bytes]:
        """Requests on one connection: one by one or in a pipeline, cut anywhere."""
        requests = [self.request() for _ in range(self.dice.choice([1, 1, 1, 2, 3]))]
        if self.dice.random() < 0.3:
            requests = [b"".join(requests)]
        if self.dice.random() < 0.3:
            requests = [piece for each in requests for piece in self._cut(each)]
        return requests

    def _cut(self, data: bytes) -> list[bytes]:
        places = sorted(self.dice.sample(range(1, len(data)), min(2, len(data) - 1))) if len(data) > 1 else []
        ends = [0, *places, len(data)]
        return [data[start:end] for start, end in pairwise(ends)]

    def request(self) -> bytes:
        body, dice = self._body(), self.dice
        headers = [each for each in self._headers() if dice.random() < 0.8]
        kind = dice.random()
        if kind < 0.15:
            return chunked(body, *headers, trailers=[each for each in self._headers() if dice.random() < 0.7])
        if kind < 0.3:
            return head(
                dice.choice(["GET", "GET", "HEAD", "OPTIONS", "PUT", "get"]), self._target(), "Host: x", *headers
            )
        length = len(body) if dice.random() < 0.95 else dice.choice([0, len(body) - 1, len(body) + 1])
        fixed = ["Host: x", f"Content-Length: {length}", self._content_type(), *headers]
        dice.shuffle(fixed)
        version = "1.1" if dice.random() < 0.95 else "1.0"
        target = "/graphql" if dice.random() < 0.8 else self._target()
        return head("POST", target, *fixed, version=version) + body

    def _target(self) -> str:
        query = "query=%7Bdataset%7Bversion%7D%7D"
        targets = [
            f"/graphql?{query}",
            f"/graphql?{query}",
            "/graphql",
            "/graphql/",
            "//graphql",
            "/GRAPHQL",
            "/healthz",
        ]
        return self.dice.choice(
            [*targets, f"http://x/graphql?{query}", f"/graphql?{query}#a", "/%67raphql", "/nowhere"]
        )

    def _content_type(self) -> str:
        kinds = ["application/json"] * 8 + [
            "application/json; charset=utf-8",
            "text/plain",
            "application/json;charset=gbk",
        ]
        return f"{self.dice.choice(['Content-Type', 'content-type', 'CONTENT-TYPE'])}: {self.dice.choice(kinds)}"

    def _body(self) -> bytes:
        dice = self.dice
        if dice.random() < 0.05:
            return dice.choice(
                [b"", b"{", b"null", b"[1]", b'{"query": "{ nothing }"}', b'{"query": "mutation { a }"}']
            )
        fields: dict[str, Any] = {"query": dice.choice([SHORT, SHORT, SHORT, LONG, VARIED, "{ dataset { figures } }"])}
        if fields["query"] == VARIED:
            fields["variables"] = {"a": dice.choice(["department:1", "department:2", "department:3", "nonsense"])}
        if dice.random() < 0.05:
            digest = "0" * 64 if dice.random() < 0.5 else sha256(SHORT)
            fields["extensions"] = {"persistedQuery": {"version": 1, "sha256Hash": digest}}
        return json.dumps(fields, indent=dice.choice([None, None, None, 1])).encode()

    def _headers(self) -> list[str]:
        dice = self.dice
        accepts = ["application/json", "*/*", "text/html", "application/graphql-response+json", "x/y"]
        pool = [
            f"Accept: {dice.choice(accepts)}",
            f"Accept-Encoding: {dice.choice(['gzip', 'br', 'zstd', 'identity', 'gzip;q=0, br'])}",
            f"Accept-Language: {dice.choice(['zh-CN', 'en', 'en;q=0.5'])}",
            f"If-None-Match: {dice.choice([self.tag, '*', 'W/x', 'a, ' + self.tag])}",
            f"Origin: {dice.choice([ORIGIN, 'https://x.example', 'null'])}",
            f"Connection: {dice.choice(['keep-alive', 'close', 'Upgrade', 'Upgrade, HTTP2-Settings', 'x'])}",
            f"Upgrade: {dice.choice(['h2c', 'websocket'])}",
            "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
            "Expect: 100-continue",
            "Range: bytes=0-3",
            "TE: trailers",
            "X-Forwarded-For: 1.2.3.4",
            "X-Forwarded-Proto: https",
            "X-Cost-Only: 1",
            f"X-Dataset-Version: {dice.choice(['other', example().version])}",
            "X-Http-Method-Override: PUT",
            "Cookie: a=1",
            "User-Agent: odd/1",
            "User-Agent:\tfolded\r\n further",
            "Accept: text/plain\r\n , application/json",
            "Content-Encoding: gzip",
        ]
        return dice.sample(pool, dice.choice([0, 1, 1, 2, 3]))
