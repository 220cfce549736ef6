"""projects.stated — 项目执行数前后一致

What the prose and the evaluation report state a project to have used is what its sheet prints as executed, and the
report's items add up to its own total.
"""

from __future__ import annotations

import re

from graph_data.checks.base import Examination
from graph_data.checks.book import Book
from graph_data.records import FactRecord
from graph_data.terms import FundingQuantity, FundSource, Role, Topic

USED = re.compile(r"使用资金|实际支出|执行数|到位资金")


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the amounts used."""
    facts = [
        fact
        for topic in (Topic.PROJECT_SUMMARY, Topic.EVALUATION_REPORT)
        for fact in book.facts(topic, role=Role.AMOUNT)
        if fact.item.isdigit() and fact.position == 1 and USED.search(fact.label)
    ]
    if not facts:
        return exam.not_applicable("the prose states no funds used by a project")
    for fact in facts:
        project = int(fact.item)
        executed = book.funding(project, FundSource.TOTAL, FundingQuantity.EXECUTED)
        if executed is not None:
            what = f"funds used, {fact.topic.value}, against 全年执行数 of the sheet"
            exam.equal(fact, executed, book.project_node(project), what, own_digits=True)
        parts = _items(book, fact)
        if len(parts) > 1:
            exam.sums(fact, parts, book.project_node(project), "funds used against the items stated with them")
    return exam if exam.compared else exam.insufficient("the projects whose funds are stated have no sheet")


def _items(book: Book, total: FactRecord) -> list[FactRecord]:
    """The further amounts of the same sentence of a report."""
    if total.topic is not Topic.EVALUATION_REPORT:
        return []
    facts = book.facts(total.topic, total.item, Role.AMOUNT)
    return [fact for fact in facts if fact.position > 1 and fact.source.line == total.source.line]
