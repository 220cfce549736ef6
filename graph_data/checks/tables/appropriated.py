"""Appropriated expenditure is part of all expenditure (财政拨款支出不超过支出合计)."""

from __future__ import annotations

from graph_data.checks.book import Book, Table, is_only_appropriated
from graph_data.checks.examination import Examination, Printed
from graph_data.checks.intervals import interval
from graph_data.checks.wording import BUDGET_LAW, CHECK_TABLES, Case, Check, Said, Text, say
from graph_data.core.terms import ColumnKey, StatementForm

GENERAL = StatementForm.GENERAL_PUBLIC_BUDGET
FUNDS = (GENERAL, StatementForm.GOVERNMENT_MANAGED_FUNDS, StatementForm.STATE_CAPITAL_OPERATIONS)
KEYS = (ColumnKey.TOTAL, ColumnKey.BASIC, ColumnKey.PROJECT)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the table of each fund with that of all expenditure, cell by cell."""
    everything = book.table(StatementForm.EXPENDITURE)
    funds = [table for form in FUNDS if (table := book.table(form)) is not None]
    if everything is None or not funds:
        return exam.insufficient("两张表未同时公开有数据的内容", "the document does not print both tables with figures")
    for fund in funds:
        same = fund.record.form is GENERAL and is_only_appropriated(book)
        for key in KEYS:
            _compare_column(book, exam, fund, everything, key, same)
    return exam.or_insufficient("两表没有共同列示的行", "the tables have no printed row in common")


def _compare_column(book: Book, exam: Examination, fund: Table, everything: Table, key: ColumnKey, same: bool) -> None:
    one, two = fund.column(key), everything.column(key)
    for line in fund.lines:
        row = everything.counterpart(line)
        if row is None and fund.record.form is not GENERAL:
            continue
        first, second = fund.cell(line, one), everything.cell(row, two)
        if first is not None or second is not None:
            said = say("row", row=line.source.row, column=key, table=fund.record.title)
            _compare(exam, first, second, book.line_node(line), said, same)
    for line in everything.lines:
        if same and fund.counterpart(line) is None:
            said = say("missing", row=line.source.row, column=key, table=fund.record.title)
            exam.equal(None, everything.cell(line, two), book.line_node(line), said)


def _compare(
    exam: Examination, first: Printed | None, second: Printed | None, node: str, said: Said, same: bool
) -> None:
    if same or (first is not None and second is None):
        exam.equal(first, second, node, said)
    elif first is not None and second is not None:
        sources = (first.source, second.source)
        exam.within(interval(first.number), interval(second.number), first.number.unit, node, sources, said)


CHECK = Check(
    id="tables.appropriated",
    title=Text("财政拨款支出不超过支出合计", "Appropriated expenditure is part of all expenditure"),
    rule=Text(
        "一般公共预算、政府性基金、国有资本经营预算的支出是全部支出的一部分：任何一行的合计、基本支出、项目支出都不大"
        "于支出决算表的同一行。全年资金均为一般公共预算财政拨款（总表没有其他收入、结转和结余，其他预算没有数据）的，"
        "一般公共预算支出表与支出决算表相同。支出决算表没有列示的政府性基金和国有资本科目不作比较。",
        "What a subject spends from the general public budget, from government-managed funds or from state capital "
        "is part of all that it spends: in no row, total or nature, is it more. Where the whole year is appropriated "
        "from the general public budget (the summary prints no other revenue, no carry-over and no surplus) and no "
        "other fund has figures, its table and that of all expenditure are the same. A subject of the other funds "
        "that the table of all expenditure does not print is not compared.",
    ),
    basis=BUDGET_LAW,
    cases={
        "row": Case(
            Text(
                "“{row}”的{column:term}在《{table}》为{reported}，在支出决算表为{derived}",
                "{row}, {column:term}: {reported} in {table}, {derived} in all expenditure",
            ),
            CHECK_TABLES,
        ),
        "missing": Case(
            Text(
                "“{row}”的{column:term}在支出决算表为{derived}，而《{table}》没有该行，尽管全年资金均为一般公共预算"
                "财政拨款",
                "{row}, {column:term}: {derived} in all and no such row in {table}, though all "
                "money of the year is from it",
            ),
            CHECK_TABLES,
        ),
    },
    examine=examine,
)
