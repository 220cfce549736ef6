"""tables.revenue — 收入总表与收入决算表

The revenue of the summary table is that of the revenue table: each source, and 本年收入合计.
"""

from __future__ import annotations

from graph_data.amount import Interval
from graph_data.checks.base import Examination, interval
from graph_data.checks.book import Book
from graph_data.terms import ColumnKey, LineItem, Severity, Side, StatementForm

SAME = {
    LineItem.CURRENT_YEAR_REVENUE: ColumnKey.TOTAL,
    LineItem.SUBSIDY_FROM_SUPERIOR: ColumnKey.SUBSIDY_FROM_SUPERIOR,
    LineItem.OPERATING_SERVICE: ColumnKey.OPERATING_SERVICE,
    LineItem.BUSINESS: ColumnKey.BUSINESS_REVENUE,
    LineItem.REMITTANCE_FROM_AFFILIATES: ColumnKey.REMITTANCE_FROM_AFFILIATES,
    LineItem.OTHER: ColumnKey.OTHER_REVENUE,
}
APPROPRIATIONS = (
    LineItem.GENERAL_PUBLIC_BUDGET,
    LineItem.GOVERNMENT_MANAGED_FUNDS,
    LineItem.STATE_CAPITAL_OPERATIONS,
)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the two tables' totals by source."""
    summary, detail = book.table(StatementForm.REVENUE_AND_EXPENDITURE), book.table(StatementForm.REVENUE)
    if summary is None or detail is None:
        return exam.insufficient("the document does not print both tables with figures")
    amount, total = summary.column(ColumnKey.AMOUNT, Side.REVENUE), detail.line(LineItem.TOTAL)
    for item, key in SAME.items():
        line = summary.line(item, side=Side.REVENUE)
        first, second = summary.cell(line, amount), detail.cell(total, detail.column(key))
        if line is not None and first is not None and second is not None:
            exam.equal(first, second, book.line_node(line), f"{item.value} in the summary and in the revenue table")
    lines = [summary.line(item, side=Side.REVENUE) for item in APPROPRIATIONS]
    parts = [cell for line in lines if (cell := summary.cell(line, amount)) is not None and cell.number.fen is not None]
    whole = detail.cell(total, detail.column(ColumnKey.FISCAL_APPROPRIATION))
    if parts and whole is not None and whole.number.fen is not None and lines[0] is not None:
        exam.compared += 1
        derived, reported = Interval.total(interval(part.number) for part in parts), interval(whole.number)
        if not derived.overlaps(reported):
            sources = (whole.source, *(part.source for part in parts))
            what = "财政拨款收入 of the revenue table against the appropriations of the summary"
            exam.differ(whole.number.unit, reported, derived, book.line_node(lines[0]), sources, what, Severity.ERROR)
    return exam if exam.compared else exam.insufficient("the tables have no printed total in common")
