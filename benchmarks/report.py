"""What was measured, as RESULTS.md beside the goals, as build/bench.json and as a picture."""

from __future__ import annotations

import platform
import statistics
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson

from benchmarks.peers.registry import ROOT
from benchmarks.picture import draw
from benchmarks.servers import QUESTIONS, Running
from benchmarks.wrk import CONNECTIONS, Burst

Bursts = Mapping[tuple[str, str], Sequence[Burst]]
Ratios = Mapping[str, Decimal]
RESULTS = Path(__file__).with_name("RESULTS.md")
PICTURE = Path(__file__).with_name("results.svg")
KIB = 1024

# (against, which Juesuan, which peer, goals for q1 … q5; "" where none is set)
GOALS = (
    ("naive Strawberry + networkx", "juesuan", "naive", ("25", "35", "50", "300", "75")),
    ("Strawberry with every documented tuning", "juesuan", "tuned", ("4", "25", "25", "25", "8")),
    ("PostGraphile 5 on PostgreSQL", "juesuan", "postgraphile", ("5", "8", "8", "8", "5")),
    ("datasette-graphql on SQLite", "juesuan", "datasette", ("50", "300", "50", "50", "50")),
    ("Mercurius with JIT on Node, in memory", "juesuan", "mercurius", ("0.9", "1.2", "1.2", "0.9", "0.9")),
    ("the same", "warm", "mercurius", ("0.9", "3", "3", "1", "1")),
    ("bare ASGI app", "kept", "bare", ("0.85", "0.85", "0.85", "0.85", "0.85")),
    ("the same", "juesuan", "bare", ("", "0.10", "0.2", "0.4", "0.25")),
    ("the same", "warm", "bare", ("", "0.30", "0.4", "0.5", "0.25")),
)
HOW = {"kept": "answer kept", "juesuan": "computed", "warm": "fragments kept"}


def write(servers: Sequence[Running], bursts: Bursts, missing: Mapping[str, str]) -> None:
    """All three; prints the table of ratios."""
    numbers = _numbers(servers, bursts, missing)
    (ROOT / "build" / "bench.json").write_bytes(orjson.dumps(numbers, option=orjson.OPT_INDENT_2))
    table = list(write_table(bursts))
    RESULTS.write_text("\n".join([*_opening(bursts), *table, *_rates(servers, bursts), *_missing(missing)]) + "\n")
    PICTURE.write_text(draw({each.peer.title: _row(bursts, each.peer.name) for each in servers}))
    print("\n".join(table))


def rate(bursts: Bursts, peer: str, question: str) -> Decimal:
    """The median of answers a second of processor time."""
    return statistics.median(each.worth for each in bursts[peer, question])


def _row(bursts: Bursts, peer: str) -> dict[str, Decimal]:
    return {question: rate(bursts, peer, question) for question in QUESTIONS}


def _opening(bursts: Bursts) -> Iterator[str]:
    rounds = min(map(len, bursts.values()))
    yield "# Juesuan and its peers, side by side"
    yield ""
    yield (
        f"Written by `make bench`. A synthetic city (100 departments, 5 years); {rounds} rounds in turns after a "
        f"warm-up, {CONNECTIONS} connections, servers on one core, wrk on the other; medians, of "
        "answers a second of processor time (of the server and, for PostGraphile, its database): the machine is shared "
        f"and other work takes time. Only ratios mean anything. Python {platform.python_version()}."
    )
    yield ""
    yield "![answers a second](results.svg)"
    yield ""


def write_table(bursts: Bursts) -> Iterator[str]:
    """The ratios beside the goals; a goal missed is bold."""
    yield "## Ratios against the goals"
    yield ""
    yield "How many times the answers a second of processor time of the peer; in brackets the goal. **Bold**: missed."
    yield ""
    yield f"| against | Juesuan | {' | '.join(QUESTIONS)} |"
    yield f"|---|---|{'--:|' * len(QUESTIONS)}"
    for title, own, peer, goals in GOALS:
        if (peer, "q1") in bursts:
            cells = [_cell(bursts, own, peer, *each) for each in zip(QUESTIONS, goals, strict=True)]
            yield f"| {title} | {HOW[own]} | {' | '.join(cells)} |"
    yield ""


def _cell(bursts: Bursts, own: str, peer: str, question: str, goal: str) -> str:
    ratio = rate(bursts, own, question) / rate(bursts, peer, question)
    shown = f"{ratio:.{3 if ratio < Decimal('0.1') else 2}f}×" if ratio < 10 else f"{ratio:,.0f}×"
    if not goal:
        return shown
    return f"{shown} ({goal})" if ratio >= Decimal(goal) else f"**{shown}** ({goal})"


def _rates(servers: Sequence[Running], bursts: Bursts) -> Iterator[str]:
    yield "## Answers a second of processor time, and the 99th percentile of the time to one"
    yield ""
    yield f"| server | {' | '.join(QUESTIONS)} | ready after, s | memory, MiB |"
    yield f"|---|{'--:|' * len(QUESTIONS)}--:|--:|"
    for each in servers:
        cells = [_measured(bursts[each.peer.name, question]) for question in QUESTIONS]
        costs = (f"{Decimal(each.load) / 1000:.1f}", f"{each.memory // KIB}") if each.peer.command else ("″", "″")
        yield f"| {each.peer.title} | {' | '.join([*cells, *costs])} |"
    yield ""
    yield "Memory is the server's own process once it is ready; PostgreSQL's processes are not counted."


def _measured(found: Sequence[Burst]) -> str:
    middle = statistics.median(each.worth for each in found)
    p99 = Decimal(statistics.median(each.p99 for each in found)) / 1000
    return f"{middle:,.{0 if middle >= 100 else 1}f} ({p99:,.{0 if p99 >= 100 else 1}f} ms)"


def _missing(missing: Mapping[str, str]) -> Iterator[str]:
    if missing:
        yield ""
        yield "## Not measured"
        yield ""
        yield from (f"- {title}: {reason}" for title, reason in missing.items())


def _numbers(servers: Sequence[Running], bursts: Bursts, missing: Mapping[str, str]) -> dict[str, Any]:
    return {
        "servers": {
            each.peer.name: {
                "title": each.peer.title, "loadMilliseconds": each.load, "memoryKiB": each.memory,
                "questions": {
                    question: [
                        {"answers": one.answers, "busyMilliseconds": one.busy,
                         "rate": str(one.rate), "medianMicroseconds": one.median, "p99Microseconds": one.p99}
                        for one in bursts[each.peer.name, question]
                    ]
                    for question in QUESTIONS
                },
            }
            for each in servers
        },
        "missing": dict(missing),
    }  # fmt: skip
