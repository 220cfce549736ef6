"""Expenditure adds up across its natures (支出按性质横向合计)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.sums import sum_across
from graph_data.checks.wording import BUDGET_LAW, CHECK_TABLE, Case, Check, Text
from graph_data.core.terms import ColumnKey, StatementForm

FORMS = (
    StatementForm.EXPENDITURE,
    StatementForm.GENERAL_PUBLIC_BUDGET,
    StatementForm.GOVERNMENT_MANAGED_FUNDS,
    StatementForm.STATE_CAPITAL_OPERATIONS,
)
NATURES = (
    ColumnKey.BASIC,
    ColumnKey.PROJECT,
    ColumnKey.REMITTANCE_TO_SUPERIOR,
    ColumnKey.BUSINESS_EXPENDITURE,
    ColumnKey.SUBSIDY_TO_AFFILIATES,
)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare each row's total with its natures."""
    return sum_across(exam, book, FORMS, NATURES)


CHECK = Check(
    id="row.natures",
    title=Text("支出按性质横向合计", "Expenditure adds up across its natures"),
    rule=Text(
        "各支出表每一行的合计等于基本支出、项目支出及其他各性质支出之和；允许四舍五入误差。",
        "In the tables of expenditure, the total of every row equals its basic, project and other expenditure, "
        "within rounding.",
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
