"""projects.counts — 项目数量

The numbers of projects that the prose states are those attached: the evaluated projects that the summary lists, the
sheets that are attached, the projects graded excellent. Fewer results than departmental evaluations is an
observation.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph_data.checks.base import Examination
from graph_data.checks.book import Book
from graph_data.records import FactRecord, Source
from graph_data.terms import Role, Severity, Topic

GRADES = "优良中差"


def examine(book: Book, exam: Examination) -> Examination:
    """Count what is attached."""
    listed = [project for project in book.account.projects if project.self_evaluation_score or project.grade]
    counts = book.facts(Topic.PERFORMANCE, role=Role.COUNT)
    if not counts:
        return exam.not_applicable("the prose states no number of projects")
    if not listed and not book.evaluated:
        return exam.insufficient("neither a summary nor sheets are attached")
    for fact in counts:
        if fact.item == "SELF_EVALUATION" and listed:
            _compare(book, exam, fact, len(listed), "listed in the summary", (project.source for project in listed))
        elif fact.item == "SELF_EVALUATION_SHEETS" and book.evaluated:
            sources = (project.sheet_source or project.source for project in book.evaluated)
            _compare(book, exam, fact, len(book.evaluated), "sheets attached", sources)
        elif fact.item == "GRADE" and listed and fact.label[-1:] in GRADES:
            graded = [project for project in listed if (project.grade or "").startswith(fact.label[-1:])]
            _compare(book, exam, fact, len(graded), f"graded {fact.label[-1:]}", (project.source for project in graded))
        elif fact.item == "DEPARTMENTAL_EVALUATION":
            _look_for_results(book, exam, fact)
    return exam if exam.compared else exam.insufficient("no stated number has something attached to count")


def _look_for_results(book: Book, exam: Examination, fact: FactRecord) -> None:
    topics = (Topic.DEPARTMENTAL_EVALUATION, Topic.EVALUATION_REPORT)
    results = {found.item: found.source for topic in topics for found in book.facts(topic)}
    exam.compared += 1
    if results and fact.number.value is not None and len(results) < fact.number.value:
        message = f"{fact.number.text} projects evaluated by the department, results of {len(results)} stated"
        exam.note(Severity.INFO, message, book.node, (fact.source, *results.values()))


def _compare(book: Book, exam: Examination, fact: FactRecord, count: int, what: str, sources: Iterable[Source]) -> None:
    exam.compared += 1
    if fact.number.value != count:
        message = f"{fact.number.text} projects stated ({fact.label}), {count} {what}"
        exam.note(Severity.ERROR, message, book.node, (fact.source, *sources))
