"""The shape of the two summary forms: revenue on the left, expenditure on the right, each with its 行次."""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph_data.core import vocabulary as words
from graph_data.core.records import AccountKey, ColumnRecord, LineRecord
from graph_data.core.terms import Classification, ColumnKey, LineItem, Side, StatementForm
from graph_data.reading.layout import Grid, Region, Row
from graph_data.reading.shapes.frame import Cell, Frame, Statement, column_key

TOTALS = (LineItem.CURRENT_YEAR_REVENUE, LineItem.CURRENT_YEAR_EXPENDITURE)
CARRYOVERS = (LineItem.OPENING_CARRYOVER, LineItem.CLOSING_CARRYOVER)
OUTSIDE_YEAR = (*CARRYOVERS, *TOTALS, LineItem.NON_FISCAL_SURPLUS_USED, LineItem.SURPLUS_DISTRIBUTION)


@dataclass(frozen=True, slots=True)
class Half:
    """One side of the table: which grid columns hold its label, its 行次 (None where not printed), its amounts."""

    side: Side
    label: int
    line_number: int | None
    amounts: dict[int, ColumnRecord]


def read_two_sided(region: Region, account: AccountKey, position: int, form: StatementForm) -> Statement:
    """Read a region as a form of this shape. Raises DocumentError naming line, row and column."""
    frame = Frame(region, form, account, position)
    grid = frame.grid(_is_data)
    halves = _halves(frame, grid)
    columns = [column for half in halves for column in half.amounts.values()]
    lines: list[LineRecord] = []
    cells: list[Cell] = []
    for half in halves:
        side = [_line(frame, row, half) for row in grid.rows]
        numbered = [(len(lines) + n, line, row) for n, (line, row) in enumerate(zip(side, grid.rows, strict=True), 1)]
        for number, line, row in numbered:
            cells += _cells(row, number, half, line.label)
        lines += _nested([replace(line, line=number) for number, line, _ in numbered])
    _refuse_strays(frame, grid, halves)
    _refuse_missing_totals(frame, lines)
    return frame.finish(columns, lines, cells)


def _is_data(row: Row) -> bool:
    labels = [words.unnumbered(cell) for cell in row.printed]
    if any(label == words.LABEL_COLUMN or label in words.SIDES for label in labels):
        return False
    return any(
        label in words.LINE_ITEMS or words.subject_name(label) in words.FUNCTIONAL_CATEGORIES for label in labels
    )


def _halves(frame: Frame, grid: Grid) -> list[Half]:
    halves: list[Half] = []
    count = 0
    for side in (Side.REVENUE, Side.EXPENDITURE):
        indexes = [index for index, path in enumerate(grid.paths) if path and words.SIDES.get(path[0]) is side]
        leaf = {index: grid.paths[index][-1] for index in indexes}
        labels = [index for index in indexes if leaf[index] == words.LABEL_COLUMN]
        numbers = [index for index in indexes if leaf[index] == words.LINE_NUMBER_COLUMN]
        if not labels:
            raise frame.error(frame.region.place, _headings(grid), f"the heading {side.value}/{words.LABEL_COLUMN}")
        amounts: dict[int, ColumnRecord] = {}
        for index in (i for i in indexes if i not in labels and i not in numbers):
            count += 1
            amounts[index] = frame.column(count, grid, index, column_key(grid.paths[index]), side)
        summed = side is Side.EXPENDITURE and frame.form is StatementForm.FISCAL_APPROPRIATION
        frame.require(amounts.values(), [ColumnKey.TOTAL if summed else ColumnKey.AMOUNT])
        halves.append(Half(side, labels[0], numbers[0] if numbers else None, amounts))
    return halves


def _headings(grid: Grid) -> str:
    return "the column headings " + "、".join(filter(None, ("/".join(path) for path in grid.paths)))


def _line(frame: Frame, row: Row, half: Half) -> LineRecord:
    """A row's half; its number and parent come later."""
    label = words.printed(row.cells[half.label]) if half.label < len(row.cells) else ""
    name = words.unnumbered(label)
    item = words.LINE_ITEMS.get(name)
    code = words.FUNCTIONAL_CATEGORIES.get(words.subject_name(name)) if half.side is Side.EXPENDITURE else None
    if item is None and label:
        item = LineItem.FUNCTIONAL_CATEGORY if half.side is Side.EXPENDITURE else None
    printed = any(index < len(row.cells) and row.cells[index] for index in half.amounts)
    if label and item is None:
        raise frame.error(row.place, f"the row {label!r}", "a row of this form (see LINE_ITEMS in vocabulary.py)")
    if not label and printed:
        raise frame.error(row.place, "an amount in a row without label", "the row's label", column=half.side.value)
    code = code if printed and item is LineItem.FUNCTIONAL_CATEGORY else None
    return LineRecord(
        frame.account, frame.form, 0, None, half.side, _line_number(frame, row, half), label, item,
        Classification.FUNCTIONAL if code else None, code, frame.source(row.place, label or None),
    )  # fmt: skip


def _line_number(frame: Frame, row: Row, half: Half) -> int | None:
    if half.line_number is None or half.line_number >= len(row.cells) or not row.cells[half.line_number]:
        return None
    text = row.cells[half.line_number]
    if not text.isdigit():
        raise frame.error(row.place, repr(text), "a whole number", column=words.LINE_NUMBER_COLUMN)
    return int(text)


def _cells(row: Row, number: int, half: Half, label: str) -> list[Cell]:
    return [
        Cell(number, column.column, index, row.cells[index], row, label)
        for index, column in half.amounts.items()
        if index < len(row.cells) and row.cells[index]
    ]


def _nested(lines: list[LineRecord]) -> list[LineRecord]:
    """本年合计 over what stands above it, carry-over over its funds, 总计 over the rest."""
    total = next((line.line for line in lines if line.item in TOTALS), None)
    grand = next((line.line for line in lines if line.item is LineItem.GRAND_TOTAL), None)
    nested: list[LineRecord] = []
    carryover: int | None = None
    for line in lines:
        if line.item is LineItem.GRAND_TOTAL:
            parent, carryover = None, None
        elif line.item in OUTSIDE_YEAR:
            parent, carryover = grand, line.line if line.item in CARRYOVERS else None
        elif carryover is not None and line.label:
            parent = carryover
        else:
            parent = total if total is not None and line.line < total else grand
        nested.append(replace(line, parent=parent))
    return nested


def _refuse_strays(frame: Frame, grid: Grid, halves: list[Half]) -> None:
    """A cell that stands under no heading would be lost: refuse it."""
    known = {index for half in halves for index in (half.label, half.line_number, *half.amounts) if index is not None}
    for row in grid.rows:
        for index, text in enumerate(row.cells):
            if text and index not in known:
                raise frame.error(row.place, f"{text!r} in cell {index + 1}", "no cell outside the table's headings")


def _refuse_missing_totals(frame: Frame, lines: list[LineRecord]) -> None:
    for side in (Side.REVENUE, Side.EXPENDITURE):
        items = {line.item for line in lines if line.side is side}
        if lines and LineItem.GRAND_TOTAL not in items:
            raise frame.error(frame.region.end, f"no row 总计 on the side {side.value}", "the table's last row, 总计")
