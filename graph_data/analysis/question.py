"""What an analysis asks for: columns, groups, which of them are shown in which order; and whether it fits together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import unique
from itertools import combinations
from typing import TypeAlias

from graph_data.core.amount import AmountUnit
from graph_data.core.errors import QuestionError
from graph_data.core.terms import Dimension, Measure, Word
from graph_data.counts import Counted, check_counted
from graph_data.figures.filters import Where
from graph_data.figures.measures import COUNTED_IN
from graph_data.figures.rollup import GroupBy, RollupQuestion, check_question

_MOST_COLUMNS = 20
_MOST_DIMENSIONS = 4
_MOST_TABLES = 80  # columns times the ways in which dimensions are summed away
_MOST_DECIMALS = 10
_MOST_CONDITIONS = 50  # of `having`, and steps of an order
_SHOWN = 60

Grain: TypeAlias = tuple[GroupBy, ...]


@unique
class ColumnKind(Word):
    """What the cells of a column hold, and in which unit."""

    MONEY = "金额"
    COUNT = "数量"
    PERCENT = "百分比"


@unique
class Formula(Word):
    """比率 …: how a column follows from others. What follows from an empty cell is empty."""

    RATIO = "比率"
    DIFFERENCE = "差额"
    GROWTH = "增减率"
    PER = "平均"
    SHARE_OF_TOTAL = "占总计比重"
    SHARE_OF_PARENT = "占上级比重"


@unique
class Totals(Word):
    """合计: which rows of totals a table has beside its groups."""

    NONE = "无"
    ROLLUP = "逐级小计"
    CUBE = "双向合计"


@dataclass(frozen=True, slots=True)
class Expression:
    """One column: a measure or a count (of some only, or of an earlier year), or a formula over columns before it.

    `of` and `to` are names of columns: of / to, of - to, (of - to) / |to|. A growth without `to` is against the same
    column `years_before`. `decimals` are those that a percentage or an average is rounded to.
    """

    name: str
    measure: Measure | None = None
    count: Counted | None = None
    where: Where | None = None
    years_before: int = 0
    formula: Formula | None = None
    of: str = ""
    to: str | None = None
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class Having:
    """A condition on a column, exactly, in its own unit (money in `unit`). An empty cell passes only `is_null`."""

    column: str
    eq: Decimal | None = None
    gt: Decimal | None = None
    gte: Decimal | None = None
    lt: Decimal | None = None
    lte: Decimal | None = None
    is_null: bool | None = None
    unit: AmountUnit = AmountUnit.WAN_YUAN


@dataclass(frozen=True, slots=True)
class TableOrder:
    """One step of an order: by a column or by the members of a dimension. Empty cells come last either way."""

    column: str | None = None
    dimension: Dimension | None = None
    descending: bool = True


@dataclass(frozen=True, slots=True)
class TopN:
    """The first `count` groups by a column, of all or of each of the members of `within`; ties in the order of keys."""

    count: int
    column: str
    within: tuple[Dimension, ...] = ()
    descending: bool = True


@dataclass(frozen=True, slots=True)
class AnalysisQuestion:
    """What is asked: columns, groups, and which of them are shown in which order."""

    columns: tuple[Expression, ...]
    by: tuple[GroupBy, ...] = ()
    where: Where | None = None
    having: tuple[Having, ...] = ()
    order_by: tuple[TableOrder, ...] = ()
    top: TopN | None = None
    totals: Totals = Totals.NONE
    across_years: bool = False


def require_one(name: str | None, given: Sequence[str]) -> None:
    """Raises QuestionError where a column is not given exactly one thing to hold."""
    if len(given) != 1:
        found = " and ".join(given) or "nothing"
        raise QuestionError(f"measures: the column {name or ''!r} holds {found}; give exactly one measure or formula")


def check_analysis(question: AnalysisQuestion) -> None:
    """Raises QuestionError where a question asks for what does not fit together, or for too much at once."""
    columns, by = question.columns, question.by
    if not 1 <= len(columns) <= _MOST_COLUMNS:
        raise QuestionError(f"measures: {len(columns)} columns; ask for 1 to {_MOST_COLUMNS}")
    if len(by) > _MOST_DIMENSIONS:
        raise QuestionError(f"by: {len(by)} dimensions; group by at most {_MOST_DIMENSIONS}")
    for place, given in (("having", question.having), ("orderBy", question.order_by)):
        if len(given) > _MOST_CONDITIONS:
            raise QuestionError(f"{place}: {len(given)} of them; give at most {_MOST_CONDITIONS}")
    if len(columns) * len(grains_of(question)) > _MOST_TABLES:
        raise QuestionError(f"totals: {len(columns)} columns with {question.totals.name} are too much; ask for fewer")
    kinds = kinds_of(columns)
    for each in columns:
        if each.measure is not None:
            own = tuple(where for where in (question.where, each.where) if where is not None)
            check_question(RollupQuestion(each.measure, by, Where(all_of=own)))
        elif each.count is not None:
            check_counted(each.count, by)
    for name in (*(each.column for each in question.having), *(each.column for each in question.order_by)):
        if name is not None:
            _require_column(kinds, name, "having, orderBy")
    if question.top is not None:
        _require_column(kinds, question.top.column, "topN")
        if question.top.count < 1:
            raise QuestionError(f"topN: {question.top.count} groups; ask for one or more, such as n: 5")
    grouped = [each.dimension for each in by]
    named = [each.dimension for each in question.order_by] + list(question.top.within if question.top else ())
    for dimension in named:
        if dimension is not None and dimension not in grouped:
            raise QuestionError(f"{dimension.name}: the table is not grouped by it; add it to `by`")


def _require_column(kinds: Mapping[str, ColumnKind], name: str, place: str) -> None:
    if name not in kinds:
        raise QuestionError(
            f"{place}: {name[:_SHOWN]!r} is no column before it; there are {', '.join(kinds) or 'none'}"
        )


def kinds_of(columns: Sequence[Expression]) -> dict[str, ColumnKind]:
    """What each column holds. Raises QuestionError for a formula over what is not there or does not fit together."""
    kinds: dict[str, ColumnKind] = {}
    for each in columns:
        if not each.name or len(each.name) > _SHOWN:
            raise QuestionError(f"name: {each.name[:_SHOWN]!r}; give a column a name of 1 to {_SHOWN} characters")
        if each.name in kinds:
            raise QuestionError(f"name: two columns are called {each.name!r}; give each a name of its own")
        if not 0 <= each.decimals <= _MOST_DECIMALS:
            raise QuestionError(f"decimals: {each.decimals}; round to 0 to {_MOST_DECIMALS} decimals")
        if not 0 <= each.years_before <= _MOST_DECIMALS:
            raise QuestionError(f"yearsBefore: {each.years_before}; look back 0 to {_MOST_DECIMALS} years")
        own = ColumnKind.COUNT if each.count is not None or each.measure in COUNTED_IN else ColumnKind.MONEY
        kinds[each.name] = own if each.formula is None else _kind_of(each, kinds)
    return kinds


def _kind_of(column: Expression, kinds: Mapping[str, ColumnKind]) -> ColumnKind:
    for name in (column.of, column.to):
        if name is not None:
            _require_column(kinds, name, column.name)
    own, other = kinds[column.of], kinds[column.to or column.of]
    if column.formula is Formula.PER:
        if other is not ColumnKind.COUNT or own is ColumnKind.PERCENT:
            raise QuestionError(f"{column.name}: per divides money or a count by a count, such as vehicles")
        return own
    if own is not other:
        raise QuestionError(f"{column.name}: {column.of} is {own.name} and {column.to} is {other.name}: not comparable")
    return own if column.formula is Formula.DIFFERENCE else ColumnKind.PERCENT


def grains_of(question: AnalysisQuestion) -> list[Grain]:
    """The groups of all dimensions, then those with some of them summed away, as the totals ask for.

    The year is summed away only where several may be added up.
    """
    by = question.by
    found: list[Grain] = [by]
    if question.totals is Totals.ROLLUP:
        found += [by[:length] for length in range(len(by) - 1, -1, -1)]
    elif question.totals is Totals.CUBE:
        found += [part for length in range(len(by) - 1, -1, -1) for part in combinations(by, length)]
    is_by_year = any(each.dimension is Dimension.FISCAL_YEAR for each in by)
    return [
        grain
        for grain in found
        if not is_by_year or question.across_years or any(each.dimension is Dimension.FISCAL_YEAR for each in grain)
    ]
