"""The sums down a table, for every check that makes them: each printed total against the printed rows under it."""

from __future__ import annotations

from collections.abc import Iterable

from graph_data.checks.base import Examination
from graph_data.checks.book import Book, Table
from graph_data.core.terms import StatementForm


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
        if under := table.children(line):
            rows = [table.row(child) for child in under]
            own, node, name = table.row(line), book.line_node(line), line.source.row or line.label
            for column in table.columns:
                parts = [row[column.column] for row in rows if column.column in row]
                if parts or column.column in own:
                    what = f"{table.record.title}, {name}, {column.heading}: printed against the rows under it"
                    exam.sums(own.get(column.column), parts, node, what, blank_parts=blank_parts)
