"""A project, subject or department over the years."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from graph_data import series
from graph_data.core.terms import Measure
from schema.context import Info, Words, spoken
from schema.documents import Source, source
from schema.fields import attribute, field, made, resolved
from schema.figures import Rollup, rollup_of
from schema.nodes import TreeNode, tree_node

SeriesMeasure = Annotated[
    Measure | None,
    strawberry.argument(
        description="What is summed; where left out what projects executed, basic expenditure of economic subjects, "
        "else expenditure (指标口径)"
    ),
]


@strawberry.type(description="Why a year of a series is the same as the one before (前后关系).")
class SeriesLink:
    record: strawberry.Private[series.SeriesLink]

    kind: series.SeriesLinkKind = attribute("The same, renamed, or merged (关系种类)")

    @field("The rule, or what the operator wrote (依据)")
    def evidence(self, info: Info, language: Words = None) -> str:
        return self.record.evidence(spoken(info, language))

    @field("Where both stand (出处)")
    def sources(self) -> list[Source]:
        return [source(account, place) for account, place in self.record.sources]


def _link(record: series.SeriesLink) -> SeriesLink:
    return SeriesLink(record=record)


@strawberry.type(description="One year of a series; years are never added up (历年数据点).")
class SeriesPoint:
    record: strawberry.Private[series.SeriesPoint]

    fiscal_year: int = attribute("Fiscal year (年度)")
    name: str = attribute("What it was called in that year (当年名称)")
    node: TreeNode = made(
        "What it was in that year: a project is another node each year (节点)", "record.node", tree_node
    )
    link: SeriesLink | None = made("Its link to the year before; null for the first (前后关系)", "record.link", _link)

    @field("The total of that year (汇总数)")
    def rollup(self) -> Rollup:
        return rollup_of(self.record.total, self.record.scope)


def _series(self: Any, info: Info, measure: SeriesMeasure = None) -> list[SeriesPoint]:
    return [SeriesPoint(record=each) for each in series.series(info.context.dataset, self.graph_node, measure)]


def over_the_years() -> Any:
    """The field `series` of what is one thing over the years."""
    return resolved("Year by year, the oldest first, each with what links it to the one before (历年数据)", _series)
