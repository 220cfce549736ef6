"""indicators.scores — 得分合计

The scores of a sheet's indicators and of its execution add up to the total that it prints, and none exceeds its weight.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph_data.amount import Number
from graph_data.checks.base import Examination
from graph_data.checks.book import Book
from graph_data.records import ProjectRecord, Source
from graph_data.terms import FundingQuantity, FundSource, Severity


@dataclass(frozen=True, slots=True)
class Points:
    """A printed score."""

    number: Number
    source: Source


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the scores of each sheet."""
    if not book.evaluated:
        return exam.insufficient("no sheet is attached")
    for project in book.evaluated:
        _bound(book, exam, project)
        _sum(book, exam, project)
    return exam if exam.compared else exam.insufficient("no sheet prints every score and their total")


def _bound(book: Book, exam: Examination, project: ProjectRecord) -> None:
    for one in book.indicators(project.project):
        weight, score = one.max_score, one.score
        if weight is None or score is None or weight.value is None or score.value is None:
            continue
        exam.compared += 1
        if score.value > weight.value:
            message = f"{project.name}, {one.name}: {score.text} points of {weight.text}"
            exam.note(Severity.ERROR, message, book.indicator_node(one), (one.source,))


def _sum(book: Book, exam: Examination, project: ProjectRecord) -> None:
    if project.total_score is None or project.total_source is None:
        return
    leaves = [one for one in book.indicators(project.project) if one.level == 3]
    parts = [Points(one.score, one.source) for one in leaves if one.score is not None and one.score.value is not None]
    execution = book.funding(project.project, FundSource.TOTAL, FundingQuantity.SCORE)
    if execution is not None and len(parts) == len(leaves):
        total = Points(project.total_score, project.total_source)
        what = f"{project.name}: the printed total against its own rows"
        exam.sums(total, [execution, *parts], book.project_node(project.project), what)
