"""The sums down a table, for every check that makes them: each printed total against the printed rows under it."""

from __future__ import annotations

from collections.abc import Iterable

from graph_data.checks.base import Examination
from graph_data.checks.book import Book, Table
from graph_data.terms import StatementForm


def sum_down(exam: Examination, book: Book, forms: Iterable[StatementForm]) -> Examination:
    """Compare every total of the statements of these forms, in every amount column."""
    tables = [table for form in forms if (table := book.table(form)) is not None]
    if not tables:
        return exam.not_applicable("no such table has figures")
    for table in tables:
        _sum_table(exam, book, table)
    return exam if exam.compared else exam.insufficient("no printed total has printed rows under it")


def _sum_table(exam: Examination, book: Book, table: Table) -> None:
    for line in table.lines:
        for column in table.columns:
            whole = table.cell(line, column)
            parts = [cell for child in table.children(line) if (cell := table.cell(child, column)) is not None]
            if whole is not None:
                what = f"{table.record.title}, {whole.source.row}, {column.heading}: printed against the rows under it"
                exam.sums(whole, parts, book.line_node(line), what)
