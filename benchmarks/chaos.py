"""python -m benchmarks.chaos: what may happen to disks, processes, clocks and clients, done to the service on purpose.

Each scenario counts what it tried and names each fault: a wrong answer, a dead process, damage that `verify` does not
notice or that is not named by its file. Only this machine is asked; all is in a temporary folder. It is made to take
less than 15 minutes.
"""

from __future__ import annotations

import argparse
import http.client
import json
import logging
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

from benchmarks.load import SHIPPED, clean_starts, loaded
from graph_data import load
from graph_data.index.integrity import index_damages
from graph_data.index.layout import is_index, read_index
from graph_data.index.workers import Processes
from graph_data.package import write_package
from graph_data.package.hashes import accept
from graph_data.package.reading import packages_in
from graph_data.synthesis import Scale, batches
from tests.conformance.service import readiness, served
from tests.graph_data.commands.test_read import TABLE
from tests.graph_data.index.made import SCALE, build, copied, files_of, write_packages
from tests.graph_data.index.test_damage import QUESTIONS, Right, damage, damaged_indexes, damaged_packages
from tests.serving.fast_path.test_fuzz import differences
from tests.serving.fast_path.test_poisoning import changed_by_odd_requests

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- chaos -->", "<!-- /chaos -->"
KILLS, FULL, TWICE, DAMAGES, SERVED, ODD = 20, 6, 5, 500, 60, 1_000
DESCRIPTORS, CROWD, DIVISIONS = 256, 400, 100
FAKETIME = list(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
UNCACHED = ("--response-cache", "0", "--fragment-cache", "0", "--rate", "0")
STEPS = (-86_400, 86_400, -3_600 * 24 * 400, 3_600 * 24 * 400)  # seconds


@dataclass
class Outcome:
    """What a scenario tried, how often, and what must not have been; `said` is what else is worth knowing."""

    tried: int = 0
    faults: list[str] = field(default_factory=list)
    said: str = ""

    def check(self, holds: bool, fault: str) -> None:
        """Note a fault where something does not hold."""
        if not holds:
            self.faults.append(fault)


@dataclass
class Ground:
    """A folder with two sets of packages of three divisions and an index of the first; nothing of these is changed."""

    folder: Path
    seed: int
    _copies: int = 0

    def __post_init__(self) -> None:
        self.packages = write_packages(self.folder / "packages")
        self.others = self.folder / "others"
        for batch in batches(SCALE, 12):
            write_package(tuple(batch.accounts()), self.others / batch.name)
        self.index, self.other = self.folder / "index", self.folder / "other"
        build(self.packages, self.index)
        build(self.others, self.other)
        self.answers = {load([each]).version: answers_of(each) for each in (self.index, self.other)}

    @cached_property
    def right(self) -> Right:
        return Right.of(load([self.index]))

    def dice(self, name: str) -> random.Random:
        return random.Random(f"{self.seed} {name}")

    def copy(self, folder: Path) -> Path:
        self._copies += 1
        return copied(folder, self.folder / f"copy-{self._copies}")

    def index_faults(self, index: Path) -> Iterator[str]:
        """What is wrong with an index that has to be one of the two, whole."""
        if not is_index(index):
            yield "no index any more"
            return
        yield from map(str, index_damages(index))
        version = read_index(index).version
        if answers_of(index) != self.answers.get(load([index]).version):
            yield f"wrong answers of {version[:12]}"


def answers_of(index: Path) -> list[object]:
    dataset = load([index])
    return [ask(dataset) for ask in QUESTIONS]


def building(packages: Path, index: Path, **options: Any) -> subprocess.Popen[str]:
    """`python -m graph_data build`, under way, in a group of its own."""
    command = [sys.executable, "-m", "graph_data", "build", str(packages), "-o", str(index), "--workers", "1"]
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=ROOT, text=True, start_new_session=True, **pipes, **options)


def kills_during_build(ground: Ground) -> Outcome:
    """A build is killed at any moment: the old index or the new one is there, and the next build is as a fresh one."""
    outcome, chance, seen = Outcome(), ground.dice("kills"), Counter[str]()
    fresh = files_of(ground.other)
    began = time.monotonic()
    building(ground.others, ground.copy(ground.index)).communicate()
    took = time.monotonic() - began
    for _ in range(KILLS):
        index = ground.copy(ground.index)
        with building(ground.others, index) as process:
            time.sleep(chance.uniform(0.1, 1) * took)
            os.killpg(process.pid, signal.SIGKILL)
        outcome.tried += 1
        seen["new" if read_index(index).version == read_index(ground.other).version else "old"] += 1
        outcome.faults += ground.index_faults(index)
        kept = build(ground.others, index).kept
        seen["shards of the killed build kept"] += kept
        outcome.check(files_of(index) == fresh, "the next build made another index")
        shutil.rmtree(index)
    outcome.said = ", ".join(f"{count} {what}" for what, count in sorted(seen.items()))
    return outcome


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path | None]:
    """A file system of so many bytes; None where this user may mount none."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    mounted = shutil.which("mount") is not None and subprocess.run(command, capture_output=True, check=False)
    try:
        yield folder if mounted and mounted.returncode == 0 else None
    finally:
        if mounted and mounted.returncode == 0:
            subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


def full_disk(ground: Ground) -> Outcome:
    """The disk is full, or a file may not grow, while an index is built and while a document is read."""
    outcome, chance, mounted = Outcome(), ground.dice("full"), 0
    size = sum(path.stat().st_size for path in ground.other.rglob("*") if path.is_file())
    largest = max(path.stat().st_size for path in ground.other.rglob("*") if path.is_file())
    for turn in range(FULL):
        limit = chance.randrange(4_096, largest)
        index = ground.copy(ground.index)
        setting = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (limit, limit))
        _built_or_not(ground, index, outcome, preexec_fn=setting)
        with small_disk(ground.folder / f"disk-{turn}", int(size * chance.uniform(1.2, 2.4))) as disk:
            if disk is not None:
                mounted += 1
                _built_or_not(ground, copied(ground.index, disk / "index"), outcome)
                shutil.rmtree(disk / "index")
        with small_disk(ground.folder / f"disk-{turn}", chance.randrange(4_096, 131_072)) as disk:
            if disk is not None:
                _read_or_not(ground, disk, outcome)
    outcome.said = f"RLIMIT_FSIZE, and {mounted} small tmpfs" if mounted else "RLIMIT_FSIZE; no right to mount a tmpfs"
    return outcome


def _built_or_not(ground: Ground, index: Path, outcome: Outcome, **options: Any) -> None:
    process = building(ground.others, index, **options)
    _, complaint = process.communicate()
    outcome.tried += 1
    outcome.check(process.returncode in (0, 2), f"exit code {process.returncode}: {complaint[-200:]}")
    outcome.check(
        process.returncode == 0 or complaint.strip().startswith("not built: "), f"it said {complaint[-200:]!r}"
    )
    outcome.faults += ground.index_faults(index)


def _read_or_not(ground: Ground, disk: Path, outcome: Outcome) -> None:
    document = ground.folder / "某某局.txt"
    document.write_text(f"某某局2022年度部门决算\n{TABLE}" + "说明。" * 20_000, "utf-8")
    command = [
        sys.executable,
        "-m",
        "graph_data",
        "read",
        str(document),
        "-o",
        str(disk / "out"),
        "--division",
        "370300",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    outcome.tried += 1
    outcome.check(done.returncode in (0, 1, 2), f"read ended with {done.returncode}: {done.stderr[-200:]}")
    outcome.check("Traceback" not in done.stderr, f"read said {done.stderr[-200:]}")
    if list((disk / "out").glob("datapackage.json")):
        outcome.faults += [f"half a package: {each}" for each in load([disk / "out"]).refused]
    else:
        outcome.check(done.returncode != 0, "read ended with 0 and left no package")


def two_builds(ground: Ground) -> Outcome:
    """Two builds of one index begin at once: one builds, the other says so, and the index is as a fresh one."""
    outcome, fresh = Outcome(), files_of(ground.other)
    for _ in range(TWICE):
        index = ground.copy(ground.index)
        both = [building(ground.others, index) for _ in range(2)]
        said = [process.communicate()[1] for process in both]
        codes = sorted(process.returncode for process in both)
        outcome.tried += 1
        outcome.check(codes in ([0, 0], [0, 2]), f"exit codes {codes}")
        outcome.check(codes == [0, 0] or any("another build of it is under way" in each for each in said), f"{said}")
        outcome.check(files_of(index) == fresh, "another index than that of one build")
    return outcome


def damaged_index(ground: Ground) -> Outcome:
    """A bit, a block of zeros, a cut or two files swapped, before the index is opened or after."""
    return _damages(damaged_indexes(ground.copy(ground.index), ground.right, ground.seed))


def damaged_package(ground: Ground) -> Outcome:
    """The same of packages."""
    return _damages(damaged_packages(ground.copy(ground.packages), ground.seed))


def _damages(rounds: Iterator[tuple[str, list[str]]]) -> Outcome:
    outcome, kinds = Outcome(), Counter[str]()
    for what, faults in islice(rounds, DAMAGES):
        outcome.tried += 1
        kinds[what.split(" ")[0].rstrip(":")] += 1
        outcome.faults += [f"{what}: {fault}" for fault in faults]
    outcome.said = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return outcome


def asked(divisions: Sequence[str]) -> list[bytes]:
    """Bodies of questions, of all and of each division."""
    by = "{ nodes { keys { code name } rollup { derived { amount } reported { amount } } } }"
    texts = [
        "{ divisions { nodes { code name departments { nodes { name units { totalCount } } } } } }",
        f"{{ rollup(measure: EXPENDITURE, by: [{{dimension: FUNCTIONAL_SUBJECT}}]) {by} }}",
        '{ search(text: "局", first: 20) { totalCount } findings { totalCount } }',
        '{ indicators(nameContains: "数", first: 50) { totalCount nodes { name target { text } } } }',
        "{ figures(measure: REVENUE, first: 100) { nodes { id text source { line } } } }",
    ]
    where = 'where: {division: {eq: "division:%s"}}'
    texts += [
        f"{{ rollup(measure: EXPENDITURE, by: [{{dimension: FUNCTIONAL_SUBJECT}}], {where % code}) {by} }}"
        for code in divisions
    ]
    return [json.dumps({"query": text}).encode() for text in texts]


def post(address: str, body: bytes, source: str | None = None) -> tuple[int, bytes]:
    """Status and body of the reply to a question, on a connection of its own."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60, source_address=source and (source, 0))
    try:
        connection.request("POST", "/graphql", body, {"content-type": "application/json"})
        reply = connection.getresponse()
        return reply.status, reply.read()
    finally:
        connection.close()


def damaged_while_served(ground: Ground) -> Outcome:
    """A served index is damaged in place or by replacing a file: right answers or errors that name the file."""
    outcome, chance = Outcome(), ground.dice("served")
    index, refused = ground.copy(ground.index), 0
    files = [path for path in sorted(index.rglob("*")) if path.is_file() and ".build" not in path.parts]
    with served("--packages", str(index), *UNCACHED) as (address, process):
        bodies = asked(["980100", "980200", "980300"])
        expected = [post(address, body) for body in bodies]
        for status, reply in expected:
            outcome.check(status == 200 and b'"errors"' not in reply, f"the whole index: {reply[:300]!r}")
        for _ in range(SERVED):
            before, what = damage(files, chance)
            names = ["/".join(path.parts[-2:]) for path in before]
            for body, right in zip(bodies, expected, strict=True):
                status, reply = post(address, body)
                outcome.tried += 1
                if (status, reply) == right:
                    continue
                refused += 1
                told = [error["extensions"]["code"] for error in json.loads(reply).get("errors", [])]
                is_named = any(name in reply.decode() for name in names)
                outcome.check("DATA_DAMAGED" in told and is_named, f"{what}: {status} {reply[:300]!r}")
            outcome.check(process.poll() is None, f"{what}: the process ended")
            for path, data in before.items():
                path.write_bytes(data)
            _reload(process.pid, address)
        outcome.check([post(address, body) for body in bodies] == expected, "other answers once all is as it was")
    outcome.said = f"{SERVED} damages, {refused} answers refused by the file's name"
    return outcome


def _reload(process: int, address: str) -> None:
    before = _loads(address)
    os.kill(process, signal.SIGHUP)
    for _ in range(600):
        if _loads(address) > before:
            return
        time.sleep(0.02)
    raise RuntimeError("no reload in 12 s")


def _loads(address: str) -> int:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    return int(float(next(line.split()[-1] for line in text.splitlines() if line.startswith("juesuan_reloads"))))


@contextmanager
def asking(address: str, right: dict[bytes, set[bytes]], outcome: Outcome) -> Iterator[Counter[str]]:
    """Questions asked all the while, each on a connection of its own; an answer that is not right is a fault."""
    stop, seen = threading.Event(), Counter[str]()

    def ask() -> None:
        while not stop.is_set():
            for body, answers in right.items():
                try:
                    status, reply = post(address, body)
                except (ConnectionError, http.client.HTTPException):
                    seen["connections cut"] += 1
                    continue
                seen["answers"] += 1
                if reply not in answers:
                    outcome.faults.append(f"{status} {reply[:200]!r}")

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def replaced_while_served(ground: Ground) -> Outcome:
    """An index is built over while it is served and asked, and its old files are removed."""
    outcome, index = Outcome(), ground.copy(ground.index)
    bodies = asked(["980100", "980200", "980300"])
    right: dict[bytes, set[bytes]] = {body: set() for body in bodies}
    for each in (ground.index, ground.other):
        with served("--packages", str(each), *UNCACHED) as (address, _):
            for body in bodies:
                right[body].add(post(address, body)[1])
    with served("--packages", str(index), *UNCACHED) as (address, process), asking(address, right, outcome) as seen:
        for turn in range(8):
            build(ground.packages if turn % 2 else ground.others, index)
            time.sleep(0.5)  # asked of files that have no name any more
            _reload(process.pid, address)
            outcome.tried += 1
    outcome.said = ", ".join(f"{count:,} {what}" for what, count in sorted(seen.items()))
    return outcome


def reload_under_load(ground: Ground) -> Outcome:
    """The shipped packages under load and attack, one of them coming and going; then starts after a kill."""
    packages = Path(shutil.copytree(SHIPPED, ground.folder / "loaded" / "packages"))
    told = loaded(packages, 40, 4)
    outcome = Outcome(told.wrk.get("requests", 0) + told.compared + sum(told.statuses.values()), told.faults())
    clean = clean_starts(packages, 5)
    outcome.check(clean == 5, f"{5 - clean} starts after a kill were not clean")
    p99 = f", p99 {told.wrk['p99_us'] / 1_000:.0f} ms" if told.wrk else ", without wrk"
    outcome.said = f"{told.reloads} reloads{p99}, slowest hostile request {told.slowest:.2f} s"
    return outcome


def few_descriptors(ground: Ground) -> Outcome:
    """A hundred divisions, and more connections than descriptors: an answer or a 503, and nothing is called damaged."""
    outcome, packages, index = Outcome(), ground.folder / "many", ground.folder / "many-index"
    for batch in batches(Scale(DIVISIONS, a_division=1, years=1, units=1, projects=1), 5):
        write_package(tuple(batch.accounts()), packages / batch.name)
    build(packages, index, Processes.everywhere())
    body, seen = asked([])[0], Counter[str]()
    with served("--packages", str(index), *UNCACHED, descriptors=DESCRIPTORS) as (address, _):
        right = post(address, body)
        outcome.check(right[0] == 200, f"{right}")
        netloc = urlsplit(address).netloc
        crowd = [
            http.client.HTTPConnection(netloc, timeout=60, source_address=(f"127.0.1.{n % 200 + 1}", 0))
            for n in range(CROWD)
        ]
        threads = [threading.Thread(target=_asked_and_closed, args=(each, body, right, seen)) for each in crowd]
        for each in crowd:
            each.connect()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        outcome.check(post(address, body) == right, "afterwards")
    outcome.tried += CROWD + 1
    outcome.faults += [f"{count} {what}" for what, count in seen.items() if what not in ("answered", "refused")]
    told = ", ".join(f"{count} {what}" for what, count in sorted(seen.items()))
    outcome.said = f"ulimit -n {DESCRIPTORS}, {DIVISIONS} divisions, {CROWD} connections at once: {told}"
    return outcome


def _asked_and_closed(
    connection: http.client.HTTPConnection, body: bytes, right: tuple[int, bytes], seen: Counter[str]
) -> None:
    try:
        connection.request("POST", "/graphql", body, {"content-type": "application/json"})
        reply = connection.getresponse()
        found = reply.status, reply.read()
        seen["answered" if found == right else "refused" if found == (503, b"") else f"times {found}"] += 1
    except ConnectionError:  # refused while it was still writing
        seen["refused"] += 1
    except (OSError, http.client.HTTPException) as error:
        seen[f"times {error!r}"] += 1
    finally:
        connection.close()


def killed_workers(ground: Ground) -> Outcome:
    """Of two workers one is killed, eight times, while questions come; then the parent, and the port is free."""
    outcome, body = Outcome(), asked([])[0]
    with served("--packages", str(ground.packages), "--rate", "0") as (address, _):
        right = {body: {post(address, body)[1]}}
    with served("--packages", str(ground.packages), "--workers", "2", "--rate", "0") as (address, process):
        while {post(address, body)[0] for _ in range(20)} != {200}:  # the first worker tells that it is not ready
            time.sleep(0.2)
        with asking(address, right, outcome) as seen:
            for _ in range(8):
                workers = _settled(process.pid)
                os.kill(workers[outcome.tried % len(workers)], signal.SIGKILL)
                outcome.tried += 1
                outcome.check(_settled(process.pid, but=workers) != workers, "no worker came back")
        process.kill()
        until = time.monotonic() + 20
        while _answers(address) and time.monotonic() < until:
            time.sleep(0.1)
        outcome.check(not _answers(address), "workers outlive their parent")
    outcome.said = ", ".join(f"{count:,} {what}" for what, count in sorted(seen.items()))
    return outcome


def _settled(parent: int, but: Sequence[int] = ()) -> list[int]:
    """Two workers, once there are two that are not those; what there is after a minute."""
    until = time.monotonic() + 60
    while True:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        found = [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        if (len(found) == 2 and set(found) != set(but)) or time.monotonic() > until:
            return found
        time.sleep(0.05)


def _answers(address: str) -> bool:
    try:
        return post(address, b"{}")[0] > 0
    except (OSError, http.client.HTTPException):
        return False


def stepped_clock(ground: Ground) -> Outcome:
    """The clock steps by an hour, a day and more than a year: under a service, and between two builds."""
    outcome, packages = Outcome(), ground.copy(ground.packages)
    index = ground.copy(ground.index)
    for step in STEPS:
        now = time.time() + step
        (package,) = islice(packages_in(packages), 1)
        table = package / "narratives.csv"
        table.write_bytes(table.read_bytes()[:-1] + b" \n")
        accept(package)
        for path in packages.rglob("*"):
            os.utime(path, (now, now))
        outcome.tried += 1
        outcome.check(build(packages, index).built == 1, f"a build did not see what changed at {step:+} s")
    if not FAKETIME:
        outcome.said = "libfaketime is not installed: only times of files were stepped"
        return outcome
    clock, body = ground.folder / "clock", asked([])[0]
    clock.write_text("+0\n")
    environment = {"LD_PRELOAD": str(FAKETIME[0]), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1"}
    environment |= {"FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    with _environment(environment), served("--packages", str(ground.index), "--rate", "20000") as (address, _):
        right = post(address, body)
        outcome.check(right[0] == 200, f"{right}")
        for step in STEPS:
            clock.write_text(f"{step:+}\n")
            for _ in range(50):
                outcome.tried += 1
                outcome.check((found := post(address, body)) == right, f"at {step:+} s: {found[0]} {found[1][:200]!r}")
            outcome.check(readiness(address)["refused"] == [], f"at {step:+} s: refused")
    outcome.said = "files and, by libfaketime, the service's own clock; the machine's is not touched"
    return outcome


@contextmanager
def _environment(more: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(more)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def odd_requests(ground: Ground) -> Outcome:
    """Odd bytes of every kind: the fast path writes what the long way writes, and no later client gets other bytes."""
    found = [repr(each)[:300] for each in differences(ground.seed, ODD)]
    changed = changed_by_odd_requests(ground.seed, ODD, every=25)
    return Outcome(
        2 * ODD, found + [f"after {number} odd requests a plain one was answered otherwise" for number in changed]
    )


SCENARIOS: dict[str, Callable[[Ground], Outcome]] = {
    "kills during build": kills_during_build,
    "full disk": full_disk,
    "two builds at once": two_builds,
    "damage to an index": damaged_index,
    "damage to packages": damaged_package,
    "damage while served": damaged_while_served,
    "index replaced while served": replaced_while_served,
    "reload under load": reload_under_load,
    "few descriptors": few_descriptors,
    "killed workers": killed_workers,
    "clock steps": stepped_clock,
    "odd requests": odd_requests,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where no scenario had a fault."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=SCENARIOS, metavar="NAME", help=f"of: {', '.join(SCENARIOS)}")
    parser.add_argument("--seed", type=int, default=1, help="what chance begins with (default: 1)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--write", action="store_true", help=f"keep the table in {PAGE.relative_to(ROOT)}")
    options = parser.parse_args(arguments)
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # odd bytes by the hundred
    rows, faults = [], 0
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground(Path(folder), options.seed)
        for name in options.only or SCENARIOS:
            began = time.monotonic()
            outcome = SCENARIOS[name](ground)
            row = {"scenario": name, "tried": outcome.tried, "faults": len(outcome.faults), "seen": outcome.said}
            rows.append({**row, "seconds": round(time.monotonic() - began)})
            faults += len(outcome.faults)
            print(f"{name}: {outcome.tried} tried, {len(outcome.faults)} faults", file=sys.stderr)
            for fault in outcome.faults[:10]:
                print(f"  {fault}", file=sys.stderr)
    print(json.dumps(rows, indent=2)) if options.json else _show(rows)
    if options.write:
        _keep(rows)
    return 1 if faults else 0


def _show(rows: Sequence[dict[str, Any]]) -> None:
    table = Table(*rows[0])
    for row in rows:
        table.add_row(*map(str, row.values()), style="red" if row["faults"] else "")
    Console().print(table)


def _keep(rows: Sequence[dict[str, Any]]) -> None:
    before, rest = PAGE.read_text("utf-8").split(BEGIN)
    lines = [list(rows[0]), ["---", "--:", "--:", "---", "--:"], *(list(map(str, row.values())) for row in rows)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
