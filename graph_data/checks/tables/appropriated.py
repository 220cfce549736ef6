"""tables.appropriated — 财政拨款支出不超过支出合计

What a subject spends from the general public budget is part of all that it spends: in no row, total or nature, is it
more. Where the whole year is appropriated (the summary prints no other revenue, no carry-over and no surplus) and no
other fund has figures, the two tables are the same.
"""

from __future__ import annotations

from graph_data.checks.book import Book, is_only_appropriated
from graph_data.checks.examination import Examination, Printed
from graph_data.checks.intervals import interval
from graph_data.core.terms import ColumnKey, StatementForm

KEYS = (ColumnKey.TOTAL, ColumnKey.BASIC, ColumnKey.PROJECT)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the two tables cell by cell."""
    budget, everything = book.table(StatementForm.GENERAL_PUBLIC_BUDGET), book.table(StatementForm.EXPENDITURE)
    if budget is None or everything is None:
        return exam.insufficient("the document does not print both tables with figures")
    same = is_only_appropriated(book)
    for key in KEYS:
        one, two = budget.column(key), everything.column(key)
        for line in budget.lines:
            first, second = budget.cell(line, one), everything.cell(everything.counterpart(line), two)
            if first is not None or second is not None:
                what = f"{line.source.row}, {key.value}: from the general public budget and in all"
                _compare(exam, first, second, book.line_node(line), what, same)
        for line in everything.lines:
            if same and budget.counterpart(line) is None:
                what = f"{line.source.row}, {key.value}: in all and from the general public budget"
                exam.equal(None, everything.cell(line, two), book.line_node(line), what)
    return exam.or_insufficient("the tables have no printed row in common")


def _compare(
    exam: Examination, first: Printed | None, second: Printed | None, node: str, what: str, same: bool
) -> None:
    if same or (first is not None and second is None):
        exam.equal(first, second, node, what)
    elif first is not None and second is not None:
        sources = (first.source, second.source)
        exam.within(interval(first.number), interval(second.number), first.number.unit, node, sources, what)
