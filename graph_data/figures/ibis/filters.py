"""Filters as predicates of a table; three-valued where some columns are not there to ask (see `matching`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from graph_data.core.terms import Dimension
from graph_data.figures.columns import Trees
from graph_data.figures.filters import AmountFilter, TreeFilter, Where, YearFilter, find_members, ordinals, threshold
from graph_data.figures.ibis.parquet import AXIS_COLUMNS, LEVEL_COLUMNS
from graph_data.figures.measures import AXES, CLASSIFICATIONS, DEEPEST


@dataclass(frozen=True, slots=True)
class Match:
    """Could a row pass, and does it for certain? Each is a predicate, or a bool where it is the same for all rows."""

    possible: Any
    certain: Any

    def __and__(self, other: Match) -> Match:
        return Match(_both(self.possible, other.possible), _both(self.certain, other.certain))

    def __or__(self, other: Match) -> Match:
        return Match(_either(self.possible, other.possible), _either(self.certain, other.certain))

    def __invert__(self) -> Match:
        return Match(_not(self.certain), _not(self.possible))


_MAYBE = Match(True, False)


@dataclass(frozen=True, slots=True)
class FilterRows:
    """A table to ask, by which of these dimensions its rows can be told apart, and whether they have amounts."""

    trees: Trees
    table: Any
    dimensions: frozenset[Dimension]
    has_amounts: bool


def match(rows: FilterRows, where: Where) -> Match:
    """Which rows a filter lets through."""
    answer = _sure(True)
    for part in _parts(rows, where):
        answer = answer & part
    return answer


def tree_column(table: Any, dimension: Dimension, level: int | None) -> Any:
    """The members of a tree dimension that rows stand for: their ancestors at the level (its own by default)."""
    axis = AXES[dimension]
    if dimension in CLASSIFICATIONS and level is None:
        return table[AXIS_COLUMNS[axis]]
    return table[LEVEL_COLUMNS[axis].get(level or DEEPEST[dimension], AXIS_COLUMNS[axis])]


def _parts(rows: FilterRows, where: Where) -> Iterator[Match]:
    for inner in where.all_of:
        yield match(rows, inner)
    if where.any_of is not None:
        either = _sure(False)
        for inner in where.any_of:
            either = either | match(rows, inner)
        yield either
    if where.negated is not None:
        yield ~match(rows, where.negated)
    if where.fiscal_year is not None:
        yield _sure(_all(_years(rows.table.fiscal_year, where.fiscal_year)))
    for dimension, tree in where.trees():
        yield _sure(_all(_tree(rows, dimension, tree))) if dimension in rows.dimensions else _MAYBE
    for dimension, member in where.choices():
        column = AXIS_COLUMNS[AXES[dimension]]
        yield _sure(_is_in(rows.table[column], ordinals(member))) if dimension in rows.dimensions else _MAYBE
    if where.amount is not None:
        yield _sure(_all(_amounts(rows.table.fen, where.amount))) if rows.has_amounts else _MAYBE


def _years(years: Any, given: YearFilter) -> Iterator[Any]:
    if given.eq is not None:
        yield years == given.eq
    if given.any_of is not None:
        yield _is_in(years, given.any_of)
    if given.gte is not None:
        yield years >= given.gte
    if given.lte is not None:
        yield years <= given.lte


def _tree(rows: FilterRows, dimension: Dimension, given: TreeFilter) -> Iterator[Any]:
    own = tree_column(rows.table, dimension, None)
    for wanted in ((given.eq,) if given.eq is not None else None, given.any_of):
        if wanted is not None:
            nodes = (node for code in wanted for node in find_members(rows.trees, dimension, code))
            yield _is_in(own, {rows.trees.interval(node.id)[0] for node in nodes})
    for wanted in ((given.under,) if given.under is not None else None, given.under_any):
        if wanted is not None:
            yield _any(_within(rows, dimension, wanted))
    if given.level is not None:
        yield _stands_at(rows.table, dimension, given.level)


def _within(rows: FilterRows, dimension: Dimension, codes: Iterable[str]) -> Iterator[Any]:
    places = rows.table[AXIS_COLUMNS[AXES[dimension]]]
    for code in codes:
        for node in find_members(rows.trees, dimension, code, above=True):
            start, stop = rows.trees.interval(node.id)
            yield places.between(start, stop - 1)


def _stands_at(table: Any, dimension: Dimension, level: int) -> Any:
    """Is the member itself of this level? In the organisation: does its way pass such a node, and end there?"""
    if dimension in CLASSIFICATIONS:
        return table.subject_level == level
    if level > DEEPEST[dimension]:
        return False
    own, at = tree_column(table, dimension, None), tree_column(table, dimension, level)
    ends = True if level == DEEPEST[dimension] else own == at
    return _both(ends, True if level == 1 else at != tree_column(table, dimension, level - 1))


def _amounts(fen: Any, given: AmountFilter) -> Iterator[Any]:
    """Thresholds are rounded down to whole 分: what is not exact lies just above."""
    for value, compare in (
        (given.eq, _equal),
        (given.gt, _greater),
        (given.gte, _at_least),
        (given.lt, lambda fen, floor, exact: ~_at_least(fen, floor, exact)),
        (given.lte, lambda fen, floor, exact: ~_greater(fen, floor, exact)),
    ):
        if value is not None:
            yield compare(fen, *threshold(value, given.unit.fen))


def _equal(fen: Any, floor: int, exact: bool) -> Any:
    return fen == floor if exact else False


def _greater(fen: Any, floor: int, _exact: bool) -> Any:
    return fen > floor


def _at_least(fen: Any, floor: int, exact: bool) -> Any:
    return fen >= floor if exact else fen > floor


def _is_in(column: Any, values: Iterable[int]) -> Any:
    wanted = sorted(set(values))
    return column.isin(wanted) if wanted else False


def _sure(predicate: Any) -> Match:
    return Match(predicate, predicate)


def _all(predicates: Iterable[Any]) -> Any:
    found: Any = True
    for each in predicates:
        found = _both(found, each)
    return found


def _any(predicates: Iterable[Any]) -> Any:
    found: Any = False
    for each in predicates:
        found = _either(found, each)
    return found


def _both(one: Any, other: Any) -> Any:
    if isinstance(one, bool):
        return other if one else False
    return one & other if not isinstance(other, bool) else (one if other else False)


def _either(one: Any, other: Any) -> Any:
    if isinstance(one, bool):
        return True if one else other
    return one | other if not isinstance(other, bool) else (True if other else one)


def _not(one: Any) -> Any:
    return not one if isinstance(one, bool) else ~one
