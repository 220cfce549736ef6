"""prose.growth — 增减率复算

Every stated change and its percentage agree: the percentage is the change over what the amount was before it
(last year's, or the initial budget for agency operating expenses).
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import interval, minus
from graph_data.core.terms import Role, Topic


def examine(book: Book, exam: Examination) -> Examination:
    """Recompute each percentage from its amount and its change."""
    topics = (Topic.YEAR_COMPARISON, Topic.AGENCY_OPERATING)
    rates = [fact for topic in topics for fact in book.facts(topic, role=Role.CHANGE_PERCENT)]
    if not rates:
        return exam.not_applicable("the prose states no percentage of a change")
    for rate in rates:
        amount, change = book.beside(rate, Role.AMOUNT), book.beside(rate, Role.CHANGE)
        if amount is not None and change is not None:
            before = minus(interval(amount.number), interval(change.number))
            sources, what = (change.source, amount.source), f"the change stated of {rate.label}"
            exam.percent(rate, interval(change.number), [before], book.node, sources, what)
    return exam.or_insufficient("no percentage is stated with its amount and change")
