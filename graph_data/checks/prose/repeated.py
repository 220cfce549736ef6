"""prose.repeated — 同一事实前后一致

A count or percentage of one project that the summaries and the evaluation report state in two places in the same
words has the same value each time. Words are the same where they end alike over six characters and most of the
shorter one; numbers are the same where the finer rounds to the coarser.
"""

from __future__ import annotations

from itertools import combinations, takewhile

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import is_same, line_of
from graph_data.core.records import FactRecord
from graph_data.core.terms import Role, Severity, Topic

TOPICS = (Topic.PROJECT_SUMMARY, Topic.EVALUATION_REPORT)
ALIKE = 6


def examine(book: Book, exam: Examination) -> Examination:
    """Compare what is stated more than once."""
    facts = [fact for topic in TOPICS for role in (Role.COUNT, Role.PERCENT) for fact in book.facts(topic, role=role)]
    if not facts:
        return exam.not_applicable("the prose states no counts or percentages of projects")
    seen: set[tuple[str, ...]] = set()
    for first, second in combinations(facts, 2):
        if _is_repeated(first, second):
            exam.compared += 1
            told = (first.item, second.label, first.number.text, second.number.text)
            if not is_same(first.number, second.number) and told not in seen:
                seen.add(told)
                _find(book, exam, first, second)
    return exam.or_insufficient("nothing is stated more than once in the same words")


def _is_repeated(first: FactRecord, second: FactRecord) -> bool:
    if (first.item, first.role, first.number.unit) != (second.item, second.role, second.number.unit):
        return False
    alike = _alike_at_end(first.label, second.label)
    same_words = alike >= ALIKE and 10 * alike >= 6 * min(len(first.label), len(second.label))
    return same_words and line_of(first.source) != line_of(second.source)


def _find(book: Book, exam: Examination, first: FactRecord, second: FactRecord) -> None:
    unit = first.number.unit
    message = f"{second.label}: {first.number.text} {unit} in one place, {second.number.text} {unit} in another"
    node = book.project_node(int(first.item)) if first.item.isdigit() else book.node
    exam.disagree(first, second, node, message, Severity.WARNING)


def _alike_at_end(first: str, second: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first[::-1], second[::-1], strict=False)))
