"""一般公共预算财政拨款基本支出决算明细表: groups of (code, name, amount) side by side, personnel and operating."""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph_data.core import vocabulary as words
from graph_data.core.records import AccountKey, ColumnRecord, LineRecord
from graph_data.core.terms import Classification, ColumnKey, LineItem, Side, StatementForm
from graph_data.reading.layout import Grid, Region, Row
from graph_data.reading.shapes.frame import Cell, Frame, Statement, column_key, line_place

FORM = StatementForm.BASIC_EXPENDITURE
TOTALS = {LineItem.PERSONNEL_TOTAL: Side.PERSONNEL, LineItem.OPERATING_TOTAL: Side.OPERATING}
CODE_WIDTHS = (3, 5)
PERSONNEL_CATEGORIES = ("301", "303")


@dataclass(frozen=True, slots=True)
class Group:
    """One (code, name, amount) group: its grid columns, and the side that its heading names, where it names one."""

    side: Side | None
    code: int
    name: int
    amount: int

    def side_of(self, code: str) -> Side:
        """The side of a subject: its heading's, else by its 类."""
        return self.side or (Side.PERSONNEL if code[:3] in PERSONNEL_CATEGORIES else Side.OPERATING)


def read(region: Region, account: AccountKey, position: int) -> Statement:
    """Read a region as this form. Raises DocumentError naming line, row and column."""
    frame = Frame(region, FORM, account, position)
    grid = frame.grid(_is_data)
    groups = _groups(frame, grid)
    columns = _columns(frame, grid, groups)
    totals = [row for row in grid.rows if _is_total(row)]
    items = [row for row in grid.rows if not _is_total(row)]
    lines: list[LineRecord] = []
    cells: list[Cell] = []
    for group in groups:
        for row in items:
            _read_item(frame, row, group, columns, lines, cells)
    for row in totals:
        _read_totals(frame, row, columns, lines, cells)
    _refuse_strays(frame, items, groups)
    return frame.finish(list(columns.values()), _nested(frame, lines), cells)


def _is_total(row: Row) -> bool:
    return words.LINE_ITEMS.get(words.plain(row.printed[0])) in TOTALS


def _is_data(row: Row) -> bool:
    return words.plain(row.printed[0]).isdigit() or _is_total(row)


def _groups(frame: Frame, grid: Grid) -> list[Group]:
    groups: list[Group] = []
    for index, path in enumerate(grid.paths):
        if not path or path[-1] not in words.CODE_COLUMN:
            continue
        leaves = [other[-1] if other else "" for other in grid.paths[index : index + 3]]
        if len(leaves) < 3 or leaves[1] not in words.NAME_COLUMN or column_key((leaves[2],)) is not ColumnKey.AMOUNT:
            found = f"the column headings {'、'.join(leaves)}"
            raise frame.error(frame.region.place, found, "科目编码、科目名称、金额")
        side = words.SIDES.get(path[0])
        if len(path) > 1 and side not in TOTALS.values():
            raise frame.error(frame.region.place, f"the heading {path[0]!r}", "人员经费 or 公用经费 over 科目编码")
        groups.append(Group(side, index, index + 1, index + 2))
    sides = {group.side for group in groups}
    for side in TOTALS.values():
        if side not in sides and None not in sides:
            expected = f"{side.value} over 科目编码、科目名称、金额"
            raise frame.error(frame.region.place, f"no columns under {side.value}", expected)
    return groups


def _columns(frame: Frame, grid: Grid, groups: list[Group]) -> dict[Side, ColumnRecord]:
    """The two amount columns, one a side, headed as the side's first group is."""
    columns: dict[Side, ColumnRecord] = {}
    for number, side in enumerate(TOTALS.values(), start=1):
        group = next(group for group in groups if group.side in (side, None))
        columns[side] = frame.column(number, grid, group.amount, ColumnKey.AMOUNT, side)
    return columns


def _read_item(
    frame: Frame, row: Row, group: Group, columns: dict[Side, ColumnRecord], lines: list[LineRecord], cells: list[Cell]
) -> None:
    code, label, amount = (
        row.cells[index] if index < len(row.cells) else "" for index in (group.code, group.name, group.amount)
    )
    code, label = words.plain(code), words.printed(label)
    if not (code or label or amount):
        return
    if not code.isdigit() or len(code) not in CODE_WIDTHS or not label:
        raise frame.error(row.place, f"{code!r} {label!r}", "an economic 科目编码 of 3 or 5 digits and its name")
    title, side = f"{code} {label}", group.side_of(code)
    lines.append(LineRecord(
        frame.account, FORM, len(lines) + 1, None, side, None, label, None, Classification.ECONOMIC, code,
        frame.source(row.place, title),
    ))  # fmt: skip
    if amount:
        cells.append(Cell(len(lines), columns[side].column, group.amount, amount, row, title))


def _read_totals(
    frame: Frame, row: Row, columns: dict[Side, ColumnRecord], lines: list[LineRecord], cells: list[Cell]
) -> None:
    """人员经费合计 and 公用经费合计: each label, then its amount somewhere to the right of it."""
    side: Side | None = None
    for index, text in enumerate(row.cells):
        if not text:
            continue
        item = words.LINE_ITEMS.get(words.plain(text))
        if item in TOTALS:
            side = TOTALS[item]
            lines.append(LineRecord(
                frame.account, FORM, len(lines) + 1, None, side, None, item.value, item, None, None,
                frame.source(row.place, item.value),
            ))  # fmt: skip
            continue
        if side is None:
            raise frame.error(row.place, repr(text), "one amount after each of 人员经费合计 and 公用经费合计")
        cells.append(Cell(len(lines), columns[side].column, index, text, row, lines[-1].label))
        side = None


def _nested(frame: Frame, lines: list[LineRecord]) -> list[LineRecord]:
    """Each 款 under its 类, each 类 under the total of its side."""
    totals = {line.side: line.line for line in lines if line.item in TOTALS}
    for side in (Side.PERSONNEL, Side.OPERATING):
        if lines and side not in totals:
            raise frame.error(frame.region.end, f"no row {side.value}合计", "the totals in the table's last row")
    by_code: dict[str, int] = {}
    for line in lines:
        if line.code and line.code in by_code:
            raise frame.error(line_place(line), f"{line.source.row} twice", "each subject once")
        by_code[line.code or ""] = line.line
    return [
        replace(line, parent=by_code.get(line.code[:3] if len(line.code) > 3 else "-", totals[line.side]))
        if line.code
        else line
        for line in lines
    ]


def _refuse_strays(frame: Frame, rows: list[Row], groups: list[Group]) -> None:
    known = {index for group in groups for index in (group.code, group.name, group.amount)}
    for row in rows:
        for index, text in enumerate(row.cells):
            if text and index not in known:
                raise frame.error(row.place, f"{text!r} in cell {index + 1}", "no cell outside the table's headings")
