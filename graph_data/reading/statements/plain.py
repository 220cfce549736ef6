"""Tables beyond the nine: every row with its printed label and code, every column with its headings, any number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph_data.core import vocabulary as words
from graph_data.core.records import ColumnRecord
from graph_data.core.terms import Classification, ColumnKey, GapReason, LineItem
from graph_data.reading.layout import Row
from graph_data.reading.statements.codes import FUNCTIONAL_WIDTHS, Codes
from graph_data.reading.statements.frame import Frame, RejectedError
from graph_data.reading.statements.headings import Meaning, Role, label_of

ECONOMIC_CODES = re.compile(r"经济分类")
BUDGETED = re.compile(r"预算(?:金额|数|安排|总额)")
LABELS = (Role.CODE, Role.NAME, Role.LABEL, Role.UNIT, Role.ASIDE)


@dataclass(slots=True)
class Half:
    """One of the lists that a table prints side by side: where its labels, codes, 行次 and amounts stand."""

    labels: list[int] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    amounts: dict[int, ColumnRecord] = field(default_factory=dict)


def read_plain(frame: Frame) -> None:
    """Read a table of one line a row, whatever its columns hold. Raises RejectedError where it has no amounts."""
    halves = _halves(frame)
    if not any(half.amounts for half in halves):
        raise RejectedError(GapReason.UNKNOWN_HEADING, "、".join(filter(None, map("/".join, frame.grid.paths))))
    for half in halves:
        reader = Codes(FUNCTIONAL_WIDTHS)
        for row in frame.grid.rows:
            if len(halves) == 1 or any(_at(row, index) for index in (*half.labels, *half.amounts)):
                _read_row(frame, row, half, reader)


def _halves(frame: Frame) -> list[Half]:
    """The lists side by side: another one begins where the heading of the first labels stands again."""
    halves = [Half()]
    for index, meaning in enumerate(frame.meanings()):
        if meaning is None:
            continue
        half, heading = halves[-1], frame.grid.heading(index)
        if meaning.role is Role.AMOUNT:
            half.amounts[index] = _column(frame, halves, index, meaning)
        elif meaning.role is Role.LINE_NUMBER:
            half.numbers.append(index)
        elif meaning.role in LABELS:
            first = halves[0].labels[:1]
            if half.amounts and first and heading == frame.grid.heading(first[0]):
                half = Half()
                halves.append(half)
            half.labels.append(index)
            if meaning.role is Role.CODE:
                half.codes.append(index)
    return halves


def _column(frame: Frame, halves: Sequence[Half], index: int, meaning: Meaning) -> ColumnRecord:
    """The column of an amount; one headed as a column of a list beside it is that column, further down."""
    heading = frame.grid.heading(index)
    same = (column for half in halves[:-1] for column in half.amounts.values() if column.heading == heading)
    found = next(same, None)
    if found is not None:
        return found
    counted = _counted(frame, index, meaning)
    return frame.column(len(frame.columns) + 1, index, counted, _key(frame, index, meaning))


def _read_row(frame: Frame, row: Row, half: Half, reader: Codes) -> None:
    is_economic = any(ECONOMIC_CODES.search(frame.grid.heading(index)) for index in half.codes)
    texts = [words.printed(text) for index in half.labels if index not in half.codes and (text := _at(row, index))]
    code, name = reader.read([_at(row, index) for index in half.codes], "")
    if len(texts) > 1 and code is not None:
        texts, code = [code, *texts], None
    label = " ".join(texts) or name or (_at(row, half.codes[0]) if half.codes else "") or frame.form.form.value
    item = LineItem.TOTAL if _is_total(row, half.labels) else None
    kind = Classification.ECONOMIC if is_economic else Classification.FUNCTIONAL
    title = f"{code or ''} {label}".strip()
    line = frame.line(row, label, item, classification=kind if code else None, code=code, title=title)
    frame.words(row, *half.labels, *half.numbers)
    if (unit := _unit(label)) is not None:
        frame.line_units[line.line] = unit
    for index, column in half.amounts.items():
        frame.cell(line, column, row, index, title)


def _unit(label: str) -> str | None:
    """What the amounts of a row count, where its label says that it is no money: 公务用车保有量（辆）."""
    named = label_of(label)
    if named.unit is not None:
        return named.unit
    return next((unit for pattern, unit in words.COUNTED_ROWS if pattern.search(named.name)), None)


def _at(row: Row, index: int) -> str:
    return row.cells[index] if index < len(row.cells) else ""


def _is_total(row: Row, labels: Sequence[int]) -> bool:
    return any(words.plain(_at(row, index)) in words.TOTAL_LABELS for index in labels)


def _key(frame: Frame, index: int, meaning: Meaning) -> ColumnKey:
    """The concept of a column that no other has yet; a budget (采购预算金额) is none of the amounts."""
    if not frame.form.keys or BUDGETED.search(frame.grid.heading(index)):
        return ColumnKey.OTHER
    key = frame.key(meaning)
    return ColumnKey.OTHER if any(column.key is key for column in frame.columns) else key


def _counted(frame: Frame, index: int, meaning: Meaning) -> Meaning:
    """A column that no heading calls money counts pieces, in a form that does."""
    heading = frame.grid.heading(index)
    if not frame.form.counts or meaning.unit is not None or words.MONEY_HEADING.search(heading):
        return meaning
    unit = next((unit for pattern, unit in words.COUNTED if pattern.search(heading)), "个")
    bracket = next((label.unit for text in frame.grid.paths[index] if (label := label_of(text)).unit), unit)
    return Meaning(meaning.role, meaning.key, meaning.phase, bracket)
