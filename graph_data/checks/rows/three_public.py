"""The three public expenses add up (“三公”经费横向合计)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.sums import sum_across
from graph_data.checks.wording import BUDGET_LAW, CHECK_TABLE, Case, Check, Text
from graph_data.core.terms import ColumnKey, Phase, StatementForm

FORM = StatementForm.THREE_PUBLIC_EXPENSES
PARTS = {
    ColumnKey.TOTAL: (
        ColumnKey.OVERSEAS_OFFICIAL_TRAVEL,
        ColumnKey.OFFICIAL_VEHICLES,
        ColumnKey.OFFICIAL_HOSPITALITY,
    ),
    ColumnKey.OFFICIAL_VEHICLES: (ColumnKey.OFFICIAL_VEHICLE_PURCHASE, ColumnKey.OFFICIAL_VEHICLE_OPERATION),
}


def examine(book: Book, exam: Examination) -> Examination:
    """Compare both totals of both halves; vehicles without a column of their own are their purchase and operation."""
    table = book.table(FORM)
    if table is None:
        return exam.not_applicable("没有列有数据的此类表", "no such table has figures")
    for whole, parts in PARTS.items():
        for phase in Phase:
            printed = [
                one for part in parts
                for one in ((part,) if table.column(part, phase=phase) else PARTS.get(part, ()))
            ]  # fmt: skip
            sum_across(exam, book, (FORM,), printed, whole, phase=phase)
    exam.absent = None
    return exam.or_insufficient("未同时列示合计及其组成部分", "no total is printed with its parts")


CHECK = Check(
    id="row.three-public",
    title=Text("“三公”经费横向合计", "The three public expenses add up"),
    rule=Text(
        "“三公”经费表中，预算数、决算数的合计均等于因公出国（境）费、公务用车费、公务接待费之和，公务用车小计等于购"
        "置费与运行维护费之和；允许四舍五入误差。",
        "In the table of the three public expenses, for budget and for final alike, 合计 equals overseas travel, "
        "vehicles and hospitality, and 小计 of the vehicles equals their purchase and their operation, within "
        "rounding.",
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
