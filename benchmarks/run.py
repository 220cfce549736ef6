"""Juesuan and its peers side by side: `make bench`.

The same data (a synthetic city), the same five questions, answers compared before anything is timed. Servers share
one core, wrk has the other; after a warm-up the peers take turns, round after round, and medians are reported, of
answers a second of the server's own processor time: other work on the machine takes time, but none of that.
Writes benchmarks/RESULTS.md, its picture, and build/bench.json.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import orjson

import graph_data
from benchmarks import answers, data, report
from benchmarks.peers.registry import PEERS, ROOT, WORKSHOP, Peer, postgres
from benchmarks.servers import QUESTIONS, Running, body_of, processor_time, running
from benchmarks.wrk import CONNECTIONS, Burst, burst
from graph_data.__main__ import main as graph_data_main

SECONDS = 1
MOST_SECONDS = 20
WARM_UP = 400_000_000  # nanoseconds
_MISSING = (OSError, RuntimeError, subprocess.CalledProcessError, subprocess.TimeoutExpired)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where everything that could be measured was; a goal missed is reported, not an error."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="measured rounds (default: 5)")
    parser.add_argument("--peers", nargs="+", choices=[peer.name for peer in PEERS], help="only these and Juesuan")
    chosen = parser.parse_args(arguments)
    peers = [peer for peer in PEERS if not chosen.peers or peer.name in {"kept", "juesuan", *chosen.peers}]
    prepare_data()
    missing: dict[str, str] = {}
    with ExitStack() as stack:
        servers = list(start(stack, peers, missing))
        bursts = measure(servers, chosen.rounds)
    report.write(servers, bursts, missing)
    return 0


def prepare_data() -> None:
    """The city and what the peers are given of it, made anew where the code that makes them has changed."""
    made_by = hashlib.sha256()
    for file in sorted([*(ROOT / "graph_data" / "synthesis").glob("*.py"), Path(data.__file__)]):
        made_by.update(file.read_bytes())
    stamp, folder = WORKSHOP / "data" / "stamp", WORKSHOP / "data"
    if stamp.is_file() and stamp.read_text() == made_by.hexdigest():
        return
    folder.mkdir(parents=True, exist_ok=True)
    graph_data_main(["synthesize", "--scale", "city", "--seed", "1", "-o", str(WORKSHOP / "city")])
    rows = data.rows_of(graph_data.load([WORKSHOP / "city"], strict=True))
    data.write_json(rows, folder / "data.json")
    data.write_sqlite(rows, folder / "data.db")
    data.write_sql(rows, folder / "data.sql")
    stamp.write_text(made_by.hexdigest())


def start(stack: ExitStack, peers: Sequence[Peer], missing: dict[str, str]) -> Sequence[Running]:
    """Set up, start and check each peer in turn; what cannot be is said in `missing`."""
    servers: list[Running] = []
    processes: tuple[int, ...] = ()
    for peer in peers:
        _say(f"starting {peer.title}")
        try:
            peer.prepare()
            if peer.command is not None:
                processes = (stack.enter_context(postgres()),) if peer.asks == "postgraphile" else ()
            server = stack.enter_context(running(peer, processes))
            processes = server.processes
            _check(server)
        except _MISSING as error:
            missing[peer.title] = _reason(error)
            _say(f"missing: {peer.title}: {missing[peer.title]}")
            if peer.name in ("kept", "juesuan"):
                raise
            continue
        servers.append(server)
    return servers


def _check(server: Running) -> None:
    """Raises RuntimeError where an answer differs from Juesuan's, whose answers the first server writes down."""
    for question in QUESTIONS:
        file, found = WORKSHOP / "data" / f"{question}.json", server.ask(question)
        if server.peer.name == "kept":
            file.write_bytes(found)
        got, wanted = orjson.loads(found)["data"], orjson.loads(file.read_bytes())["data"]
        plain = answers.plain_database if server.peer.asks else answers.plain_graph
        if plain(question, got) != answers.plain_graph(question, wanted):
            raise RuntimeError(f"its answer to {question} is not Juesuan's")


def _reason(error: Exception) -> str:
    said = getattr(error, "stderr", None) or str(error)
    return " ".join(str(said).split())[-300:]


def measure(servers: Sequence[Running], rounds: int) -> dict[tuple[str, str], list[Burst]]:
    """Bursts by (peer, question), one a round, once all are warm; one that failed is told and left out."""
    bursts: dict[tuple[str, str], list[Burst]] = {(each.peer.name, one): [] for each in servers for one in QUESTIONS}
    seconds = {(each.peer.name, one): _seconds(_warm_up(each, one)) for each in servers for one in QUESTIONS}
    for turn in range(1, rounds + 1):
        for question in QUESTIONS:
            for server in servers:
                key = server.peer.name, question
                body = WORKSHOP / f"{server.peer.asks or 'own'}-{question}.json"
                body.write_bytes(body_of(server.peer, question))
                try:
                    bursts[key].append(_measured(server, question, body, seconds[key]))
                except RuntimeError as error:
                    _say(f"not counted: {' '.join(str(error).split())}")
        _say(f"round {turn} of {rounds}")
    return bursts


def _warm_up(server: Running, question: str) -> int:
    """Ask at least three times, for a while; returns the nanoseconds of the last answer."""
    started = asked = time.monotonic_ns()
    number = 0
    while number < 3 or asked - started < WARM_UP:
        number, before = number + 1, time.monotonic_ns()
        server.ask(question)
        asked = time.monotonic_ns()
    return asked - before


def _measured(server: Running, question: str, body: Path, seconds: int) -> Burst:
    used = processor_time(server.processes)
    found = burst(server.url(question), body, seconds)
    return replace(found, busy=processor_time(server.processes) - used)


def _seconds(answer: int) -> int:
    """Long enough for three answers on every connection, where a peer is slow; `answer` is in nanoseconds."""
    return min(MOST_SECONDS, max(SECONDS, answer * 3 * CONNECTIONS // 1_000_000_000 + 1))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
