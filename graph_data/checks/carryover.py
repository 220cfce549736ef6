"""What the summary says of carry-over and other money: two comparisons hold only where there is none."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.core.terms import LineItem, StatementForm

CARRIED = (
    LineItem.OPENING_CARRYOVER,
    LineItem.CLOSING_CARRYOVER,
    LineItem.NON_FISCAL_SURPLUS_USED,
    LineItem.SURPLUS_DISTRIBUTION,
)
OTHER_REVENUE = (
    LineItem.SUBSIDY_FROM_SUPERIOR,
    LineItem.OPERATING_SERVICE,
    LineItem.BUSINESS,
    LineItem.REMITTANCE_FROM_AFFILIATES,
    LineItem.OTHER,
    LineItem.GOVERNMENT_MANAGED_FUNDS,
    LineItem.STATE_CAPITAL_OPERATIONS,
)


def is_carried_over(book: Book) -> bool | None:
    """Does the summary print any carry-over, surplus used or distribution? None without a summary."""
    return _prints_any(book, CARRIED)


def is_only_appropriated(book: Book) -> bool:
    """Is all money of the year the general public budget's, with nothing carried over or used of surplus?"""
    return _prints_any(book, CARRIED) is False and _prints_any(book, OTHER_REVENUE) is False


def _prints_any(book: Book, items: tuple[LineItem, ...]) -> bool | None:
    summary = book.table(StatementForm.REVENUE_AND_EXPENDITURE)
    if summary is None:
        return None
    cells = [summary.cell(line, column) for line in summary.lines if line.item in items for column in summary.columns]
    return any(cell is not None and cell.number.fen not in (None, 0) for cell in cells)
