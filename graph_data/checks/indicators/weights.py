"""indicators.weights — 指标分值合计

The weights of a group's indicators add up to the weight printed with the group; all weights, with that of execution,
add up to the sheet's full score. Whole points are exact. A full score other than 100 is doubtful, and so is a
difference on a sheet that prints no weight of execution.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination, Printed, Stated
from graph_data.core.records import IndicatorRecord, ProjectRecord
from graph_data.core.terms import FundingQuantity, FundSource, Severity

FULL = 100


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the weights of each sheet."""
    if not book.evaluated:
        return exam.insufficient("no sheet is attached")
    for project in book.evaluated:
        for group in book.indicators(project.project):
            _sum_group(book, exam, project, group)
        _sum_sheet(book, exam, project)
    return exam.or_insufficient("no sheet prints weights with their totals")


def _sum_group(book: Book, exam: Examination, project: ProjectRecord, group: IndicatorRecord) -> None:
    leaves = book.leaves(project.project, group.indicator) if group.max_score is not None else []
    parts = _weights(leaves)
    if group.max_score is not None and leaves and len(parts) == len(leaves):
        what = f"{project.name}, {group.name}: printed weight against its indicators"
        exam.sums(Stated(group.max_score, group.source), parts, book.indicator_node(group), what)


def _sum_sheet(book: Book, exam: Examination, project: ProjectRecord) -> None:
    if project.total_max_score is None or project.total_source is None:
        return
    total, node = Stated(project.total_max_score, project.total_source), book.project_node(project.project)
    leaves = book.leaves(project.project)
    parts = _weights(leaves)
    execution = book.funding(project.project, FundSource.TOTAL, FundingQuantity.MAX_SCORE)
    if leaves and len(parts) == len(leaves):
        severity = Severity.ERROR if execution is not None else Severity.WARNING
        everything: list[Printed] = [*parts, *([execution] if execution is not None else [])]
        exam.sums(total, everything, node, f"{project.name}: 总分 against all weights", severity)
    exam.compared += 1
    if total.number.value is not None and total.number.value != FULL:
        exam.note(Severity.WARNING, f"{project.name}: a full score of {total.number.text}", node, (total.source,))


def _weights(leaves: list[IndicatorRecord]) -> list[Stated]:
    return [Stated(one.max_score, one.source) for one in leaves if one.max_score is not None]
