"""table.subjects — 科目表逐级合计

In the tables by subject, every printed total equals the sum of the rows one level under it, in every amount column:
合计 = Σ类, 类 = Σ款, 款 = Σ项, within the rounding of all the numbers involved.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.sums import sum_down
from graph_data.core.terms import StatementForm

FORMS = (
    StatementForm.REVENUE,
    StatementForm.EXPENDITURE,
    StatementForm.GENERAL_PUBLIC_BUDGET,
    StatementForm.GOVERNMENT_MANAGED_FUNDS,
    StatementForm.STATE_CAPITAL_OPERATIONS,
)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the totals down each table."""
    return sum_down(exam, book, FORMS, blank_parts=True)
