"""synthesize: final accounts in the shape of real ones, as many as wanted, from a seed."""

from __future__ import annotations

import argparse
import csv
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

from graph_data.core.collector import collector_at_rest
from graph_data.core.errors import PackageError
from graph_data.package import write_package
from graph_data.synthesis import SCALES, Batch, batches
from graph_data.synthesis.life import Fault

FAULTS = "faults.csv"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `synthesize`."""
    parser.add_argument(
        "--scale",
        choices=SCALES,
        required=True,
        help="a department, a city of 100, a province of 10,000; lively: carry-over, units' own accounts, faults",
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same bytes (default: 1)")
    parser.add_argument("--departments", type=_positive, metavar="N", help="another number of departments")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR",
        help="the folder of the packages, one for each division and year",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """0 where every package was written, 1 where one could not be."""
    scale = SCALES[options.scale]
    wanted = list(batches(scale.of(options.departments) if options.departments else scale, options.seed))
    console = Console(stderr=True, soft_wrap=True)
    options.output.mkdir(parents=True, exist_ok=True)
    complaints = _write_all(console, wanted, options.output)
    for complaint in complaints:
        console.print(f"not written: {complaint}", style="red", markup=False, highlight=False)
    if complaints:
        return 1
    print(f"{len(wanted)} packages, {sum(len(batch.bodies) for batch in wanted)} accounts")
    faults = [fault for batch in wanted for fault in batch.faults()]
    if faults:
        _write_faults(faults, options.output / FAULTS)
        print(f"{len(faults)} faults, which {FAULTS} lists")
    return 0


def _write_faults(faults: Sequence[Fault], file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(("division", "department", "fiscal_year", "check", "was", "printed"))
        for each in faults:
            key = each.account
            writer.writerow((key.division, key.department, key.fiscal_year, each.check, each.was, each.printed))


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of departments such as 200")
    return int(text)


def _write_all(console: Console, wanted: list[Batch], folder: Path) -> list[str]:
    """What could not be written. On every core; no process holds more than the package that it writes."""
    complaints: list[str] = []
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress, ProcessPoolExecutor(os.cpu_count()) as pool:
        task = progress.add_task("packages", total=len(wanted))
        for complaint in pool.map(_write, wanted, repeat(folder)):
            complaints += [complaint] if complaint else []
            progress.advance(task)
    return complaints


def _write(batch: Batch, folder: Path) -> str | None:
    """What was wrong, as text: errors of ours do not travel between processes."""
    try:
        with collector_at_rest():
            write_package(list(batch.accounts()), folder / batch.name)
    except (PackageError, OSError) as error:
        return str(error)
    return None
