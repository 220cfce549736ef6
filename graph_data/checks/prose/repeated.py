"""A fact stated twice has one value (同一事实前后一致)."""

from __future__ import annotations

from itertools import combinations, takewhile

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import is_same, line_of
from graph_data.checks.wording import BUDGET_LAW, CHECK_TEXT, Case, Check, Text, say
from graph_data.core.records import FactRecord
from graph_data.core.terms import Role, Severity, Topic

TOPICS = (Topic.PROJECT_SUMMARY, Topic.EVALUATION_REPORT)
ALIKE = 6


def examine(book: Book, exam: Examination) -> Examination:
    """Compare what is stated more than once."""
    facts = [fact for topic in TOPICS for role in (Role.COUNT, Role.PERCENT) for fact in book.facts(topic, role=role)]
    if not facts:
        return exam.not_applicable(
            "文字说明未列项目的数量或百分比", "the prose states no counts or percentages of projects"
        )
    seen: set[tuple[str, ...]] = set()
    for first, second in combinations(facts, 2):
        if _is_repeated(first, second):
            exam.compared += 1
            told = (first.item, second.label, first.number.text, second.number.text)
            if not is_same(first.number, second.number) and told not in seen:
                seen.add(told)
                _find(book, exam, first, second)
    return exam.or_insufficient("没有以相同字句说明两次的内容", "nothing is stated more than once in the same words")


def _is_repeated(first: FactRecord, second: FactRecord) -> bool:
    if (first.item, first.role, first.number.unit) != (second.item, second.role, second.number.unit):
        return False
    alike = _alike_at_end(first.label, second.label)
    same_words = alike >= ALIKE and 10 * alike >= 6 * min(len(first.label), len(second.label))
    return same_words and line_of(first.source) != line_of(second.source)


def _find(book: Book, exam: Examination, first: FactRecord, second: FactRecord) -> None:
    said = say("twice", label=second.label, first=first.number, second=second.number)
    node = book.project_node(int(first.item)) if first.item.isdigit() else book.node
    exam.disagree(first, second, node, said, Severity.WARNING)


def _alike_at_end(first: str, second: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first[::-1], second[::-1], strict=False)))


CHECK = Check(
    id="prose.repeated",
    title=Text("同一事实前后一致", "A fact stated twice has one value"),
    rule=Text(
        "项目摘要与评价报告以相同字句两处说明的同一项目的数量或百分比，数值一致。末尾相同的字数达到六个且占较短者大"
        "半的视为相同字句；较精确的数四舍五入后等于另一数的视为一致。",
        "A count or percentage of one project that the summaries and the evaluation report state in two places in "
        "the same words has the same value each time. Words are the same where they end alike over six characters "
        "and most of the shorter one; numbers are the same where the finer rounds to the coarser.",
    ),
    basis=BUDGET_LAW,
    cases={
        "twice": Case(
            Text(
                "“{label}”一处为{first:number}，另一处为{second:number}",
                "{label}: {first:number} in one place, {second:number} in another",
            ),
            CHECK_TEXT,
        ),
    },
    examine=examine,
)
