"""Revenue adds up across its sources (收入按来源横向合计)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.sums import sum_across
from graph_data.checks.wording import BUDGET_LAW, CHECK_TABLE, Case, Check, Text
from graph_data.core.terms import ColumnKey, StatementForm

SOURCES = (
    ColumnKey.FISCAL_APPROPRIATION,
    ColumnKey.SUBSIDY_FROM_SUPERIOR,
    ColumnKey.OPERATING_SERVICE,
    ColumnKey.BUSINESS_REVENUE,
    ColumnKey.REMITTANCE_FROM_AFFILIATES,
    ColumnKey.OTHER_REVENUE,
)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare each row's total with its sources."""
    return sum_across(exam, book, (StatementForm.REVENUE,), SOURCES)


CHECK = Check(
    id="row.sources",
    title=Text("收入按来源横向合计", "Revenue adds up across its sources"),
    rule=Text(
        "收入决算表每一行的本年收入合计等于各来源之和；允许四舍五入误差。",
        "In the table of revenue, 本年收入合计 of every row equals the sum of its sources, within rounding.",
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
