"""The basic table: economic classes in groups of (code, name, amount) side by side, or down with 人员经费 and 公用经费
across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from graph_data.core import vocabulary as words
from graph_data.core.records import ColumnRecord, LineRecord
from graph_data.core.terms import Classification, ColumnKey, GapReason, LineItem, Side
from graph_data.reading.layout import Row
from graph_data.reading.statements.codes import ECONOMIC_WIDTHS, Codes
from graph_data.reading.statements.frame import Frame, RejectedError
from graph_data.reading.statements.headings import Meaning, Role, is_amount, item_of

TOTALS = {LineItem.PERSONNEL_TOTAL: Side.PERSONNEL, LineItem.OPERATING_TOTAL: Side.OPERATING}
PERSONNEL_CATEGORIES = ("301", "303")
CATEGORY = 3
GOVERNMENT = "5"  # 501…: 政府预算支出经济分类, another classification than the departments' own, kept as labels


@dataclass(slots=True)
class Group:
    """One group: its code and name columns, its amounts, and the side that its heading names, where it names one."""

    side: Side | None
    codes: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    amounts: dict[int, Meaning] = field(default_factory=dict)

    def side_of(self, code: str | None) -> Side | None:
        """The side of a subject: its heading's, else by its 类."""
        return self.side or (side_of(code) if code else None)


def side_of(code: str) -> Side:
    """人员经费 or 公用经费 by the 类 of an economic code."""
    return Side.PERSONNEL if code[:CATEGORY] in PERSONNEL_CATEGORIES else Side.OPERATING


def read_economic(frame: Frame) -> None:
    """Read the basic table. Raises RejectedError where its headings name no subjects or no amounts."""
    groups, asides = _groups(frame)
    columns = _columns(frame, groups)
    totals = [row for row in frame.grid.rows if _is_total(row)]
    items = [row for row in frame.grid.rows if not _is_total(row)]
    for group in groups:
        reader = Codes(ECONOMIC_WIDTHS)
        for row in items:
            _read_item(frame, row, group, reader, columns)
    for row in totals:
        _read_totals(frame, row, groups, columns)
    for row in frame.grid.rows:
        frame.words(row, *asides)
    frame.nest(_parents(frame.lines))


def _groups(frame: Frame) -> tuple[list[Group], list[int]]:
    groups: list[Group] = []
    asides = []
    for index, meaning in enumerate(frame.meanings()):
        if meaning is None:
            continue
        if meaning.role in (Role.ASIDE, Role.LINE_NUMBER):
            asides.append(index)
        elif meaning.role is Role.AMOUNT:
            if groups:
                groups[-1].amounts[index] = meaning
        elif meaning.role is not Role.UNIT:
            if not groups or groups[-1].amounts:
                groups.append(Group(_heading_side(frame.grid.paths[index])))
            (groups[-1].codes if meaning.role is Role.CODE else groups[-1].names).append(index)
    groups = [group for group in groups if group.amounts]
    if not groups:
        raise RejectedError(GapReason.UNKNOWN_HEADING, "、".join(filter(None, map("/".join, frame.grid.paths))))
    return groups, asides


def _heading_side(path: Sequence[str]) -> Side | None:
    return next((side for text in path for side in TOTALS.values() if side.value in text), None)


def _columns(frame: Frame, groups: list[Group]) -> dict[tuple[int, Side | None], ColumnRecord]:
    """The amount columns by their place and side: side by side one a side, headed as the side's first group is."""
    found: dict[tuple[int, Side | None], ColumnRecord] = {}
    if len(groups) > 1:
        for group in groups:
            group.amounts = dict(list(group.amounts.items())[:1])
        for number, side in enumerate(TOTALS.values(), start=1):
            own = [group for group in groups if group.side in (side, None)]
            if not own:
                raise RejectedError(GapReason.UNKNOWN_HEADING, side.value)
            index, meaning = next(iter(own[0].amounts.items()))
            record = frame.column(number, index, meaning, ColumnKey.AMOUNT, side)
            found |= {(next(iter(group.amounts)), side): record for group in own}
        return found
    for index, meaning in ((index, meaning) for group in groups for index, meaning in group.amounts.items()):
        record = frame.column(len(frame.columns) + 1, index, meaning, frame.key(meaning))
        found |= {(index, side): record for side in (None, *TOTALS.values())}
    return found


def _is_total(row: Row) -> bool:
    return any(_total(text) is not None for text in row.printed)


@lru_cache(4096)
def _total(text: str) -> LineItem | None:
    """The total that a label names."""
    item = item_of(text)
    if item in TOTALS:
        return item
    return LineItem.TOTAL if words.plain(text) in words.TOTAL_LABELS else None


def _read_item(
    frame: Frame, row: Row, group: Group, reader: Codes, columns: dict[tuple[int, Side | None], ColumnRecord]
) -> None:
    own = (*group.codes, *group.names, *group.amounts)
    texts = [row.cells[index] if index < len(row.cells) else "" for index in own]
    if not any(texts):
        return
    cells = texts[: len(group.codes)]
    names = list(filter(None, texts[len(group.codes) : len(group.codes) + len(group.names)]))
    code, label = reader.read(cells, names[-1] if names else "")
    is_known = code is not None and label and code not in frame.codes
    if code is not None and not is_known:
        reason = GapReason.DUPLICATE if label else GapReason.UNKNOWN_ROW
        frame.quarantine(reason, row, own, code)
        return
    if not label:
        frame.quarantine(GapReason.UNKNOWN_ROW, row, own)
        return
    if code is not None and code.startswith(GOVERNMENT):
        code, label, is_government = None, f"{code} {label}", True
    else:
        is_government = False
    title, side = f"{code or ''} {label}".strip(), group.side_of(code)
    classification = Classification.ECONOMIC if code else None
    line = frame.line(row, label, None, side=side, classification=classification, code=code, title=title)
    frame.words(row, *group.codes, *group.names)
    for index in group.amounts:
        if (column := columns.get((index, side))) is not None:
            frame.cell(line, column, row, index, title)
    if code is None and not is_government:
        frame.unknown(line, row)


def _read_totals(
    frame: Frame, row: Row, groups: list[Group], columns: dict[tuple[int, Side | None], ColumnRecord]
) -> None:
    """合计, 人员经费合计 and 公用经费合计: each label, then its amounts to the right of it."""
    line: LineRecord | None = None
    for index, text in enumerate(row.cells):
        item = _total(text) if text else None
        if item is not None:
            line = frame.line(row, item.value, item, side=TOTALS.get(item), title=item.value)
            frame.words(row, index)
        elif text and line is not None and is_amount(text):
            column = _column_of_total(line, index, groups, columns)
            if column is not None and not any((c.line, c.column) == (line.line, column.column) for c in frame.cells):
                frame.cell(line, column, row, index, line.label)


def _column_of_total(
    line: LineRecord, index: int, groups: list[Group], columns: dict[tuple[int, Side | None], ColumnRecord]
) -> ColumnRecord | None:
    if (column := columns.get((index, line.side))) is not None:
        return column
    if line.side is not None:
        return next((column for (_, side), column in columns.items() if side is line.side), None)
    return next((column for (at, _), column in columns.items() if at == index), None) if len(groups) == 1 else None


def _parents(lines: Sequence[LineRecord]) -> list[int | None]:
    """Each 款 under its 类, each 类 under the total of its side, and that under 合计."""
    totals = {line.side: line.line for line in lines if line.item in TOTALS}
    whole = next((line.line for line in lines if line.item is LineItem.TOTAL), None)
    by_code = {line.code: line.line for line in lines if line.code}
    parents: list[int | None] = []
    for line in lines:
        if line.item is LineItem.TOTAL:
            parents.append(None)
        elif line.item in TOTALS:
            parents.append(whole)
        elif line.code and len(line.code) > CATEGORY and line.code[:CATEGORY] in by_code:
            parents.append(by_code[line.code[:CATEGORY]])
        else:
            parents.append(totals.get(line.side, whole))
    return parents
