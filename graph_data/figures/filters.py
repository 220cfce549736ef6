"""Filters over figures: the contract's FigureWhere as records, and which rows of columns they let through.

Over the figures every answer is certain. Over the members of a coverage (accounts, projects) a filter on subjects
or amounts has no column: then a row passes possibly, and not certainly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

import numpy as np

from graph_data.core.amount import AmountUnit
from graph_data.core.errors import QuestionError
from graph_data.core.terms import (
    Dimension,
    ExpenditureNature,
    Fund,
    FundSource,
    Measure,
    RevenueSource,
    ThreePublicItemKind,
)
from graph_data.figures.columns import Ints, Longs, Mask, Trees
from graph_data.figures.measures import AXES, CLASSIFICATIONS, DEEPEST, DIMENSIONS, KINDS, Axis, ordinal
from graph_data.graph import Node, NodeKind, SubjectEntry
from graph_data.graph.draft import THREE_PUBLIC_PARENTS

MAX_DEPTH = 20
Choice: TypeAlias = ExpenditureNature | RevenueSource | Fund | FundSource | ThreePublicItemKind
CHOICES: Mapping[Dimension, str] = {
    Dimension.EXPENDITURE_NATURE: "nature",
    Dimension.REVENUE_SOURCE: "revenue_source",
    Dimension.FUND: "fund",
    Dimension.FUND_SOURCE: "fund_source",
    Dimension.THREE_PUBLIC_ITEM: "item",
}
"""The dimensions of which a filter names one member, and the field of Where that does."""


@dataclass(frozen=True, slots=True)
class TreeFilter:
    """Members of a tree by code or id: themselves (`eq`, `any_of`), with all below (`under`, `under_any`), a level.

    Everything given must hold.
    """

    eq: str | None = None
    any_of: tuple[str, ...] | None = None
    under: str | None = None
    under_any: tuple[str, ...] | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class YearFilter:
    """Fiscal years; everything given must hold."""

    eq: int | None = None
    any_of: tuple[int, ...] | None = None
    gte: int | None = None
    lte: int | None = None

    def holds(self, year: int) -> bool:
        """Does it let a year through?"""
        return (
            self.eq in (None, year)
            and (self.any_of is None or year in self.any_of)
            and (self.gte is None or year >= self.gte)
            and (self.lte is None or year <= self.lte)
        )


@dataclass(frozen=True, slots=True)
class AmountFilter:
    """The amount of a single figure in `unit`, compared exactly; everything given must hold."""

    eq: Decimal | None = None
    gt: Decimal | None = None
    gte: Decimal | None = None
    lt: Decimal | None = None
    lte: Decimal | None = None
    unit: AmountUnit = AmountUnit.WAN_YUAN


@dataclass(frozen=True, slots=True)
class Where:
    """Which figures: everything given must hold. `all_of`, `any_of`, `negated` are the contract's and, or, not."""

    all_of: tuple[Where, ...] = ()
    any_of: tuple[Where, ...] | None = None
    negated: Where | None = None
    fiscal_year: YearFilter | None = None
    division: TreeFilter | None = None
    department: TreeFilter | None = None
    unit: TreeFilter | None = None
    project: TreeFilter | None = None
    functional_subject: TreeFilter | None = None
    economic_subject: TreeFilter | None = None
    nature: ExpenditureNature | None = None
    revenue_source: RevenueSource | None = None
    fund: Fund | None = None
    fund_source: FundSource | None = None
    item: ThreePublicItemKind | None = None
    amount: AmountFilter | None = None

    def trees(self) -> Iterator[tuple[Dimension, TreeFilter]]:
        """The filters by tree that are given here, not further in."""
        for dimension in KINDS:
            given = getattr(self, dimension.name.lower())
            if given is not None:
                yield dimension, given

    def choices(self) -> Iterator[tuple[Dimension, Choice]]:
        """The single members that are asked for here, not further in; an item stands for what is below it too."""
        for dimension, field in CHOICES.items():
            given = getattr(self, field)
            if given is not None:
                yield dimension, given

    def inner(self) -> Iterator[Where]:
        """The filters that this one is made of."""
        yield from self.all_of
        yield from self.any_of or ()
        if self.negated is not None:
            yield self.negated


def check_where(measure: Measure | None, where: Where, depth: int = 0) -> None:
    """Raises QuestionError where a filter does not fit the measure, or says nothing that could be looked up."""
    if depth > MAX_DEPTH:
        raise QuestionError(f"a filter is nested more than {MAX_DEPTH} deep; ask with fewer levels of and, or, not")
    for dimension, tree in where.trees():
        check_dimension(measure, dimension)
        _check_tree(dimension, tree)
    for dimension, _ in where.choices():
        check_dimension(measure, dimension)
    for inner in where.inner():
        check_where(measure, inner, depth + 1)


def check_dimension(measure: Measure | None, dimension: Dimension) -> None:
    """Raises QuestionError where what the measure sums is not published by this dimension."""
    if measure is None or dimension in DIMENSIONS[measure]:
        return
    possible = ", ".join(each.name for each in Dimension if each in DIMENSIONS[measure])
    raise QuestionError(f"{measure.name} is not published by {dimension.name}; it is by {possible}")


def _check_tree(dimension: Dimension, tree: TreeFilter) -> None:
    given = (tree.eq, tree.under, *(tree.any_of or ()), *(tree.under_any or ()))
    if any(each is not None and not each.strip() for each in given):
        example = 'eq: "2010301"' if "SUBJECT" in dimension.name else 'eq: "102"'
        raise QuestionError(
            f"a filter on {dimension.name} holds an empty code; give a code or an id, such as {example}"
        )
    check_level(dimension, tree.level)


def check_level(dimension: Dimension, level: int | None) -> None:
    """Raises QuestionError where the dimension's tree has no such level."""
    if level is None:
        return
    deepest = DEEPEST.get(dimension)
    if deepest is None:
        raise QuestionError(f"{dimension.name} has no tree, so no level {level}; leave the level out")
    if not 1 <= level <= deepest:
        raise QuestionError(f"{dimension.name} has levels 1 to {deepest}, not {level}")


_ORGANIZATION = (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.UNIT, NodeKind.PROJECT)
_BEYOND = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """For each row: could it pass, and does it for certain?"""

    possible: Mask
    certain: Mask

    def __and__(self, other: Match) -> Match:
        return Match(self.possible & other.possible, self.certain & other.certain)

    def __or__(self, other: Match) -> Match:
        return Match(self.possible | other.possible, self.certain | other.certain)

    def __invert__(self) -> Match:
        return Match(~self.certain, ~self.possible)


@dataclass(frozen=True, slots=True, eq=False)
class FilterRows:
    """Columns to ask: places on some axes, and the amounts where rows have one."""

    graph: Trees
    axes: Mapping[Axis, Ints]
    fen: Longs | None
    dimensions: frozenset[Dimension]

    def __len__(self) -> int:
        return len(self.axes[Axis.YEAR])


def match(rows: FilterRows, where: Where) -> Match:
    """The rows that a filter lets through."""
    answer = _all(rows, True)
    for part in _parts(rows, where):
        answer = answer & part
    return answer


def _parts(rows: FilterRows, where: Where) -> Iterable[Match]:
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
        yield _sure(_tree_mask(rows, dimension, tree)) if known else _maybe(rows)
    for dimension, member in where.choices():
        known = dimension in rows.dimensions
        yield _sure(np.isin(rows.axes[AXES[dimension]], ordinals(member))) if known else _maybe(rows)
    if where.amount is not None:
        yield _maybe(rows) if rows.fen is None else _sure(_amounts(rows.fen, where.amount))


def item_path(item: ThreePublicItemKind) -> list[ThreePublicItemKind]:
    """The way from the total of the “三公” expenses down to an item."""
    above = THREE_PUBLIC_PARENTS[item]
    return [item] if above is None else [*item_path(above), item]


def ordinals(member: Choice) -> list[int]:
    """What a column holds for a member, and for those below it."""
    below = [each for each, above in THREE_PUBLIC_PARENTS.items() if above is member]
    return [ordinal(member), *(found for each in below for found in ordinals(each))]


def _all(rows: FilterRows, value: bool) -> Match:
    return _sure(np.full(len(rows), value, dtype=np.bool_))


def _maybe(rows: FilterRows) -> Match:
    return Match(np.ones(len(rows), dtype=np.bool_), np.zeros(len(rows), dtype=np.bool_))


def _sure(mask: Mask) -> Match:
    return Match(mask, mask)


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


def _tree_mask(rows: FilterRows, dimension: Dimension, given: TreeFilter) -> Mask:
    raw = rows.axes[AXES[dimension]]
    own = members_at(rows.graph, raw, dimension, None)
    mask = np.ones(len(raw), dtype=np.bool_)
    for wanted in ((given.eq,) if given.eq is not None else None, given.any_of):
        if wanted is not None:
            places = [
                rows.graph.interval(node.id)[0] for code in wanted for node in find_members(rows.graph, dimension, code)
            ]
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
        for node in find_members(graph, dimension, code, above=True):
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


def find_members(graph: Trees, dimension: Dimension, code_or_id: str, above: bool = False) -> tuple[Node, ...]:
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
