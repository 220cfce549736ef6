"""tables.appropriation-revenue — 财政拨款收入两表一致

The appropriations of the year are the same in both summary tables, fund by fund.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.core.terms import ColumnKey, LineItem, Side, StatementForm

FUNDS = (LineItem.GENERAL_PUBLIC_BUDGET, LineItem.GOVERNMENT_MANAGED_FUNDS, LineItem.STATE_CAPITAL_OPERATIONS)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the revenue sides fund by fund."""
    everything = book.table(StatementForm.REVENUE_AND_EXPENDITURE)
    fiscal = book.table(StatementForm.FISCAL_APPROPRIATION)
    if everything is None or fiscal is None:
        return exam.insufficient("the document does not print both summaries with figures")
    amounts = [table.column(ColumnKey.AMOUNT, Side.REVENUE) for table in (everything, fiscal)]
    for fund in FUNDS:
        line = everything.line(fund, side=Side.REVENUE)
        other = fiscal.line(fund, side=Side.REVENUE, under=LineItem.CURRENT_YEAR_REVENUE)
        if line is not None and other is not None:
            first, second = everything.cell(line, amounts[0]), fiscal.cell(other, amounts[1])
            exam.equal(first, second, book.line_node(line), f"{fund.value} in the two summaries")
    return exam.or_insufficient("no appropriation is printed in both summaries")
