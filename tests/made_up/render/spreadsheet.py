"""Excel: a sheet for each table with its title above, the prose between them on sheets of its own."""

from __future__ import annotations

import io
import re
from typing import Any

import xlsxwriter

from tests.made_up.render.merges import merges_of
from tests.made_up.render.parts import Piece, Table, take_apart

_NUMBER = re.compile(r"(?!0\d)\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?!0\d)\d+(?:\.\d+)?")
_EPOCH = "2023-08-31"


def as_texts(text: str) -> bytes:
    """Every cell as text, as printed."""
    return _book(text, numeric=False)


def as_numbers(text: str) -> bytes:
    """Cells that print a number hold one, codes and 行次 included; its decimals are the format's."""
    return _book(text, numeric=True)


def _book(text: str, numeric: bool) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    writer = _Writer(book, numeric)
    for part in take_apart(text):
        if isinstance(part, str):
            writer.say(part)
        else:
            writer.table(part)
    book.close()
    return target.getvalue()


class _Writer:
    """Sheets as they are filled: a new one for each table and for the words after it."""

    def __init__(self, book: Any, numeric: bool) -> None:
        self._book, self._numeric = book, numeric
        self._sheet: Any = None
        self._row = self._tables = self._proses = 0
        self._merged = book.add_format({"align": "center", "valign": "vcenter", "border": 1, "text_wrap": True})
        self._amount = book.add_format({"num_format": "#,##0.00", "border": 1})

    def say(self, line: str) -> None:
        if self._sheet is None:
            self._proses += 1
            self._open(f"说明{self._proses}")
        self._sheet.write_string(self._row, 0, line)
        self._row += 1

    def table(self, table: Table) -> None:
        self._tables += 1
        self._open(f"{self._tables:02d}")
        self._across(table, table.title)
        for line in table.above[:-2]:
            self._sheet.write_string(self._row, table.width - 1, line)
            self._row += 1
        for column, line in zip((0, table.width - 1), table.above[-2:], strict=False):
            self._sheet.write_string(self._row, column, line)
        self._row += bool(table.above)
        for piece in table.pieces:
            self._piece(piece)
        for line in table.notes:
            self._across(table, line)
        self._sheet = None

    def _open(self, name: str) -> None:
        self._sheet, self._row = self._book.add_worksheet(name), 0

    def _across(self, table: Table, line: str) -> None:
        self._sheet.merge_range(self._row, 0, self._row, table.width - 1, line, self._merged)
        self._row += 1

    def _piece(self, piece: Piece) -> None:
        for number, row in enumerate(piece.rows):
            for column, cell in enumerate(row):
                self._cell(self._row + number, column, cell)
        for merge in merges_of(piece):
            top = self._row + merge.row
            last = (top + merge.rows - 1, merge.column + merge.columns - 1)
            text = piece.rows[merge.row][merge.column]
            self._sheet.merge_range(top, merge.column, *last, text, self._merged)
        self._row += len(piece.rows)

    def _cell(self, row: int, column: int, cell: str) -> None:
        if self._numeric and _NUMBER.fullmatch(cell):
            number = cell.replace(",", "")
            self._sheet.write_number(row, column, _binary(number), self._amount if "." in cell else None)
        elif cell:
            self._sheet.write_string(row, column, cell)


def _binary(number: str) -> float:
    """The double in which a workbook keeps a printed number."""
    return float(number)
