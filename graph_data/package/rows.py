"""CSV bytes → records, row by row: tolerant of what spreadsheets save, exact about what is wrong."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from graph_data.core.errors import PackageError
from graph_data.package.cells import CellError, shown
from graph_data.package.layout import Place
from graph_data.package.tables import Table

_TO_QUOTE = re.compile(r'[",\r\n]')


def line_of(cells: Sequence[str]) -> str:
    """One line of CSV, its end included; a cell is quoted only where it must be."""
    return ",".join('"' + cell.replace('"', '""') + '"' if _TO_QUOTE.search(cell) else cell for cell in cells) + "\n"


def decode(table: Table, data: bytes, file: str) -> list[tuple[int, Any]]:
    """The records of a table, each with its row as a spreadsheet numbers it (the header is row 1).

    Columns may stand in any order. Raises PackageError with `file`, row and column.
    """
    text = _text(data, file)
    rows = _rows(text, file)
    _, header = next(rows, (1, []))
    read = _reader(table, _positions(table, header, file))
    holds_nul = "\0" in text
    found = []
    for row, cells in rows:
        if len(cells) != len(header):
            raise PackageError(file, f"{len(cells)} cells", f"{len(header)}, one a column", row)
        if holds_nul:
            _check_nul(header, cells, row, file)
        try:
            found.append((row, read(cells)))
        except CellError as error:
            raise PackageError(file, error.found, error.expected, row, error.column) from None
    return found


def _text(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        raise PackageError(file, f"the byte 0x{data[error.start]:02x}", "UTF-8", _last_row(before + ".")) from None


def _last_row(text: str) -> int:
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        return sum(1 for _ in reader)
    except csv.Error:
        return reader.line_num


def _rows(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Numbered rows; lines with nothing on them count, and say nothing."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            if cells:
                yield row, cells
    except csv.Error as error:
        raise PackageError(file, f"broken CSV ({error})", 'cells with commas or line ends in "…"', row + 1) from None


def _check_nul(header: Sequence[str], cells: Sequence[str], row: int, file: str) -> None:
    for column, cell in zip(header, cells, strict=True):
        if "\0" in cell:
            raise PackageError(file, "a NUL byte", "text", row, column)


def _positions(table: Table, header: Sequence[str], file: str) -> dict[str, int]:
    """Where each column stands; all of them must be there, once, and no others."""
    names = [column.name for column in table.columns]
    positions: dict[str, int] = {}
    for position, name in enumerate(header):
        if name not in names or name in positions:
            raise PackageError(
                file, f"the column {shown(name)}", f"once each: {', '.join(names)}", 1, shown(name)[1:-1]
            )
        positions[name] = position
    for name in names:
        if name not in positions:
            raise PackageError(file, "no such column", f"the columns {', '.join(names)}", 1, name)
    return positions


def _reader(table: Table, positions: dict[str, int]) -> Callable[[list[str]], Any]:
    """Reads the cells of one row, whatever the order of the columns in the file."""
    order = [positions[column.name] for column in table.columns]
    in_place = order == list(range(len(order)))
    parts = _parts(table.places)
    record = table.record

    def read(cells: list[str]) -> Any:
        row = cells if in_place else [cells[position] for position in order]
        return record(*[place.read(row[start:stop]) for place, start, stop in parts])

    return read


def _parts(places: Sequence[Place]) -> list[tuple[Place, int, int]]:
    """Each place with the range of cells that it takes up."""
    ends = [0]
    for place in places:
        ends.append(ends[-1] + len(place.columns))
    return [(place, start, stop) for place, (start, stop) in zip(places, pairwise(ends), strict=True)]
