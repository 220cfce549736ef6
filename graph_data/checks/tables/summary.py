"""table.summary — 总表逐级合计

On each side of the two summary tables, 本年收入合计 and 本年支出合计 equal the sum of the rows above them, 总计 equals
them with carry-over, surplus used and distribution, and carry-over equals its funds, within rounding.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.sums import sum_down
from graph_data.core.terms import StatementForm


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the totals down both sides."""
    return sum_down(exam, book, (StatementForm.REVENUE_AND_EXPENDITURE, StatementForm.FISCAL_APPROPRIATION))
