"""tables.revenue — 收入总表与收入决算表

The revenue of the summary table is that of the revenue table: each source, and 本年收入合计; its appropriations
together are 财政拨款收入.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.core.terms import ColumnKey, LineItem, Side, StatementForm

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
    if summary is None or detail is None or detail.total is None:
        return exam.insufficient("the document does not print both tables with figures")
    amount, node = summary.column(ColumnKey.AMOUNT, Side.REVENUE), book.line_node(detail.total)
    for item, key in SAME.items():
        first = summary.cell(summary.line(item, side=Side.REVENUE), amount)
        second = detail.cell(detail.total, detail.column(key))
        exam.equal(first, second, node, f"{item.value} in the summary and in the revenue table")
    lines = [summary.line(item, side=Side.REVENUE) for item in APPROPRIATIONS]
    parts = [cell for line in lines if (cell := summary.cell(line, amount)) is not None]
    whole = detail.cell(detail.total, detail.column(ColumnKey.FISCAL_APPROPRIATION))
    exam.sums(whole, parts, node, "财政拨款收入 of the revenue table against the appropriations of the summary")
    return exam.or_insufficient("the tables have no printed total in common")
