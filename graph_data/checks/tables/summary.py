"""The summary tables add up (总表逐级合计)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.sums import sum_down
from graph_data.checks.wording import BUDGET_LAW, CHECK_TABLE, Case, Check, Text
from graph_data.core.terms import StatementForm


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the totals down both sides."""
    return sum_down(exam, book, (StatementForm.REVENUE_AND_EXPENDITURE, StatementForm.FISCAL_APPROPRIATION))


CHECK = Check(
    id="table.summary",
    title=Text("总表逐级合计", "The summary tables add up"),
    rule=Text(
        "两张总表的每一侧，本年收入合计、本年支出合计等于其上各行之和，总计等于本年合计加结转结余、使用非财政拨款结"
        "余和结余分配，结转结余等于其各预算之和；允许四舍五入误差。",
        "On each side of the two summary tables, 本年收入合计 and 本年支出合计 equal the sum of the rows above "
        "them, 总计 equals them with carry-over, surplus used and distribution, and carry-over equals its funds, "
        "within rounding.",
    ),
    basis=BUDGET_LAW,
    cases={
        "row": Case(
            Text(
                "《{table}》“{row}”行“{column}”列为{reported}，其下各行合计为{derived}",
                "{table}, {row}, {column}: {reported}, while the rows under it add up to {derived}",
            ),
            CHECK_TABLE,
        ),
    },
    examine=examine,
)
