"""projects.rates — 项目执行率前后一致

The execution rate that the prose states of a project is the one that its sheet prints.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import is_same
from graph_data.core.terms import FundingQuantity, FundSource, Role, Severity, Topic


def examine(book: Book, exam: Examination) -> Examination:
    """Look each stated rate up in its sheet."""
    facts = [
        fact
        for fact in book.facts(Topic.PROJECT_SUMMARY, role=Role.PERCENT)
        if fact.item.isdigit() and fact.label.endswith("执行率")
    ]
    if not facts:
        return exam.not_applicable("the prose states no execution rate of a project")
    for fact in facts:
        rate = book.funding(int(fact.item), FundSource.TOTAL, FundingQuantity.EXECUTION_RATE)
        if rate is None or rate.number.value is None:
            continue
        exam.compared += 1
        if not is_same(fact.number, rate.number):
            message = f"{fact.label}: {fact.number.text}% in the prose, {rate.number.text} in the sheet"
            exam.disagree(fact, rate, book.project_node(int(fact.item)), message, Severity.ERROR)
    return exam.or_insufficient("the projects whose rates are stated have no sheet")
