"""python -m benchmarks.engines: the same random rollups asked of every engine; each must answer as the memory engine.

Real servers are started for it: PostgreSQL, and a Spark standalone cluster of a master and two workers. An engine
whose server is not installed here is left out, and the table says why.
"""

from __future__ import annotations

import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from graph_data.figures.rollup import Figures
from tests.graph_data.figures.conformance import asking, check_node, check_selection, check_table, made_up
from tests.graph_data.figures.engines import NAMES, opened, why_not

_EVERY = 10  # of so many questions one has its figures compared one by one
_THREADS = 4
_TOLD = 100  # after so many questions the terminal hears how far it is
_PART = 10  # for so many rollups one total under a node is asked, and one selection


def main() -> int:
    """0 where no answer differs."""
    parser = ArgumentParser(prog="python -m benchmarks.engines", description=__doc__)
    parser.add_argument("--questions", type=int, default=1000, help="how many rollups are asked")
    parser.add_argument("--engines", nargs="+", choices=NAMES, default=NAMES)
    given = parser.parse_args()
    oracle = made_up()[1]
    print(f"{len(oracle.all)} figures; {given.questions} rollups, {given.questions // _PART} totals under a node and")
    print(f"{given.questions // _PART} selections, all compared with the memory engine.\n")
    print("| Engine | Asked | Answered otherwise | Seconds |\n|---|---|---|---|")
    return 1 if sum([_report(name, oracle, given.questions) for name in given.engines]) else 0


def _report(name: str, oracle: Figures, count: int) -> int:
    reason = why_not(name)
    if reason is not None:
        print(f"| {name} | – | {reason} | – |", flush=True)
        return 0
    with tempfile.TemporaryDirectory() as folder, opened(name, Path(folder)) as engine:
        start = time.monotonic()
        outcomes = []
        with ThreadPoolExecutor(_THREADS) as pool:
            for outcome in pool.map(_alike, _checks(oracle, engine, count)):
                outcomes.append(outcome)
                if len(outcomes) % _TOLD == 0:
                    print(f"{name}: {len(outcomes)} asked", file=sys.stderr, flush=True)
        seconds = time.monotonic() - start
    print(f"| {name} | {len(outcomes)} | {outcomes.count(False)} | {seconds:.0f} |", flush=True)
    return outcomes.count(False)


def _checks(oracle: Figures, engine: Figures, count: int) -> Iterable[Callable[[], None]]:
    """Each asks one question of both, and raises where they answer differently."""
    for place, question in enumerate(asking().questions(count)):
        yield partial(check_table, oracle, engine, question, 1 if place % _EVERY == 0 else 0)
    for node in asking().nodes(count // _PART):
        yield partial(check_node, oracle, engine, node)
    for measure, where, with_totals in asking().selections(count // _PART):
        yield partial(check_selection, oracle, engine, measure, where, with_totals)


def _alike(check: Callable[[], None]) -> bool:
    try:
        check()
    except AssertionError as difference:
        print(difference, file=sys.stderr, flush=True)
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
