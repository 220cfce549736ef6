"""Appropriated expenditure is part of all expenditure (财政拨款支出不超过支出合计)."""

from __future__ import annotations

from graph_data.checks.book import Book, is_only_appropriated
from graph_data.checks.examination import Examination, Printed
from graph_data.checks.intervals import interval
from graph_data.checks.wording import BUDGET_LAW, CHECK_TABLES, Case, Check, Said, Text, say
from graph_data.core.terms import ColumnKey, StatementForm

KEYS = (ColumnKey.TOTAL, ColumnKey.BASIC, ColumnKey.PROJECT)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the two tables cell by cell."""
    budget, everything = book.table(StatementForm.GENERAL_PUBLIC_BUDGET), book.table(StatementForm.EXPENDITURE)
    if budget is None or everything is None:
        return exam.insufficient("两张表未同时公开有数据的内容", "the document does not print both tables with figures")
    same = is_only_appropriated(book)
    for key in KEYS:
        one, two = budget.column(key), everything.column(key)
        for line in budget.lines:
            first, second = budget.cell(line, one), everything.cell(everything.counterpart(line), two)
            if first is not None or second is not None:
                said = say("row", row=line.source.row, column=key)
                _compare(exam, first, second, book.line_node(line), said, same)
        for line in everything.lines:
            if same and budget.counterpart(line) is None:
                said = say("missing", row=line.source.row, column=key)
                exam.equal(None, everything.cell(line, two), book.line_node(line), said)
    return exam.or_insufficient("两表没有共同列示的行", "the tables have no printed row in common")


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
        "一般公共预算财政拨款支出是全部支出的一部分：任何一行的合计、基本支出、项目支出都不大于支出决算表的同一行。"
        "全年资金均为一般公共预算财政拨款（总表没有其他收入、结转和结余，其他预算没有数据）的，两表相同。",
        "What a subject spends from the general public budget is part of all that it spends: in no row, total or "
        "nature, is it more. Where the whole year is appropriated (the summary prints no other revenue, no "
        "carry-over and no surplus) and no other fund has figures, the two tables are the same.",
    ),
    basis=BUDGET_LAW,
    cases={
        "row": Case(
            Text(
                "“{row}”的{column:term}在一般公共预算支出表为{reported}，在支出决算表为{derived}",
                "{row}, {column:term}: {reported} from the general public budget, {derived} in all",
            ),
            CHECK_TABLES,
        ),
        "missing": Case(
            Text(
                "“{row}”的{column:term}在支出决算表为{derived}，而一般公共预算支出表没有该行，尽管全年资金均为一般公"
                "共预算财政拨款",
                "{row}, {column:term}: {derived} in all and no such row of the general public budget, though all "
                "money of the year is from it",
            ),
            CHECK_TABLES,
        ),
    },
    examine=examine,
)
