"""prose.growth — 增减率复算

Every stated change and its percentage agree: the percentage is the change over what the amount was before it
(last year's, or the initial budget for agency operating expenses).
"""

from __future__ import annotations

from graph_data.checks.base import Examination, interval, minus
from graph_data.checks.book import Book
from graph_data.terms import Role, Topic


def examine(book: Book, exam: Examination) -> Examination:
    """Recompute each percentage from its amount and its change."""
    topics = (Topic.YEAR_COMPARISON, Topic.AGENCY_OPERATING)
    rates = [fact for topic in topics for fact in book.facts(topic, role=Role.CHANGE_PERCENT)]
    if not rates:
        return exam.not_applicable("the prose compares with no other year or budget")
    for rate in rates:
        amount = book.fact(rate.topic, rate.item, Role.AMOUNT, rate.position)
        change = book.fact(rate.topic, rate.item, Role.CHANGE, rate.position)
        if amount is not None and change is not None:
            before = minus(interval(amount.number), interval(change.number))
            sources = (change.source, amount.source)
            exam.percent(
                rate, interval(change.number), before, book.node, sources, f"the change stated of {rate.label}"
            )
    return exam if exam.compared else exam.insufficient("no percentage is stated with its amount and change")
