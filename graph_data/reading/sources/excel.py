"""Excel, .xlsx and .xls, by calamine: every visible sheet is a page, every row a line.

Excel keeps numbers in fifteen significant digits of a binary fraction; they are printed as Excel shows them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from graph_data.core.errors import DocumentError
from graph_data.reading import bounds
from graph_data.reading.layout import Block, Laid, Place, Row, settle
from graph_data.reading.sources.archive import opened
from graph_data.reading.sources.number_formats import (
    CELL,
    Formats,
    InError,
    Shown,
    Unprintable,
    column_number,
    formats_of,
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
    formats: dict[str, Formats] = {}
    if data.startswith(b"PK") or name.lower().endswith(".xlsx"):
        with opened(name, data, "workbook") as archive:
            formats = _formats(name, archive)
    found: list[Block] = []
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
            rows = _rows(number, sheet, formats.get(title, {}))
            found += settle(rows)
            end = rows[-1].place if rows else end
            on_page(number, len(sheets))
    except PasswordError as error:
        raise DocumentError(name, "a workbook locked by a password", "one that opens without") from error
    except (CalamineError, OSError, ValueError) as error:
        raise DocumentError(name, f"a damaged workbook ({error})", "a workbook that opens") from error
    return Laid(tuple(found), end, hidden=_hidden(book, hidden))


def _hidden(book: CalamineWorkbook, sheets: Sequence[str]) -> str | None:
    """What the sheets that are not shown hold; None where they hold nothing."""
    cells = sum(
        any(map(str.isdigit, str(value))) for title in sheets for row in book.get_sheet_by_name(title).to_python()
        for value in row
    )  # fmt: skip
    names = "、".join(sheets)
    return f"{len(sheets)} hidden sheets ({names}) with {cells} cells of numbers; they were not read" if cells else None


def _formats(name: str, archive: zipfile.ZipFile) -> dict[str, Formats]:
    """The number formats of each sheet, once nothing in it is beyond reading."""
    styles = styles_of(archive)
    found = {}
    for title, path in sheet_paths(archive).items():
        if path in archive.namelist():
            sheet = archive.read(path)
            _refuse_cells(f"{name}, sheet {title}", sheet)
            found[title] = formats_of(sheet, styles)
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


def _rows(number: int, sheet: Any, formats: Formats) -> list[Row]:
    values: Sequence[Sequence[Any]] = sheet.to_python(skip_empty_area=False)
    return [
        Row(
            tuple(_printed(value, formats.get((line, column))) for column, value in enumerate(row, 1)),
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
