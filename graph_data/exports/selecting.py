"""Filters over rows that are no figures: what of FigureWhere they can be asked, answered chunk by chunk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import NamedTuple, TypeVar

import numpy as np

from graph_data.core.errors import QuestionError
from graph_data.core.terms import Dimension
from graph_data.exports.asking import Asked
from graph_data.exports.columns import Row
from graph_data.figures.filters import FilterRows, Where, match
from graph_data.figures.measures import AXES, TOTAL, Axis
from graph_data.graph import Graph

ACCOUNT = frozenset({Dimension.DIVISION, Dimension.DEPARTMENT, Dimension.FISCAL_YEAR})
ORGANIZATION = ACCOUNT | {Dimension.UNIT, Dimension.PROJECT}
SUBJECTS = frozenset({Dimension.FUNCTIONAL_SUBJECT, Dimension.ECONOMIC_SUBJECT})
_CHUNK = 4096
_Item = TypeVar("_Item")


class Placed(NamedTuple):
    """A row, and where it stands: positions of nodes in the organisation and the subjects, and its year."""

    organization: int
    year: int
    row: Row
    subject: int = TOTAL
    fen: int | None = None


def check(name: str, asked: Asked, dimensions: Collection[Dimension], has_amount: bool = False) -> None:
    """Raises QuestionError where a table of rows that are no figures is asked for what it does not have."""
    if asked.measure is not None or asked.include_totals:
        raise QuestionError(f"{name}: measure and includeTotals are for figures; leave them out, or export figures")
    if asked.where is None:
        return
    foreign = sorted(dimension.name for dimension in _dimensions(asked.where) - set(dimensions))
    if foreign or (_asks_amount(asked.where) and not has_amount):
        possible = ", ".join(sorted(each.name for each in dimensions)) + (", AMOUNT" if has_amount else "")
        found = foreign[0] if foreign else "AMOUNT"
        raise QuestionError(f"{name}: not to be filtered by {found}, but by {possible}; such as fiscalYear=2022")


def selected(
    graph: Graph, where: Where | None, rows: Iterable[Placed], dimensions: frozenset[Dimension]
) -> Iterator[Row]:
    """The rows that a filter lets through, in their order. A row without an amount passes no filter on amounts."""
    if where is None:
        yield from (placed.row for placed in rows)
        return
    needs_amount = _asks_amount(where)
    for chunk in chunks(rows, _CHUNK):
        asked = [placed for placed in chunk if not needs_amount or placed.fen is not None]
        passes = match(_columns(graph, asked, dimensions), where).certain
        yield from (placed.row for placed, passed in zip(asked, passes.tolist(), strict=True) if passed)


def chunks(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """The items in lists of at most `size`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def _columns(graph: Graph, rows: list[Placed], dimensions: frozenset[Dimension]) -> FilterRows:
    places = {
        Axis.ORGANIZATION: [placed.organization for placed in rows],
        Axis.YEAR: [placed.year for placed in rows],
        Axis.SUBJECT: [placed.subject for placed in rows],
    }
    held = {AXES[dimension] for dimension in dimensions}
    axes = {axis: np.array(column, dtype=np.int32) for axis, column in places.items() if axis in held}
    return FilterRows(graph, axes, np.array([placed.fen or 0 for placed in rows], dtype=np.int64), dimensions)


def _dimensions(where: Where) -> set[Dimension]:
    found = {dimension for dimension, _ in (*where.trees(), *where.choices())}
    if where.fiscal_year is not None:
        found.add(Dimension.FISCAL_YEAR)
    return found.union(*map(_dimensions, where.inner()))


def _asks_amount(where: Where) -> bool:
    return where.amount is not None or any(map(_asks_amount, where.inner()))
