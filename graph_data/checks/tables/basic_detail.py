"""The detail of basic expenditure adds up (基本支出明细逐级合计)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.sums import sum_down
from graph_data.checks.wording import BUDGET_LAW, CHECK_TABLE, Case, Check, Text
from graph_data.core.terms import StatementForm


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the totals down the table."""
    return sum_down(exam, book, (StatementForm.BASIC_EXPENDITURE,))


CHECK = Check(
    id="table.basic-detail",
    title=Text("基本支出明细逐级合计", "The detail of basic expenditure adds up"),
    rule=Text(
        "基本支出明细表中，每一类等于其款之和，人员经费合计、公用经费合计分别等于其各类之和；允许四舍五入误差。",
        "In the detail of basic expenditure, every 类 equals the sum of its 款, and 人员经费合计 and 公用经费合计 "
        "equal the sum of their 类, within rounding.",
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
