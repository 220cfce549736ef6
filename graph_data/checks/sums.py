"""The sums that several checks make: across the rows of a table, down it, and by category against another table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph_data.checks.book import Book, Table
from graph_data.checks.examination import Examination
from graph_data.checks.wording import say
from graph_data.core import vocabulary as words
from graph_data.core.records import ColumnRecord
from graph_data.core.terms import ColumnKey, LineItem, Phase, Side, StatementForm

CATEGORY = 3  # digits of the code of a 类
Column = tuple[Table, ColumnRecord | None]


def sum_across(
    exam: Examination, book: Book, forms: Iterable[StatementForm], parts: Sequence[ColumnKey],
    whole: ColumnKey = ColumnKey.TOTAL, side: Side | None = None, phase: Phase | None = None,
    blank_parts: bool = True,
) -> Examination:  # fmt: skip
    """Compare every row of the statements of these forms; findings are of the case `row`.

    `blank_parts`: is a total whose parts are all blank to be compared with nothing?
    """
    tables = [table for form in forms if (table := book.table(form)) is not None]
    if not tables:
        return exam.not_applicable("没有列有数据的此类表", "no such table has figures")
    for table in tables:
        _sum_rows(exam, book, table, parts, whole, side, phase, blank_parts)
    return exam.or_insufficient("没有同时列示合计及其组成列的行", "no row prints both its total and its parts")


def _sum_rows(
    exam: Examination, book: Book, table: Table, parts: Sequence[ColumnKey], whole: ColumnKey, side: Side | None,
    phase: Phase | None, blank_parts: bool,
) -> None:  # fmt: skip
    total = table.column(whole, side, phase)
    columns = [column for key in parts if (column := table.column(key, side, phase)) is not None]
    if total is None or not columns:
        return
    for line in table.lines:
        row = table.row(line)
        cells = [row[column.column] for column in columns if column.column in row]
        if cells or total.column in row:
            said = say("row", table=table.record.title, row=line.source.row or line.label, column=total.heading)
            exam.sums(row.get(total.column), cells, book.line_node(line), said, blank_parts=blank_parts)


def sum_down(exam: Examination, book: Book, forms: Iterable[StatementForm], blank_parts: bool = False) -> Examination:
    """Compare every total of the statements of these forms, in every amount column; findings are of the case `row`.

    `blank_parts`: is a total over rows that are all blank in its column to be compared with nothing?
    """
    tables = [table for form in forms if (table := book.table(form)) is not None]
    if not tables:
        return exam.not_applicable("没有列有数据的此类表", "no such table has figures")
    for table in tables:
        _sum_table(exam, book, table, blank_parts)
    return exam.or_insufficient("没有下级各行有数据的合计", "no printed total has printed rows under it")


def _sum_table(exam: Examination, book: Book, table: Table, blank_parts: bool) -> None:
    for line in table.lines:
        under = table.children(line)
        if under and not any(words.OF_WHICH.match(words.unnumbered(child.label)) for child in under):
            rows = [table.row(child) for child in under]
            own, node, name = table.row(line), book.line_node(line), line.source.row or line.label
            for column in (column for column in table.columns if column.key is not ColumnKey.OTHER):
                parts = [row[column.column] for row in rows if column.column in row]
                if parts or column.column in own:
                    said = say("row", table=table.record.title, row=name, column=column.heading)
                    exam.sums(own.get(column.column), parts, node, said, blank_parts=blank_parts)


def compare_categories(exam: Examination, book: Book, summary: Column, detail: Column) -> None:
    """Compare 本年支出合计 and every category that either of them prints; findings are of the case `row`.

    A category of the table that the summary does not print is left open where the summary has rows whose names are
    not known: it may be one of them.
    """
    (first, amount), (second, total) = summary, detail
    lines = [line for line in first.lines if line.side is Side.EXPENDITURE]
    for line in lines:
        is_total = line.item is LineItem.CURRENT_YEAR_EXPENDITURE
        if is_total or line.code:
            other = second.total if is_total else second.line(code=line.code)
            said = say("row", row=line.source.row, first=first.record.title, second=second.record.title)
            exam.equal(first.cell(line, amount), second.cell(other, total), book.line_node(line), said)
    listed = {line.code for line in lines}
    unknown = [line for line in lines if line.item is LineItem.FUNCTIONAL_CATEGORY and line.code is None]
    if any(first.cell(line, amount) is not None for line in unknown):
        return
    for line in second.lines:
        if len(line.code or "") == CATEGORY and line.code not in listed:
            said = say("row", row=line.source.row, first=first.record.title, second=second.record.title)
            exam.equal(None, second.cell(line, total), book.line_node(line), said)
