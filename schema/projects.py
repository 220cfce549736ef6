"""项目, 绩效指标: a project in one fiscal year, with its funds, its self-evaluation and the indicators of its sheet."""

from __future__ import annotations

from decimal import Decimal
from operator import attrgetter
from typing import Annotated

import strawberry

from graph_data.core.achievement import is_achieved
from graph_data.core.records import FundingRecord, IndicatorRecord, ProjectRecord
from graph_data.core.terms import Comparator, FundingQuantity, FundSource, IndicatorKind, NarrativeKind
from graph_data.graph import NodeKind
from graph_data.lists.performance import INDICATORS, PROJECTS
from graph_data.rollup import ScoreRollup as ScoreRollupRecord
from resolvers import nodes, projects
from resolvers.nodes import entry
from resolvers.paging import DEFAULT_FIRST, Cut
from schema.context import Info
from schema.documents import Source, placed, source
from schema.fields import Money, PrintedNumber, attribute, field, made, money, printed, recorded
from schema.figures import Rollup, ScoreRollup, rollup_under
from schema.listed import listed
from schema.nodes import After, Connection, First, TreeNode, department, indicator, project, shows, subject, unit
from schema.organization import Department, MeasureArgument, Subject, Unit
from schema.series import SeriesPoint, over_the_years
from schema.stated import Fact, fact

IndicatorLevel = Annotated[
    int | None, strawberry.argument(description="Level of the indicators; 1 where left out (指标级次)")
]


@strawberry.type(description="One printed cell of a project's funds block (资金单元格).")
class FundingCell:
    record: strawberry.Private[FundingRecord]

    quantity: FundingQuantity = attribute("What its column holds (栏目)")
    number: PrintedNumber = made("The number (数字)", "record.number", printed)
    source: Source = placed()


@strawberry.type(description="A source of a project's funds, by phase, with its weight, rate and score (项目资金).")
class FundingLine:
    record: strawberry.Private[projects.FundingLine]

    source: FundSource = attribute("The source of funds (资金来源)")

    @field("Budget at the opening of the year (年初预算数)")
    def initial_budget(self) -> Money | None:
        return money(self.record.fen(FundingQuantity.INITIAL_BUDGET))

    @field("Budget as revised in the year (全年预算数)")
    def revised_budget(self) -> Money | None:
        return money(self.record.fen(FundingQuantity.REVISED_BUDGET))

    @field("What was spent (全年执行数)")
    def executed(self) -> Money | None:
        return money(self.record.fen(FundingQuantity.EXECUTED))

    @field("Execution rate in percent, as printed (执行率)")
    def execution_rate(self) -> Decimal | None:
        return self.record.value(FundingQuantity.EXECUTION_RATE)

    @field("Weight of the funds in the evaluation (分值)")
    def max_score(self) -> Decimal | None:
        return self.record.value(FundingQuantity.MAX_SCORE)

    @field("Score of the funds in the evaluation (得分)")
    def score(self) -> Decimal | None:
        return self.record.value(FundingQuantity.SCORE)

    @field("Every printed cell of the row, with its place (各单元格)")
    def cells(self) -> list[FundingCell]:
        return [FundingCell(record=record) for record in self.record.records]


@strawberry.type(description="What was aimed at, or what was achieved (指标值).")
class Target:
    text: str = strawberry.field(description="As printed (原文)")
    comparator: Comparator | None = strawberry.field(
        description="How it is held against: at least, at most, … (比较符)"
    )
    value: Decimal | None = strawberry.field(description="Its number, where it is one (数值)")
    unit: str | None = strawberry.field(description="What the number counts (计量单位)")


def _target(record: IndicatorRecord) -> Target | None:
    if record.target_text is None:
        return None
    return Target(
        text=record.target_text,
        comparator=record.target_comparator,
        value=record.target_value,
        unit=record.target_unit,
    )


def _actual(record: IndicatorRecord) -> Target | None:
    if record.actual_text is None:
        return None
    return Target(
        text=record.actual_text,
        comparator=record.actual_comparator,
        value=record.actual_value,
        unit=record.actual_unit,
    )


@shows(NodeKind.INDICATOR)
@strawberry.type(description="A performance indicator, level 1 to 3 of its sheet (绩效指标).")
class Indicator(TreeNode):
    @property
    def record(self) -> IndicatorRecord:
        return entry(self.graph_node, IndicatorRecord)

    kind: IndicatorKind | None = recorded("Its kind, of levels 1 and 2 (指标类别)")
    path: str = recorded("Its place in the sheet's tree: 2.1.3 (指标序号)", "indicator")

    @field("The project that it evaluates (项目)")
    def project(self, info: Info) -> Project:
        return project(nodes.ancestor(info.context.dataset, self.graph_node, NodeKind.PROJECT))

    fiscal_year: int = listed(INDICATORS, "fiscalYear")

    @field("The department whose project it evaluates (部门)")
    def department(self, info: Info) -> Department:
        return department(nodes.ancestor(info.context.dataset, self.graph_node, NodeKind.DEPARTMENT))

    target: Target | None = made("What was aimed at; of level 3 (年度指标值)", "graph_node.record", _target)
    actual: Target | None = made("What was achieved; of level 3 (实际完成值)", "graph_node.record", _actual)
    achieved: bool | None = made(
        "Is the target met? Null where the target is not a number (是否完成)", "graph_node.record", is_achieved
    )
    max_score: Decimal | None = made(
        "Its weight; at level 1 the printed weight of the group (分值)",
        "graph_node.record.max_score",
        attrgetter("value"),
    )
    score: Decimal | None = made("Its score (得分)", "graph_node.record.score", attrgetter("value"))
    score_ratio: Decimal | None = listed(INDICATORS, "scoreRatio")

    printed_max_score: PrintedNumber | None = made(
        "The weight as printed (分值原文)", "graph_node.record.max_score", printed
    )
    printed_score: PrintedNumber | None = made("The score as printed (得分原文)", "graph_node.record.score", printed)

    @field("Why the target was missed and what is done about it (偏差原因及改进措施)")
    def deviation_note(self, info: Info) -> str | None:
        return projects.deviation_note(info.context.dataset, self.record)

    @field("The indicator above; null at level 1 (上级指标)")
    def parent(self, info: Info) -> Indicator | None:
        found = info.context.dataset.graph.parent(self.graph_node.id)
        return indicator(found) if found is not None and found.kind is NodeKind.INDICATOR else None

    @field("The indicators directly below (下级指标)")
    def children(self, info: Info) -> list[Indicator]:
        return [indicator(found) for found in info.context.dataset.graph.children(self.graph_node.id)]

    @field("Weights and scores summed below it (得分汇总)")
    def scores(self, info: Info) -> ScoreRollup:
        return ScoreRollup(record=projects.scores(info.context.dataset, self.graph_node))

    source: Source = placed()


@strawberry.type(description="How the implementing unit itself evaluates a project (绩效自评).")
class SelfEvaluation:
    record: strawberry.Private[ProjectRecord]
    rolled_up: strawberry.Private[ScoreRollupRecord]

    @field("The score that the summary prints (自评得分)")
    def reported_score(self) -> Decimal | None:
        return None if self.record.self_evaluation_score is None else self.record.self_evaluation_score.value

    @field("The sum of the scores on the sheet; null where no sheet is attached (得分合计)")
    def derived_score(self) -> Decimal | None:
        return None if self.record.sheet_source is None else self.rolled_up.derived_score

    grade: str | None = attribute("The grade (自评等级)")
    printed_score: PrintedNumber | None = made(
        "The score of the summary as printed (自评得分原文)", "record.self_evaluation_score", printed
    )
    printed_total_max_score: PrintedNumber | None = made(
        "The total weight that the sheet prints (总分分值)", "record.total_max_score", printed
    )
    printed_total_score: PrintedNumber | None = made(
        "The total score that the sheet prints (总分得分)", "record.total_score", printed
    )

    @field("Where the sheet prints its totals; null where it prints none (总分出处)")
    def total_source(self) -> Source | None:
        found = self.record.total_source
        return None if found is None else source(self.record.account, found)

    @field("Weights and scores summed over the sheet (得分汇总)")
    def scores(self) -> ScoreRollup:
        return ScoreRollup(record=self.rolled_up)


@shows(NodeKind.PROJECT)
@strawberry.type(description="A project, in one fiscal year (项目).")
class Project(TreeNode):
    @property
    def record(self) -> ProjectRecord:
        return entry(self.graph_node, ProjectRecord)

    @field("The other spellings that the document uses (其他写法)")
    def aliases(self, info: Info) -> list[str]:
        return [alias.name for alias in projects.aliases(info.context.dataset, self.record)]

    @field("Where each of the other spellings stands, in their order (其他写法出处)")
    def alias_sources(self, info: Info) -> list[Source]:
        found = projects.aliases(info.context.dataset, self.record)
        return [source(alias.account, alias.source) for alias in found]

    series: list[SeriesPoint] = over_the_years()
    number: int = recorded("Its number in the summary of self-evaluations (序号)", "project")
    fiscal_year: int = recorded("Fiscal year (年度)", "account.fiscal_year")

    @field("The unit that runs it (实施单位)")
    def unit(self, info: Info) -> Unit:
        return unit(nodes.ancestor(info.context.dataset, self.graph_node, NodeKind.UNIT))

    @field("The department above that unit (主管部门)")
    def department(self, info: Info) -> Department:
        return department(nodes.ancestor(info.context.dataset, self.graph_node, NodeKind.DEPARTMENT))

    @field("Its funds by source; empty where no sheet is attached (项目资金)")
    def funding(self, info: Info) -> list[FundingLine]:
        return [FundingLine(record=row) for row in projects.funding(info.context.dataset, self.record)]

    @field("Execution rate of all its funds in percent, as printed (执行率)")
    def execution_rate(self, info: Info) -> Decimal | None:
        return projects.execution_rate(info.context.dataset, self.record)

    derived_execution_rate: Decimal | None = listed(PROJECTS, "derivedExecutionRate")
    initial_budget: Money | None = listed(PROJECTS, "initialBudget")
    revised_budget: Money | None = listed(PROJECTS, "revisedBudget")
    executed: Money | None = listed(PROJECTS, "executed")
    grade: str | None = listed(PROJECTS, "grade")
    self_evaluation_score: Decimal | None = listed(PROJECTS, "selfEvaluationScore")
    missed_indicators: int = listed(PROJECTS, "missedIndicators")

    @field("What the year was to bring, where the dataset holds the words (年度总体目标)")
    def annual_goal(self, info: Info) -> str | None:
        about = str(self.record.project)
        return projects.words(info.context.dataset, self.record.account, NarrativeKind.ANNUAL_GOAL, about)

    @field("What the year brought, where the dataset holds the words (目标实际完成情况)")
    def goal_outcome(self, info: Info) -> str | None:
        about = str(self.record.project)
        return projects.words(info.context.dataset, self.record.account, NarrativeKind.GOAL_OUTCOME, about)

    @field("Its self-evaluation (绩效自评)")
    def self_evaluation(self, info: Info) -> SelfEvaluation | None:
        record = self.record
        if not projects.is_evaluated(record):
            return None
        return SelfEvaluation(record=record, rolled_up=projects.scores(info.context.dataset, self.graph_node))

    @field("The score of the department's own evaluation, where the document states one (部门评价得分)")
    def evaluation_score(self, info: Info) -> Decimal | None:
        return projects.evaluation_score(info.context.dataset, self.record)

    @field("What the prose and the evaluation reports state of it (文字说明中的数字)")
    def facts(self, info: Info) -> list[Fact]:
        return [fact(record) for record in projects.facts(info.context.dataset, self.record)]

    @field("The subjects that figures show it to be charged to (列支科目)")
    def subjects(self, info: Info) -> list[Subject]:
        return [subject(found) for found in projects.subjects(info.context.dataset, self.graph_node)]

    @field("Its indicators of one level (绩效指标)")
    def indicators(
        self, info: Info, level: IndicatorLevel = None, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Indicator]:
        page = projects.indicators_of(info.context.dataset, self.graph_node, level, Cut(first, after))
        return Connection(page=page, wrap=indicator)

    @field("The total of a measure of it (汇总数)")
    def rollup(self, info: Info, measure: MeasureArgument) -> Rollup:
        return rollup_under(info, self.graph_node, measure)

    source: Source = placed("Where the summary lists it (出处)")

    @field("Where its sheet stands; null where none is attached (自评表出处)")
    def sheet_source(self) -> Source | None:
        found = self.record.sheet_source
        return None if found is None else source(self.record.account, found)
