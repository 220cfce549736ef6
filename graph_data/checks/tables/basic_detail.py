"""table.basic-detail — 基本支出明细逐级合计

In the detail of basic expenditure, every 类 equals the sum of its 款, and 人员经费合计 and 公用经费合计 equal the sum
of their 类, within rounding.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.sums import sum_down
from graph_data.core.terms import StatementForm


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the totals down the table."""
    return sum_down(exam, book, (StatementForm.BASIC_EXPENDITURE,))
