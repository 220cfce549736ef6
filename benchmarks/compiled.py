"""Compiled plans beside graphql-core: `python -m benchmarks.compiled` prints a table of medians and their ratios.

The five questions of benchmarks/queries over one synthetic dataset, executed in one process, after both have given the
same bytes. They take turns, round by round, so that what else the machine does falls on all. "Remembered" is a plan
whose fragment cache holds all that it may; all times include writing the JSON.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from graphql import DocumentNode, OperationDefinitionNode, parse
from graphql.execution import Executor
from graphql.execution.execute import assume_not_async_iterable, assume_not_awaitable
from graphql.execution.values import VariableValues

from graph_data import load
from graph_data.__main__ import main as graph_data
from graph_data.dataset import Dataset
from schema import schema
from schema.context import Context
from serving.compiler import Operation, PlanCache
from serving.compiler.plans import compile_plan
from serving.graphql.executor import plan_cache

QUERIES = Path(__file__).parent / "queries"
NANOSECONDS = 60 * 10**9
CACHE = 64 << 20
SERVED = schema._schema


@dataclass(frozen=True, slots=True)
class Question:
    """One question, ready to be executed."""

    name: str
    document: DocumentNode
    operation: OperationDefinitionNode

    def ask(self, dataset: Dataset, way: PlanCache | None) -> Any:
        """Its data; by a plan where there are plans."""
        if way is not None:
            operation = Operation(SERVED, self.document, self.operation)
            return way.answer(operation, {}, Context(dataset), time.monotonic_ns() + NANOSECONDS)
        executor: Any = Executor.build(
            SERVED,
            self.document,
            context_value=Context(dataset),
            is_awaitable=assume_not_awaitable,
            is_async_iterable=assume_not_async_iterable,
        )
        result = executor.execute_operation()
        if result.errors:
            raise ValueError(f"{self.name}: {result.errors[0]}; expected an answer without errors")
        return result.data

    def compile(self) -> None:
        compile_plan(Operation(SERVED, self.document, self.operation), VariableValues({}, {}))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=15, help="times that each question is executed (default: 15)")
    parser.add_argument("--departments", type=int, default=10, help="departments of the dataset (default: 10)")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        made = ["synthesize", "--scale", "city", "--departments", str(chosen.departments), "-o", folder]
        graph_data(made)
        dataset = load([Path(folder)])
    gc.collect()
    gc.freeze()  # as the server does
    print("\n".join(_table(dataset, chosen.rounds)))


def _table(dataset: Dataset, rounds: int) -> Iterator[str]:
    heads = ("question", "reply, bytes", "graphql-core, µs", "plan, µs", "faster by", "remembered, µs", "faster by")
    yield f"| {' | '.join(heads)} | making the plan, µs |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for file in sorted(QUERIES.glob("*.graphql")):
        document = parse(file.read_text(encoding="utf-8"))
        operation = next(each for each in document.definitions if isinstance(each, OperationDefinitionNode))
        yield _row(Question(file.stem, document, operation), dataset, rounds)


def _row(question: Question, dataset: Dataset, rounds: int) -> str:
    ways = (None, plan_cache(0, at_once=True), plan_cache(CACHE, at_once=True))
    replies = [_reply(question, dataset, way) for way in ways]
    if len(set(replies)) != 1:
        raise ValueError(f"{question.name}: a plan answers otherwise than graphql-core")
    asking = [partial(_reply, question, dataset, way) for way in ways]
    plain, planned, remembered, made = _medians(rounds, *asking, question.compile)
    times = f"{plain:,} | {planned:,} | {_ratio(plain, planned)} | {remembered:,} | {_ratio(plain, remembered)}"
    return f"| {question.name} | {len(replies[0]):,} | {times} | {made:,} |"


def _reply(question: Question, dataset: Dataset, way: PlanCache | None) -> bytes:
    return orjson.dumps(question.ask(dataset, way))


def _ratio(slow: int, fast: int) -> str:
    return f"{slow // fast}.{slow * 10 // fast % 10}×"


def _medians(rounds: int, *works: Callable[[], Any]) -> list[int]:
    """The processor time of each piece of work, in whole microseconds; they take turns."""
    taken: list[list[int]] = [[] for _ in works]
    for _ in range(rounds):
        for times, work in zip(taken, works, strict=True):
            began = time.thread_time_ns()
            work()
            times.append((time.thread_time_ns() - began) // 1_000)
    return [max(1, statistics.median_low(times)) for times in taken]


if __name__ == "__main__":
    main()
