"""What may be asked of figures: the inputs, and the questions that they are."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

import strawberry

from graph_data import rollup as totals
from graph_data.core.amount import AmountUnit
from graph_data.core.terms import Dimension, ExpenditureNature, Fund, FundSource
from graph_data.rollup import OrderKey
from schema.describe import given, told
from schema.order import OrderDirection

_Value = TypeVar("_Value")


def _tuple(value: list[_Value] | None) -> tuple[_Value, ...] | None:
    return None if not isinstance(value, list) else tuple(value)


@strawberry.input(description="Group by a dimension, rolled up to a level of its tree (分组).")
class GroupBy:
    dimension: Dimension = strawberry.field(description="The dimension (汇总维度)")
    level: int | None = given("Roll up to this level of the dimension's tree; as printed where left out (级次)")

    def question(self) -> totals.GroupBy:
        return totals.GroupBy(self.dimension, told(self.level))


@strawberry.input(
    description="Members of a tree; under: the member with this code or id, and everything below it (层级筛选)."
)
class TreeFilter:
    eq: str | None = given("The member with this code or id (等于)")
    in_: list[str] | None = strawberry.field(
        name="in", default=strawberry.UNSET, description="Members with one of these codes or ids (属于)"
    )
    under: str | None = given("The member with this code or id, and everything below it (及其下级)")
    under_any: list[str] | None = given("As under, for any of these (任一及其下级)")
    level: int | None = given("Members of this level (级次)")

    def question(self) -> totals.TreeFilter:
        return totals.TreeFilter(
            told(self.eq), _tuple(self.in_), told(self.under), _tuple(self.under_any), told(self.level)
        )


@strawberry.input(description="Fiscal years; everything given must hold (年度筛选).")
class YearFilter:
    eq: int | None = given("This year (等于)")
    in_: list[int] | None = strawberry.field(
        name="in", default=strawberry.UNSET, description="One of these years (属于)"
    )
    gte: int | None = given("This year or later (不早于)")
    lte: int | None = given("This year or earlier (不晚于)")

    def question(self) -> totals.YearFilter:
        return totals.YearFilter(told(self.eq), _tuple(self.in_), told(self.gte), told(self.lte))


@strawberry.input(description="The amount of a single figure, compared exactly; everything given must hold (金额筛选).")
class DecimalFilter:
    eq: Decimal | None = given("Exactly this (等于)")
    gt: Decimal | None = given("More than this (大于)")
    gte: Decimal | None = given("This or more (不小于)")
    lt: Decimal | None = given("Less than this (小于)")
    lte: Decimal | None = given("This or less (不大于)")
    unit: AmountUnit | None = strawberry.field(
        default=AmountUnit.WAN_YUAN, description="The unit of the amounts given (金额单位)"
    )

    def question(self) -> totals.AmountFilter:
        return totals.AmountFilter(
            told(self.eq),
            told(self.gt),
            told(self.gte),
            told(self.lt),
            told(self.lte),
            self.unit or AmountUnit.WAN_YUAN,
        )


@strawberry.input(description="Which figures; everything given must hold (筛选条件).")
class FigureWhere:
    and_: list[FigureWhere] | None = strawberry.field(
        name="and", default=strawberry.UNSET, description="All of these hold (且)"
    )
    or_: list[FigureWhere] | None = strawberry.field(
        name="or", default=strawberry.UNSET, description="One of these holds (或)"
    )
    not_: FigureWhere | None = strawberry.field(
        name="not", default=strawberry.UNSET, description="This does not hold (非)"
    )
    fiscal_year: YearFilter | None = given("Fiscal year (年度)")
    division: TreeFilter | None = given("Division (行政区划)")
    department: TreeFilter | None = given("Department (部门)")
    unit: TreeFilter | None = given("Unit, of projects (预算单位)")
    project: TreeFilter | None = given("Project (项目)")
    functional_subject: TreeFilter | None = given("Functional subject (功能分类科目)")
    economic_subject: TreeFilter | None = given("Economic subject (经济分类科目)")
    nature: ExpenditureNature | None = given("Nature of the expenditure (支出性质)")
    fund: Fund | None = given("Budget that it comes out of (预算种类)")
    fund_source: FundSource | None = given("Source of a project's funds (项目资金来源)")
    amount: DecimalFilter | None = given("The amount (金额)")

    def question(self) -> totals.Where:
        any_of, negated = _tuple(self.or_), told(self.not_)
        return totals.Where(
            all_of=tuple(each.question() for each in _tuple(self.and_) or ()),
            any_of=None if any_of is None else tuple(each.question() for each in any_of),
            negated=None if negated is None else negated.question(),
            fiscal_year=_year(self.fiscal_year),
            division=_tree(self.division),
            department=_tree(self.department),
            unit=_tree(self.unit),
            project=_tree(self.project),
            functional_subject=_tree(self.functional_subject),
            economic_subject=_tree(self.economic_subject),
            nature=told(self.nature),
            fund=told(self.fund),
            fund_source=told(self.fund_source),
            amount=self.amount.question() if isinstance(self.amount, DecimalFilter) else None,
        )


def _tree(value: TreeFilter | None) -> totals.TreeFilter | None:
    return value.question() if isinstance(value, TreeFilter) else None


def _year(value: YearFilter | None) -> totals.YearFilter | None:
    return value.question() if isinstance(value, YearFilter) else None


@strawberry.input(description="One step of an order; ties fall to the next, at last to the keys in tree order (排序).")
class RollupOrder:
    by: OrderKey = strawberry.field(description="What to order by (排序依据)")
    direction: OrderDirection = strawberry.field(default=OrderDirection.DESC, description="Which way (排序方向)")

    def question(self) -> totals.RollupOrder:
        return totals.RollupOrder(self.by, descending=self.direction is OrderDirection.DESC)


def where_of(where: FigureWhere | None) -> totals.Where | None:
    """The filter of a question; None where none is given."""
    return None if where is None else where.question()
