"""build: packages into an index on disk, from which a dataset of any size is served."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

from graph_data.core.cluster import check_cluster
from graph_data.core.errors import PackageError, UnfinishedError
from graph_data.index.building import Built, Engine, Watcher, build_index
from graph_data.index.workers import Processes, Spark


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `build`."""
    parser.add_argument("packages", type=Path, nargs="+", metavar="DIR", help="packages, or folders of packages")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="INDEX", help="the folder of the index, new or old"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--engine", type=_spark, metavar="URL", help="a Spark cluster, spark://host:port (default: this machine)"
    )
    where.add_argument("--workers", type=_positive, metavar="N", help="how many processes (default: one a core)")
    parser.add_argument(
        "--strict", action="store_true", help="stop where a package is refused, and leave the old index"
    )
    parser.add_argument("--json", action="store_true", help="tell progress and result as lines of JSON")


def run(options: argparse.Namespace) -> int:
    """0, 1 where a package is refused (the others are in the index), 2 where the index could not be built."""
    complaints = Console(stderr=True, soft_wrap=True)
    local = Processes(options.workers) if options.workers else Processes.everywhere()
    engine: Engine = options.engine or local
    try:
        with _Lines() if options.json else _Bar(complaints) as watcher:
            built = build_index(options.packages, options.output, engine, watcher, options.strict)
    except (PackageError, UnfinishedError, OSError) as error:
        complaints.print(f"not built: {error}", style="red", markup=False, highlight=False)
        return 2
    _tell(built, options.output, options.json)
    for refused in built.index.refused:
        complaints.print(f"refused: {refused.error()}", style="red", markup=False, highlight=False)
    return 1 if built.index.refused else 0


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes such as 4")
    return int(text)


def _spark(text: str) -> Spark:
    try:
        return Spark(check_cluster(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


class _Bar(Watcher):
    """For people: a bar that goes when all is done."""

    def __init__(self, console: Console) -> None:
        columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=console, transient=True)
        self._task = self._progress.add_task("divisions", total=None)

    def __enter__(self) -> Watcher:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def planned(self, shards: int, kept: int) -> None:
        self._progress.update(self._task, total=shards, completed=kept)

    def finished(self, division: str) -> None:  # noqa: ARG002
        self._progress.advance(self._task)


class _Lines(Watcher):
    """For programs: a line of JSON for each step."""

    def __enter__(self) -> Watcher:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def planned(self, shards: int, kept: int) -> None:
        _line(event="planned", divisions=shards, kept=kept)

    def finished(self, division: str) -> None:
        _line(event="built", division=division)


def _tell(built: Built, output: Path, as_json: bool) -> None:
    shards = built.index.shards
    accounts, figures = sum(shard.accounts for shard in shards), sum(shard.figures for shard in shards)
    did = {"built": built.built, "kept": built.kept, "removed": built.removed}
    held = {"divisions": len(shards), "accounts": accounts, "figures": figures}
    if as_json:
        refused = [str(each.error()) for each in built.index.refused]
        _line(event="finished", version=built.index.version, **held, **did, refused=refused)
        return
    counts, done = (", ".join(f"{count} {what}" for what, count in each.items()) for each in (held, did))
    print(f"{output}: {counts}; {done}; version {built.index.version[:12]}")


def _line(**told: object) -> None:
    print(json.dumps(told, ensure_ascii=False), flush=True)
