"""Running peers: each on the server's core, asked over HTTP, stopped at the end."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import orjson

from benchmarks.peers.registry import ROOT, SERVER_CORE, WORKSHOP, Peer

QUESTIONS = ("q1", "q2", "q3", "q4", "q5")
MOST_SECONDS = 600
KIB = 1024


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers. `load` is milliseconds from its start to its first answer, `memory` KiB after that.

    `processes` are those that work for it, with all that they start.
    """

    peer: Peer
    processes: tuple[int, ...] = ()
    load: int = 0
    memory: int = 0

    def url(self, question: str) -> str:
        """Where a question is sent."""
        return f"http://127.0.0.1:{self.peer.port}{self.peer.path.format(question=question)}"

    def ask(self, question: str) -> bytes:
        """The body of the answer. Raises RuntimeError where it is no answer."""
        reply = httpx.post(self.url(question), content=body_of(self.peer, question), headers=JSON, timeout=120)
        found: Any = orjson.loads(reply.content)
        if reply.status_code != 200 or "errors" in found:
            raise RuntimeError(f"{self.peer.title}, {question}: {reply.status_code} {reply.text[:300]}")
        return reply.content


JSON = {"content-type": "application/json"}


def body_of(peer: Peer, question: str) -> bytes:
    """The request body: the peer's own words for a question."""
    file = ROOT / "benchmarks" / "queries" / peer.asks / f"{question}.graphql"
    return orjson.dumps({"query": file.read_text()})


@contextmanager
def running(peer: Peer, processes: tuple[int, ...] = ()) -> Iterator[Running]:
    """A peer, until the end of the block. Raises RuntimeError where it does not answer, OSError where it is missing.

    `processes` are others that work for it.
    """
    log, started = WORKSHOP / f"{peer.name}.log", time.monotonic_ns()
    with ExitStack() as stack:
        child = stack.enter_context(_process(peer, peer.command(peer.port), log)) if peer.command else None
        _wait(peer, child, log)
        load = (time.monotonic_ns() - started) // 1_000_000
        if child is None:
            yield Running(peer, processes)
        else:
            yield Running(peer, (child.pid, *processes), load, memory_of(child.pid))


@contextmanager
def _process(peer: Peer, command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        child = subprocess.Popen(
            ["taskset", "-c", SERVER_CORE, *command],
            cwd=peer.folder, env={**os.environ, "PYTHONPATH": str(ROOT), **peer.environment},
            stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        yield child
    finally:
        child.terminate()
        child.wait(30)


def _wait(peer: Peer, child: subprocess.Popen[bytes] | None, log: Path) -> None:
    there = Running(peer)
    for _ in range(MOST_SECONDS * 2):
        if child is not None and child.poll() is not None:
            raise RuntimeError(f"{peer.title} ended with {child.returncode}: {log.read_text()[-300:]}")
        try:
            there.ask("q1")
        except (httpx.HTTPError, RuntimeError, ValueError):
            time.sleep(0.5)
        else:
            return
    raise RuntimeError(f"{peer.title} gave no answer in {MOST_SECONDS} seconds")


def memory_of(process: int) -> int:
    """Resident KiB of a process."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def processor_time(processes: Sequence[int]) -> int:
    """Milliseconds of processor time that these processes and all below them have used."""
    parents, ticks = {}, {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            cells = file.read_text().rpartition(") ")[2].split()
        except OSError:  # it has just ended
            continue
        process = int(file.parent.name)
        parents[process], ticks[process] = int(cells[1]), int(cells[11]) + int(cells[12])
    found = set(processes)
    while below := {each for each, parent in parents.items() if parent in found} - found:
        found |= below
    return sum(ticks.get(each, 0) for each in found) * 1000 // os.sysconf("SC_CLK_TCK")
