"""Execution rates are executed over budget (预算执行率复算)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import interval
from graph_data.checks.wording import CHECK_SHEET, EVALUATION, Case, Check, Text, say
from graph_data.core.records import ProjectRecord
from graph_data.core.terms import FundingQuantity, FundSource, Severity


def examine(book: Book, exam: Examination) -> Examination:
    """Recompute each rate."""
    if not book.evaluated:
        return exam.insufficient("未附项目自评表", "no sheet is attached")
    for project in book.evaluated:
        for source in FundSource:
            _recompute(book, exam, project, source)
            _bound(book, exam, project, source)
    return exam.or_insufficient(
        "没有同时列示执行率及其金额的自评表", "no sheet prints an execution rate with its amounts"
    )


def _recompute(book: Book, exam: Examination, project: ProjectRecord, source: FundSource) -> None:
    rate, executed, budget = (
        book.funding(project.project, source, quantity)
        for quantity in (FundingQuantity.EXECUTION_RATE, FundingQuantity.EXECUTED, FundingQuantity.REVISED_BUDGET)
    )
    if rate and executed and budget and executed.number.fen is not None and budget.number.fen is not None:
        said = say("rate", project=project.name, source=source)
        part, whole, sources = interval(executed.number), interval(budget.number), (executed.source, budget.source)
        exam.percent(rate, part, [whole], book.project_node(project.project), sources, said)


def _bound(book: Book, exam: Examination, project: ProjectRecord, source: FundSource) -> None:
    score, weight = (
        book.funding(project.project, source, quantity)
        for quantity in (FundingQuantity.SCORE, FundingQuantity.MAX_SCORE)
    )
    if score and weight and score.number.value is not None and weight.number.value is not None:
        exam.compared += 1
        if score.number.value > weight.number.value:
            said = say("score", project=project.name)
            exam.disagree(score, weight, book.project_node(project.project), said, Severity.ERROR)


CHECK = Check(
    id="projects.execution",
    title=Text("预算执行率复算", "Execution rates are executed over budget"),
    rule=Text(
        "自评表的预算执行率等于全年执行数除以全年预算数，预算执行得分不超过其分值。",
        "The execution rate of a sheet is the executed amount over the revised budget, and the score of execution "
        "does not exceed its weight.",
    ),
    basis=EVALUATION,
    cases={
        "rate": Case(
            Text(
                "项目“{project}”{source:term}执行率为{reported}，按所列金额计算为{derived}",
                "{project}: the execution rate of {source:term} is {reported}, while its amounts give {derived}",
            ),
            CHECK_SHEET,
        ),
        "score": Case(
            Text(
                "项目“{project}”预算执行得分为{reported}，大于分值{derived}",
                "{project}: {reported} for execution, of {derived}",
            ),
            CHECK_SHEET,
        ),
    },
    examine=examine,
)
