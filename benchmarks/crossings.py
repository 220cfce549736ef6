"""How often one question crosses between the project's files: `python -m benchmarks.crossings` prints a table.

A crossing is a call from a function of one of our files to a function of another; functions of libraries in between
are looked through, and a plan counts as a file of its own. The whole service answers without a network: each question
for the first time (`first call`), and once its plan is made (`plan`), with neither fragments nor answers cached.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import orjson

from benchmarks.profiling import Asking
from server import create_app
from serving.graphql import endpoint, executor
from serving.process.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
ROOMS = tuple(f"{ROOT / room}/" for room in ("graph_data", "resolvers", "schema", "serving"))
QUESTIONS = (
    "{ dataset { version } }",
    '{ unit(code: "102004") { name rollup(measure: PROJECT_EXECUTED) { derived { amount } } } }',
    "{ departments { nodes { name units { nodes { name projects { totalCount } } } } } }",
)
Pairs = Counter[tuple[str, str]]


@contextmanager
def crossings() -> Iterator[Pairs]:
    """Counts calls between files while it is entered, in this thread and in those that begin meanwhile."""
    pairs: Pairs = Counter()

    def see(frame: FrameType, event: str, _: object) -> None:
        callee = _file(frame) if event == "call" else None
        if callee is None:
            return
        caller = frame.f_back
        while caller is not None and _file(caller) is None:
            caller = caller.f_back
        if caller is not None and (file := _file(caller)) != callee:
            pairs[str(file), callee] += 1

    sys.setprofile(see)
    threading.setprofile(see)
    try:
        yield pairs
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def _file(frame: FrameType) -> str | None:
    """The file of ours that a frame belongs to; None for any other."""
    name = frame.f_code.co_filename
    if name.startswith("<plan"):
        return name
    return name.removeprefix(f"{ROOT}/") if name.startswith(ROOMS) else None


async def counted(questions: Sequence[str]) -> list[tuple[Pairs, Pairs]]:
    """For each question the crossings of its first call and of one with its plan."""
    executor.CHEAP = executor.LEASH = vars(endpoint)["LEASH"] = sys.maxsize // 2  # a profiler sees one thread
    app = create_app(Settings(response_cache=0, fragment_cache=0, log_level="error"))
    async with app.router.lifespan_context(app):
        await app.state.holder.loaded.wait()
        await Asking(app, orjson.dumps({"query": "{ __typename }"})).ask()
        found = []
        for question in questions:
            asking: Any = Asking(app, orjson.dumps({"query": question}))
            with crossings() as first:
                await asking.ask()
            for _ in range(2):
                await asking.ask()
            with crossings() as planned:
                await asking.ask()
            found.append((first, planned))
        return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("questions", nargs="*", help="GraphQL documents (default: three of growing size)")
    parser.add_argument("--files", action="store_true", help="also between which files, with the plan")
    chosen = parser.parse_args(arguments)
    questions = chosen.questions or QUESTIONS
    print("| question | first call | with its plan |\n|---|--:|--:|")
    for question, (first, planned) in zip(questions, asyncio.run(counted(questions)), strict=True):
        print(f"| `{question}` | {first.total()} | {planned.total()} |")
        if chosen.files:
            for (caller, callee), count in planned.most_common():
                print(f"    {count} {caller} -> {callee}")


if __name__ == "__main__":
    main()
