"""row.funds — 财政拨款支出按预算种类横向合计

In the summary of fiscal appropriations, 合计 of every row of expenditure equals its general public budget, its
government-managed funds and its state capital operations, within rounding. A row that leaves all its funds blank (as
many print their last one) says nothing of them.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.sums import sum_across
from graph_data.core.terms import ColumnKey, Side, StatementForm

FUNDS = (ColumnKey.GENERAL_PUBLIC_BUDGET, ColumnKey.GOVERNMENT_MANAGED_FUNDS, ColumnKey.STATE_CAPITAL_OPERATIONS)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare each row's total with its funds."""
    return sum_across(
        exam, book, (StatementForm.FISCAL_APPROPRIATION,), FUNDS, side=Side.EXPENDITURE, blank_parts=False
    )
