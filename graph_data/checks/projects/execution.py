"""projects.execution — 预算执行率复算

The execution rate of a sheet is the executed amount over the revised budget, and the score of execution does not
exceed its weight.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import interval
from graph_data.core.records import ProjectRecord
from graph_data.core.terms import FundingQuantity, FundSource, Severity


def examine(book: Book, exam: Examination) -> Examination:
    """Recompute each rate."""
    if not book.evaluated:
        return exam.insufficient("no sheet is attached")
    for project in book.evaluated:
        for source in FundSource:
            _recompute(book, exam, project, source)
            _bound(book, exam, project, source)
    return exam.or_insufficient("no sheet prints an execution rate with its amounts")


def _recompute(book: Book, exam: Examination, project: ProjectRecord, source: FundSource) -> None:
    rate, executed, budget = (
        book.funding(project.project, source, quantity)
        for quantity in (FundingQuantity.EXECUTION_RATE, FundingQuantity.EXECUTED, FundingQuantity.REVISED_BUDGET)
    )
    if rate and executed and budget and executed.number.fen is not None and budget.number.fen is not None:
        what = f"{project.name}: execution rate of {source.value}"
        part, whole, sources = interval(executed.number), interval(budget.number), (executed.source, budget.source)
        exam.percent(rate, part, [whole], book.project_node(project.project), sources, what)


def _bound(book: Book, exam: Examination, project: ProjectRecord, source: FundSource) -> None:
    score, weight = (
        book.funding(project.project, source, quantity)
        for quantity in (FundingQuantity.SCORE, FundingQuantity.MAX_SCORE)
    )
    if score and weight and score.number.value is not None and weight.number.value is not None:
        exam.compared += 1
        if score.number.value > weight.number.value:
            message = f"{project.name}: {score.number.text} points for execution of {weight.number.text}"
            exam.disagree(score, weight, book.project_node(project.project), message, Severity.ERROR)
