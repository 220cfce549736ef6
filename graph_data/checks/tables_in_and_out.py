"""tables.in-and-out — 无结转时收入等于支出

Where the summary prints no carry-over, no surplus used and no distribution, every subject receives what it spends:
the revenue table equals the expenditure table, row by row.
"""

from __future__ import annotations

from graph_data.checks.base import Examination
from graph_data.checks.book import Book
from graph_data.checks.carryover import is_carried_over
from graph_data.terms import ColumnKey, LineItem, StatementForm


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the two tables' totals by subject."""
    revenue, expenditure = book.table(StatementForm.REVENUE), book.table(StatementForm.EXPENDITURE)
    carried = is_carried_over(book)
    if revenue is None or expenditure is None or carried is None:
        return exam.insufficient("the document does not print the summary and both tables with figures")
    if carried:
        return exam.not_applicable("carry-over or surplus explains a difference of revenue and expenditure")
    for line in revenue.lines:
        is_total = line.item is LineItem.TOTAL
        other = expenditure.line(LineItem.TOTAL) if is_total else expenditure.line(code=line.code)
        first = revenue.cell(line, revenue.column(ColumnKey.TOTAL))
        second = expenditure.cell(other, expenditure.column(ColumnKey.TOTAL))
        if first is not None and second is not None:
            exam.equal(
                first, second, book.line_node(line), f"{first.source.row}: revenue and expenditure of the subject"
            )
    return exam if exam.compared else exam.insufficient("the tables have no printed row in common")
