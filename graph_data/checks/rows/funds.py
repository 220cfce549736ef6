"""Appropriations add up across the three budgets (财政拨款支出按预算种类横向合计)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.sums import sum_across
from graph_data.checks.wording import BUDGET_LAW, CHECK_TABLE, Case, Check, Text
from graph_data.core.terms import ColumnKey, Side, StatementForm

FUNDS = (ColumnKey.GENERAL_PUBLIC_BUDGET, ColumnKey.GOVERNMENT_MANAGED_FUNDS, ColumnKey.STATE_CAPITAL_OPERATIONS)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare each row's total with its funds."""
    return sum_across(
        exam, book, (StatementForm.FISCAL_APPROPRIATION,), FUNDS, side=Side.EXPENDITURE, blank_parts=False
    )


CHECK = Check(
    id="row.funds",
    title=Text("财政拨款支出按预算种类横向合计", "Appropriations add up across the three budgets"),
    rule=Text(
        "财政拨款收入支出决算总表支出侧每一行的合计等于一般公共预算、政府性基金预算、国有资本经营预算三列之和；允许"
        "四舍五入误差。三列均为空白的行（不少单位的末行如此）不作比较。",
        "In the summary of fiscal appropriations, 合计 of every row of expenditure equals its general public "
        "budget, its government-managed funds and its state capital operations, within rounding. A row that leaves "
        "all its funds blank (as many print their last one) says nothing of them.",
    ),
    basis=BUDGET_LAW,
    cases={
        "row": Case(
            Text(
                "《{table}》“{row}”行“{column}”为{reported}，其各组成列合计为{derived}",
                "{table}, {row}: {column} is {reported}, while the columns that make it up add up to {derived}",
            ),
            CHECK_TABLE,
        ),
    },
    examine=examine,
)
