"""tables.expenditure — 支出总表与支出决算表

The expenditure of the summary table is that of the expenditure table: each category, and 本年支出合计. A category
that only one of them prints is doubtful.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.sums import compare_categories
from graph_data.core.terms import ColumnKey, Side, StatementForm


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the two tables by category."""
    summary, detail = book.table(StatementForm.REVENUE_AND_EXPENDITURE), book.table(StatementForm.EXPENDITURE)
    if summary is None or detail is None:
        return exam.insufficient("the document does not print both tables with figures")
    amount, total = summary.column(ColumnKey.AMOUNT, Side.EXPENDITURE), detail.column(ColumnKey.TOTAL)
    compare_categories(exam, book, (summary, amount), (detail, total), "in the summary and in the expenditure table")
    return exam.or_insufficient("the tables have no printed row in common")
