"""balance.appropriation — 财政拨款分预算收支平衡

In the summary of appropriations, 总计 of each fund (general public budget, government-managed funds, state capital
operations) on the side of expenditure equals that fund's revenue and opening carry-over, within rounding. A fund
whose 总计 is left blank is not compared, nor any where the opening carry-over is not printed by fund.
"""

from __future__ import annotations

from graph_data.checks.book import Book, Table
from graph_data.checks.examination import Examination
from graph_data.core.terms import ColumnKey, LineItem, Side, StatementForm

FUNDS = {
    LineItem.GENERAL_PUBLIC_BUDGET: ColumnKey.GENERAL_PUBLIC_BUDGET,
    LineItem.GOVERNMENT_MANAGED_FUNDS: ColumnKey.GOVERNMENT_MANAGED_FUNDS,
    LineItem.STATE_CAPITAL_OPERATIONS: ColumnKey.STATE_CAPITAL_OPERATIONS,
}


def examine(book: Book, exam: Examination) -> Examination:
    """Compare each fund's 总计 with what came in."""
    table = book.table(StatementForm.FISCAL_APPROPRIATION)
    if table is None:
        return exam.not_applicable("the summary of appropriations has no figures or was not published")
    amount = table.column(ColumnKey.AMOUNT, Side.REVENUE)
    grand = table.line(LineItem.GRAND_TOTAL, side=Side.EXPENDITURE)
    if not _has_opening_by_fund(table):
        return exam.insufficient("the opening carry-over is not printed by fund")
    for fund, key in FUNDS.items():
        whole = table.cell(grand, table.column(key, Side.EXPENDITURE))
        lines = [line for line in table.lines if line.item is fund and line.side is Side.REVENUE]
        parts = [cell for line in lines if (cell := table.cell(line, amount)) is not None]
        if whole is not None and grand is not None:
            what = f"{table.record.title}, 总计 of {fund.value} against its revenue and opening carry-over"
            exam.sums(whole, parts, book.line_node(grand), what)
    return exam.or_insufficient("no 总计 of a fund is printed")


def _has_opening_by_fund(table: Table) -> bool:
    line = table.line(LineItem.OPENING_CARRYOVER, side=Side.REVENUE)
    amount = table.column(ColumnKey.AMOUNT, Side.REVENUE)
    whole = table.cell(line, amount)
    if line is None or whole is None or not whole.number.fen:
        return True
    return any(table.cell(fund, amount) is not None for fund in table.children(line))
