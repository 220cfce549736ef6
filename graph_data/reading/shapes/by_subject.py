"""The shape of the forms with subjects down the side: 合计, then 类, 款, 项, each with its amounts.

Codes stand in one cell (2080501) or split over three (208 | 05 | 01).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graph_data.core import vocabulary as words
from graph_data.core.records import AccountKey, ColumnRecord, LineRecord
from graph_data.core.terms import Classification, ColumnKey, LineItem, StatementForm
from graph_data.reading.layout import Grid, Region, Row
from graph_data.reading.shapes.frame import Cell, Frame, Statement, column_key, line_place

CODE_WIDTHS = (3, 5, 7)


def read_by_subject(
    region: Region, account: AccountKey, position: int, form: StatementForm, required: Iterable[ColumnKey]
) -> Statement:
    """Read a region as a form of this shape. Raises DocumentError naming line, row and column."""
    frame = Frame(region, form, account, position)
    grid = frame.grid(_is_data)
    codes, name = _subject_columns(frame, grid)
    amounts = [index for index, path in enumerate(grid.paths) if path and index not in codes and index != name]
    columns = [frame.column(n, grid, index, column_key(grid.paths[index])) for n, index in enumerate(amounts, 1)]
    frame.require(columns, required)
    lines: list[LineRecord] = []
    cells: list[Cell] = []
    for number, row in enumerate(grid.rows, start=1):
        line = _line(frame, row, number, codes, name)
        lines.append(line)
        cells += _cells(frame, row, line, dict(zip(amounts, columns, strict=True)), codes, name)
    return frame.finish(columns, _nested(frame, lines), cells)


def _is_data(row: Row) -> bool:
    first, *others = (words.plain(cell) for cell in row.printed)
    return first.isdigit() or (
        words.LINE_ITEMS.get(first) is LineItem.TOTAL and not any(other in words.COLUMNS for other in others)
    )


def _subject_columns(frame: Frame, grid: Grid) -> tuple[list[int], int]:
    codes = [
        index
        for index, path in enumerate(grid.paths)
        if any(label in words.CODE_COLUMN for label in path) or (path and path[-1] in words.CODE_PARTS)
    ]
    names = [index for index, path in enumerate(grid.paths) if path and path[-1] in words.NAME_COLUMN]
    for found, expected in ((codes, words.CODE_COLUMN[0]), (names, words.NAME_COLUMN[0])):
        if not found:
            headings = "、".join(filter(None, ("/".join(path) for path in grid.paths)))
            raise frame.error(frame.region.place, f"the column headings {headings}", f"the heading {expected}")
    return codes, names[0]


def _line(frame: Frame, row: Row, number: int, codes: list[int], name: int) -> LineRecord:
    code = "".join(words.plain(row.cells[index]) for index in codes if index < len(row.cells))
    label = words.printed(row.cells[name]) if name < len(row.cells) else ""
    item = words.LINE_ITEMS.get(code or words.plain(label))
    if item is LineItem.TOTAL:
        code, label = "", item.value
    elif not code.isdigit() or len(code) not in CODE_WIDTHS:
        raise frame.error(row.place, f"the code {code!r}", "a 科目编码 of 3, 5 or 7 digits, or 合计", label)
    elif not label:
        raise frame.error(row.place, "no 科目名称", f"the name of subject {code}", code)
    classification = Classification.FUNCTIONAL if code else None
    source = frame.source(row.place, f"{code} {label}".strip())
    return LineRecord(
        frame.account, frame.form, number, None, None, None, label, item, classification, code or None, source
    )


def _cells(
    frame: Frame, row: Row, line: LineRecord, columns: dict[int, ColumnRecord], codes: list[int], name: int
) -> list[Cell]:
    label = line.source.row or ""
    cells = []
    for index, text in enumerate(row.cells):
        if not text or index in codes or index == name:
            continue
        if index not in columns:
            raise frame.error(
                row.place, f"{text!r} in cell {index + 1}", "no more cells than the table has headings", label
            )
        cells.append(Cell(line.line, columns[index].column, index, text, row, label))
    return cells


def _nested(frame: Frame, lines: list[LineRecord]) -> list[LineRecord]:
    """Each line under the nearest shorter code that the table prints, else under 合计."""
    if not lines:
        return lines
    by_code: dict[str, int] = {}
    for line in lines:
        key = line.code or ""
        if key in by_code:
            raise frame.error(line_place(line), f"{line.source.row} twice", "each subject once", line.source.row or "")
        by_code[key] = line.line
    if "" not in by_code:
        raise frame.error(line_place(lines[-1]), "no row 合计", "the table's 合计 first or last")
    return [replace(line, parent=_parent(line.code, by_code)) for line in lines]


def _parent(code: str | None, by_code: dict[str, int]) -> int | None:
    if code is None:
        return None
    return next(by_code[code[:width]] for width in (5, 3, 0) if width < len(code) and code[:width] in by_code)
