"""The sums down a table, for every check that makes them: each printed total against the printed rows under it."""

from __future__ import annotations

from collections.abc import Iterable

from graph_data.checks.base import Examination
from graph_data.checks.book import Book, Table
from graph_data.terms import StatementForm


def sum_down(exam: Examination, book: Book, forms: Iterable[StatementForm], blank_parts: bool = False) -> Examination:
    """Compare every total of the statements of these forms, in every amount column.

    `blank_parts`: is a total over rows that are all blank in its column to be compared with nothing?
    """
    tables = [table for form in forms if (table := book.table(form)) is not None]
    if not tables:
        return exam.not_applicable("no such table has figures")
    for table in tables:
        _sum_table(exam, book, table, blank_parts)
    return exam.or_insufficient("no printed total has printed rows under it")


def _sum_table(exam: Examination, book: Book, table: Table, blank_parts: bool) -> None:
    for line in table.lines:
        under = table.children(line)
        for column in table.columns if under else ():
            parts = [cell for child in under if (cell := table.cell(child, column)) is not None]
            row = line.source.row or line.label
            what = f"{table.record.title}, {row}, {column.heading}: printed against the rows under it"
            exam.sums(table.cell(line, column), parts, book.line_node(line), what, blank_parts=blank_parts)
