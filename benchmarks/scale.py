"""Growth: python -m benchmarks.scale [--scales department city province] [--rounds 5] makes, builds, serves and asks
synthetic datasets of several sizes side by side, and writes `build/scale.json`.

For each size: making the packages, the first build of the index, a second build after one package has changed, the
start of a server from the index, and its memory before and after the questions. Then all servers are asked the same
questions about single departments and about everything, in turns; what is compared is processor time a question.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median_low

import httpx
import orjson
from rich.console import Console
from rich.table import Table

from benchmarks.servers import memory_of, processor_time

ROOT = Path(__file__).resolve().parent.parent
WORKSHOP = ROOT / "build" / "scale"
SCALES = ("department", "city", "province")
FIRST_PORT = 8630
DEPARTMENTS = {"department": 1, "city": 100, "province": 10_000}
DISTINCT = 200  # other departments that are asked for once each, so that nothing of them is at hand
_CHANGED = "980100-2024"
_UNCACHED = ("--response-cache", "0", "--fragment-cache", "0", "--rate", "0")


@dataclass(slots=True)
class Step:
    """What one command took: seconds, processor seconds of all its processes, MiB of the largest of them."""

    seconds: int
    processor: int
    memory: int


@dataclass(slots=True)
class Grown:
    """One size: sizes in MiB, steps, milliseconds to the first answer, MiB resident, µs of processor time a question.

    `again` is a build with nothing changed, `changed` one after one package has changed.
    """

    scale: str
    made: Step | None = None
    packages: int = 0
    built: Step | None = None
    again: Step | None = None
    changed: Step | None = None
    index: int = 0
    ready: int = 0
    started: int = 0
    questions: dict[str, int] = field(default_factory=dict)
    asked: int = 0


def main() -> int:
    """0 once everything was measured."""
    options = _arguments()
    grown = [_grown(scale) for scale in options.scales]
    with ExitStack() as stack:
        servers = [stack.enter_context(_served(each, FIRST_PORT + at)) for at, each in enumerate(grown)]
        _ask_all(grown, servers, options.rounds)
    WORKSHOP.with_suffix(".json").write_text(json.dumps([asdict(each) for each in grown], indent=1))
    _show(grown)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scale", description="growth from department to province"
    )
    parser.add_argument("--scales", nargs="+", choices=SCALES, default=list(SCALES[:2]))
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def _grown(scale: str) -> Grown:
    """Packages, index and its rebuilds; packages that are there are used again, an index is always made anew."""
    grown, folder = Grown(scale), WORKSHOP / scale
    packages, index = folder / "packages", folder / "index"
    if not (folder / "made.json").exists():
        shutil.rmtree(folder, ignore_errors=True)
        made = _run("synthesize", "--scale", scale, "--seed", "1", "-o", str(packages))
        (folder / "made.json").write_text(json.dumps(asdict(made)))
    grown.made = Step(**json.loads((folder / "made.json").read_text()))
    shutil.rmtree(index, ignore_errors=True)
    build = ("build", str(packages), "-o", str(index))
    grown.built, grown.again = _run(*build), _run(*build)
    with _changed(packages / _CHANGED):
        grown.changed = _run(*build)
    _run(*build)
    grown.packages, grown.index = _size(packages), _size(index)
    return grown


def _run(*arguments: str) -> Step:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic_ns()
    subprocess.run([sys.executable, "-m", "graph_data", *arguments], cwd=ROOT, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Step((time.monotonic_ns() - started) // 10**9, int(used), after.ru_maxrss // 1024)


@contextmanager
def _changed(package: Path) -> Iterator[None]:
    """Meanwhile one passage of a package ends with another character."""
    file = package / "narratives.csv"
    kept = file.read_bytes()
    rows = list(csv.DictReader(kept.decode().splitlines()))
    rows[-1]["text"] += "。"
    with file.open("w", newline="") as output:
        writer = csv.DictWriter(output, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    accept = [sys.executable, "-m", "graph_data", "verify", "--accept", str(package)]
    subprocess.run(accept, cwd=ROOT, check=True)
    try:
        yield
    finally:
        file.write_bytes(kept)
        subprocess.run(accept, cwd=ROOT, check=True)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) >> 20


@contextmanager
def _served(grown: Grown, port: int) -> Iterator[tuple[int, str]]:
    """The process and address of a server over an index, until the end of the block."""
    command = [sys.executable, "server.py", "--port", str(port), *_UNCACHED, "--log-level", "error"]
    started = time.monotonic_ns()
    child = subprocess.Popen([*command, "--packages", str(WORKSHOP / grown.scale / "index")], cwd=ROOT)
    url = f"http://127.0.0.1:{port}"
    try:
        while not _is_ready(url):
            if child.poll() is not None:
                raise RuntimeError(f"the server of the {grown.scale} ended with {child.returncode}")
            time.sleep(0.05)
        grown.ready, grown.started = (time.monotonic_ns() - started) // 10**6, memory_of(child.pid) // 1024
        yield child.pid, f"{url}/graphql"
    finally:
        child.terminate()
        child.wait(30)


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def _ask_all(grown: Sequence[Grown], servers: Sequence[tuple[int, str]], rounds: int) -> None:
    """Every question of every server, in turns; the first round is not counted."""
    times = 300
    found: dict[tuple[str, str], list[int]] = {}
    for round in range(rounds + 1):
        for name in ("q1", "q2", "q3", "q4", "q5"):
            for each, (process, url) in zip(grown, servers, strict=True):
                took = _asked(process, url, [_question(name)] * times)
                if round:
                    found.setdefault((each.scale, name), []).append(took)
    for each, (process, url) in zip(grown, servers, strict=True):
        each.questions = {name: median_low(found[each.scale, name]) for name in ("q1", "q2", "q3", "q4", "q5")}
        others = [_question("q2", *department) for department in _departments(each.scale)]
        each.questions["q2, of a department not asked for before"] = _asked(process, url, others)
        each.asked = memory_of(process) // 1024


def _question(name: str, division: str = "980100", code: str = "101") -> bytes:
    text = (ROOT / "benchmarks" / "queries" / f"{name}.graphql").read_text()
    text = text.replace('unit(code: "101003")', 'unit(by: {id: "unit:980100/101/101003"})')  # a code in each division
    return orjson.dumps(
        {"query": text.replace('"980100"', f'"{division}"').replace('code: "101"}', f'code: "{code}"}}')}
    )


def _departments(scale: str) -> list[tuple[str, str]]:
    """Some departments, the same every time; every one where there are few."""
    number = DEPARTMENTS[scale]
    chosen = random.Random(1).sample(range(1, number), min(DISTINCT, number - 1)) or [0]
    return [(str(980100 + 100 * (place // 100)), str(101 + place % 100)) for place in chosen]


def _asked(process: int, url: str, bodies: Sequence[bytes]) -> int:
    """µs of the server's processor time for one of these questions. Raises RuntimeError where one is not answered."""
    before = processor_time((process,))
    with httpx.Client(timeout=120) as client:
        for body in bodies:
            reply = client.post(url, content=body, headers={"content-type": "application/json"})
            if reply.status_code != 200 or b'"errors"' in reply.content or b'"department":null' in reply.content:
                raise RuntimeError(f"{url}: {reply.status_code} {reply.text[:300]}")
    return (processor_time((process,)) - before) * 1000 // len(bodies)


def _show(grown: Sequence[Grown]) -> None:
    table = Table("", *(each.scale for each in grown), title="growth")
    rows: list[tuple[str, list[object]]] = [
        ("packages, MiB", [each.packages for each in grown]),
        ("index, MiB", [each.index for each in grown]),
        *((f"{name}: {part}", [getattr(getattr(each, name), part) for each in grown])
          for name in ("made", "built", "again", "changed") for part in ("seconds", "processor", "memory")),
        ("ready after, ms", [each.ready for each in grown]),
        ("memory once ready, MiB", [each.started for each in grown]),
        ("memory after all questions, MiB", [each.asked for each in grown]),
        *((f"{name}, µs", [each.questions[name] for each in grown]) for name in grown[0].questions),
    ]  # fmt: skip
    for name, cells in rows:
        table.add_row(name, *map(str, cells))
    Console(width=int(os.environ.get("COLUMNS", "120"))).print(table)


if __name__ == "__main__":
    sys.exit(main())
