"""The sums across a row, for every check that makes them: a row's 合计 against the columns that make it up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph_data.checks.base import Examination
from graph_data.checks.book import Book, Table
from graph_data.core.terms import ColumnKey, Phase, Side, StatementForm


def sum_across(
    exam: Examination, book: Book, forms: Iterable[StatementForm], parts: Sequence[ColumnKey],
    whole: ColumnKey = ColumnKey.TOTAL, side: Side | None = None, phase: Phase | None = None,
    blank_parts: bool = True,
) -> Examination:  # fmt: skip
    """Compare every row of the statements of these forms.

    `blank_parts`: is a total whose parts are all blank to be compared with nothing?
    """
    tables = [table for form in forms if (table := book.table(form)) is not None]
    if not tables:
        return exam.not_applicable("no such table has figures")
    for table in tables:
        _sum_rows(exam, book, table, parts, whole, side, phase, blank_parts)
    return exam.or_insufficient("no row prints both its total and its parts")


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
            where = ", ".join(filter(None, (table.record.title, line.source.row)))
            what = f"{where}: {total.heading} against the columns that make it up"
            exam.sums(row.get(total.column), cells, book.line_node(line), what, blank_parts=blank_parts)
