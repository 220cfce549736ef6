"""python -m benchmarks.load: the service under load while its data is swapped, beside a hostile client, and killed.

Three clients at once: wrk with 64 connections and mixed questions (where it is installed, else 8 of our own); one that
compares every reply with its expected bytes; one that sends the hostile requests of the tests. Every few seconds a
package goes or comes and SIGHUP has them read again. Then the process is killed while it reads packages, and started
again. Only this machine is asked.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.servers import memory_of
from tests.conformance.service import readiness, served
from tests.serving.hostile import Hostile, hostile
from tests.serving.test_hostile import send

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "graph_data" / "packages"
EXAMPLES = ("01-organisation", "06-statement-tree", "08-rollup-by-subject-and-nature", "19-performance", "23-search")
CONNECTIONS, OWN = 64, 8  # of wrk, and of our own where there is none
Expected = Mapping[str, frozenset[bytes]]


@dataclass
class Told:
    """What the clients saw; `memory` is the MiB that the process held just before each reload."""

    wrk: dict[str, int] = field(default_factory=dict)
    compared: int = 0
    different: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0
    reloads: int = 0
    memory: list[int] = field(default_factory=list)

    def faults(self) -> list[str]:
        """What must not be, in words; nothing where all is well."""
        counts = {
            "replies with other bytes": self.different + self.wrk.get("unexpected", 0),
            "replies of wrk that were not 200": self.wrk.get("not_200", 0),
            "5xx": sum(count for status, count in self.statuses.items() if status >= 500),
        }
        return [f"{count} {what}" for what, count in counts.items() if count]


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where every reply was the expected one, none was a 5xx, and every start after a kill was clean."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="how long the load lasts")
    parser.add_argument("--reload", type=int, default=5, help="seconds from reload to reload")
    parser.add_argument("--kills", type=int, default=10, help="how often the process is killed while it reads")
    parser.add_argument("--packages", type=Path, default=SHIPPED, help="folder of packages, of which a copy is served")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        packages = Path(shutil.copytree(options.packages, Path(folder) / "packages"))
        told = loaded(packages, options.seconds, options.reload)
        clean = clean_starts(packages, options.kills)
    print(json.dumps({**vars(told), "statuses": dict(sorted(told.statuses.items())), "clean_starts": clean}, indent=2))
    return 1 if told.faults() or clean != options.kills else 0


def _questions(path: Path) -> Path:
    """One body a line, as wrk sends them."""
    texts = [(ROOT / "examples" / f"{name}.graphql").read_text("utf-8") for name in EXAMPLES]
    path.write_text("".join(json.dumps({"query": text}) + "\n" for text in texts), "utf-8")
    return path


def _extra(packages: Path) -> Path:
    """The package that comes and goes."""
    return sorted(path for path in packages.iterdir() if path.is_dir())[-1]


def _expected(packages: Path, questions: Path) -> Expected:
    """The right replies to each question, from a quiet service: with the package that comes and goes, and without."""
    answers: dict[str, set[bytes]] = {}
    home, hidden = _extra(packages), packages.parent / "hidden"
    for moves in (lambda: home.rename(hidden), lambda: hidden.rename(home)):
        moves()
        with served("--packages", str(packages)) as (address, _):
            for body in questions.read_text("utf-8").splitlines():
                answers.setdefault(body, set()).add(send(address, Hostile("normal", body.encode()))[1])
    return {body: frozenset(found) for body, found in answers.items()}


def loaded(packages: Path, seconds: int, every: int) -> Told:
    """Serve packages under load for some seconds, and reload them every few."""
    folder = packages.parent
    questions = _questions(folder / "questions")
    expected = _expected(packages, questions)
    replies = folder / "replies"
    replies.write_bytes(b"".join(reply + b"\n" for right in expected.values() for reply in sorted(right)))
    told, stop = Told(), threading.Event()
    with served("--packages", str(packages), "--rate", "0") as (address, process):
        jobs = [
            threading.Thread(target=_compare, args=(address, expected, told, stop)),
            threading.Thread(target=_attack, args=(address, told, stop)),
            threading.Thread(target=_swap, args=(packages, process.pid, every, told, stop)),
        ]
        has_wrk = shutil.which("wrk") is not None
        if not has_wrk:
            jobs += [threading.Thread(target=_compare, args=(address, expected, told, stop)) for _ in range(OWN)]
        for job in jobs:
            job.start()
        try:
            if has_wrk:
                told.wrk = _wrk(address, questions, replies, seconds)
            else:
                time.sleep(seconds)
        finally:
            stop.set()
            for job in jobs:
                job.join()
    return told


def _wrk(address: str, questions: Path, replies: Path, seconds: int) -> dict[str, int]:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", "benchmarks/load.lua"]
    environment = {**os.environ, "QUESTIONS": str(questions), "REPLIES": str(replies)}
    done = subprocess.run(
        [*command, f"{address}/graphql"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


def _compare(address: str, expected: Expected, told: Told, stop: threading.Event) -> None:
    """Ask the same questions one after the other, and compare every byte."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    while not stop.is_set():
        for body, right in expected.items():
            connection.request("POST", "/graphql", body, {"content-type": "application/json"})
            reply = connection.getresponse()
            told.compared += 1
            told.different += reply.read() not in right
            told.statuses[reply.status] += 1
    connection.close()


def _attack(address: str, told: Told, stop: threading.Event) -> None:
    while not stop.is_set():
        for request in hostile():
            status, _, seconds = send(address, request)
            told.statuses[status] += 1
            told.slowest = max(told.slowest, seconds)
            if stop.is_set():
                return


def _swap(packages: Path, process: int, every: int, told: Told, stop: threading.Event) -> None:
    """Have the package that comes and goes come, and go, and the service read again."""
    hidden, home = packages.parent / "hidden", _extra(packages)
    while not stop.wait(every):
        told.memory.append(memory_of(process) // 1024)
        if hidden.exists():
            hidden.rename(home)
        else:
            home.rename(hidden)
        os.kill(process, signal.SIGHUP)
        told.reloads += 1


def clean_starts(packages: Path, kills: int) -> int:
    """How many starts were clean after a kill in the midst of reading, each time at another moment."""
    clean = 0
    for turn in range(kills):
        command = [sys.executable, "server.py", "--port", "0", "--packages", str(packages), "--log-level", "error"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            running.stdout.readline()
            time.sleep(0.1 * turn)
            running.kill()
        with served("--packages", str(packages), "--strict") as (address, _):
            clean += readiness(address)["refused"] == []
    return clean


if __name__ == "__main__":
    sys.exit(main())
