"""projects.funds — 项目资金合计

The funds that the prose states for the evaluated projects are the executed funds of their sheets, where as many
sheets are attached as it states projects; and all sheets together execute no more than project expenditure.
"""

from __future__ import annotations

from graph_data.amount import Interval
from graph_data.checks.base import Examination, interval
from graph_data.checks.book import Book
from graph_data.checks.places import line_of, total_cell
from graph_data.records import FundingRecord
from graph_data.terms import FundingQuantity, FundSource, Role, Severity, Topic


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the executed funds."""
    executed = [
        fund
        for project in book.evaluated
        if (fund := book.funding(project.project, FundSource.TOTAL, FundingQuantity.EXECUTED)) is not None
        and fund.number.fen is not None
    ]
    if not executed:
        return exam.insufficient("no sheet with executed funds is attached")
    count = book.fact(Topic.PERFORMANCE, "DEPARTMENTAL_EVALUATION", Role.COUNT)
    stated = book.fact(Topic.PERFORMANCE, "DEPARTMENTAL_EVALUATION", Role.AMOUNT)
    if stated is not None and count is not None and count.number.value == len(executed):
        exam.sums(stated, executed, book.node, f"{stated.label} of the evaluated projects against their sheets")
    _within(book, exam, executed)
    return exam


def _within(book: Book, exam: Examination, executed: list[FundingRecord]) -> None:
    whole = total_cell(book, "PROJECT")
    line = line_of(book, whole) if whole is not None else None
    if whole is None or line is None or whole.number.fen is None:
        return
    exam.compared += 1
    part, limit = Interval.total(interval(fund.number) for fund in executed), interval(whole.number)
    if part.low > limit.high:
        sources = (whole.source, *(fund.source for fund in executed))
        what = "executed funds of the sheets within project expenditure"
        exam.differ(whole.number.unit, part, limit, book.line_node(line), sources, what, Severity.WARNING)
