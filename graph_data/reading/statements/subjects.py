"""The forms with subjects or units down the side: 合计, then 类, 款, 项 or the units, each with its amounts."""

from __future__ import annotations

from collections.abc import Sequence

from graph_data.core import vocabulary as words
from graph_data.core.amount import NO_VALUE
from graph_data.core.records import ColumnRecord, LineRecord
from graph_data.core.terms import Classification, ColumnKey, GapReason, LineItem
from graph_data.reading.layout import Row
from graph_data.reading.statements.codes import FUNCTIONAL_WIDTHS, Codes
from graph_data.reading.statements.forms import Shape
from graph_data.reading.statements.frame import Frame, RejectedError
from graph_data.reading.statements.headings import Role, is_amount, label_of


def read_rows(frame: Frame) -> None:
    """Read a table of one line a row. Raises RejectedError where its headings name no subjects or no amounts."""
    meanings = frame.meanings()
    at = {role: [n for n, meaning in enumerate(meanings) if meaning and meaning.role is role] for role in Role}
    is_by_unit = frame.form.shape is Shape.BY_UNIT
    names, codes = at[Role.NAME] or ([] if is_by_unit else at[Role.LABEL]), at[Role.CODE]
    units = at[Role.UNIT] if is_by_unit else []
    if not codes and len(names) > 1 and frame.form.shape is Shape.BY_SUBJECT:
        codes = [index for index in names if _holds_codes(frame, index)]
        names = [index for index in names if index not in codes]
    last_label, first_amount = max([*codes, *at[Role.NAME], -1]), min([*at[Role.AMOUNT], len(meanings)])
    is_one_table = units == at[Role.UNIT] and last_label < first_amount
    if not (units or names or codes) or not is_one_table:
        raise RejectedError(GapReason.UNKNOWN_HEADING, "、".join(frame.grid.heading(n) for n in range(len(meanings))))
    amounts: dict[int, ColumnRecord] = {}
    for index in at[Role.AMOUNT]:
        meaning = meanings[index]
        if meaning is not None:
            amounts[index] = frame.column(len(amounts) + 1, index, meaning, frame.key(meaning))
    if not any(column.key is not ColumnKey.OTHER for column in frame.columns):
        raise RejectedError(GapReason.UNKNOWN_HEADING, "、".join(column.heading for column in frame.columns))
    reader = Codes(FUNCTIONAL_WIDTHS)
    for row in frame.grid.rows:
        line = _line(frame, row, reader, codes, names, units)
        if line is None:
            continue
        frame.words(row, *units, *codes, *names, *at[Role.ASIDE], *at[Role.LINE_NUMBER])
        for index, column in amounts.items():
            frame.cell(line, column, row, index, line.source.row or "")
        is_known = bool(units) or line.item is not None or line.code is not None
        if not is_known and codes and not label_of(line.label).is_part:
            frame.unknown(line, row)
    is_subject = frame.form.shape is Shape.BY_SUBJECT and any(line.item is None for line in frame.lines)
    frame.is_uncoded = is_subject and not any(line.code for line in frame.lines)
    parents = _parents_by_unit if is_by_unit else _parents
    frame.nest([None] * len(frame.lines) if frame.is_uncoded else parents(frame.lines))


def _holds_codes(frame: Frame, index: int) -> bool:
    """Are the cells of a column codes, whatever its heading is?"""
    cells = [words.plain(row.cells[index]) for row in frame.grid.rows if index < len(row.cells) and row.cells[index]]
    return sum(cell.isdigit() and len(cell) in FUNCTIONAL_WIDTHS for cell in cells) * 2 > len(cells)


def _at(row: Row, indexes: Sequence[int]) -> list[str]:
    return [row.cells[index] if index < len(row.cells) else "" for index in indexes]


def _line(
    frame: Frame, row: Row, reader: Codes, codes: Sequence[int], names: Sequence[int], units: Sequence[int]
) -> LineRecord | None:
    """The line of a row; None where the row names nothing or a subject that the table, or its unit, has already."""
    printed = [words.plain(text) for text in (*_at(row, units), *_at(row, codes), *_at(row, names)) if text]
    if any(label in words.TOTAL_LABELS for label in printed):
        if any(line.item is LineItem.TOTAL for line in frame.lines):
            frame.quarantine(GapReason.DUPLICATE, row)
            return None
        return frame.line(row, LineItem.TOTAL.value, LineItem.TOTAL, title=LineItem.TOTAL.value)
    texts = [text for text in _at(row, names) if text]
    unit = next((words.printed(text) for text in reversed(_at(row, units)) if text), None)
    is_subject = bool(texts) or any(_at(row, codes))
    if unit is not None and not (is_subject and unit == _unit(frame)):
        line = frame.line(row, unit, None, title=unit)
        frame.codes.clear()
        if not is_subject:
            return line
    code, label = reader.read(_at(row, codes), texts[-1] if texts else "")
    if code in frame.codes:
        frame.quarantine(GapReason.DUPLICATE, row, detail=code)
        return None
    if code is None and (units or not label or (is_amount(label) and label not in NO_VALUE)):
        frame.quarantine(GapReason.UNKNOWN_ROW, row)
        return None
    classification = Classification.FUNCTIONAL if code else None
    title = " ".join(filter(None, (_unit(frame) if units else None, code, label)))
    return frame.line(row, label or code or "", None, classification=classification, code=code, title=title)


def _unit(frame: Frame) -> str | None:
    """The unit that the rows of a table by units have come to."""
    return next((line.label for line in reversed(frame.lines) if line.item is None and line.code is None), None)


def _parents_by_unit(lines: Sequence[LineRecord]) -> list[int | None]:
    """Each unit under 合计; its subjects under its nearest shorter code, else under the unit."""
    total = next((line.line for line in lines if line.item is LineItem.TOTAL), None)
    parents: list[int | None] = []
    unit: int | None = total
    by_code: dict[str, int] = {}
    for line in lines:
        if line.code is None:
            parents.append(None if line.item is LineItem.TOTAL else total)
            unit, by_code = line.line, {}
        else:
            above = [line.code[:width] for width in (5, 3) if width < len(line.code)]
            parents.append(next((by_code[code] for code in above if code in by_code), unit))
            by_code[line.code] = line.line
    return parents


def _parents(lines: Sequence[LineRecord]) -> list[int | None]:
    """Each line under the nearest shorter code that the table prints, 其中 under the line before, else under 合计."""
    by_code = {line.code: line.line for line in lines if line.code}
    total = next((line.line for line in lines if line.item is LineItem.TOTAL), None)
    parents: list[int | None] = []
    whole: int | None = None
    for line in lines:
        above = [line.code[:width] for width in (5, 3) if line.code and width < len(line.code)]
        if line.item is LineItem.TOTAL:
            parents.append(None)
        elif line.code is None and label_of(line.label).is_part and whole is not None:
            parents.append(whole)
            continue
        else:
            parents.append(next((by_code[code] for code in above if code in by_code), total))
        whole = line.line
    return parents
