"""rollup: an index or packages → the totals of a measure by dimensions, as lines of JSON, answered by any engine."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from graph_data import load
from graph_data.core.errors import PackageError, QuestionError
from graph_data.core.terms import Dimension
from graph_data.exports.asked import asked, measure_named
from graph_data.figures.rollup import GroupBy, GroupKey, Rollup
from graph_data.index.engines import DUCKDB, MEMORY
from graph_data.index.layout import is_index
from graph_data.lists import FIGURE_FIELDS, FIGURE_OPERATORS, figure_where
from graph_data.scope import Scope, ScopedTable, scoped_rollup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `rollup`."""
    parser.add_argument("packages", type=Path, nargs="+", metavar="DIR", help="an index, packages, folders of packages")
    parser.add_argument("--measure", required=True, help="what is summed, such as EXPENDITURE")
    parser.add_argument(
        "--by", type=_dimension, action="append", default=[], metavar="DIMENSION[:LEVEL]",
        help="what it is summed by, such as FISCAL_YEAR or FUNCTIONAL_SUBJECT:1; once for each dimension",
    )  # fmt: skip
    parser.add_argument(
        "--filter", type=_pair, action="append", default=[], metavar="NAME=VALUE", dest="filters",
        help="a condition, such as fiscalYear=2022, functionalSubject.under=208, where=JSON",
    )  # fmt: skip
    parser.add_argument(
        "--across-years", action="store_true", help="add up several years; else the latest, unless grouped by year"
    )
    parser.add_argument("--subtotals", action="store_true", help="add the totals of fewer dimensions")
    parser.add_argument(
        "--engine", help="memory, duckdb, spark://…, postgresql://… (default: duckdb over an index, else memory)"
    )


def run(options: argparse.Namespace) -> int:
    """0, 1 where a package is refused (the others are summed), 2 where there is nothing to sum as asked."""
    complaints = Console(stderr=True, soft_wrap=True)
    engine = options.engine or (DUCKDB if is_index(options.packages[0]) else MEMORY)
    try:
        measure = measure_named(options.measure)
        dataset = load(options.packages, engine=engine)
        given, across = asked(options.filters, FIGURE_FIELDS, FIGURE_OPERATORS).where, options.across_years
        where = None if given is None else figure_where(given)
        table = scoped_rollup(dataset, measure, options.by, where, (), options.subtotals, across)
        for line in _lines(table):
            print(json.dumps(line, ensure_ascii=False))
    except (PackageError, QuestionError, OSError) as error:
        complaints.print(f"not summed: {error}", style="red", markup=False, highlight=False)
        return 2
    for refused in dataset.refused:
        complaints.print(f"refused: {refused}", style="red", markup=False, highlight=False)
    return 1 if dataset.refused else 0


def _lines(table: ScopedTable) -> Iterator[dict[str, Any]]:
    for row in table.rows:
        keys = {key.dimension.name: {"code": key.code, "name": key.name} for key in row.keys}
        yield {"keys": keys, **_told(row.rollup, table.scope, row.keys)}
    yield {"grandTotal": _told(*table.grand_total())}


def _told(total: Rollup, scope: Scope, keys: Sequence[GroupKey] = ()) -> dict[str, Any]:
    coverage = total.coverage
    return {
        "valueFen": total.value,
        "basis": total.basis.name,
        "fiscalYear": scope.fiscal_year,
        "derivedFen": total.derived,
        "reportedFen": total.reported,
        "consistent": total.consistent,
        "figures": total.count,
        "coverage": {"counted": coverage.counted, "expected": coverage.expected},
        "caveats": [each.name for each in scope.caveats_of(total, keys)],
    }


def _dimension(text: str) -> GroupBy:
    name, _, level = text.partition(":")
    if name not in Dimension.__members__ or not (level.isdecimal() or not level):
        raise argparse.ArgumentTypeError(f"{text!r} is no dimension; give one such as FUNCTIONAL_SUBJECT:1")
    return GroupBy(Dimension[name], int(level) if level else None)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} has no =; give a condition such as fiscalYear=2022")
    return name, value
