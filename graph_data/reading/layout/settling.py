"""Rows as spreadsheets and pages hold them, settled into tables and the words around them.

There the title, 公开NN表, 部门 and 单位 stand in the table's own first rows, and its notes in the last ones: a row
that prints nothing but such words is words, not a row of figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph_data.core import vocabulary as words
from graph_data.reading.layout.blocks import Block, Paragraph, Row, Table
from graph_data.reading.layout.regions import opens_region

LONG = 30  # a lone cell of more characters than this is a sentence, not a label


def settle(rows: Sequence[Row]) -> list[Block]:
    """The blocks of a run of rows, in order; blank rows are dropped."""
    printed = [row for row in rows if row.printed]
    wide = [index for index, row in enumerate(printed) if not _is_words(row)]
    first, last = (wide[0], wide[-1]) if wide else (len(printed), -1)
    blocks: list[Block] = []
    table: list[Row] = []
    for index, row in enumerate(printed):
        is_inside = first <= index <= last
        if _is_words(row) and not (is_inside and _is_label(row)):
            blocks += _closed(table)
            blocks += [Paragraph(cell, row.place) for cell in row.printed]
        else:
            table.append(row)
    return [*blocks, *_closed(table)]


def _closed(table: list[Row]) -> Iterable[Block]:
    if table:
        yield Table(tuple(table))
        table.clear()


def _is_words(row: Row) -> bool:
    """One cell alone, or nothing but a title and what stands around it."""
    return len(row.printed) == 1 or all(map(_is_heading, row.printed))


def _is_heading(cell: str) -> bool:
    text = words.plain(cell)
    around = (words.AMOUNT_UNIT_LINE, words.PRINTED_NUMBER, words.DEPARTMENT_LINE, words.YEAR_LINE, words.NOTE)
    return any(pattern.match(text) for pattern in around) or opens_region(cell)


def _is_label(row: Row) -> bool:
    """Is a lone cell inside a table a row of it (a label without amounts) rather than words between two tables?"""
    return len(row.printed) == 1 and len(row.printed[0]) <= LONG and not _is_heading(row.printed[0])
