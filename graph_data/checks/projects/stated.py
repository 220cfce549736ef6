"""projects.stated — 项目执行数前后一致

What the prose and the evaluation report state a project to have used is what its sheet prints as executed; an amount
stated in fewer digits is an observation. The items that a report states in the same sentence add up to it; since the
sentence may speak of other amounts too, a difference is doubtful.
"""

from __future__ import annotations

import re

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import line_of
from graph_data.core.records import FactRecord
from graph_data.core.terms import FundingQuantity, FundSource, Role, Severity, Topic

USED = re.compile(r"使用资金|实际支出|执行数")
NO_ITEM = re.compile(r"预算|结余|结转|到位|上年|拨款|自筹|执行|支出$")


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
        node = book.project_node(int(fact.item))
        executed = book.funding(int(fact.item), FundSource.TOTAL, FundingQuantity.EXECUTED)
        if executed is not None:
            what = f"funds used, {fact.topic.value}, against 全年执行数 of the sheet"
            exam.equal(fact, executed, node, what, may_be_shorter=True)
        parts = _items(book, fact)
        if len(parts) > 1:
            exam.sums(fact, parts, node, "funds used against the items stated with them", Severity.WARNING)
    return exam.or_insufficient("the projects whose funds are stated have no sheet")


def _items(book: Book, whole: FactRecord) -> list[FactRecord]:
    """The further amounts of the same sentence of a report, where none of them is something else than an item."""
    if whole.topic is not Topic.EVALUATION_REPORT:
        return []
    facts = [fact for fact in book.facts(whole.topic, whole.item, Role.AMOUNT)
             if fact.position > 1 and line_of(fact.source) == line_of(whole.source)]  # fmt: skip
    return [] if any(NO_ITEM.search(fact.label) for fact in facts) else facts
