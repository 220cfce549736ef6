"""Both summaries have the same appropriations (财政拨款收入两表一致)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import BUDGET_LAW, CHECK_TABLES, Case, Check, Text, say
from graph_data.core.terms import ColumnKey, LineItem, Side, StatementForm

FUNDS = (LineItem.GENERAL_PUBLIC_BUDGET, LineItem.GOVERNMENT_MANAGED_FUNDS, LineItem.STATE_CAPITAL_OPERATIONS)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the revenue sides fund by fund."""
    everything = book.table(StatementForm.REVENUE_AND_EXPENDITURE)
    fiscal = book.table(StatementForm.FISCAL_APPROPRIATION)
    if everything is None or fiscal is None:
        return exam.insufficient(
            "两张总表未同时公开有数据的内容", "the document does not print both summaries with figures"
        )
    amounts = [table.column(ColumnKey.AMOUNT, Side.REVENUE) for table in (everything, fiscal)]
    for fund in FUNDS:
        line = everything.line(fund, side=Side.REVENUE)
        other = fiscal.line(fund, side=Side.REVENUE, under=LineItem.CURRENT_YEAR_REVENUE)
        if line is not None and other is not None:
            first, second = everything.cell(line, amounts[0]), fiscal.cell(other, amounts[1])
            exam.equal(first, second, book.line_node(line), say("fund", fund=fund))
    return exam.or_insufficient("没有在两张总表中同时列示的财政拨款", "no appropriation is printed in both summaries")


CHECK = Check(
    id="tables.appropriation-revenue",
    title=Text("财政拨款收入两表一致", "Both summaries have the same appropriations"),
    rule=Text(
        "本年各预算的财政拨款收入在两张总表中一致。",
        "The appropriations of the year are the same in both summary tables, fund by fund.",
    ),
    basis=BUDGET_LAW,
    cases={
        "fund": Case(
            Text(
                "“{fund:term}”本年收入在收入支出决算总表为{reported}，在财政拨款收入支出决算总表为{derived}",
                "revenue of the {fund:term}: {reported} in the summary, {derived} in the summary of appropriations",
            ),
            CHECK_TABLES,
        ),
    },
    examine=examine,
)
