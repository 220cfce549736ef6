"""prose.completion — 预算完成率复算

Every completion rate that the prose states is the final amount over the budget that it states with it.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import interval
from graph_data.core.records import FactRecord
from graph_data.core.terms import Role, Topic

BUDGETS = {Topic.BUDGET_DEVIATION: Role.INITIAL_BUDGET, Topic.THREE_PUBLIC: Role.BUDGET}


def examine(book: Book, exam: Examination) -> Examination:
    """Recompute each rate."""
    rates = [fact for topic in BUDGETS for fact in book.facts(topic, role=Role.COMPLETION_PERCENT)]
    if not rates:
        return exam.not_applicable("the prose states no completion rates")
    for rate in rates:
        _recompute(book, exam, rate)
    return exam.or_insufficient("no rate is stated with both its amounts")


def _recompute(book: Book, exam: Examination, rate: FactRecord) -> None:
    budget, final = book.beside(rate, BUDGETS[rate.topic]), book.beside(rate, Role.FINAL)
    if budget is None or final is None:
        return
    node = book.subject_node(rate.item) if rate.item.isdigit() else book.node
    sources, what = (final.source, budget.source), f"completion of {rate.label}"
    exam.percent(rate, interval(final.number), [interval(budget.number)], node, sources, what)
