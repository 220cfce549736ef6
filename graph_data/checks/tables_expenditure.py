"""tables.expenditure — 支出总表与支出决算表

The expenditure of the summary table is that of the expenditure table: each category, and 本年支出合计.
"""

from __future__ import annotations

from graph_data.checks.base import Examination
from graph_data.checks.book import Book
from graph_data.terms import ColumnKey, LineItem, Side, StatementForm


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the two tables by category."""
    summary, detail = book.table(StatementForm.REVENUE_AND_EXPENDITURE), book.table(StatementForm.EXPENDITURE)
    if summary is None or detail is None:
        return exam.insufficient("the document does not print both tables with figures")
    amount, total = summary.column(ColumnKey.AMOUNT, Side.EXPENDITURE), detail.column(ColumnKey.TOTAL)
    for line in summary.lines:
        if line.side is not Side.EXPENDITURE:
            continue
        other = detail.line(code=line.code) if line.code else None
        if line.item is LineItem.CURRENT_YEAR_EXPENDITURE:
            other = detail.line(LineItem.TOTAL)
        first, second = summary.cell(line, amount), detail.cell(other, total)
        if first is not None and second is not None:
            what = f"{first.source.row} in the summary and in the expenditure table"
            exam.equal(first, second, book.line_node(line), what)
    return exam if exam.compared else exam.insufficient("the tables have no printed row in common")
