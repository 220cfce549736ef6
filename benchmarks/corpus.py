"""How far every document at hand is read: `make corpus` prints one table, and `docs/reading.md` keeps it.

Each input is read by the command that a person would type, `python -m graph_data read`, in a process of its own. The
documents that ship stand in examples/documents; published ones and the forms of other provinces are read where they
lie beside the checkout. A silent loss is a number of the source that is neither a figure, nor part of a heading, nor a
raw cell of a gap, nor left over: there must be none.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
PAGE = Path("docs") / "reading.md"
BEGIN, END = "<!-- corpus: written by `make corpus WRITE=1` -->", "<!-- end of corpus -->"
HEADINGS = (
    "set", "accounts", "whole", "in part", "refused", "tables printed", "read", "in part", "not read", "absent",
    "numbers", "read", "of headings", "raw", "left over", "silent losses", "seconds an input",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Inputs of one kind: what they are called in the table, where they lie, and the options that they need."""

    name: str
    folder: Path
    options: tuple[str, ...]
    special: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def inputs(self) -> Iterator[Path]:
        """Each file, and each folder that is one account."""
        if self.folder.is_dir():
            yield from sorted(path for path in self.folder.iterdir() if path.suffix not in (".md", ".json"))


GROUPS = (
    Group("made up, as shipped", ROOT / "examples" / "documents", ("--division", "990200")),
    Group(
        "published",
        SHARED / "documents",
        (),
        {"zibo-government-office-2022.txt": ("--division", "370300")},
    ),
    Group(
        "forms of other provinces",
        SHARED / "cases" / "reading",
        ("--division", "370300"),
        {
            "D18-division-abbreviated.txt": (),
            "D20-G01-official-export.xlsx": ("--division", "370300", "--year", "2022"),
            "D21-G02-official-export.xls": ("--division", "370300", "--year", "2022"),
        },
    ),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 where a number was lost in silence."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="keep the table in docs/reading.md")
    parser.add_argument("--each", action="store_true", help="a row for each input as well")
    chosen = parser.parse_args(arguments)
    console = Console(soft_wrap=True, width=None if sys.stdout.isatty() else 240)
    rows, each = [], []
    for group in GROUPS:
        found = {path.name: _read(path, group) for path in track(list(group.inputs()), group.name, console=console)}
        if found:
            rows.append(_row(group.name, list(found.values())))
        each += [_row(name, [reading]) for name, reading in found.items()]
    table = Table(*HEADINGS, title="corpus", title_justify="left")
    for row in [*(each if chosen.each else ()), *rows]:
        table.add_row(*row)
    console.print(table)
    if chosen.write:
        _keep(rows)
    return int(any(row[15] != "0" for row in rows))


def _read(path: Path, group: Group) -> tuple[list[dict[str, Any]], float]:
    """The ledgers of one input as `read --json` prints them, one an account, and the seconds that it took."""
    options = group.special.get(path.name, group.options)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "graph_data", "read", str(path), "-o", f"{folder}/package", "--json", *options]
        begun = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    printed = json.loads(done.stdout)
    return [printed] if "read" in printed else printed["documents"], time.monotonic() - begun


def _row(name: str, found: Sequence[tuple[list[dict[str, Any]], float]]) -> tuple[str, ...]:
    ledgers = [ledger for several, _ in found for ledger in several]
    read = [ledger for ledger in ledgers if ledger["read"]]
    tables = [table for ledger in read for table in ledger["tables"]]
    by_status = [sum(t["status"] == status for t in tables) for status in ("READ", "IN_PART", "NOT_READ", "ABSENT")]
    whole = sum(ledger["whole"] for ledger in read)
    numbers = sum(ledger["numbers"] for ledger in read)
    fates = [sum(table[fate] for table in tables) for fate in ("figures", "headings", "raw", "leftOver")]
    counts = (
        len(ledgers), whole, len(read) - whole, len(ledgers) - len(read), sum(by_status[:3]), *by_status,
        numbers, *fates, numbers - sum(fates),
    )  # fmt: skip
    return (name, *map(str, counts), f"{sum(seconds for _, seconds in found) / len(found):.1f}")


def _keep(rows: Sequence[Sequence[str]]) -> None:
    page = ROOT / PAGE
    before, rest = page.read_text("utf-8").split(BEGIN)
    lines = [HEADINGS, ["---", *["--:"] * (len(HEADINGS) - 1)], *rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    page.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
