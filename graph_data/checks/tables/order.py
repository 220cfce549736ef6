"""Columns stand in the order of the ministry's form (栏目次序)."""

from __future__ import annotations

from itertools import pairwise, product

from graph_data.checks.book import Book, Table
from graph_data.checks.examination import Examination
from graph_data.checks.wording import DISCLOSURE, LOOK, Case, Check, Text, say
from graph_data.core.terms import ColumnKey, Phase, Severity, Side

ORDERS = (
    (
        ColumnKey.FISCAL_APPROPRIATION, ColumnKey.SUBSIDY_FROM_SUPERIOR, ColumnKey.OPERATING_SERVICE,
        ColumnKey.BUSINESS_REVENUE, ColumnKey.REMITTANCE_FROM_AFFILIATES, ColumnKey.OTHER_REVENUE,
    ),
    (
        ColumnKey.BASIC, ColumnKey.PROJECT, ColumnKey.REMITTANCE_TO_SUPERIOR, ColumnKey.BUSINESS_EXPENDITURE,
        ColumnKey.SUBSIDY_TO_AFFILIATES,
    ),
    (ColumnKey.OFFICIAL_VEHICLE_PURCHASE, ColumnKey.OFFICIAL_VEHICLE_OPERATION),
    (ColumnKey.GENERAL_PUBLIC_BUDGET, ColumnKey.GOVERNMENT_MANAGED_FUNDS, ColumnKey.STATE_CAPITAL_OPERATIONS),
)  # fmt: skip
"""From left to right; two that are exchanged still add up, so no sum would tell."""


def examine(book: Book, exam: Examination) -> Examination:
    """Look at the columns of each table."""
    for statement in book.account.statements:
        table = book.table(statement.form)
        if table is not None:
            for order in ORDERS:
                _look(book, exam, table, order)
    return exam.or_insufficient("没有可比较次序的栏目", "no table prints columns whose order is known")


def _look(book: Book, exam: Examination, table: Table, order: tuple[ColumnKey, ...]) -> None:
    """Halves and phases of one table that print two columns in both orders contradict each other."""
    found: dict[tuple[ColumnKey, ColumnKey], None] = {}
    for place in product((None, *Side), (None, *Phase)):
        printed = [column for column in table.columns if (column.side, column.phase) == place and column.key in order]
        in_print = sorted(printed, key=lambda column: column.column)
        found |= dict.fromkeys((one.key, other.key) for one, other in pairwise(in_print))
    exam.compared += bool(found)
    for one, other in found:
        if order.index(one) > order.index(other):
            severity = Severity.WARNING if (other, one) in found else Severity.INFO
            said = say("order", table=table.record.title, first=one, second=other)
            exam.note(severity, said, book.statement_node(table.record.form), (table.record.source,))


CHECK = Check(
    id="tables.order",
    title=Text("栏目次序", "Columns stand in the order of the form"),
    rule=Text(
        "收入来源、支出性质、公务用车购置与运行、各类预算的栏目按统一格式的次序排列。次序不同的按所印栏目读取，仅作提"
        "示（两栏标题互换时，各项合计仍然相等）；同一张表前后两部分次序不一的存疑。",
        "The columns of sources, natures, vehicles and funds stand in the order of the ministry's forms. Others are "
        "read as they are headed, and told as an observation, since all sums still hold where two headings are "
        "exchanged; two parts of one table in different orders are doubtful.",
    ),
    basis=DISCLOSURE,
    cases={
        "order": Case(
            Text(
                "《{table}》中“{first:term}”列在“{second:term}”之前，与统一格式的次序不同",
                "{table}: {first:term} stands before {second:term}, unlike the form",
            ),
            LOOK,
        ),
    },
    examine=examine,
)
