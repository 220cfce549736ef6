"""Tables by subject add up, level by level (科目表逐级合计)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.sums import sum_down
from graph_data.checks.wording import BUDGET_LAW, CHECK_TABLE, Case, Check, Text
from graph_data.core.terms import StatementForm

FORMS = (
    StatementForm.REVENUE,
    StatementForm.EXPENDITURE,
    StatementForm.GENERAL_PUBLIC_BUDGET,
    StatementForm.GOVERNMENT_MANAGED_FUNDS,
    StatementForm.STATE_CAPITAL_OPERATIONS,
)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the totals down each table."""
    return sum_down(exam, book, FORMS, blank_parts=True)


CHECK = Check(
    id="table.subjects",
    title=Text("科目表逐级合计", "Tables by subject add up, level by level"),
    rule=Text(
        "各科目表的每个金额列中，合计等于各类之和，类等于其款之和，款等于其项之和；允许全部相关数字的四舍五入误差。",
        "In the tables by subject, every printed total equals the sum of the rows one level under it, in every "
        "amount column: 合计 = Σ类, 类 = Σ款, 款 = Σ项, within the rounding of all the numbers involved.",
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
