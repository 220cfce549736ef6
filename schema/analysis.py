"""分析: tables of several measures at once, with formulas over them, by group."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import strawberry

from graph_data import analysis
from graph_data import rollup as totals
from graph_data.analysis import ColumnKind, Formula, Totals
from graph_data.core.amount import AmountUnit, in_unit
from graph_data.core.terms import Basis, Dimension, Measure
from graph_data.counts import Counted
from resolvers import figures
from resolvers.paging import DEFAULT_FIRST, Cut
from schema.context import Info
from schema.enums import OrderDirection
from schema.fields import Money, attribute, field, given, made, money, told
from schema.figures import (
    Caveat,
    Coverage,
    FigureWhere,
    GroupBy,
    GroupKey,
    Rollup,
    coverage,
    rollup_of,
    where_of,
)
from schema.nodes import After, Connection, First


@strawberry.input(description="Two columns by their names, each one that stands before (两栏).")
class Operands:
    of: str = strawberry.field(description="The column (本栏)")
    to: str = strawberry.field(description="What it is held against (对比栏)")


@strawberry.input(description="A column and what it has grown against (增减).")
class GrowthOf:
    of: str = strawberry.field(description="The column (本栏)")
    to: str | None = given("Another column; the same one, years before, where left out (对比栏)")
    years_before: int = strawberry.field(default=1, description="How many years before; 1 is the last year (前几年)")


@strawberry.input(
    description="One column of an analysis: a measure, a count, or a formula over columns that stand before it; give "
    "exactly one of measure, count, ratio, difference, growth, per, shareOfTotal, shareOfParent (分析栏)."
)
class MeasureExpression:
    name: str | None = given("What the column is called; the measure or the formula where left out (栏名)")
    measure: Measure | None = given("A measure (指标口径)")
    count: Counted | None = given("A number of things (计数对象)")
    where: FigureWhere | None = given("Of a measure or a count: these only (筛选条件)")
    years_before: int = strawberry.field(
        default=0, description="Of a measure or a count: so many years before (前几年)"
    )
    ratio: Operands | None = given("One column in percent of another: of / to (比率)")
    difference: Operands | None = given("One column less another: of - to (差额)")
    growth: GrowthOf | None = given("Growth in percent: (of - to) / to (增减率)")
    per: Operands | None = given("One column for each thing that another counts: of / to (平均)")
    share_of_total: str | None = given(
        "A column's part of everything selected, of the row's own year where it is by year, in percent (占总计比重)"
    )
    share_of_parent: str | None = given(
        "A column's part of the group above, in percent: a level up in the tree of the last dimension, else all of it "
        "(占上级比重)"
    )
    decimals: int = strawberry.field(
        default=2, description="What a percentage or an average is rounded to, half away from zero (小数位数)"
    )

    def question(self) -> analysis.Expression:
        formulas: dict[Formula, Operands | GrowthOf | str | None] = {
            Formula.RATIO: told(self.ratio),
            Formula.DIFFERENCE: told(self.difference),
            Formula.GROWTH: told(self.growth),
            Formula.PER: told(self.per),
            Formula.SHARE_OF_TOTAL: told(self.share_of_total),
            Formula.SHARE_OF_PARENT: told(self.share_of_parent),
        }
        chosen = [(formula, operands) for formula, operands in formulas.items() if operands is not None]
        measure, name, where = told(self.measure), told(self.name), told(self.where)
        count = told(self.count)
        bases = [each for each in (measure, count) if each is not None]
        analysis.require_one(name, [each.name for each in (*bases, *(formula for formula, _ in chosen))])
        if not chosen:
            return analysis.Expression(name or bases[0].name, measure, count, where_of(where), self.years_before)
        formula, operands = chosen[0]
        of, to = (operands, None) if isinstance(operands, str) else (operands.of, told(operands.to))
        back = operands.years_before if isinstance(operands, GrowthOf) else 0
        named = name or " ".join(filter(None, (formula.name, of, to)))
        return analysis.Expression(named, None, None, None, back, formula, of, to, self.decimals)


@strawberry.input(description="A condition on a column, compared exactly; everything given must hold (栏目条件).")
class AnalysisHaving:
    column: str = strawberry.field(description="The column's name (栏名)")
    eq: Decimal | None = given("Exactly this (等于)")
    gt: Decimal | None = given("More than this (大于)")
    gte: Decimal | None = given("This or more (不小于)")
    lt: Decimal | None = given("Less than this (小于)")
    lte: Decimal | None = given("This or less (不大于)")
    is_null: bool | None = given("Only empty cells, or only others (是否为空)")
    unit: AmountUnit = strawberry.field(default=AmountUnit.WAN_YUAN, description="The unit of money (金额单位)")

    def question(self) -> analysis.Having:
        return analysis.Having(
            self.column,
            told(self.eq),
            told(self.gt),
            told(self.gte),
            told(self.lt),
            told(self.lte),
            told(self.is_null),
            self.unit,
        )


@strawberry.input(description="One step of an order: by a column or by a dimension; empty cells come last (排序).")
class AnalysisOrder:
    column: str | None = given("A column's name (栏名)")
    dimension: Dimension | None = given("A dimension, in the order of its members (汇总维度)")
    direction: OrderDirection = strawberry.field(default=OrderDirection.DESC, description="Which way (排序方向)")

    def question(self) -> analysis.TableOrder:
        descending = self.direction is OrderDirection.DESC
        return analysis.TableOrder(told(self.column), told(self.dimension), descending)


@strawberry.input(description="Only the first groups by a column, of all or within others (前几名).")
class TopN:
    n: int = strawberry.field(description="How many (个数)")
    column: str = strawberry.field(description="By which column (栏名)")
    within: list[Dimension] | None = given("So many for each member of these dimensions (分组内)")
    direction: OrderDirection = strawberry.field(
        default=OrderDirection.DESC, description="The largest, or with ASC the smallest (排序方向)"
    )

    def question(self) -> analysis.TopN:
        within = tuple(told(self.within) or ())
        return analysis.TopN(self.n, self.column, within, self.direction is OrderDirection.DESC)


Measures = Annotated[list[MeasureExpression], strawberry.argument(description="The columns, in order (各栏)")]
HavingArgument = Annotated[
    list[AnalysisHaving] | None, strawberry.argument(description="Only groups whose cells are so (栏目条件)")
]
Order = Annotated[
    list[AnalysisOrder] | None, strawberry.argument(description="The order; by keys where left out (排序)")
]
Top = Annotated[TopN | None, strawberry.argument(description="Only the first groups by a column (前几名)")]
TotalsArgument = Annotated[
    Totals, strawberry.argument(name="totals", description="Which rows of totals follow the groups (合计行)")
]


def question_of(
    measures: list[MeasureExpression],
    by: list[GroupBy],
    where: FigureWhere | None,
    having: list[AnalysisHaving] | None,
    order_by: list[AnalysisOrder] | None,
    top_n: TopN | None,
    totals: Totals,
    across_years: bool,
) -> analysis.AnalysisQuestion:
    """The question that the arguments of `analyze` ask."""
    return analysis.AnalysisQuestion(
        columns=tuple(each.question() for each in measures),
        by=tuple(each.question() for each in by),
        where=where_of(where),
        having=tuple(each.question() for each in having or ()),
        order_by=tuple(each.question() for each in order_by or ()),
        top=None if top_n is None else top_n.question(),
        totals=totals,
        across_years=across_years,
    )


@strawberry.type(description="What a column of an analysis holds (分析栏).")
class AnalysisColumn:
    record: strawberry.Private[analysis.Column]

    name: str = attribute("Its name (栏名)")
    kind: ColumnKind = attribute("What its cells are (数值种类)")
    unit: str = attribute("What `value` and `text` of its cells count: 万元, %, or nothing for a count (单位)")
    measure: Measure | None = attribute("The measure, where it is one (指标口径)", "record.expression.measure")
    count: Counted | None = attribute("What it counts, where it is a count (计数对象)", "record.expression.count")
    formula: Formula | None = attribute("The formula, where it is one (公式)", "record.expression.formula")
    decimals: int | None = attribute(
        "The decimals that it is rounded to, half away from zero (四舍五入); null where it is exact (小数位数)"
    )


@strawberry.type(description="One cell of an analysis; empty where nothing is published: blank is not zero (单元格).")
class AnalysisCell:
    record: strawberry.Private[analysis.Cell]
    column: strawberry.Private[analysis.Column]
    table: strawberry.Private[analysis.AnalysisTable]
    keys: strawberry.Private[tuple[totals.GroupKey, ...]]

    @field("The amount, in a column of money (金额)")
    def money(self) -> Money | None:
        return money(self.fen)

    @property
    def fen(self) -> int | None:
        number = self.record.number
        if number is None or self.column.kind is not ColumnKind.MONEY:
            return None
        return int(self.column.rounded(number))

    @field("The number in the unit of the column (数值)")
    def value(self) -> Decimal | None:
        text = self.text()
        return None if text is None else Decimal(text)

    @field("The same, as one writes it; null for an empty cell (文本)")
    def text(self) -> str | None:
        number = self.record.number
        if number is None:
            return None
        return in_unit(self.fen, AmountUnit.WAN_YUAN) if self.fen is not None else f"{self.column.rounded(number):f}"

    coverage: Coverage = made(
        "How complete it is; of a formula, that of the less complete part (覆盖情况)", "record.coverage", coverage
    )
    basis: Basis | None = attribute(
        "Whether it is as printed; a formula is where both its parts are; null for an empty cell (数据依据)"
    )

    @field("The total behind it, with its lineage and its caveats; null for a formula and an empty cell (汇总数)")
    def rollup(self) -> Rollup | None:
        found = self.record.rollup
        if found is None:
            return None
        return rollup_of(found, self.table.scope_of(self.column), self.keys)


@strawberry.type(description="One group of an analysis, or a row of totals (分析行).")
class AnalysisRow:
    record: strawberry.Private[analysis.Group]

    @field("The members that it stands for, in the order asked; of totals, those that are left (分组项)")
    def keys(self) -> list[GroupKey]:
        return [GroupKey(record=key) for key in self.record.keys]

    @field("A cell a column, in the order of the columns (单元格)")
    def cells(self) -> list[AnalysisCell]:
        table, keys = self.record.table, self.record.keys
        pairs = zip(self.record.cells, table.columns, strict=True)
        return [AnalysisCell(record=cell, column=column, table=table, keys=keys) for cell, column in pairs]

    summed_away: list[Dimension] = attribute(
        "Of a row of totals: the dimensions that were summed away; empty for others (已合并维度)"
    )


@strawberry.type(description="A table of several measures and formulas by group (分析表).")
class Analysis:
    record: strawberry.Private[analysis.AnalysisTable]

    @field("Its columns, in order (各栏)")
    def columns(self) -> list[AnalysisColumn]:
        return [AnalysisColumn(record=column) for column in self.record.columns]

    @field("The groups in order, then the rows of totals (各行)")
    def rows(self, info: Info, first: First = DEFAULT_FIRST, after: After = None) -> Connection[AnalysisRow]:
        page = figures.analysis_rows(info.context.dataset, self.record, Cut(first, after))
        return Connection(page=page, wrap=analysis_row)

    @field("Everything that the filter selects in one row; empty where years would be added up unasked (总计)")
    def total(self) -> AnalysisRow:
        return AnalysisRow(record=self.record.total)

    fiscal_year: int | None = attribute(
        "The year that it is of; null where it is grouped by year or adds up several (年度)"
    )

    @field("What it does not say by itself (说明)")
    def caveats(self) -> list[Caveat]:
        return [Caveat(record=each) for each in self.record.caveats]


def analysis_row(record: analysis.Group) -> AnalysisRow:
    """A row of an analysis as the API shows it."""
    return AnalysisRow(record=record)
