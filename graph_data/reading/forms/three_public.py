"""财政拨款“三公”经费支出决算表: the budget half and the final half side by side, in one row."""

from __future__ import annotations

from graph_data.core import vocabulary as words
from graph_data.core.records import AccountKey, LineRecord
from graph_data.core.terms import ColumnKey, LineItem, StatementForm
from graph_data.reading.layout import Region, Row
from graph_data.reading.shapes.frame import Cell, Frame, Statement, column_key, is_amount

FORM = StatementForm.THREE_PUBLIC_EXPENSES
LABEL = "“三公”经费"


def read(region: Region, account: AccountKey, position: int) -> Statement:
    """Read a region as this form. Raises DocumentError naming line and column."""
    frame = Frame(region, FORM, account, position)
    grid = frame.grid(_is_data)
    columns = []
    for index, path in enumerate(grid.paths):
        if not path:
            continue
        phase = next((words.PHASES[label] for label in path if label in words.PHASES), None)
        if phase is None:
            raise frame.error(region.place, f"the heading {grid.heading(index)!r}", "预算数 or 决算数 in the heading")
        items = tuple(label for label in path if label not in words.PHASES)
        columns.append(frame.column(index + 1, grid, index, column_key(items), phase=phase))
    frame.require(columns, [ColumnKey.TOTAL, ColumnKey.OFFICIAL_HOSPITALITY])
    if len(grid.rows) > 1:
        raise frame.error(grid.rows[1].place, "a second row of amounts", "one row: 预算数 and 决算数 side by side")
    lines = [_line(frame, row) for row in grid.rows]
    cells = [
        Cell(1, index + 1, index, text, row, LABEL) for row in grid.rows for index, text in enumerate(row.cells) if text
    ]
    for cell in cells:
        if cell.column not in {column.column for column in columns}:
            raise frame.error(cell.row.place, f"{cell.text!r} in cell {cell.column}", "no cell outside the headings")
    return frame.finish(columns, lines, cells)


def _is_data(row: Row) -> bool:
    return any(map(is_amount, row.printed))


def _line(frame: Frame, row: Row) -> LineRecord:
    source = frame.source(row.place, LABEL)
    return LineRecord(frame.account, FORM, 1, None, None, None, LABEL, LineItem.TOTAL, None, None, source)
