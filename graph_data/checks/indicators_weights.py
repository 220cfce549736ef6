"""indicators.weights — 指标分值合计

The weights of a group's indicators add up to the weight printed with the group, all weights with that of execution
add up to the sheet's full score, and that is 100.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph_data.amount import Number
from graph_data.checks.base import Examination
from graph_data.checks.book import Book
from graph_data.records import ProjectRecord, Source
from graph_data.terms import FundingQuantity, FundSource, Severity

FULL = 100


@dataclass(frozen=True, slots=True)
class Points:
    """A printed weight or score."""

    number: Number
    source: Source


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the weights of each sheet."""
    if not book.evaluated:
        return exam.insufficient("no sheet is attached")
    for project in book.evaluated:
        _sum_groups(book, exam, project)
        _sum_sheet(book, exam, project)
    return exam if exam.compared else exam.insufficient("no sheet prints weights with their totals")


def _sum_groups(book: Book, exam: Examination, project: ProjectRecord) -> None:
    indicators = book.indicators(project.project)
    for group in indicators:
        if group.level == 3 or group.max_score is None:
            continue
        leaves = [one for one in indicators if one.level == 3 and one.indicator.startswith(group.indicator + ".")]
        parts = [Points(one.max_score, one.source) for one in leaves if one.max_score is not None]
        if len(parts) == len(leaves):
            what = f"{project.name}, {group.name}: printed weight against its indicators"
            exam.sums(Points(group.max_score, group.source), parts, book.indicator_node(group), what)


def _sum_sheet(book: Book, exam: Examination, project: ProjectRecord) -> None:
    if project.total_max_score is None or project.total_source is None:
        return
    total = Points(project.total_max_score, project.total_source)
    leaves = [one for one in book.indicators(project.project) if one.level == 3]
    parts = [Points(one.max_score, one.source) for one in leaves if one.max_score is not None]
    execution = book.funding(project.project, FundSource.TOTAL, FundingQuantity.MAX_SCORE)
    node = book.project_node(project.project)
    if execution is not None and len(parts) == len(leaves):
        exam.sums(total, [execution, *parts], node, f"{project.name}: 总分 against all weights")
    exam.compared += 1
    if total.number.value != FULL:
        exam.note(Severity.WARNING, f"{project.name}: a full score of {total.number.text}", node, (total.source,))
