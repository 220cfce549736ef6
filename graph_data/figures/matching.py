"""Filters against columns: which rows let a filter through, where some columns may not be there to ask.

Over the figures every answer is certain. Over the members of a coverage (accounts, projects) a filter on subjects
or amounts has no column: then a row passes possibly, and not certainly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from graph_data.core.terms import Dimension
from graph_data.figures.arrays import Ints, Longs, Mask
from graph_data.figures.axes import AXES, CLASSIFICATIONS, DEEPEST, KINDS, Axis, ordinal
from graph_data.figures.trees import Trees
from graph_data.figures.where import AmountFilter, TreeFilter, Where, YearFilter
from graph_data.graph import Node, NodeKind, SubjectEntry

_ORGANIZATION = (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.UNIT, NodeKind.PROJECT)
_BEYOND = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """For each row: could it pass, and does it for certain?"""

    possible: Mask
    certain: Mask

    def __and__(self, other: Answer) -> Answer:
        return Answer(self.possible & other.possible, self.certain & other.certain)

    def __or__(self, other: Answer) -> Answer:
        return Answer(self.possible | other.possible, self.certain | other.certain)

    def __invert__(self) -> Answer:
        return Answer(~self.certain, ~self.possible)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Columns to ask: places on some axes, and the amounts where rows have one."""

    graph: Trees
    axes: Mapping[Axis, Ints]
    fen: Longs | None
    dimensions: frozenset[Dimension]

    def __len__(self) -> int:
        return len(self.axes[Axis.YEAR])


def match(rows: Rows, where: Where) -> Answer:
    """The rows that a filter lets through."""
    answer = _all(rows, True)
    for part in _parts(rows, where):
        answer = answer & part
    return answer


def _parts(rows: Rows, where: Where) -> Iterable[Answer]:
    for inner in where.all_of:
        yield match(rows, inner)
    if where.any_of is not None:
        either = _all(rows, False)
        for inner in where.any_of:
            either = either | match(rows, inner)
        yield either
    if where.negated is not None:
        yield ~match(rows, where.negated)
    if where.fiscal_year is not None:
        yield _sure(_years(rows.axes[Axis.YEAR], where.fiscal_year))
    for dimension, tree in where.trees():
        known = dimension in rows.dimensions
        yield _sure(_tree(rows, dimension, tree)) if known else _maybe(rows)
    for dimension, member in where.choices():
        known = dimension in rows.dimensions
        yield _sure(rows.axes[AXES[dimension]] == ordinal(member)) if known else _maybe(rows)
    if where.amount is not None:
        yield _maybe(rows) if rows.fen is None else _sure(_amounts(rows.fen, where.amount))


def _all(rows: Rows, value: bool) -> Answer:
    return _sure(np.full(len(rows), value, dtype=np.bool_))


def _maybe(rows: Rows) -> Answer:
    return Answer(np.ones(len(rows), dtype=np.bool_), np.zeros(len(rows), dtype=np.bool_))


def _sure(mask: Mask) -> Answer:
    return Answer(mask, mask)


def _years(years: Ints, given: YearFilter) -> Mask:
    mask = np.ones(len(years), dtype=np.bool_)
    if given.eq is not None:
        mask &= years == given.eq
    if given.any_of is not None:
        mask &= np.isin(years, given.any_of)
    if given.gte is not None:
        mask &= years >= given.gte
    if given.lte is not None:
        mask &= years <= given.lte
    return mask


def _tree(rows: Rows, dimension: Dimension, given: TreeFilter) -> Mask:
    raw = rows.axes[AXES[dimension]]
    own = members_at(rows.graph, raw, dimension, None)
    mask = np.ones(len(raw), dtype=np.bool_)
    for wanted in ((given.eq,) if given.eq is not None else None, given.any_of):
        if wanted is not None:
            places = [rows.graph.interval(node.id)[0] for code in wanted for node in find(rows.graph, dimension, code)]
            mask &= np.isin(own, places)
    for wanted in ((given.under,) if given.under is not None else None, given.under_any):
        if wanted is not None:
            mask &= _within(rows.graph, raw, dimension, wanted)
    if given.level is not None:
        levels = np.array([rows.graph.at(place).level if place >= 0 else 0 for place in own.tolist()], dtype=np.int32)
        mask &= levels == given.level
    return mask


def _within(graph: Trees, places: Ints, dimension: Dimension, codes: Iterable[str]) -> Mask:
    mask = np.zeros(len(places), dtype=np.bool_)
    for code in codes:
        for node in find(graph, dimension, code, above=True):
            start, stop = graph.interval(node.id)
            mask |= (places >= start) & (places < stop)
    return mask


def members_at(graph: Trees, places: Ints, dimension: Dimension, level: int | None) -> Ints:
    """The members of a tree dimension that places stand for: their ancestors at the level (its own by default)."""
    if dimension in CLASSIFICATIONS and level is None:
        return places
    table = graph.ancestors_at(level or DEEPEST[dimension])
    if not len(table):
        return places
    return np.where(places >= 0, table[np.maximum(places, 0)], places).astype(np.int32)


def find(graph: Trees, dimension: Dimension, code_or_id: str, above: bool = False) -> tuple[Node, ...]:
    """The members of a tree dimension with this code or id; with `above` also the ids of members further up."""
    node = graph.node(code_or_id)
    if node is not None:
        return (node,) if _belongs(node, dimension, above) else ()
    return tuple(each for each in graph.coded(KINDS[dimension], code_or_id) if _belongs(each, dimension, False))


def _belongs(node: Node, dimension: Dimension, above: bool) -> bool:
    if isinstance(node.record, SubjectEntry):
        return node.record.classification is CLASSIFICATIONS.get(dimension)
    kinds = _ORGANIZATION[: _ORGANIZATION.index(KINDS[dimension]) + 1] if KINDS[dimension] in _ORGANIZATION else ()
    return node.kind in (kinds if above else kinds[-1:])


def _amounts(fen: Longs, given: AmountFilter) -> Mask:
    mask = np.ones(len(fen), dtype=np.bool_)
    for value, compare in (
        (given.eq, _equal),
        (given.gt, _greater),
        (given.gte, _at_least),
        (given.lt, lambda fen, floor, exact: ~_at_least(fen, floor, exact)),
        (given.lte, lambda fen, floor, exact: ~_greater(fen, floor, exact)),
    ):
        if value is not None:
            mask &= compare(fen, *threshold(value, given.unit.fen))
    return mask


def threshold(value: Decimal, unit: int) -> tuple[int, bool]:
    """The threshold in whole 分, rounded down, and whether that is exact."""
    numerator, denominator = value.as_integer_ratio()
    floor, rest = divmod(numerator * unit, denominator)
    return max(-_BEYOND, min(_BEYOND, floor)), rest == 0


def _equal(fen: Longs, floor: int, exact: bool) -> Mask:
    return fen == floor if exact else np.zeros(len(fen), dtype=np.bool_)


def _greater(fen: Longs, floor: int, _exact: bool) -> Mask:
    return fen > floor


def _at_least(fen: Longs, floor: int, exact: bool) -> Mask:
    return fen >= floor if exact else fen > floor
