"""Random questions answered both ways: `python -m tests.serving.compiler.fuzz --count 20000 [--seed 1]`."""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import orjson
from graphql import GraphQLSchema

from schema import schema
from schema.context import Context
from serving.compiler import PlanCache
from serving.graphql.executor import plan_cache
from tests.graph_data.example import example
from tests.serving.compiler import small
from tests.serving.compiler.asking import Asked, Asker, Pools
from tests.serving.compiler.compared import Answers, answers
from tests.serving.compiler.whole import pools, shipped


@dataclass(frozen=True, slots=True)
class Field:
    """What questions are asked of: a schema over a dataset, and values to ask it with."""

    name: str
    schema: GraphQLSchema
    pools: Pools
    context: object
    plans: Callable[[], PlanCache]


@cache
def fields() -> tuple[Field, ...]:
    """The made-up dataset, the shipped one, and the small schema in which much goes wrong."""
    served = schema._schema
    return (
        Field("example", served, pools(example()), Context(example()), _remembering),
        Field("shipped", served, pools(shipped()), Context(shipped()), _remembering),
        Field("small", small.schema._schema, small.POOLS, small.CONTEXT, lambda: PlanCache(at_once=True)),
    )


def _remembering() -> PlanCache:
    return plan_cache(1 << 20, at_once=True)


def asked_both_ways(field: Field, seeds: range) -> Iterator[tuple[Asked, Answers]]:
    """A valid question for nearly every seed, with both answers."""
    for seed in seeds:
        asked = Asker(field.schema, field.pools, random.Random(seed)).ask()
        both = answers(field.schema, asked, field.context, field.plans())
        if both is not None:
            yield asked, both


def described(asked: Asked, both: Answers) -> str:
    """A question whose answers differ, with both of them."""
    planned, plain = (orjson.dumps(data).decode() for data in (both.planned, both.data))
    return f"{asked.text}\n{asked.variables}\nplan: {planned}\ngraphql-core: {plain}\n{both.errors}"


def main() -> int:
    parser = argparse.ArgumentParser("python -m tests.serving.compiler.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1_000_000)
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    for place, field in enumerate(fields()):
        seeds = range(given.seed + place, given.seed + given.count, len(fields()))
        for asked, both in asked_both_ways(field, seeds):
            counts["errors" if both.errors else "fine"] += 1
            if both.differ:
                counts["different"] += 1
                print(f"{field.name}: {described(asked, both)}\n", flush=True)
    print(
        f"{counts['fine']:,} without and {counts['errors']:,} with errors, {counts['different']:,} answered differently"
    )
    return 1 if counts["different"] else 0


if __name__ == "__main__":
    sys.exit(main())
