"""Excel, .xlsx and .xls, by calamine: every visible sheet is a page, every row a line.

Excel keeps numbers in fifteen significant digits of a binary fraction; they are printed as Excel shows them.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from graph_data.errors import DocumentError
from graph_data.reading.layout import Block, Place, Row, settle

SUFFIXES = (".xlsx", ".xls")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

DIGITS = 15
_BINARY = type(1 / 2)  # what calamine gives for a number that is no whole one; it is turned into words at once
MAX_CELLS = 2_000_000


def blocks(name: str, data: bytes, on_page: Callable[[int, int], None]) -> tuple[tuple[Block, ...], Place]:
    """The blocks of a workbook, and the place of its last row.

    Raises DocumentError for what is damaged, locked by a password, or larger than any account.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [sheet.name for sheet in book.sheets_metadata if _is_shown(sheet)]
        found: list[Block] = []
        end = Place(1, 1)
        for number, title in enumerate(sheets, start=1):
            rows = _rows(name, number, book.get_sheet_by_name(title))
            found += settle(rows)
            end = rows[-1].place if rows else end
            on_page(number, len(sheets))
    except PasswordError as error:
        raise DocumentError(name, "a workbook locked by a password", "one that opens without") from error
    except (CalamineError, OSError, ValueError) as error:
        raise DocumentError(name, f"a damaged workbook ({error})", "a workbook that opens") from error
    return tuple(found), end


def _is_shown(sheet: Any) -> bool:
    return sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet


def _rows(name: str, number: int, sheet: Any) -> list[Row]:
    if sheet.total_height * sheet.total_width > MAX_CELLS:
        size = f"a sheet of {sheet.total_height} × {sheet.total_width} cells"
        raise DocumentError(f"{name}, page {number}", size, f"at most {MAX_CELLS} cells")
    values: Sequence[Sequence[Any]] = sheet.to_python(skip_empty_area=False)
    return [Row(tuple(map(_printed, row)), Place(number, line)) for line, row in enumerate(values, start=1)]


def _printed(value: Any) -> str:
    """A cell's value as Excel shows it, without the line breaks of a wrapped name."""
    if isinstance(value, bool | int | str) or not isinstance(value, _BINARY):
        return "".join(str(value).split("\n")).strip()
    return format(value, f".{DIGITS}g") if abs(value) < 10**DIGITS else str(int(value))
