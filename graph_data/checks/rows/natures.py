"""row.natures — 支出按性质横向合计

In the tables of expenditure, the total of every row equals its basic, project and other expenditure, within rounding.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.sums import sum_across
from graph_data.core.terms import ColumnKey, StatementForm

FORMS = (
    StatementForm.EXPENDITURE,
    StatementForm.GENERAL_PUBLIC_BUDGET,
    StatementForm.GOVERNMENT_MANAGED_FUNDS,
    StatementForm.STATE_CAPITAL_OPERATIONS,
)
NATURES = (
    ColumnKey.BASIC,
    ColumnKey.PROJECT,
    ColumnKey.REMITTANCE_TO_SUPERIOR,
    ColumnKey.BUSINESS_EXPENDITURE,
    ColumnKey.SUBSIDY_TO_AFFILIATES,
)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare each row's total with its natures."""
    return sum_across(exam, book, FORMS, NATURES)
