"""indicators.scores — 得分合计

The scores of a sheet's indicators and of its execution add up to the total that it prints, and none exceeds its
weight. Whole points are exact. A difference on a sheet that prints no score of execution is doubtful.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination, Printed, Stated
from graph_data.core.records import ProjectRecord
from graph_data.core.terms import FundingQuantity, FundSource, Severity


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the scores of each sheet."""
    if not book.evaluated:
        return exam.insufficient("no sheet is attached")
    for project in book.evaluated:
        _bound(book, exam, project)
        _sum(book, exam, project)
    return exam.or_insufficient("no sheet prints every score and their total")


def _bound(book: Book, exam: Examination, project: ProjectRecord) -> None:
    for one in book.indicators(project.project):
        weight, score = one.max_score, one.score
        if weight is None or score is None or weight.value is None or score.value is None:
            continue
        exam.compared += 1
        if score.value > weight.value:
            message = f"{project.name}, {one.name}: {score.text} points of {weight.text}"
            first, second = Stated(score, one.source), Stated(weight, one.source)
            exam.disagree(first, second, book.indicator_node(one), message, Severity.ERROR)


def _sum(book: Book, exam: Examination, project: ProjectRecord) -> None:
    leaves = book.leaves(project.project)
    parts = [Stated(one.score, one.source) for one in leaves if one.score is not None and one.score.value is not None]
    if project.total_score is None or project.total_source is None or not parts:
        return
    if len(parts) < len(leaves):
        blank = [one for one in leaves if one.score is None or one.score.value is None]
        message = f"{project.name}: {len(blank)} of {len(leaves)} indicators without a score, beside a printed total"
        sources = (project.total_source, *(one.source for one in blank))
        exam.note(Severity.WARNING, message, book.project_node(project.project), sources)
        return
    execution = book.funding(project.project, FundSource.TOTAL, FundingQuantity.SCORE)
    severity = Severity.ERROR if execution is not None else Severity.WARNING
    everything: list[Printed] = [*parts, *([execution] if execution is not None else [])]
    total = Stated(project.total_score, project.total_source)
    what = f"{project.name}: the printed total against its own rows"
    exam.sums(total, everything, book.project_node(project.project), what, severity)
