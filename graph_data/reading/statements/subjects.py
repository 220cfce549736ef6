"""The forms with subjects or units down the side: 合计, then 类, 款, 项 or the units, each with its amounts."""

from __future__ import annotations

from collections.abc import Sequence

from graph_data.core import vocabulary as words
from graph_data.core.records import ColumnRecord, LineRecord
from graph_data.core.terms import Classification, ColumnKey, GapReason, LineItem
from graph_data.reading.layout import Row
from graph_data.reading.statements.codes import FUNCTIONAL_WIDTHS, Codes
from graph_data.reading.statements.forms import Shape
from graph_data.reading.statements.frame import Frame, RejectedError
from graph_data.reading.statements.headings import Role, label_of


def read_rows(frame: Frame) -> None:
    """Read a table of one line a row. Raises RejectedError where its headings name no subjects or no amounts."""
    meanings = frame.meanings()
    at = {role: [n for n, meaning in enumerate(meanings) if meaning and meaning.role is role] for role in Role}
    names = at[Role.UNIT] if frame.form.shape is Shape.BY_UNIT else at[Role.NAME] or at[Role.LABEL]
    codes = [] if frame.form.shape is Shape.BY_UNIT else at[Role.CODE]
    if not codes and len(names) > 1 and frame.form.shape is Shape.BY_SUBJECT:
        codes = [index for index in names if _holds_codes(frame, index)]
        names = [index for index in names if index not in codes]
    if not (names or codes) or (at[Role.UNIT] and names != at[Role.UNIT]):
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
        line = _line(frame, row, reader, codes, names)
        if line is None:
            continue
        frame.words(row, *codes, *names, *at[Role.ASIDE], *at[Role.LINE_NUMBER])
        for index, column in amounts.items():
            frame.cell(line, column, row, index, line.source.row or "")
        if line.item is None and line.code is None and codes and not label_of(line.label).is_part:
            frame.unknown(line, row)
    is_subject = frame.form.shape is Shape.BY_SUBJECT and any(line.item is None for line in frame.lines)
    frame.is_uncoded = is_subject and not any(line.code for line in frame.lines)
    frame.nest([None] * len(frame.lines) if frame.is_uncoded else _parents(frame.lines))


def _holds_codes(frame: Frame, index: int) -> bool:
    """Are the cells of a column codes, whatever its heading is?"""
    cells = [words.plain(row.cells[index]) for row in frame.grid.rows if index < len(row.cells) and row.cells[index]]
    return sum(cell.isdigit() and len(cell) in FUNCTIONAL_WIDTHS for cell in cells) * 2 > len(cells)


def _at(row: Row, indexes: Sequence[int]) -> list[str]:
    return [row.cells[index] if index < len(row.cells) else "" for index in indexes]


def _line(frame: Frame, row: Row, reader: Codes, codes: Sequence[int], names: Sequence[int]) -> LineRecord | None:
    """The line of a row; None where the row names nothing or a subject that the table has already."""
    printed = [words.plain(text) for text in (*_at(row, codes), *_at(row, names)) if text]
    if any(label in words.TOTAL_LABELS for label in printed):
        if any(line.item is LineItem.TOTAL for line in frame.lines):
            frame.quarantine(GapReason.DUPLICATE, row)
            return None
        return frame.line(row, LineItem.TOTAL.value, LineItem.TOTAL, title=LineItem.TOTAL.value)
    texts = [text for text in _at(row, names) if text]
    if frame.form.shape is Shape.BY_UNIT and texts:
        name = words.printed(texts[-1])
        return frame.line(row, name, None, title=name)
    code, label = reader.read(_at(row, codes), texts[-1] if texts else "")
    if code in frame.codes:
        frame.quarantine(GapReason.DUPLICATE, row, detail=code)
        return None
    if code is None and not label:
        frame.quarantine(GapReason.UNKNOWN_ROW, row)
        return None
    classification = Classification.FUNCTIONAL if code else None
    title = f"{code or ''} {label}".strip()
    return frame.line(row, label or code or "", None, classification=classification, code=code, title=title)


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
