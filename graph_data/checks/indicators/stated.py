"""Percentages in the text are those of the sheet (指标完成值前后一致)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import CHECK_TEXT, EVALUATION, Case, Check, Text, say
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
        return exam.not_applicable("文字说明未列项目的百分比", "the prose states no percentages of a project")
    for fact in facts:
        for one in book.leaves(int(fact.item)):
            if one.name == fact.label and one.actual_value is not None and one.actual_unit == "%":
                _compare(book, exam, fact, one)
    return exam.or_insufficient("所列百分比均不以指标名称说明", "no stated percentage bears an indicator's name")


def _compare(book: Book, exam: Examination, fact: FactRecord, one: IndicatorRecord) -> None:
    exam.compared += 1
    stated, actual = fact.number.value, one.actual_value
    if stated is None or actual is None or stated in (actual, one.target_value):
        return
    said = say("percent", indicator=one.name, topic=fact.topic)
    sources = (one.source, fact.source)
    exam.counted(actual, stated, "%", book.indicator_node(one), sources, said, Severity.ERROR)


CHECK = Check(
    id="indicators.stated",
    title=Text("指标完成值前后一致", "Percentages in the text are those of the sheet"),
    rule=Text(
        "文字说明或评价报告以指标名称所述的百分比，等于自评表该指标的实际完成值或目标值。",
        "A percentage that the prose or the evaluation report states under an indicator's own name is the actual "
        "value of its sheet, or the target that it had.",
    ),
    basis=EVALUATION,
    cases={
        "percent": Case(
            Text(
                "指标“{indicator}”自评表实际完成值为{reported}，{topic:term}所述为{derived}",
                "{indicator}: {reported} in the sheet, {derived} stated ({topic:term})",
            ),
            CHECK_TEXT,
        ),
    },
    examine=examine,
)
