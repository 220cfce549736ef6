"""The detail of basic expenditure is the budget table's (基本支出明细与一般公共预算支出表)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import BUDGET_LAW, CHECK_TABLES, Case, Check, Text, say
from graph_data.core.terms import ColumnKey, LineItem, StatementForm


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the two tables' basic expenditure."""
    budget, detail = book.table(StatementForm.GENERAL_PUBLIC_BUDGET), book.table(StatementForm.BASIC_EXPENDITURE)
    if budget is None or detail is None or budget.total is None:
        return exam.insufficient("两张表未同时公开有数据的内容", "the document does not print both tables with figures")
    totals = [detail.line(item) for item in (LineItem.PERSONNEL_TOTAL, LineItem.OPERATING_TOTAL)]
    parts = [cell for line in totals for column in detail.columns if (cell := detail.cell(line, column)) is not None]
    whole = budget.cell(budget.total, budget.column(ColumnKey.BASIC))
    exam.sums(whole, parts, book.line_node(budget.total), say("total"), blank_parts=False)
    return exam.or_insufficient("两表未同时列示合计", "the totals are not printed in both tables")


CHECK = Check(
    id="tables.basic",
    title=Text("基本支出明细与一般公共预算支出表", "The detail of basic expenditure is the budget table's"),
    rule=Text(
        "基本支出明细表的人员经费合计与公用经费合计之和，等于一般公共预算支出表的基本支出。",
        "人员经费合计 and 公用经费合计 of the detail together are the basic expenditure of the general public "
        "budget's table.",
    ),
    basis=BUDGET_LAW,
    cases={
        "total": Case(
            Text(
                "一般公共预算支出表基本支出为{reported}，基本支出明细表人员经费合计与公用经费合计之和为{derived}",
                "basic expenditure is {reported} in the general public budget's table, while personnel and "
                "operating expenditure of the detail add up to {derived}",
            ),
            CHECK_TABLES,
        ),
    },
    examine=examine,
)
