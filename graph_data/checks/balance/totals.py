"""balance.totals — 收支平衡

In each summary table the two sides close at the same 总计: revenue with opening carry-over and surplus used equals
expenditure with distribution and closing carry-over.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.core.terms import ColumnKey, LineItem, Side, StatementForm


def examine(book: Book, exam: Examination) -> Examination:
    """Compare 总计 left and right."""
    tables = [
        table
        for form in (StatementForm.REVENUE_AND_EXPENDITURE, StatementForm.FISCAL_APPROPRIATION)
        if (table := book.table(form)) is not None
    ]
    if not tables:
        return exam.not_applicable("no summary table has figures")
    for table in tables:
        left = table.line(LineItem.GRAND_TOTAL, side=Side.REVENUE)
        right = table.line(LineItem.GRAND_TOTAL, side=Side.EXPENDITURE)
        revenue = table.cell(left, table.column(ColumnKey.AMOUNT, Side.REVENUE))
        expenditure = table.cell(right, table.column(ColumnKey.AMOUNT, Side.EXPENDITURE)) or table.cell(
            right, table.column(ColumnKey.TOTAL, Side.EXPENDITURE)
        )
        if left is not None:
            exam.equal(revenue, expenditure, book.line_node(left), f"{table.record.title}: 总计 of the two sides")
    return exam.or_insufficient("no 总计 is printed on both sides")
