"""The summary's revenue is that of the revenue table (收入总表与收入决算表)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import BUDGET_LAW, CHECK_TABLES, Case, Check, Text, say
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
        return exam.insufficient("两张表未同时公开有数据的内容", "the document does not print both tables with figures")
    amount, node = summary.column(ColumnKey.AMOUNT, Side.REVENUE), book.line_node(detail.total)
    for item, key in SAME.items():
        first = summary.cell(summary.line(item, side=Side.REVENUE), amount)
        second = detail.cell(detail.total, detail.column(key))
        exam.equal(first, second, node, say("source", item=item))
    lines = [summary.line(item, side=Side.REVENUE) for item in APPROPRIATIONS]
    parts = [cell for line in lines if (cell := summary.cell(line, amount)) is not None]
    whole = detail.cell(detail.total, detail.column(ColumnKey.FISCAL_APPROPRIATION))
    exam.sums(whole, parts, node, say("appropriations"))
    return exam.or_insufficient("两表没有共同列示的合计", "the tables have no printed total in common")


CHECK = Check(
    id="tables.revenue",
    title=Text("收入总表与收入决算表", "The summary's revenue is that of the revenue table"),
    rule=Text(
        "收入支出决算总表的各项收入与收入决算表一致：各来源分别相等，本年收入合计相等，各预算财政拨款收入之和等于财"
        "政拨款收入。",
        "The revenue of the summary table is that of the revenue table: each source, and 本年收入合计; its "
        "appropriations together are 财政拨款收入.",
    ),
    basis=BUDGET_LAW,
    cases={
        "source": Case(
            Text(
                "“{item:term}”在收入支出决算总表为{reported}，在收入决算表为{derived}",
                "{item:term}: {reported} in the summary, {derived} in the table of revenue",
            ),
            CHECK_TABLES,
        ),
        "appropriations": Case(
            Text(
                "收入决算表“财政拨款收入”为{reported}，收入支出决算总表各预算财政拨款收入合计为{derived}",
                "fiscal appropriation is {reported} in the table of revenue, while the summary's appropriations add "
                "up to {derived}",
            ),
            CHECK_TABLES,
        ),
    },
    examine=examine,
)
