"""What the prose compares: this year with the last, the final account with the opening budget."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from graph_data.core.terms import DeviationReason, Measure
from graph_data.core.terms import Direction as ChangeDirection
from graph_data.graph import Node as GraphNode
from resolvers import comparisons
from schema.classification import Subject
from schema.describe import field
from schema.money import Money
from schema.references import subject
from schema.sources import Source, source


@strawberry.type(description="A comparison with the year before, as the text states it and as derived (与上年相比).")
class YearComparison:
    record: strawberry.Private[comparisons.YearComparison]

    @field("What is compared (指标口径)")
    def measure(self) -> Measure:
        return self.record.record.measure

    @field("What the document calls it (原称)")
    def label(self) -> str:
        return self.record.record.label

    @field("Its key among the document's comparisons (对象)")
    def item(self) -> str:
        return self.record.record.item

    @field("Tells comparisons of one item apart, in printed order (序号)")
    def position(self) -> int:
        return self.record.record.position

    @field("The stated direction (增减方向)")
    def direction(self) -> ChangeDirection:
        return self.record.record.direction

    @field("This year's amount (本年数)")
    def current(self) -> Money:
        return Money(amount_fen=self.record.current)

    @field("The stated change, negative for a decrease (增减额)")
    def change(self) -> Money:
        return Money(amount_fen=self.record.change)

    @field("The stated change in percent, negative for a decrease (增减率)")
    def change_percent(self) -> Decimal | None:
        return self.record.change_percent

    @field("Last year's amount: current minus change (上年数)")
    def previous(self) -> Money:
        return Money(amount_fen=self.record.previous)

    @field("Does the percent agree with the amounts within rounding? Null where it cannot be told (是否相符)")
    def consistent(self) -> bool | None:
        return self.record.consistent

    @field("Where it stands (出处)")
    def source(self) -> Source:
        return source(self.record.record.account, self.record.record.source)


@strawberry.interface(description="An opening budget held against its final account (预决算对比).")
class BudgetComparison:
    record: strawberry.Private[comparisons.BudgetDeviation]

    @field("Budget at the opening of the year (年初预算)")
    def initial_budget(self) -> Money:
        return Money(amount_fen=self.record.initial_budget)

    @field("Final account (支出决算)")
    def final(self) -> Money:
        return Money(amount_fen=self.record.final)

    @field("Stated completion in percent (完成率)")
    def completion_percent(self) -> Decimal | None:
        return self.record.completion_percent

    @field("Is the final account stated to be above or below the budget (增减方向)?")
    def direction(self) -> ChangeDirection | None:
        return self.record.record.direction

    @field("Why they differ, coded from the stated reason (差异原因)")
    def reasons(self) -> list[DeviationReason]:
        return list(self.record.record.reasons)

    @field("Where it stands (出处)")
    def source(self) -> Source:
        return source(self.record.record.account, self.record.record.source)


@strawberry.type(description="Opening budget against final account of one subject (年初预算与决算差异).")
class BudgetDeviation(BudgetComparison):
    subject_node: strawberry.Private[GraphNode]

    @field("The subject (科目)")
    def subject(self) -> Subject:
        return subject(self.subject_node)


@strawberry.type(description="Opening budget against final account of the account as a whole (年初预算与决算总体情况).")
class StatedBudget(BudgetComparison):
    @field("What the document's own key for it is (对象)")
    def item(self) -> str:
        return self.record.record.item


def year_comparison(record: comparisons.YearComparison) -> YearComparison:
    """A comparison as the API shows it."""
    return YearComparison(record=record)


def budget_deviation(record: comparisons.SubjectDeviation) -> BudgetDeviation:
    """A subject's deviation as the API shows it."""
    return BudgetDeviation(record=record.deviation, subject_node=record.subject)
