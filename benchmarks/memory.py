"""Memory under a stream of distinct requests: `python -m benchmarks.memory [--requests N] [--json]`.

A server process of its own with the shipped data and settings as they come answers a million requests, no two alike but
for those that are asked a few times on purpose: documents and variables that were never asked before, valid ones, wrong
ones, too deep and too many, with fragments, registered and asked for by their SHA-256. Its resident memory is read all
along, and must stay within what the settings say may be kept.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks.peers.registry import ROOT
from benchmarks.pipelining import Connection
from benchmarks.servers import memory_of
from benchmarks.strange import request
from serving.compiler import PlanCache
from serving.graphql.documents import BYTES_OF_A_CHARACTER
from serving.process.settings import Settings

REQUESTS = 1_000_000
CONNECTIONS = 8
BATCH = 25
SAMPLES = 20
_MIB = 1 << 20
_KIB = 1 << 10
_WORKING = 64 << 20  # bytes for requests in flight, threads and their stacks
_ALLOCATOR = (3, 2)  # what pages of the heap take for what lies in them, once it has come and gone for long


@dataclass(slots=True)
class Stream:
    """Requests that several connections draw from, and what became of them."""

    total: int
    drawn: int = 0
    answered: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def draw(self) -> range:
        """The numbers of the next batch; empty after the last."""
        with self._lock:
            batch = range(self.drawn, min(self.total, self.drawn + BATCH))
            self.drawn = batch.stop
            return batch

    def note(self, statuses: Sequence[int]) -> None:
        """Replies that came."""
        with self._lock:
            self.answered += len(statuses)
            self.statuses.update(statuses)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where memory stayed within the bound and no reply was a 5xx, else 1."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--requests", type=int, default=REQUESTS, help=f"how many (default: {REQUESTS:,})")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    chosen = parser.parse_args(arguments)
    with serving() as (process, port):
        ready = memory_of(process) * _KIB
        stream = Stream(chosen.requests)
        samples = list(sampled(stream, process, port))
    bound = ready + most(Settings())
    passed = max(used for _, used in samples) <= bound and not any(status >= 500 for status in stream.statuses)
    report = {
        "passed": passed,
        "readyBytes": ready,
        "boundBytes": bound,
        "statuses": {str(status): count for status, count in sorted(stream.statuses.items())},
        "samples": [{"requests": answered, "bytes": used} for answered, used in samples],
    }
    print(json.dumps(report)) if chosen.json else _show(report, samples)
    return 0 if passed else 1


def most(settings: Settings) -> int:
    """Bytes that the settings let the service keep beside its data."""
    kept = settings.response_cache + settings.fragment_cache + settings.persisted_cache + PlanCache().bound
    kept += settings.document_cache * BYTES_OF_A_CHARACTER
    return kept * _ALLOCATOR[0] // _ALLOCATOR[1] + _WORKING


@contextmanager
def serving() -> Iterator[tuple[int, int]]:
    """The process and the port of a service that is ready."""
    command = [sys.executable, "server.py", "--port", "0", "--rate", "0", "--log-level", "error"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            address = urlsplit(running.stdout.readline().split()[-1])
            transport = httpx.HTTPTransport(retries=3)
            with httpx.Client(transport=transport, base_url=f"http://{address.netloc}") as client:
                while client.get("/readyz").status_code != httpx.codes.OK:
                    threading.Event().wait(0.2)
            assert address.port is not None
            yield running.pid, address.port
        finally:
            running.terminate()


def sampled(stream: Stream, process: int, port: int) -> Iterator[tuple[int, int]]:
    """How many requests are answered and how many bytes the process holds, every twentieth of the way."""
    threads = [threading.Thread(target=_ask, args=(stream, port), daemon=True) for _ in range(CONNECTIONS)]
    step = max(1, stream.total // SAMPLES)
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("requests", total=stream.total)
        for thread in threads:
            thread.start()
        due = step
        while any(thread.is_alive() for thread in threads):
            threading.Event().wait(0.05)
            progress.update(task, completed=stream.answered)
            if stream.answered >= due:
                due = stream.answered // step * step + step
                yield stream.answered, memory_of(process) * _KIB
    if stream.answered < stream.total:
        raise RuntimeError(f"{stream.answered:,} of {stream.total:,} requests were answered; the connections ended")
    yield stream.answered, memory_of(process) * _KIB


def _ask(stream: Stream, port: int) -> None:
    """Ask batch after batch on one connection, each batch at once."""
    with Connection(port) as connection:
        while batch := stream.draw():
            stream.note(connection.ask([request(number) for number in batch]))


def _show(report: dict[str, object], samples: Sequence[tuple[int, int]]) -> None:
    table = Table("requests", "resident, MiB", "of the bound")
    bound = report["boundBytes"]
    assert isinstance(bound, int)
    for answered, used in samples:
        table.add_row(f"{answered:,}", f"{used // _MIB:,}", f"{100 * used // bound} %")
    console = Console()
    console.print(table)
    said = "within" if report["passed"] else "NOT within"
    console.print(f"{said} the bound of {bound // _MIB:,} MiB that the settings give; replies: {report['statuses']}")


if __name__ == "__main__":
    sys.exit(main())
