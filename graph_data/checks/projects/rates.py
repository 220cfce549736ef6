"""Execution rates in the text are those of the sheet (项目执行率前后一致)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import is_same
from graph_data.checks.wording import CHECK_TEXT, EVALUATION, Case, Check, Text, say
from graph_data.core.terms import FundingQuantity, FundSource, Role, Severity, Topic


def examine(book: Book, exam: Examination) -> Examination:
    """Look each stated rate up in its sheet."""
    facts = [
        fact
        for fact in book.facts(Topic.PROJECT_SUMMARY, role=Role.PERCENT)
        if fact.item.isdigit() and fact.label.endswith("执行率")
    ]
    if not facts:
        return exam.not_applicable("文字说明未列项目执行率", "the prose states no execution rate of a project")
    for fact in facts:
        rate = book.funding(int(fact.item), FundSource.TOTAL, FundingQuantity.EXECUTION_RATE)
        if rate is None or rate.number.value is None:
            continue
        exam.compared += 1
        if not is_same(fact.number, rate.number):
            said = say("rate", label=fact.label)
            exam.disagree(fact, rate, book.project_node(int(fact.item)), said, Severity.ERROR)
    return exam.or_insufficient("所述执行率的项目未附自评表", "the projects whose rates are stated have no sheet")


CHECK = Check(
    id="projects.rates",
    title=Text("项目执行率前后一致", "Execution rates in the text are those of the sheet"),
    rule=Text(
        "文字说明所述项目预算执行率等于其自评表所列执行率。",
        "The execution rate that the prose states of a project is the one that its sheet prints.",
    ),
    basis=EVALUATION,
    cases={
        "rate": Case(
            Text(
                "“{label}”文字说明为{reported}，自评表为{derived}",
                "{label}: {reported} in the text, {derived} in the sheet",
            ),
            CHECK_TEXT,
        ),
    },
    examine=examine,
)
