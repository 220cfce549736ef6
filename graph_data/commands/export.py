"""export: packages as CSV, XLSX, JSON Lines or Parquet for spreadsheets and databases, or as a graph for Gephi."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console

from graph_data import load
from graph_data.core.errors import PackageError, QuestionError
from graph_data.exports import NAMES, Export

_FORMATS = tuple(dict.fromkeys(format for formats in NAMES.values() for format in formats))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `export`."""
    parser.add_argument("packages", type=Path, nargs="+", metavar="DIR", help="packages, or folders of packages")
    parser.add_argument("--what", choices=NAMES, default="figures", help="which table, or the graph (default figures)")
    parser.add_argument("--format", choices=_FORMATS, required=True, help="graphml and json are for the graph alone")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the file to write")
    parser.add_argument(
        "--filter", type=_pair, action="append", default=[], metavar="NAME=VALUE", dest="filters",
        help="a condition, such as fiscalYear=2022, executionRate.lt=80, measure=EXPENDITURE, where=JSON, orderBy=JSON",
    )  # fmt: skip
    parser.add_argument(
        "--engine", default="memory", help="of an index: memory (default), duckdb, spark://…, postgresql://…"
    )
    parser.add_argument("--bom", action="store_true", help="open CSV with a byte order mark, for Excel")


def run(options: argparse.Namespace) -> int:
    """0, 1 where a package is refused (the others are exported), 2 where there is nothing to export as asked."""
    complaints = Console(stderr=True, soft_wrap=True)
    try:
        dataset = load(options.packages, engine=options.engine)
        export = Export.of(dataset, options.what, options.format, options.filters, options.bom)
        size = _write(export.chunks(), options.output)
    except (PackageError, QuestionError, OSError) as error:
        complaints.print(f"not exported: {error}", style="red", markup=False, highlight=False)
        return 2
    Console(soft_wrap=True).print(f"{options.output}: {size} bytes", markup=False, highlight=False)
    for refused in dataset.refused:
        complaints.print(f"refused: {refused}", style="red", markup=False, highlight=False)
    return 1 if dataset.refused else 0


def _write(chunks: Iterable[bytes], output: Path) -> int:
    """Write beside the file and put it in its place once it is whole."""
    unfinished = output.with_name(f"{output.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            size = sum(map(file.write, chunks))
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)
    return size


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} has no =; give a condition such as fiscalYear=2022")
    return name, value
