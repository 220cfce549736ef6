"""What was carried over at the start of the year is what was left at the end of the last (年初与上年年末衔接)."""

from __future__ import annotations

from collections.abc import Iterator

from graph_data.checks.book import Book, Table
from graph_data.checks.examination import Examination, Stated
from graph_data.checks.wording import EXPLAIN, Case, Check, Text, say
from graph_data.core.records import FigureRecord, LineRecord
from graph_data.core.terms import ColumnKey, Fund, LineItem, Severity, Side, StatementForm

_FORMS = (StatementForm.REVENUE_AND_EXPENDITURE, StatementForm.FISCAL_APPROPRIATION)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare 年初 of this year with 年末 of last year's account, and of each fund where both print it."""
    last = book.previous
    if last is None:
        return exam.not_applicable("没有该部门上年的决算", "there is no account of last year")
    for form in _FORMS:
        table, before = book.table(form), last.whole_table(form)
        if table is not None and before is not None:
            for line, opening, closing in _pairs(table, before):
                source = line.source if opening is None else opening.source
                said = say("carried", table=table.record.title, row=line.label, year=last.account.key.fiscal_year)
                other = None if closing is None else Stated(closing.number, source)
                exam.equal(opening, other, book.line_node(line), said, Severity.WARNING)
    return exam.or_insufficient("两年的总表未同时列示结转结余", "no summary of both years prints what is carried over")


def _pairs(table: Table, before: Table) -> Iterator[tuple[LineRecord, FigureRecord | None, FigureRecord | None]]:
    """The row of each opening, its cell, and the cell of last year's closing."""
    opening = table.line(LineItem.OPENING_CARRYOVER, side=Side.REVENUE)
    closing = before.line(LineItem.CLOSING_CARRYOVER, side=Side.EXPENDITURE)
    amount = table.column(ColumnKey.AMOUNT, Side.REVENUE) or table.column(ColumnKey.TOTAL, Side.REVENUE)
    total = before.column(ColumnKey.TOTAL, Side.EXPENDITURE) or before.column(ColumnKey.AMOUNT, Side.EXPENDITURE)
    if opening is None or closing is None or amount is None or total is None:
        return
    yield opening, table.cell(opening, amount), before.cell(closing, total)
    for fund in Fund:
        line = table.line(LineItem[fund.name], side=Side.REVENUE, under=LineItem.OPENING_CARRYOVER)
        column = before.column(ColumnKey[fund.name], Side.EXPENDITURE)
        if line is not None and column is not None:
            yield line, table.cell(line, amount), before.cell(closing, column)


CHECK = Check(
    id="relations.opening",
    title=Text("年初与上年年末衔接", "Opening carry-over is last year's closing"),
    rule=Text(
        "年初结转和结余（财政拨款的按预算种类）等于同一部门上年决算的年末结转和结余。",
        "What is carried over at the start of the year, of appropriation fund by fund, is what the same department's "
        "account of last year closes with.",
    ),
    cases={
        "carried": Case(
            Text(
                "《{table}》“{row}”为{reported}，{year}年度决算的年末数为{derived}",
                "{row} of {table} is {reported}, while the account of {year} closes with {derived}",
            ),
            EXPLAIN,
        ),
    },
    examine=examine,
)
