"""Tables beyond the nine: every row with its printed label and code, every column with its headings, any number."""

from __future__ import annotations

import re
from collections.abc import Sequence

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


def read_plain(frame: Frame) -> None:
    """Read a table of one line a row, whatever its columns hold. Raises RejectedError where it has no amounts."""
    meanings = frame.meanings()
    labels = [n for n, meaning in enumerate(meanings) if meaning is not None and meaning.role in LABELS]
    codes = [n for n in labels if (meaning := meanings[n]) is not None and meaning.role is Role.CODE]
    numbers = [n for n, meaning in enumerate(meanings) if meaning is not None and meaning.role is Role.LINE_NUMBER]
    amounts: dict[int, ColumnRecord] = {}
    for index, meaning in enumerate(meanings):
        if meaning is not None and meaning.role is Role.AMOUNT:
            counted = _counted(frame, index, meaning)
            amounts[index] = frame.column(len(amounts) + 1, index, counted, _key(frame, index, meaning))
    if not amounts:
        raise RejectedError(GapReason.UNKNOWN_HEADING, "、".join(filter(None, map("/".join, frame.grid.paths))))
    is_economic = any(ECONOMIC_CODES.search(frame.grid.heading(index)) for index in codes)
    reader = Codes(FUNCTIONAL_WIDTHS)
    for row in frame.grid.rows:
        texts = [words.printed(text) for index in labels if index not in codes and (text := _at(row, index))]
        code, name = reader.read([_at(row, index) for index in codes], "")
        if len(texts) > 1 and code is not None:
            texts, code = [code, *texts], None
        label = " ".join(texts) or name or (_at(row, codes[0]) if codes else "") or frame.form.form.value
        item = LineItem.TOTAL if _is_total(row, labels) else None
        kind = Classification.ECONOMIC if is_economic else Classification.FUNCTIONAL
        title = f"{code or ''} {label}".strip()
        line = frame.line(row, label, item, classification=kind if code else None, code=code, title=title)
        frame.words(row, *labels, *numbers)
        for index, column in amounts.items():
            frame.cell(line, column, row, index, title)


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
