"""绩效指标: the indicator tree of a project's self-evaluation."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from graph_data.core.achievement import is_achieved
from graph_data.core.records import IndicatorRecord
from graph_data.core.terms import Comparator, IndicatorKind
from graph_data.graph import NodeKind
from resolvers import indicators, organization, projects
from resolvers.records_of import entry
from schema.context import Info
from schema.describe import field
from schema.nodes import TreeNode
from schema.numbers import PrintedNumber
from schema.references import ProjectRef, indicator, project, wraps
from schema.rollups import ScoreRollup
from schema.sources import Source, source


@strawberry.type(description="What was aimed at, or what was achieved (指标值).")
class Target:
    record: strawberry.Private[indicators.Target]

    @field("As printed (原文)")
    def text(self) -> str:
        return self.record.text

    @field("How it is held against: at least, at most, … (比较符)")
    def comparator(self) -> Comparator | None:
        return self.record.comparator

    @field("Its number, where it is one (数值)")
    def value(self) -> Decimal | None:
        return self.record.value

    @field("What the number counts (计量单位)")
    def unit(self) -> str | None:
        return self.record.unit


@wraps(NodeKind.INDICATOR)
@strawberry.type(description="A performance indicator, level 1 to 3 of its sheet (绩效指标).")
class Indicator(TreeNode):
    @property
    def record(self) -> IndicatorRecord:
        return entry(self.graph_node, IndicatorRecord)

    @field("Its kind, of levels 1 and 2 (指标类别)")
    def kind(self) -> IndicatorKind | None:
        return self.record.kind

    @field("Its place in the sheet's tree: 2.1.3 (指标序号)")
    def path(self) -> str:
        return self.record.indicator

    @field("The project that it evaluates (项目)")
    def project(self, info: Info) -> ProjectRef:
        return project(organization.ancestor(info.context.dataset, self.graph_node, NodeKind.PROJECT))

    @field("What was aimed at; of level 3 (年度指标值)")
    def target(self) -> Target | None:
        found = indicators.target(self.record)
        return None if found is None else Target(record=found)

    @field("What was achieved; of level 3 (实际完成值)")
    def actual(self) -> Target | None:
        found = indicators.actual(self.record)
        return None if found is None else Target(record=found)

    @field("Is the target met? Null where the target is not a number (是否完成)")
    def achieved(self) -> bool | None:
        return is_achieved(self.record)

    @field("Its weight; at level 1 the printed weight of the group (分值)")
    def max_score(self) -> Decimal | None:
        return None if self.record.max_score is None else self.record.max_score.value

    @field("Its score (得分)")
    def score(self) -> Decimal | None:
        return None if self.record.score is None else self.record.score.value

    @field("The weight as printed (分值原文)")
    def printed_max_score(self) -> PrintedNumber | None:
        return None if self.record.max_score is None else PrintedNumber(record=self.record.max_score)

    @field("The score as printed (得分原文)")
    def printed_score(self) -> PrintedNumber | None:
        return None if self.record.score is None else PrintedNumber(record=self.record.score)

    @field("Why the target was missed and what is done about it (偏差原因及改进措施)")
    def deviation_note(self, info: Info) -> str | None:
        return indicators.deviation_note(info.context.dataset, self.record)

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

    @field("Where it stands (出处)")
    def source(self) -> Source:
        return source(self.record.account, self.record.source)
