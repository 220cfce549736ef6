"""row.three-public — “三公”经费横向合计

In the table of the three public expenses, for budget and for final alike, 合计 equals overseas travel, vehicles and
hospitality, and 小计 of the vehicles equals their purchase and their operation, within rounding.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.sums import sum_across
from graph_data.core.terms import ColumnKey, Phase, StatementForm

FORM = StatementForm.THREE_PUBLIC_EXPENSES
PARTS = {
    ColumnKey.TOTAL: (
        ColumnKey.OVERSEAS_OFFICIAL_TRAVEL,
        ColumnKey.OFFICIAL_VEHICLES,
        ColumnKey.OFFICIAL_HOSPITALITY,
    ),
    ColumnKey.OFFICIAL_VEHICLES: (ColumnKey.OFFICIAL_VEHICLE_PURCHASE, ColumnKey.OFFICIAL_VEHICLE_OPERATION),
}


def examine(book: Book, exam: Examination) -> Examination:
    """Compare both totals of both halves."""
    if book.table(FORM) is None:
        return exam.not_applicable("no such table has figures")
    for whole, parts in PARTS.items():
        for phase in Phase:
            sum_across(exam, book, (FORM,), parts, whole, phase=phase)
    exam.absent = None
    return exam.or_insufficient("no total is printed with its parts")
