"""indicators.stated — 指标完成值前后一致

A percentage that the prose or the evaluation report states under an indicator's own name is the actual value of its
sheet, or the target that it had.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.core.records import FactRecord, IndicatorRecord
from graph_data.core.terms import Role, Severity, Topic


def examine(book: Book, exam: Examination) -> Examination:
    """Look each percentage up in the sheet."""
    facts = [
        fact
        for topic in (Topic.PROJECT_SUMMARY, Topic.EVALUATION_REPORT)
        for fact in book.facts(topic, role=Role.PERCENT)
        if fact.item.isdigit()
    ]
    if not facts:
        return exam.not_applicable("the prose states no percentages of a project")
    for fact in facts:
        for one in book.leaves(int(fact.item)):
            if one.name == fact.label and one.actual_value is not None and one.actual_unit == "%":
                _compare(book, exam, fact, one)
    return exam.or_insufficient("no stated percentage bears an indicator's name")


def _compare(book: Book, exam: Examination, fact: FactRecord, one: IndicatorRecord) -> None:
    exam.compared += 1
    stated, actual = fact.number.value, one.actual_value
    if stated is None or actual is None or stated in (actual, one.target_value):
        return
    message = f"{one.name}: {one.actual_text} in the sheet, {fact.number.text}% in {fact.topic.value}"
    sources = (one.source, fact.source)
    exam.counted(actual, stated, "%", book.indicator_node(one), sources, message, Severity.ERROR)
