"""Published numbers, what may be asked of them, and totals over groups: summed, as printed, and how complete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, TypeVar, cast

import strawberry

from graph_data import rollup as totals
from graph_data import scope as scopes
from graph_data.core.amount import AmountUnit
from graph_data.core.errors import QuestionError
from graph_data.core.terms import (
    Basis,
    BudgetPhase,
    Dimension,
    ExpenditureNature,
    Fund,
    FundSource,
    Measure,
    RevenueSource,
    StatementForm,
    ThreePublicItemKind,
)
from graph_data.dataset import Dataset
from graph_data.figures import DIMENSIONS
from graph_data.figures import Figure as FigureRecord
from graph_data.figures.measures import COUNTED_IN, SCOPES
from graph_data.figures.measures import MeasureScope as MeasureRecord
from graph_data.graph import Node as GraphNode
from graph_data.rollup import OrderKey
from resolvers import figures, nodes
from resolvers.paging import DEFAULT_FIRST, Cut
from schema.context import Info, Words, spoken
from schema.documents import Source, placed
from schema.enums import OrderDirection
from schema.fields import Money, attribute, field, given, made, money, told
from schema.nodes import (
    After,
    Connection,
    DepartmentRef,
    First,
    Node,
    ProjectRef,
    StatementLineRef,
    SubjectRef,
    TreeNode,
    UnitRef,
    department,
    line,
    project,
    subject,
    tree_node,
    unit,
)

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
    description="Members of a tree, each with everything below it; a code or name that several have is narrowed by "
    "what the same filter names further up, such as its division (层级筛选)."
)
class TreeFilter:
    eq: str | None = given("The member with this id, code or name, and everything below it (等于)")
    in_: list[str] | None = given("As eq, for any of these (属于)", "in")
    under: str | None = given("The same as eq (及其下级)")
    under_any: list[str] | None = given("The same as in (任一及其下级)")
    level: int | None = given("Only what stands at this level: with eq 201 and level 1, the row of 201 itself (级次)")

    def question(self) -> totals.TreeFilter:
        return totals.TreeFilter(
            told(self.eq), _tuple(self.in_), told(self.under), _tuple(self.under_any), told(self.level)
        )


@strawberry.input(description="Fiscal years; everything given must hold (年度筛选).")
class YearFilter:
    eq: int | None = given("This year (等于)")
    in_: list[int] | None = given("One of these years (属于)", "in")
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
    and_: list[FigureWhere] | None = given("All of these hold (且)", "and")
    or_: list[FigureWhere] | None = given("One of these holds (或)", "or")
    not_: FigureWhere | None = given("This does not hold (非)", "not")
    fiscal_year: YearFilter | None = given("Fiscal year (年度)")
    division: TreeFilter | None = given("Division (行政区划)")
    department: TreeFilter | None = given("Department (部门)")
    unit: TreeFilter | None = given("Unit, of projects (预算单位)")
    project: TreeFilter | None = given("Project (项目)")
    functional_subject: TreeFilter | None = given("Functional subject (功能分类科目)")
    economic_subject: TreeFilter | None = given("Economic subject (经济分类科目)")
    nature: ExpenditureNature | None = given("Nature of the expenditure (支出性质)")
    revenue_source: RevenueSource | None = given("Source of the revenue (收入来源)")
    fund: Fund | None = given("Budget that it comes out of (预算种类)")
    fund_source: FundSource | None = given("Source of a project's funds (项目资金来源)")
    three_public_item: ThreePublicItemKind | None = given(
        "Item of the three public expenses, with what is below it (“三公”经费项目)"
    )
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
            revenue_source=told(self.revenue_source),
            fund=told(self.fund),
            fund_source=told(self.fund_source),
            item=told(self.three_public_item),
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


@strawberry.type(description="One number as published, and where it stands (数字).")
class Figure(Node):
    record: strawberry.Private[FigureRecord]

    id: strawberry.ID = attribute("Stable, readable id (标识)")
    measure: Measure = attribute("What it is summed as (指标口径)")
    money: Money = made("The amount (金额)", "record.fen", money)
    number: Decimal | None = attribute("Its exact value in the printed unit (数值)", "record.number.value")
    text: str = attribute('As printed: "1,883.42", "706" (原文)', "record.number.text")
    amount_unit: str = attribute("What the document counts it in: 元, 万元, 亿元 (金额单位)", "record.number.unit")
    decimals: int = attribute(
        "Decimals of its table or text: a 706 beside 691.22 counts as 706.00 (小数位数)", "record.number.decimals"
    )
    is_total: bool = attribute("Is it a printed total, which is never summed itself (是否合计数)?")
    fiscal_year: int = attribute("Fiscal year (年度)", "record.account.fiscal_year")

    @field("Whose it is (部门)")
    def department(self, info: Info) -> DepartmentRef:
        return department(nodes.named(info.context.dataset, self.record.department))

    @field("The unit, of a project's figure (预算单位)")
    def unit(self, info: Info) -> UnitRef | None:
        found = nodes.maybe(info.context.dataset, self.record.unit)
        return None if found is None else unit(found)

    @field("The project, of a project's figure (项目)")
    def project(self, info: Info) -> ProjectRef | None:
        found = nodes.maybe(info.context.dataset, self.record.project)
        return None if found is None else project(found)

    @field("The subject that its row names (科目)")
    def subject(self, info: Info) -> SubjectRef | None:
        found = nodes.maybe(info.context.dataset, self.record.subject)
        return None if found is None else subject(found)

    statement: StatementForm | None = attribute(
        "The statement that prints it; null for prose and sheets (决算表)", "record.form"
    )

    @field("The printed row that holds it (表行)")
    def statement_line(self, info: Info) -> StatementLineRef | None:
        found = nodes.maybe(info.context.dataset, self.record.line)
        return None if found is None else line(found)

    nature: ExpenditureNature | None = attribute("Nature of the expenditure, by its column (支出性质)")
    revenue_source: RevenueSource | None = attribute("Source of the revenue, by its column (收入来源)")
    fund: Fund | None = attribute("The budget it comes out of (预算种类)")
    fund_source: FundSource | None = attribute("Source of a project's funds (项目资金来源)")
    three_public_item: ThreePublicItemKind | None = attribute(
        "Item of the three public expenses (“三公”经费项目)", "record.item"
    )
    source: Source = placed()


class Counted:
    """A figure or a total of what is counted, not money: whoever asks it for an amount is told so (QuestionError)."""

    _AMOUNTS = frozenset({"fen", "value", "derived", "reported", "difference"})

    def __init__(self, record: Any, measure: Measure) -> None:
        self.counted, self._measure = record, measure

    def __getattr__(self, name: str) -> Any:
        if name in self._AMOUNTS:
            problem = f"{self._measure.name} counts {COUNTED_IN[self._measure]} and is no money"
            raise QuestionError(f"{problem}; ask for the number of a figure, or the quantity of a rollup")
        return getattr(self.counted, name)


def figure(record: FigureRecord) -> Figure:
    """A figure of the dataset as a node."""
    return Figure(record=record if record.measure not in COUNTED_IN else cast(Any, Counted(record, record.measure)))


@strawberry.type(description="What a measure sums, as data: its unit, phase and scope (指标口径).")
class MeasureScope:
    record: strawberry.Private[MeasureRecord]

    name: Measure = attribute("The measure (指标)", "record.measure")
    chinese: str = attribute("Its Chinese term (中文名称)", "record.measure.value")
    unit: str = attribute("What it counts: 元, 辆, 人次 (计量单位)")
    is_money: bool = attribute("Is it an amount of money (是否金额)?")
    phase: BudgetPhase = attribute("Which number of a budget year it is (预算阶段)")
    with_carryover: bool = attribute("Does it hold what is carried over (是否含结转结余)?")

    @field("The budgets that the money comes out of; empty for all money of an account, and for no money (预算种类)")
    def funds(self) -> list[Fund]:
        return list(self.record.funds)

    @field("By what it is published, and so can be grouped and filtered (汇总维度)")
    def dimensions(self) -> list[Dimension]:
        return [each for each in Dimension if each in DIMENSIONS[self.record.measure]]


def measure_scope(measure: Measure) -> MeasureScope:
    """A measure as the API shows it."""
    return MeasureScope(record=SCOPES[measure])


@strawberry.type(description="A number of what a measure counts, exactly: 元 for money (数量).")
class Quantity:
    total: strawberry.Private[totals.Rollup]
    scope: strawberry.Private[MeasureRecord]

    def _number(self, value: int) -> Decimal:
        return Decimal(value) / 100 if self.scope.is_money else Decimal(value)

    @field("The headline: reported where there is one, else derived (数量)")
    def value(self) -> Decimal:
        return self._number(self.total.value)

    @field("The sum of the leaf figures under the group (计算数)")
    def derived(self) -> Decimal:
        return self._number(self.total.derived)

    @field("What the documents print for exactly this group; null where they print nothing (公开数)")
    def reported(self) -> Decimal | None:
        return None if self.total.reported is None else self._number(self.total.reported)

    unit: str = attribute("What is counted: 元, 辆, 人次 (计量单位)", "scope.unit")


@strawberry.type(
    description="How many of the members that should contribute a figure do so: 4 of 11 projects (覆盖情况)."
)
class Coverage:
    record: strawberry.Private[totals.Coverage]

    counted: int = attribute("Members with a figure (已计入)")
    expected: int = attribute("Members that should have one (应计入)")
    complete: bool = attribute("Do all contribute (是否完整)?")


def coverage(record: totals.Coverage) -> Coverage:
    """A coverage as the API shows it."""
    return Coverage(record=record)


@strawberry.type(description="What a total does not say by itself (说明).")
class Caveat:
    record: strawberry.Private[scopes.Caveat]

    code: str = attribute("Its code, the same in every language: YEARS_SUMMED (代码)", "record.name")

    @field("The words (说明文字)")
    def text(self, info: Info, language: Words = None) -> str:
        return self.record.text(spoken(info, language))


@strawberry.type(
    description="A total over one group. A partial sum never passes for a total: look at coverage and caveats (汇总数)."
)
class Rollup:
    record: strawberry.Private[totals.Rollup]
    scope: strawberry.Private[scopes.Scope | scopes.NodeScope]
    keys: strawberry.Private[Sequence[totals.GroupKey]] = ()

    value: Money = made("The headline: reported where there is one, else derived (数额)", "record.value", money)
    basis: Basis = attribute("Whether the headline is reported or derived (数据依据)")
    fiscal_year: int | None = attribute(
        "The year that it is of; null where it is grouped by year or adds up several (年度)", "scope.fiscal_year"
    )
    derived: Money = made("The sum of the leaf figures under the group (计算数)", "record.derived", money)
    reported: Money | None = made(
        "What the documents themselves print for exactly this group; null where they print nothing (公开数)",
        "record.reported",
        money,
    )
    difference: Money | None = made("Reported minus derived (差额)", "record.difference", money)
    consistent: bool | None = attribute(
        "Do their rounding intervals overlap? Null where nothing is reported (是否相符)"
    )
    coverage: Coverage = made("How complete the sum is (覆盖情况)", "record.coverage", coverage)
    measure: MeasureScope | None = made(
        "What is summed, with its unit and scope; null for a cell of a table (指标口径)", "scope.measure", measure_scope
    )

    @field("The total in the unit of its measure: things are counted, and have no value in money (数量)")
    def quantity(self) -> Quantity | None:
        if self.scope.measure is None:
            return None
        return Quantity(total=getattr(self.record, "counted", self.record), scope=SCOPES[self.scope.measure])

    @field("What it does not say by itself: years added up, transfers not eliminated, accounts missing (说明)")
    def caveats(self) -> list[Caveat]:
        return [Caveat(record=each) for each in self.scope.caveats_of(self.record, self.keys)]

    @field("Lineage: the figures that were summed (计算依据)")
    def figures(self, info: Info, first: First = DEFAULT_FIRST, after: After = None) -> Connection[Figure]:
        page = figures.lineage(info.context.dataset, "lineage", self.record.figures, Cut(first, after))
        return Connection(page=page, wrap=figure)

    @field("The printed totals that make up what is reported (公开合计数)")
    def reported_figures(self, info: Info, first: First = DEFAULT_FIRST, after: After = None) -> Connection[Figure]:
        page = figures.lineage(info.context.dataset, "reported", self.record.reported_figures, Cut(first, after))
        return Connection(page=page, wrap=figure)


def rollup_of(
    record: totals.Rollup, scope: scopes.Scope | scopes.NodeScope, keys: Sequence[totals.GroupKey] = ()
) -> Rollup:
    """A total as the API shows it."""
    if scope.measure in COUNTED_IN:
        record = cast(Any, Counted(record, cast(Measure, scope.measure)))
    return Rollup(record=record, scope=scope, keys=keys)


def rollup_under(
    info: Info,
    node: GraphNode,
    measure: Measure,
    fiscal_year: int | None = None,
    department: str | None = None,
    nature: ExpenditureNature | None = None,
    across_years: bool = False,
    dataset: Dataset | None = None,
) -> Rollup:
    """The total under a node, as the API shows it; of another dataset than the request's where one is given."""
    dataset = dataset or info.context.dataset
    record, scope = scopes.scoped_total(dataset, node, measure, fiscal_year, department, nature, across_years)
    return rollup_of(record, scope)


@strawberry.type(description="The member of a dimension that a group stands for (分组项).")
class GroupKey:
    record: strawberry.Private[totals.GroupKey]

    dimension: Dimension = attribute("The dimension (汇总维度)")
    code: str | None = attribute("Code of the member, where it has one (编码)")
    name: str = attribute("Name of the member (名称)")
    node: TreeNode | None = made("The member itself, where it is one of a tree (节点)", "record.node", tree_node)


@strawberry.type(
    description="The keys of a group, its rollup, and for subtotal rows the dimensions that were summed away (汇总行)."
)
class RollupRow:
    record: strawberry.Private[totals.RollupRow]
    scope: strawberry.Private[scopes.Scope]

    @field("The members that the group stands for, in the order asked (分组项)")
    def keys(self) -> list[GroupKey]:
        return [GroupKey(record=key) for key in self.record.keys]

    @field("The total (汇总数)")
    def rollup(self) -> Rollup:
        return rollup_of(self.record.rollup, self.scope, self.record.keys)

    summed_away: list[Dimension] = attribute(
        "Of a subtotal row: the dimensions that were summed away; empty for others (已合并维度)"
    )


@strawberry.type(description="The rows of a rollup and the total over all that it selects (汇总表).")
class RollupRowConnection(Connection[RollupRow]):
    total: strawberry.Private[Callable[[], tuple[totals.Rollup, scopes.Scope]]]

    @field("The total over all that the filter selects; of the latest year unless acrossYears, even by year (总计)")
    def grand_total(self) -> Rollup:
        total, scope = self.total()
        return rollup_of(total, scope)


def rollup_rows(found: figures.RollupPage) -> RollupRowConnection:
    """The rows of a rollup as the API shows them."""
    return RollupRowConnection(
        page=found.page,
        wrap=lambda row: RollupRow(record=row, scope=found.scope),
        total=found.grand_total,
    )


@strawberry.type(
    description="Scores and weights summed up the indicator tree, beside what the sheet prints (得分汇总)."
)
class ScoreRollup:
    record: strawberry.Private[totals.ScoreRollup]

    derived_max_score: Decimal = attribute("Sum of the weights below (分值合计)")
    reported_max_score: Decimal | None = attribute("The printed weight of the group (公开分值)")
    derived_score: Decimal = attribute("Sum of the scores below (得分合计)")
    reported_score: Decimal | None = attribute("The printed score of the group (公开得分)")
    consistent: bool | None = attribute(
        "Do sums and printed numbers agree within rounding? Null where nothing is printed (是否相符)"
    )
    coverage: Coverage = made("How many level-3 indicators print a score (覆盖情况)", "record.coverage", coverage)
