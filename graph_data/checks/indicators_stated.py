"""indicators.stated — 指标完成值前后一致

A percentage that the evaluation report states under an indicator's own name is the actual value of its sheet.
"""

from __future__ import annotations

from graph_data.checks.base import Examination
from graph_data.checks.book import Book
from graph_data.terms import Role, Severity, Topic


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
        for one in book.indicators(int(fact.item)):
            if one.name != fact.label or one.actual_value is None or one.actual_unit != "%":
                continue
            exam.compared += 1
            if one.actual_value != fact.number.value:
                message = f"{one.name}: {one.actual_text} in the sheet, {fact.number.text}% in {fact.topic.value}"
                exam.note(Severity.ERROR, message, book.indicator_node(one), (one.source, fact.source))
    return exam if exam.compared else exam.insufficient("no stated percentage bears an indicator's name")
