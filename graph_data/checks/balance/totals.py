"""Both sides of the summaries close at the same total (收支平衡)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import BUDGET_LAW, CHECK_TABLE, Case, Check, Text, say
from graph_data.core.terms import ColumnKey, LineItem, Side, StatementForm


def examine(book: Book, exam: Examination) -> Examination:
    """Compare 总计 left and right."""
    tables = [
        table
        for form in (StatementForm.REVENUE_AND_EXPENDITURE, StatementForm.FISCAL_APPROPRIATION)
        if (table := book.table(form)) is not None
    ]
    if not tables:
        return exam.not_applicable("没有列有数据的总表", "no summary table has figures")
    for table in tables:
        left = table.line(LineItem.GRAND_TOTAL, side=Side.REVENUE)
        right = table.line(LineItem.GRAND_TOTAL, side=Side.EXPENDITURE)
        revenue = table.cell(left, table.column(ColumnKey.AMOUNT, Side.REVENUE))
        expenditure = table.cell(right, table.column(ColumnKey.AMOUNT, Side.EXPENDITURE)) or table.cell(
            right, table.column(ColumnKey.TOTAL, Side.EXPENDITURE)
        )
        if left is not None:
            exam.equal(revenue, expenditure, book.line_node(left), say("sides", table=table.record.title))
    return exam.or_insufficient("两侧未同时列示总计", "no 总计 is printed on both sides")


CHECK = Check(
    id="balance.totals",
    title=Text("收支平衡", "Both sides of the summaries close at the same total"),
    rule=Text(
        "两张总表左右两侧的总计相等：本年收入加年初结转结余和使用非财政拨款结余，等于本年支出加结余分配和年末结转结"
        "余。",
        "In each summary table the two sides close at the same 总计: revenue with opening carry-over and surplus "
        "used equals expenditure with distribution and closing carry-over.",
    ),
    basis=BUDGET_LAW,
    cases={
        "sides": Case(
            Text(
                "《{table}》收入侧总计为{reported}，支出侧总计为{derived}",
                "{table}: the side of revenue closes at {reported}, that of expenditure at {derived}",
            ),
            CHECK_TABLE,
        ),
    },
    examine=examine,
)
