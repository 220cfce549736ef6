"""tables.appropriated — 财政拨款支出不超过支出合计

What a subject spends from the general public budget is part of all that it spends: in no row, total or nature, is it
more. Where the whole year is appropriated (the summary prints no other revenue, no carry-over and no surplus) and no
other fund has figures, the two tables are the same.
"""

from __future__ import annotations

from graph_data.checks.base import Examination, interval
from graph_data.checks.book import Book
from graph_data.checks.carryover import is_only_appropriated
from graph_data.records import FigureRecord, LineRecord
from graph_data.terms import ColumnKey, LineItem, Severity, StatementForm

KEYS = (ColumnKey.TOTAL, ColumnKey.BASIC, ColumnKey.PROJECT)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the two tables cell by cell."""
    budget, everything = book.table(StatementForm.GENERAL_PUBLIC_BUDGET), book.table(StatementForm.EXPENDITURE)
    if budget is None or everything is None:
        return exam.insufficient("the document does not print both tables with figures")
    same = is_only_appropriated(book)
    for line in budget.lines:
        other = everything.line(LineItem.TOTAL) if line.item is LineItem.TOTAL else everything.line(code=line.code)
        for key in KEYS:
            first, second = budget.cell(line, budget.column(key)), everything.cell(other, everything.column(key))
            if first is not None and second is not None:
                _compare(exam, book, line, first, second, same)
    return exam if exam.compared else exam.insufficient("the tables have no printed row in common")


def _compare(
    exam: Examination, book: Book, line: LineRecord, first: FigureRecord, second: FigureRecord, same: bool
) -> None:
    what = f"{first.source.row}, {first.source.column}: from the general public budget and in all"
    if same:
        exam.equal(first, second, book.line_node(line), what)
    elif first.number.fen is not None and second.number.fen is not None:
        exam.compared += 1
        part, whole = interval(first.number), interval(second.number)
        if part.low > whole.high:
            sources = (first.source, second.source)
            exam.differ(first.number.unit, part, whole, book.line_node(line), sources, what, Severity.ERROR)
