"""The sums across a row, for every check that makes them: a row's 合计 against the columns that make it up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph_data.checks.base import Examination
from graph_data.checks.book import Book, Table
from graph_data.terms import ColumnKey, Phase, Side, StatementForm


def sum_across(
    exam: Examination, book: Book, forms: Iterable[StatementForm], parts: Sequence[ColumnKey],
    whole: ColumnKey = ColumnKey.TOTAL, side: Side | None = None, phase: Phase | None = None,
) -> Examination:  # fmt: skip
    """Compare every row of the statements of these forms."""
    tables = [table for form in forms if (table := book.table(form)) is not None]
    if not tables:
        return exam.not_applicable("no such table has figures")
    for table in tables:
        _sum_rows(exam, book, table, parts, whole, side, phase)
    return exam if exam.compared else exam.insufficient("no row prints both its total and its parts")


def _sum_rows(
    exam: Examination, book: Book, table: Table, parts: Sequence[ColumnKey], whole: ColumnKey, side: Side | None,
    phase: Phase | None,
) -> None:  # fmt: skip
    total = table.column(whole, side, phase)
    columns = [column for key in parts if (column := table.column(key, side, phase)) is not None]
    for line in table.lines:
        printed = table.cell(line, total)
        cells = [cell for column in columns if (cell := table.cell(line, column)) is not None]
        if printed is not None:
            what = f"{table.record.title}, {printed.source.row}: {printed.source.column} against the columns of its row"
            exam.sums(printed, cells, book.line_node(line), what)
