"""How fast documents are read, and in how much memory: `python -m benchmarks.reading` prints a table of medians.

The same made-up account in every kind of file, at three lengths. Each reading is the command that a person would
type, `python -m graph_data read`, in a process of its own from its start to its end, imports and the writing of the
package included; the kinds take turns, so that what else the machine does falls on all of them. A page is a page of
the ruled PDF of the same account.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pdfplumber

from tests.made_up import Options, make
from tests.made_up.render import LAYOUTS

SHEETS = {10: 1, 50: 58, 100: 132}  # self-evaluation sheets that make an account about so many pages long
MADE = make(3, Options(projects=2, sheets=1))
DIVISION = MADE.facts.account[0]
KIB = 1024
BY_NAME = {layout.name: layout for layout in LAYOUTS}


@dataclass(frozen=True, slots=True)
class Case:
    """A document to read: its layout, its length in pages of the ruled PDF, its file and that file's size in bytes."""

    layout: str
    pages: int
    file: Path
    size: int


@dataclass(frozen=True, slots=True)
class Run:
    """One process that read one document: its wall and processor time in milliseconds, its peak memory in KiB."""

    elapsed: int
    busy: int
    memory: int


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="readings of each document (default: 5)")
    parser.add_argument("--layouts", nargs="+", choices=BY_NAME, default=list(BY_NAME), help="kinds of files")
    parser.add_argument("--lengths", type=int, nargs="+", choices=SHEETS, default=list(SHEETS), help="pages, about")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        cases = list(_cases(Path(folder), chosen.layouts, chosen.lengths))
        runs: dict[Case, list[Run]] = {case: [] for case in cases}
        for _ in range(chosen.rounds):
            for case in cases:
                runs[case].append(_run(case))
    print("\n".join(_table(runs)))


def _cases(folder: Path, layouts: Sequence[str], lengths: Sequence[int]) -> Iterator[Case]:
    for length in lengths:
        text = _account(SHEETS[length])
        with pdfplumber.open(io.BytesIO(BY_NAME["ruled"].render(text))) as document:
            pages = len(document.pages)
        for name in layouts:
            file = folder / f"{name} {length}{BY_NAME[name].suffix}"
            yield Case(name, pages, file, file.write_bytes(BY_NAME[name].render(text)))


def _account(sheets: int) -> str:
    """The made-up account with its one sheet repeated, each for a project of another name."""
    first = MADE.text.index("\n项目支出绩效自评表\n") + 1
    last = MADE.text.index("\n\n", MADE.text.index("\n总分\t")) + 2
    sheet = MADE.text[first:last]
    name = re.search(r"^项目名称\t([^\t]+)", sheet, re.MULTILINE)
    if name is None:
        raise ValueError("the made-up account has no sheet with a 项目名称")
    copies = (sheet.replace(f"项目名称\t{name[1]}", f"项目名称\t{name[1]}第{n}批") for n in range(2, sheets + 1))
    return MADE.text[:last] + "".join(copies) + MADE.text[last:]


def _run(case: Case) -> Run:
    """Read a document in a process of its own. Raises RuntimeError where it cannot be read whole."""
    target = str(case.file.with_suffix(".package"))
    command = [sys.executable, "-m", "graph_data", "read", str(case.file), "-o", target, "--division", DIVISION]
    started = time.monotonic_ns()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {child.returncode}")
    elapsed = (time.monotonic_ns() - started) // 1_000_000
    return Run(elapsed, round((usage.ru_utime + usage.ru_stime) * 1000), usage.ru_maxrss)


def _table(runs: dict[Case, list[Run]]) -> Iterator[str]:
    """The medians as Markdown; the rate is of processor time, which other work on the machine disturbs less."""
    yield "| document | pages | file, KiB | elapsed, ms | processor, ms | pages a second | peak memory, MiB |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for case, done in runs.items():
        elapsed = statistics.median_low(run.elapsed for run in done)
        busy = statistics.median_low(run.busy for run in done)
        memory = statistics.median_low(run.memory for run in done) // KIB
        sizes = f"{case.pages} | {case.size // KIB}"
        yield f"| {case.layout} | {sizes} | {elapsed} | {busy} | {case.pages * 1000 // busy} | {memory} |"


if __name__ == "__main__":
    main()
