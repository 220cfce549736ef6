"""projects.scores — 自评得分前后一致

The score of a project is the same in the summary, in its sheet and where the prose states it.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph_data.amount import Number
from graph_data.checks.base import Examination
from graph_data.checks.book import Book
from graph_data.records import ProjectRecord, Source
from graph_data.terms import Role, Severity, Topic


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the scores of each project."""
    if not book.account.projects:
        return exam.not_applicable("the document lists no projects")
    for project in book.account.projects:
        scores = list(_scores(book, project))
        for other in scores[1:]:
            _compare(book, exam, project, scores[0], other)
    return exam if exam.compared else exam.insufficient("no score is printed in two places")


def _scores(book: Book, project: ProjectRecord) -> Iterator[tuple[Number, Source]]:
    if project.self_evaluation_score is not None:
        yield project.self_evaluation_score, project.source
    if project.total_score is not None and project.total_source is not None:
        yield project.total_score, project.total_source
    for fact in book.facts(Topic.PROJECT_SUMMARY, str(project.project), Role.SCORE):
        yield fact.number, fact.source


def _compare(
    book: Book, exam: Examination, project: ProjectRecord, first: tuple[Number, Source], other: tuple[Number, Source]
) -> None:
    exam.compared += 1
    if first[0].value != other[0].value:
        message = f"{project.name}: {first[0].text} points in one place, {other[0].text} in another"
        exam.note(Severity.ERROR, message, book.project_node(project.project), (first[1], other[1]))
