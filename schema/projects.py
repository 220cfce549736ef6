"""项目: a project in one fiscal year, with its funds and its self-evaluation."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import strawberry

from graph_data.core.records import ProjectRecord
from graph_data.core.terms import NarrativeKind
from graph_data.graph import Node as GraphNode
from graph_data.graph import NodeKind
from graph_data.rollup import ScoreRollup as ScoreRollupRecord
from resolvers import indicators, organization, projects
from resolvers.figures import rollup_of
from resolvers.paging import DEFAULT_FIRST, Cut
from resolvers.records_of import entry
from schema.classification import Subject
from schema.context import Info
from schema.describe import field
from schema.facts import Fact, fact
from schema.indicators import Indicator
from schema.nodes import TreeNode
from schema.numbers import FundingLine, PrintedNumber
from schema.organization import Department, MeasureArgument, Unit
from schema.paging import After, Connection, First
from schema.references import department, indicator, subject, unit, wraps
from schema.rollups import Rollup, ScoreRollup, rollup
from schema.sources import Source, source

IndicatorLevel = Annotated[
    int | None, strawberry.argument(description="Level of the indicators; 1 where left out (指标级次)")
]


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

    @field("The grade (自评等级)")
    def grade(self) -> str | None:
        return self.record.grade

    @field("The score of the summary as printed (自评得分原文)")
    def printed_score(self) -> PrintedNumber | None:
        found = self.record.self_evaluation_score
        return None if found is None else PrintedNumber(record=found)

    @field("The total weight that the sheet prints (总分分值)")
    def printed_total_max_score(self) -> PrintedNumber | None:
        return None if self.record.total_max_score is None else PrintedNumber(record=self.record.total_max_score)

    @field("The total score that the sheet prints (总分得分)")
    def printed_total_score(self) -> PrintedNumber | None:
        return None if self.record.total_score is None else PrintedNumber(record=self.record.total_score)

    @field("Where the sheet prints its totals; null where it prints none (总分出处)")
    def total_source(self) -> Source | None:
        found = self.record.total_source
        return None if found is None else source(self.record.account, found)

    @field("Weights and scores summed over the sheet (得分汇总)")
    def scores(self) -> ScoreRollup:
        return ScoreRollup(record=self.rolled_up)


def self_evaluation(info: Info, node: GraphNode) -> SelfEvaluation | None:
    """The self-evaluation of a project; None where the document holds nothing of it."""
    record = entry(node, ProjectRecord)
    if not projects.is_evaluated(record):
        return None
    return SelfEvaluation(record=record, rolled_up=projects.scores(info.context.dataset, node))


@wraps(NodeKind.PROJECT)
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

    @field("Its number in the summary of self-evaluations (序号)")
    def number(self) -> int:
        return self.record.project

    @field("Fiscal year (年度)")
    def fiscal_year(self) -> int:
        return self.record.account.fiscal_year

    @field("The unit that runs it (实施单位)")
    def unit(self, info: Info) -> Unit:
        return unit(organization.ancestor(info.context.dataset, self.graph_node, NodeKind.UNIT))

    @field("The department above that unit (主管部门)")
    def department(self, info: Info) -> Department:
        return department(organization.ancestor(info.context.dataset, self.graph_node, NodeKind.DEPARTMENT))

    @field("Its funds by source; empty where no sheet is attached (项目资金)")
    def funding(self, info: Info) -> list[FundingLine]:
        return [FundingLine(row=row) for row in projects.funding(info.context.dataset, self.record)]

    @field("Execution rate of all its funds in percent, as printed (执行率)")
    def execution_rate(self, info: Info) -> Decimal | None:
        return projects.execution_rate(info.context.dataset, self.record)

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
        return self_evaluation(info, self.graph_node)

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
        page = indicators.indicators_of(info.context.dataset, self.graph_node, level, Cut(first, after))
        return Connection(page=page, wrap=indicator)

    @field("The total of a measure of it (汇总数)")
    def rollup(self, info: Info, measure: MeasureArgument) -> Rollup:
        return rollup(rollup_of(info.context.dataset, self.graph_node, measure))

    @field("Where the summary lists it (出处)")
    def source(self) -> Source:
        return source(self.record.account, self.record.source)

    @field("Where its sheet stands; null where none is attached (自评表出处)")
    def sheet_source(self) -> Source | None:
        found = self.record.sheet_source
        return None if found is None else source(self.record.account, found)
