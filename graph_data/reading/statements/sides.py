"""The two summary forms: revenue on the left, expenditure on the right, each with its 行次; older ones print
expenditure twice, by function and by nature."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph_data.core import vocabulary as words
from graph_data.core.records import ColumnRecord, LineRecord
from graph_data.core.terms import Classification, ColumnKey, GapReason, LineItem, Side
from graph_data.reading.layout import Row
from graph_data.reading.statements.frame import Frame, RejectedError
from graph_data.reading.statements.headings import Role, item_of, label_of

TOTALS = (LineItem.CURRENT_YEAR_REVENUE, LineItem.CURRENT_YEAR_EXPENDITURE)
CARRYOVERS = (LineItem.OPENING_CARRYOVER, LineItem.CLOSING_CARRYOVER)
OUTSIDE_YEAR = (*CARRYOVERS, *TOTALS, LineItem.NON_FISCAL_SURPLUS_USED, LineItem.SURPLUS_DISTRIBUTION)


@dataclass(slots=True)
class Half:
    """One side of the table: which grid columns hold its label, its 行次 (None where not printed), its amounts."""

    side: Side
    label: int
    line_number: int | None = None
    amounts: dict[int, ColumnRecord] = field(default_factory=dict)


def read_sides(frame: Frame) -> None:
    """Read a table in halves. Raises RejectedError where it has no labels or no amounts."""
    for half, rows in _spread(frame, _halves(frame)):
        first = len(frame.lines)
        for row in rows:
            _read_row(frame, row, half)
        own = frame.lines[first:]
        frame.nest([*(line.parent for line in frame.lines[:first]), *_parents(own)])


def _halves(frame: Frame) -> list[Half]:
    halves: list[Half] = []
    for index, meaning in enumerate(frame.meanings()):
        if meaning is None:
            continue
        path = frame.grid.paths[index]
        if meaning.role in (Role.LABEL, Role.NAME):
            halves.append(Half(_side(path, halves), index))
        elif not halves:
            continue
        elif meaning.role is Role.LINE_NUMBER:
            halves[-1].line_number = index
        elif meaning.role is Role.AMOUNT:
            side = halves[-1].side
            key = frame.key(meaning)
            if key is ColumnKey.AMOUNT and meaning.key is ColumnKey.TOTAL and ColumnKey.TOTAL in frame.form.keys:
                key = ColumnKey.TOTAL
            halves[-1].amounts[index] = frame.column(len(frame.columns) + 1, index, meaning, key, side)
    if not all(half.amounts for half in halves) or not halves:
        raise RejectedError(GapReason.UNKNOWN_HEADING, "、".join(filter(None, map("/".join, frame.grid.paths))))
    return halves


def _spread(frame: Frame, halves: list[Half]) -> list[tuple[Half, Sequence[Row]]]:
    """The halves with their rows: all of them side by side; of one half alone the revenue, and below it expenditure."""
    rows = frame.grid.rows
    (half, *others) = halves
    labels = [row.cells[half.label] if half.label < len(row.cells) else "" for row in rows]
    ends = next((n for n, label in enumerate(labels) if item_of(label) is LineItem.CURRENT_YEAR_REVENUE), len(rows))
    starts = next((n for n, label in enumerate(labels) if n > ends and _opens_expenditure(label)), None)
    if others or half.side is not Side.REVENUE or starts is None:
        return [(each, rows) for each in halves]
    below = Half(Side.EXPENDITURE, half.label, half.line_number)
    for index, column in half.amounts.items():
        meaning = frame.meanings()[index]
        if meaning is not None:
            below.amounts[index] = frame.column(len(frame.columns) + 1, index, meaning, column.key, Side.EXPENDITURE)
    return [(half, rows[:starts]), (below, rows[starts:])]


def _opens_expenditure(label: str) -> bool:
    """Is a row the first one of expenditure: a category of it, its total, or the word itself?"""
    is_category = words.subject_name(label) in words.FUNCTIONAL_CATEGORIES and item_of(label) is None
    return is_category or item_of(label) is LineItem.CURRENT_YEAR_EXPENDITURE or words.unnumbered(label) == "支出"


def _side(path: Iterable[str], halves: list[Half]) -> Side:
    text = "".join(path)
    if any(half.side is Side.EXPENDITURE for half in halves) and words.NATURE_HEADING.search(text):
        return Side.EXPENDITURE_BY_NATURE
    if "支出" in text or "功能" in text:
        return Side.EXPENDITURE
    return Side.EXPENDITURE if halves and "收入" not in text else Side.REVENUE


def _read_row(frame: Frame, row: Row, half: Half) -> None:
    label = words.printed(row.cells[half.label]) if half.label < len(row.cells) else ""
    printed = [index for index in half.amounts if index < len(row.cells) and row.cells[index]]
    number = _line_number(row, half)
    if printed and not label:
        frame.quarantine(GapReason.UNKNOWN_ROW, row, printed)
        printed = []
    item, code = _item(label, half.side, bool(printed))
    line = frame.line(
        row, label, item, side=half.side, line_number=number, title=label or None,
        classification=Classification.FUNCTIONAL if code else None, code=code,
    )  # fmt: skip
    frame.words(row, half.label, half.line_number if number is not None else None)
    for index in printed:
        frame.cell(line, half.amounts[index], row, index, label)
    if half.side is not Side.EXPENDITURE_BY_NATURE and not _is_known(label, item, code):
        frame.unknown(line, row)


def _is_known(label: str, item: LineItem | None, code: str | None) -> bool:
    named = label_of(label)
    return bool(code) or item not in (None, LineItem.FUNCTIONAL_CATEGORY) or named.is_part or named.key is not None


def _item(label: str, side: Side, is_printed: bool) -> tuple[LineItem | None, str | None]:
    """What a label names: an item, or a category of expenditure with its code where the row has amounts."""
    item = item_of(label) if label else None
    if side is not Side.EXPENDITURE or not label:
        return item, None
    code = words.FUNCTIONAL_CATEGORIES.get(words.subject_name(label))
    is_category = item is None and not label_of(label).is_part
    item = LineItem.FUNCTIONAL_CATEGORY if is_category or (code and item not in OUTSIDE_YEAR) else item
    return item, code if is_printed and item is LineItem.FUNCTIONAL_CATEGORY else None


def _line_number(row: Row, half: Half) -> int | None:
    text = row.cells[half.line_number] if half.line_number is not None and half.line_number < len(row.cells) else ""
    return int(text) if text.isascii() and text.isdigit() else None


def _parents(lines: list[LineRecord]) -> list[int | None]:
    """本年合计 over what stands above it, carry-over over its funds, 其中 under the line before, 总计 over the rest."""
    total = next((line.line for line in lines if line.item in TOTALS), None)
    grand = next((line.line for line in lines if line.item is LineItem.GRAND_TOTAL), None)
    parents: list[int | None] = []
    carryover = whole = None
    for line in lines:
        if line.item is LineItem.GRAND_TOTAL:
            parent, carryover = None, None
        elif label_of(line.label).is_part and whole is not None:
            parents.append(whole)
            continue
        elif line.item in OUTSIDE_YEAR:
            parent, carryover = grand, line.line if line.item in CARRYOVERS else None
        elif carryover is not None and line.label:
            parent = carryover
        else:
            parent = total if total is not None and line.line < total else grand
        parents.append(parent)
        if line.label:
            whole = carryover or line.line
    return parents
