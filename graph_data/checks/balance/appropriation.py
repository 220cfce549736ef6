"""Each budget balances within the appropriations (财政拨款分预算收支平衡)."""

from __future__ import annotations

from graph_data.checks.book import Book, Table
from graph_data.checks.examination import Examination
from graph_data.checks.wording import BUDGET_LAW, CHECK_TABLE, Case, Check, Text, say
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
        return exam.not_applicable(
            "财政拨款收入支出决算总表没有数据或未公开",
            "the summary of appropriations has no figures or was not published",
        )
    amount = table.column(ColumnKey.AMOUNT, Side.REVENUE)
    grand = table.line(LineItem.GRAND_TOTAL, side=Side.EXPENDITURE)
    if not _has_opening_by_fund(table):
        return exam.insufficient("年初结转未分预算列示", "the opening carry-over is not printed by fund")
    for fund, key in FUNDS.items():
        whole = table.cell(grand, table.column(key, Side.EXPENDITURE))
        lines = [line for line in table.lines if line.item is fund and line.side is Side.REVENUE]
        parts = [cell for line in lines if (cell := table.cell(line, amount)) is not None]
        if whole is not None and grand is not None:
            said = say("fund", table=table.record.title, fund=fund)
            exam.sums(whole, parts, book.line_node(grand), said)
    return exam.or_insufficient("未列示任何预算的总计", "no 总计 of a fund is printed")


def _has_opening_by_fund(table: Table) -> bool:
    line = table.line(LineItem.OPENING_CARRYOVER, side=Side.REVENUE)
    amount = table.column(ColumnKey.AMOUNT, Side.REVENUE)
    whole = table.cell(line, amount)
    if line is None or whole is None or not whole.number.fen:
        return True
    return any(table.cell(fund, amount) is not None for fund in table.children(line))


CHECK = Check(
    id="balance.appropriation",
    title=Text("财政拨款分预算收支平衡", "Each budget balances within the appropriations"),
    rule=Text(
        "财政拨款收入支出决算总表中，每种预算（一般公共预算、政府性基金预算、国有资本经营预算）支出侧的总计等于该预"
        "算的本年收入与年初结转之和；允许四舍五入误差。总计空白的预算、年初结转未分预算列示的文件不作比较。",
        "In the summary of appropriations, 总计 of each fund (general public budget, government-managed funds, "
        "state capital operations) on the side of expenditure equals that fund's revenue and opening carry-over, "
        "within rounding. A fund whose 总计 is left blank is not compared, nor any where the opening carry-over is "
        "not printed by fund.",
    ),
    basis=BUDGET_LAW,
    cases={
        "fund": Case(
            Text(
                "《{table}》{fund:term}支出侧总计为{reported}，其收入与年初结转合计为{derived}",
                "{table}: expenditure of the {fund:term} closes at {reported}, while its revenue and opening "
                "carry-over add up to {derived}",
            ),
            CHECK_TABLE,
        ),
    },
    examine=examine,
)
