"""python -m benchmarks.load: the service under load while its data is swapped, beside a hostile client, and killed.

Three clients at once: wrk with 64 connections and mixed questions; one that compares every reply with its expected
bytes; one that sends the hostile requests of the tests. Every few seconds the packages change and SIGHUP has them read
again. Then the process is killed while it reads packages, and started again. Only this machine is asked.
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

from tests.conformance.service import readiness, served
from tests.serving.hostile import Hostile, hostile
from tests.serving.test_hostile import send

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "graph_data" / "packages"
EXAMPLES = ("01-organisation", "06-statement-tree", "08-rollup-by-subject-and-nature", "19-performance", "23-search")
CONNECTIONS = 64
Expected = Mapping[str, frozenset[bytes]]


@dataclass
class Told:
    """What the clients beside wrk saw."""

    compared: int = 0
    different: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0
    reloads: int = 0


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where every reply was the expected one, none was a 5xx, and every start after a kill was clean."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="how long the load lasts")
    parser.add_argument("--reload", type=int, default=5, help="seconds from reload to reload")
    parser.add_argument("--kills", type=int, default=10, help="how often the process is killed while it reads")
    options = parser.parse_args(arguments)
    if shutil.which("wrk") is None:
        print("needs wrk", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        packages = Path(folder) / "packages"
        shutil.copytree(SHIPPED, packages)
        questions = _questions(Path(folder) / "questions")
        expected = _expected(packages, questions)
        replies = Path(folder) / "replies"
        replies.write_bytes(b"".join(reply + b"\n" for right in expected.values() for reply in sorted(right)))
        wrk, told = _loaded(packages, questions, replies, expected, options.seconds, options.reload)
        clean = _killed(packages, options.kills)
    found = {**wrk, **vars(told), "statuses": dict(sorted(told.statuses.items())), "clean_starts": clean}
    print(json.dumps(found, indent=2))
    faults = told.different or wrk["not_200"] or wrk["unexpected"] or any(status >= 500 for status in told.statuses)
    return 1 if faults or clean != options.kills else 0


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
    hidden = packages.parent / "hidden"
    for move in (None, (_extra(packages), hidden)):
        if move is not None:
            move[0].rename(move[1])
        with served("--packages", str(packages)) as (address, _):
            for body in questions.read_text("utf-8").splitlines():
                answers.setdefault(body, set()).add(send(address, Hostile("normal", body.encode()))[1])
    return {body: frozenset(found) for body, found in answers.items()}


def _loaded(
    packages: Path, questions: Path, replies: Path, expected: Expected, seconds: int, every: int
) -> tuple[dict[str, int], Told]:
    told, stop = Told(), threading.Event()
    with served("--packages", str(packages), "--rate", "0") as (address, process):
        jobs = (
            threading.Thread(target=_compare, args=(address, expected, told, stop)),
            threading.Thread(target=_attack, args=(address, told, stop)),
            threading.Thread(target=_swap, args=(packages, process.pid, every, told, stop)),
        )
        for job in jobs:
            job.start()
        try:
            command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", "benchmarks/load.lua"]
            environment = {**os.environ, "QUESTIONS": str(questions), "REPLIES": str(replies)}
            done = subprocess.run(
                [*command, f"{address}/graphql"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
            )
        finally:
            stop.set()
            for job in jobs:
                job.join()
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found, told


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
    hidden = packages.parent / "hidden"
    home = packages / sorted(path.name for path in SHIPPED.iterdir() if path.is_dir())[-1]
    while not stop.wait(every):
        if hidden.exists():
            hidden.rename(home)
        else:
            home.rename(hidden)
        os.kill(process, signal.SIGHUP)
        told.reloads += 1


def _killed(packages: Path, kills: int) -> int:
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
