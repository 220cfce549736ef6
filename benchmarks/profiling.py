"""Where the time of each question goes: `python -m benchmarks.profiling` prints a table in Markdown.

The whole service, in one process and without a network, is asked each question again and again under cProfile, and
answers all of them in one thread, since a profiler sees no other; own time is summed by the part of the program that
it was spent in. Shares are what to read: a profiler slows calls down.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import pstats
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import httpx

import graph_data
from benchmarks.peers.registry import PEERS, ROOT, WORKSHOP
from benchmarks.run import prepare_data
from benchmarks.servers import QUESTIONS, body_of
from server import create_app
from serving.graphql import endpoint, executor
from serving.process import snapshot
from serving.process.settings import from_arguments

PARTS = (
    ("graphql-core", "/graphql/"),
    ("Strawberry", "/strawberry/"),
    ("Starlette and middleware", "/starlette"),
    ("serving", f"{ROOT}/serving/"),
    ("schema", f"{ROOT}/schema/"),
    ("resolvers", f"{ROOT}/resolvers/"),
    ("graph_data", f"{ROOT}/graph_data/"),
    ("plans", "<plan"),
    ("asking", "/benchmarks/"),
)
MODES = {
    "computed by plans": "--response-cache 0 --fragment-cache 0",
    "computed by plans, fragments kept": "--response-cache 0",
    "computed by graphql-core": "--response-cache 0 --no-compiled",
    "answers kept": "",
}
Spent = Mapping[str, int]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table for each way to answer."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--times", type=int, default=30, help="how often each question is asked (default: 30)")
    parser.add_argument("--functions", type=int, default=0, metavar="N", help="also the N functions with most own time")
    chosen = parser.parse_args(arguments)
    prepare_data()
    packages = WORKSHOP / "city"
    dataset = graph_data.load([packages], strict=True)
    vars(snapshot)["load"] = lambda *_, **__: dataset
    executor.CHEAP = executor.LEASH = sys.maxsize
    vars(endpoint)["LEASH"] = sys.maxsize // 2
    for mode, options in MODES.items():
        fixed = ["--packages", str(packages), "--rate", "0", "--log-level", "warning"]
        profiles = asyncio.run(_profiled([*fixed, *options.split()], chosen.times))
        print("\n".join(_table(mode, {question: _spent(each) for question, each in profiles.items()})), flush=True)
        if chosen.functions:
            for question, profile in profiles.items():
                print(question)
                pstats.Stats(profile, stream=sys.stdout).sort_stats("tottime").print_stats(chosen.functions)


class Asking:
    """A client that costs next to nothing: the messages of one request, handed to the application."""

    def __init__(self, app: Any, body: bytes) -> None:
        headers = [(b"content-type", b"application/json"), (b"accept", b"application/json")]
        self._app, self._body = app, body
        self._scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http", "root_path": "",
            "method": "POST", "path": "/graphql", "raw_path": b"/graphql", "query_string": b"", "headers": headers,
            "client": ("127.0.0.1", 50_000), "server": ("127.0.0.1", 8000),
        }  # fmt: skip

    async def ask(self) -> None:
        """Raises RuntimeError for any other reply than 200."""
        await self._app({**self._scope, "state": {}}, self._receive, self._send)

    async def _receive(self) -> dict[str, Any]:
        return {"type": "http.request", "body": self._body, "more_body": False}

    async def _send(self, message: dict[str, Any]) -> None:
        if message.get("status", httpx.codes.OK) != httpx.codes.OK:
            raise RuntimeError(f"answered with {message['status']}")


async def _profiled(options: list[str], times: int) -> dict[str, cProfile.Profile]:
    app = create_app(from_arguments(options))
    profiles = {question: cProfile.Profile() for question in QUESTIONS}
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://test") as client,
    ):
        while (await client.get("/readyz")).status_code != httpx.codes.OK:
            await asyncio.sleep(0.2)
        for question, profile in profiles.items():
            asking = Asking(app, body_of(PEERS[0], question))
            for _ in range(3):
                await asking.ask()
            profile.enable()
            for _ in range(times):
                await asking.ask()
            profile.disable()
    return profiles


def _spent(profile: cProfile.Profile) -> Spent:
    """Own time by part, in µs."""
    spent: Counter[str] = Counter()
    stats: Any = pstats.Stats(profile)
    for (file, _, name), (_, _, own, _, _) in stats.stats.items():
        spent[_part(file, name)] += round(own * 1_000_000)
    return spent


def _part(file: str, name: str) -> str:
    where = f"{file} {name}"
    return next((part for part, words in PARTS if words in where), "Python itself")


def _table(mode: str, spent: Mapping[str, Spent]) -> Iterator[str]:
    """Shares of the time without that of asking, in percent."""
    yield f"\n{mode}\n"
    yield f"| part | {' | '.join(spent)} |"
    yield f"|---|{'--:|' * len(spent)}"
    parts = dict.fromkeys([part for part, _ in PARTS if part != "asking"] + ["Python itself"])
    totals = {question: sum(each[part] for part in parts) for question, each in spent.items()}
    for part in parts:
        cells = (f"{100 * each[part] // max(1, totals[question])} %" for question, each in spent.items())
        yield f"| {part} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
