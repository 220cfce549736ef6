"""row.sources — 收入按来源横向合计

In the table of revenue, 本年收入合计 of every row equals the sum of its sources, within rounding.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.sums import sum_across
from graph_data.core.terms import ColumnKey, StatementForm

SOURCES = (
    ColumnKey.FISCAL_APPROPRIATION,
    ColumnKey.SUBSIDY_FROM_SUPERIOR,
    ColumnKey.OPERATING_SERVICE,
    ColumnKey.BUSINESS_REVENUE,
    ColumnKey.REMITTANCE_FROM_AFFILIATES,
    ColumnKey.OTHER_REVENUE,
)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare each row's total with its sources."""
    return sum_across(exam, book, (StatementForm.REVENUE,), SOURCES)
