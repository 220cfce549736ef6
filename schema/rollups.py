"""Totals over groups: what they sum to, what the documents print, and how complete both are."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from graph_data import rollup as totals
from graph_data.core.terms import Dimension
from resolvers import figures
from resolvers.paging import DEFAULT_FIRST, Cut
from schema.context import Info
from schema.describe import field
from schema.figures import Figure, figure
from schema.money import Money, money
from schema.nodes import TreeNode
from schema.paging import After, Connection, First
from schema.references import tree_node


@strawberry.type(
    description="How many of the members that should contribute a figure do so: 4 of 11 projects (覆盖情况)."
)
class Coverage:
    record: strawberry.Private[totals.Coverage]

    @field("Members with a figure (已计入)")
    def counted(self) -> int:
        return self.record.counted

    @field("Members that should have one (应计入)")
    def expected(self) -> int:
        return self.record.expected

    @field("Do all contribute (是否完整)?")
    def complete(self) -> bool:
        return self.record.complete


@strawberry.type(
    description="A total over one group. A partial sum never passes for a total: look at coverage (汇总数)."
)
class Rollup:
    record: strawberry.Private[totals.Rollup]

    @field("The sum of the leaf figures under the group (计算数)")
    def derived(self) -> Money:
        return Money(amount_fen=self.record.derived)

    @field("What the documents themselves print for exactly this group; null where they print nothing (公开数)")
    def reported(self) -> Money | None:
        return money(self.record.reported)

    @field("Reported minus derived (差额)")
    def difference(self) -> Money | None:
        return money(self.record.difference)

    @field("Do their rounding intervals overlap? Null where nothing is reported (是否相符)")
    def consistent(self) -> bool | None:
        return self.record.consistent

    @field("How complete the sum is (覆盖情况)")
    def coverage(self) -> Coverage:
        return Coverage(record=self.record.coverage)

    @field("Lineage: the figures that were summed (计算依据)")
    def figures(self, info: Info, first: First = DEFAULT_FIRST, after: After = None) -> Connection[Figure]:
        page = figures.lineage(info.context.dataset, "lineage", self.record.figures, Cut(first, after))
        return Connection(page=page, wrap=figure)

    @field("The printed totals that make up what is reported (公开合计数)")
    def reported_figures(self, info: Info, first: First = DEFAULT_FIRST, after: After = None) -> Connection[Figure]:
        page = figures.lineage(info.context.dataset, "reported", self.record.reported_figures, Cut(first, after))
        return Connection(page=page, wrap=figure)


def rollup(record: totals.Rollup) -> Rollup:
    """A total as the API shows it."""
    return Rollup(record=record)


@strawberry.type(description="The member of a dimension that a group stands for (分组项).")
class GroupKey:
    record: strawberry.Private[totals.GroupKey]

    @field("The dimension (汇总维度)")
    def dimension(self) -> Dimension:
        return self.record.dimension

    @field("Code of the member, where it has one (编码)")
    def code(self) -> str | None:
        return self.record.code

    @field("Name of the member (名称)")
    def name(self) -> str:
        return self.record.name

    @field("The member itself, where it is one of a tree (节点)")
    def node(self) -> TreeNode | None:
        return None if self.record.node is None else tree_node(self.record.node)


@strawberry.type(
    description="The keys of a group, its rollup, and for subtotal rows the dimensions that were summed away (汇总行)."
)
class RollupRow:
    record: strawberry.Private[totals.RollupRow]

    @field("The members that the group stands for, in the order asked (分组项)")
    def keys(self) -> list[GroupKey]:
        return [GroupKey(record=key) for key in self.record.keys]

    @field("The total (汇总数)")
    def rollup(self) -> Rollup:
        return rollup(self.record.rollup)

    @field("Of a subtotal row: the dimensions that were summed away; empty for others (已合并维度)")
    def summed_away(self) -> list[Dimension]:
        return list(self.record.summed_away)


@strawberry.type(description="The rows of a rollup and the total over all that it selects (汇总表).")
class RollupRowConnection(Connection[RollupRow]):
    total: strawberry.Private[totals.Rollup]

    @field("The total over everything that the filter selects (总计)")
    def grand_total(self) -> Rollup:
        return rollup(self.total)


def rollup_row(record: totals.RollupRow) -> RollupRow:
    """A row of a rollup as the API shows it."""
    return RollupRow(record=record)


@strawberry.type(
    description="Scores and weights summed up the indicator tree, beside what the sheet prints (得分汇总)."
)
class ScoreRollup:
    record: strawberry.Private[totals.ScoreRollup]

    @field("Sum of the weights below (分值合计)")
    def derived_max_score(self) -> Decimal:
        return self.record.derived_max_score

    @field("The printed weight of the group (公开分值)")
    def reported_max_score(self) -> Decimal | None:
        return self.record.reported_max_score

    @field("Sum of the scores below (得分合计)")
    def derived_score(self) -> Decimal:
        return self.record.derived_score

    @field("The printed score of the group (公开得分)")
    def reported_score(self) -> Decimal | None:
        return self.record.reported_score

    @field("Do sums and printed numbers agree within rounding? Null where nothing is printed (是否相符)")
    def consistent(self) -> bool | None:
        return self.record.consistent

    @field("How many level-3 indicators print a score (覆盖情况)")
    def coverage(self) -> Coverage:
        return Coverage(record=self.record.coverage)
