"""Filters over figures, as frozen records: the contract's FigureWhere and its parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graph_data.core.amount import AmountUnit
from graph_data.core.errors import QuestionError
from graph_data.core.terms import Dimension, ExpenditureNature, Fund, FundSource, Measure
from graph_data.figures.axes import DEEPEST, DIMENSIONS

MAX_DEPTH = 20


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
    fund: Fund | None = None
    fund_source: FundSource | None = None
    amount: AmountFilter | None = None

    def trees(self) -> Iterator[tuple[Dimension, TreeFilter]]:
        """The filters by tree that are given here, not further in."""
        for dimension in DEEPEST:
            given = getattr(self, dimension.name.lower(), None)
            if given is not None:
                yield dimension, given

    def choices(self) -> Iterator[tuple[Dimension, ExpenditureNature | Fund | FundSource]]:
        """The single members that are asked for here, not further in."""
        if self.nature is not None:
            yield Dimension.EXPENDITURE_NATURE, self.nature
        if self.fund is not None:
            yield Dimension.FUND, self.fund
        if self.fund_source is not None:
            yield Dimension.FUND_SOURCE, self.fund_source

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
