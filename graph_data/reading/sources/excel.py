"""Excel, .xlsx and .xls, by calamine: every visible sheet is a page, every row a line.

Excel keeps numbers in fifteen significant digits of a binary fraction; they are printed as Excel shows them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from graph_data.core.errors import DocumentError
from graph_data.reading import bounds
from graph_data.reading.layout import Block, Laid, Place, Row, settle
from graph_data.reading.sources.archive import opened
from graph_data.reading.sources.biff import looks_of
from graph_data.reading.sources.number_formats import (
    CELL,
    InError,
    Look,
    Shown,
    Unprintable,
    column_number,
    look_of,
    sheet_paths,
    styles_of,
)

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

DIGITS = 15
_WORKSHEET = SheetTypeEnum.WorkSheet
_BINARY = type(1 / 2)  # what calamine gives for a number that is no whole one; it is turned into words at once


def blocks(name: str, data: bytes, on_page: Callable[[int, int], None]) -> Laid:
    """The blocks of a workbook, and the place of its last row.

    A cell in error, or under a format that shows another number, keeps words that are no amount: it is a gap, and no
    reason to refuse the others. Raises DocumentError for what is damaged, locked by a password, or over a bound.
    """
    if data.startswith(b"PK") or name.lower().endswith(".xlsx"):
        with opened(name, data, "workbook") as archive:
            looks = _looks(name, archive)
    else:
        looks = looks_of(data)
    found: list[Block] = []
    apart: list[str] = []
    end, cells = Place(1, 1), 0
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [sheet.name for sheet in book.sheets_metadata if _is_shown(sheet)]
        hidden = [one.name for one in book.sheets_metadata if one.name not in sheets and one.typ is _WORKSHEET]
        bounds.refuse_over(name, len(sheets), bounds.SHEETS, "sheets")
        for number, title in enumerate(sheets, start=1):
            sheet = book.get_sheet_by_name(title)
            cells += sheet.total_height * sheet.total_width
            bounds.refuse_over(f"{name}, sheet {title}", cells, bounds.CELLS, "cells")
            look = looks.get(title, Look({}))
            rows = _rows(number, sheet, look)
            rows = _shown(sheet, rows, look, apart)
            found += settle(rows)
            end = rows[-1].place if rows else end
            on_page(number, len(sheets))
    except PasswordError as error:
        raise DocumentError(name, "a workbook locked by a password", "one that opens without") from error
    except (CalamineError, OSError, ValueError) as error:
        raise DocumentError(name, f"a damaged workbook ({error})", "a workbook that opens") from error
    return Laid(tuple(found), end, hidden="; ".join([*apart, *_hidden(book, hidden)]) or None)


def _hidden(book: CalamineWorkbook, sheets: Sequence[str]) -> Iterator[str]:
    """What the sheets that are not shown hold, where they hold numbers."""
    cells = [str(v) for title in sheets for row in book.get_sheet_by_name(title).to_python() for v in row]
    if count := _numbers(cells):
        yield f"{len(sheets)} hidden sheets ({'、'.join(sheets)}) with {count} cells of numbers; they were not read"


def _numbers(cells: Iterable[str]) -> int:
    return sum(any(map(str.isdigit, cell)) for cell in cells)


def _letters(column: int) -> str:
    """A column's letters by its number from 0."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _looks(name: str, archive: zipfile.ZipFile) -> dict[str, Look]:
    """How each sheet shows itself, once nothing in it is beyond reading."""
    styles = styles_of(archive)
    found = {}
    for title, path in sheet_paths(archive).items():
        if path in archive.namelist():
            sheet = archive.read(path)
            _refuse_cells(f"{name}, sheet {title}", sheet)
            found[title] = look_of(sheet, styles)
    return found


def _refuse_cells(name: str, sheet: bytes) -> None:
    """Refuse a sheet of which the cells that hold something reach further than any account."""
    height, width = 0, 0
    for match in CELL.finditer(sheet):
        if match.group().endswith(b"/>"):
            continue
        place = f"{name}, cell {match['column'].decode()}{match['row'].decode()}"
        height, width = max(height, int(match["row"])), max(width, column_number(match["column"]))
        bounds.refuse_over(place, height, bounds.ROWS, "rows")
        bounds.refuse_over(place, width, bounds.COLUMNS, "columns")
        bounds.refuse_over(place, height * width, bounds.CELLS, "cells")


def _is_shown(sheet: Any) -> bool:
    return sheet.visible is SheetVisibleEnum.Visible and sheet.typ is _WORKSHEET


def _shown(sheet: Any, rows: list[Row], look: Look, apart: list[str]) -> list[Row]:
    """The rows and columns that are not hidden; what numbers the hidden ones hold is told in `apart`.

    A merged cell prints in the first of its cells that is shown.
    """
    if not look.rows and not look.columns:
        return rows
    cells = [list(row.cells) for row in rows]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        row = next((n for n in range(top, min(bottom + 1, len(rows))) if n + 1 not in look.rows), None)
        column = next((n for n in range(left, right + 1) if not look.hides(n + 1)), None)
        if row is not None and column is not None and max(left, column) < len(cells[top]):
            cells[row][column], cells[top][left] = cells[top][left], cells[row][column]
    width = max(map(len, cells), default=0)
    hidden = {n for n in range(width) if look.hides(n + 1)}
    below = [n for n, own in enumerate(cells, 1) if n in look.rows and _numbers(own)]
    beside = [n for n in sorted(hidden) if _numbers(own[n] for own in cells if n < len(own))]
    count = sum(
        _numbers(own if n in look.rows else (own[m] for m in hidden if m < len(own))) for n, own in enumerate(cells, 1)
    )
    what = [f"rows {', '.join(map(str, below))}"] if below else []
    what += [f"columns {', '.join(map(_letters, beside))}"] if beside else []
    if what:
        apart.append(f"hidden {' and '.join(what)} of {sheet.name} with {count} cells of numbers; they were not read")
    kept = [n for n in range(width) if n not in hidden]
    return [
        Row(tuple(own[n] for n in kept if n < len(own)), row.place)
        for line, (row, own) in enumerate(zip(rows, cells, strict=True), 1)
        if line not in look.rows
    ]


def _rows(number: int, sheet: Any, look: Look) -> list[Row]:
    values: Sequence[Sequence[Any]] = sheet.to_python(skip_empty_area=False)
    return [
        Row(
            tuple(_printed(value, look.formats.get((line, column))) for column, value in enumerate(row, 1)),
            Place(number, line),
        )
        for line, row in enumerate(values, start=1)
    ]


def _printed(value: Any, shown: Shown | Unprintable | InError | None) -> str:
    """A cell's value as Excel shows it, an error as such, without the line breaks of a wrapped name.

    Under a format that shows another number than the cell holds: both, which no amount looks like.
    """
    if isinstance(shown, InError):
        return shown.text
    if isinstance(value, _BINARY):
        if isinstance(shown, Unprintable):
            return f"{format(value, f'.{DIGITS}g')} [{shown.code}]"
        exact = Decimal(format(value, f".{DIGITS}g"))
        return shown.print(exact) if shown is not None else format(exact.normalize(), "f")
    return "".join(str(value).split("\n")).strip()
