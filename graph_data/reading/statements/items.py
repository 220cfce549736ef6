"""“三公”经费: budget and final side by side in one row, in two rows, or across with the items down; one line of
amounts by item and phase, or one a unit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from graph_data.core import vocabulary as words
from graph_data.core.amount import parse_decimal
from graph_data.core.records import ColumnRecord, LineRecord
from graph_data.core.terms import ColumnKey, GapReason, LineItem, Phase
from graph_data.reading.layout import Row
from graph_data.reading.statements.frame import Frame, RejectedError
from graph_data.reading.statements.headings import Meaning, Role, is_amount, label_of

LABEL = "“三公”经费"
ITEMS = (ColumnKey.OVERSEAS_OFFICIAL_TRAVEL, ColumnKey.OFFICIAL_VEHICLES, ColumnKey.OFFICIAL_HOSPITALITY)


def read_items(frame: Frame) -> None:
    """Read the items. Raises RejectedError where no heading names one, or rows stand beside each other unexplained."""
    meanings = frame.meanings()
    labels = [n for n, m in enumerate(meanings) if m is not None and m.role in (Role.LABEL, Role.NAME, Role.UNIT)]
    asides = [
        n for n, m in enumerate(meanings) if m is not None and m.role in (Role.ASIDE, Role.LINE_NUMBER, Role.CODE)
    ]
    amounts = {n: m for n, m in enumerate(meanings) if m is not None and m.role is Role.AMOUNT}
    rows = [row for row in frame.grid.rows if any(map(is_amount, row.printed)) or _title(row, labels)]
    if not any(frame.key(meaning) is not ColumnKey.OTHER for meaning in amounts.values()):
        raise RejectedError(GapReason.UNKNOWN_HEADING, "、".join(filter(None, map("/".join, frame.grid.paths))))
    phased = [(row, label_of(_title(row, labels)).phase) for row in rows]
    for row in rows:
        frame.words(row, *labels, *asides)
    if any(phase is not None for _, phase in phased):
        _by_phase(frame, phased, labels, amounts)
    else:
        _by_line(frame, rows, labels, amounts)


def _title(row: Row, labels: list[int]) -> str:
    return next((words.printed(row.cells[n]) for n in labels if n < len(row.cells) and row.cells[n]), "")


def _by_line(frame: Frame, rows: list[Row], labels: list[int], amounts: dict[int, Meaning]) -> None:
    """Items and phases across: one line, or 合计 and one a unit."""
    if any(meaning.phase is not None for meaning in amounts.values()):
        amounts = {n: m if m.phase is not None else Meaning(m.role, unit=m.unit) for n, m in amounts.items()}
    others = _superseded(amounts) | _wider(frame, rows, amounts)
    columns = {
        index: frame.column(
            index + 1, index, meaning, ColumnKey.OTHER if index in others else frame.key(meaning), phase=meaning.phase
        )
        for index, meaning in amounts.items()
    }
    if len(rows) > 1 and not labels:
        raise RejectedError(GapReason.UNKNOWN_ROW, " ".join(rows[1].printed))
    whole = next((row for row in rows if words.plain(_title(row, labels)) in words.TOTAL_LABELS), None)
    whole = rows[0] if whole is None and len(rows) == 1 else whole
    for row in sorted(rows, key=lambda row: row is not whole):
        title = LABEL if row is whole else _title(row, labels)
        line = frame.line(row, title, LineItem.TOTAL if row is whole else None, title=title)
        for index, column in columns.items():
            frame.cell(line, column, row, index, title)
    frame.nest([None if line.item else frame.lines[0].line if whole is not None else None for line in frame.lines])


def _superseded(amounts: dict[int, Meaning]) -> set[int]:
    """Columns of 年初预算 where 全年预算 of the same item stands beside it: that is the budget of the form."""
    current = {m.key for m in amounts.values() if m.phase is Phase.BUDGET and not m.is_initial}
    return {n for n, m in amounts.items() if m.is_initial and m.key in current}


def _wider(frame: Frame, rows: list[Row], amounts: dict[int, Meaning]) -> set[int]:
    """The totals that hold 会议费 and 培训费 too: those beside one of the “三公” items alone, else by sums."""
    totals = {n for n, m in amounts.items() if frame.key(m) is ColumnKey.TOTAL}
    beside = [n for n in amounts if words.MEETINGS_HEADING.search(frame.grid.heading(n))]
    if not beside:
        return set()
    own = {n for n in totals if "三公" in frame.grid.heading(n)}
    return totals - own if own else {n for n in totals if _sums(frame, rows, amounts, n, beside)}


def _sums(frame: Frame, rows: list[Row], amounts: dict[int, Meaning], total: int, beside: list[int]) -> bool:
    """Is a total the sum of its items and of what stands beside them, and of the items alone in no row?"""
    phase = amounts[total].phase
    items = [n for n, m in amounts.items() if m.phase is phase and frame.key(m) in ITEMS]
    beside = [n for n in beside if amounts[n].phase is phase]
    found = [(_amount(row, total), *(sum(_amount(row, n) for n in own) for own in (items, beside))) for row in rows]
    return any(rest for _, _, rest in found) and all(whole == part + rest for whole, part, rest in found)


def _amount(row: Row, index: int) -> Decimal:
    try:
        return parse_decimal(row.cells[index]) if index < len(row.cells) else Decimal(0)
    except ValueError:
        return Decimal(0)


def _by_phase(
    frame: Frame, rows: list[tuple[Row, Phase | None]], labels: list[int], amounts: dict[int, Meaning]
) -> None:
    """Items across and phases down: one line, a column for each item of each phase."""
    budgets = [_title(row, labels) for row, phase in rows if phase is Phase.BUDGET]
    budgets = [title for title in budgets if not _is_aside(title, frame.account.fiscal_year)]
    has_current = any(not label_of(title).name.startswith(words.INITIAL) for title in budgets)
    items = {n: m for n, m in amounts.items() if n not in _wider(frame, [row for row, _ in rows], amounts)}
    line: LineRecord | None = None
    for row, phase in rows:
        title = _title(row, labels)
        is_aside = _is_aside(title, frame.account.fiscal_year)
        if phase is None and not is_aside:
            if title == words.LINE_NUMBER_COLUMN:
                frame.words(row, *amounts)
            elif any(is_amount(text) for text in row.printed):
                frame.quarantine(GapReason.UNKNOWN_ROW, row, [n for n in amounts if n not in labels], title)
            continue
        line = line or frame.line(row, LABEL, LineItem.TOTAL, title=LABEL)
        is_past = phase is Phase.BUDGET and has_current and label_of(title).name.startswith(words.INITIAL)
        chosen = {} if is_past or is_aside else _chosen(frame, row, items)
        for index, meaning in amounts.items():
            heading = f"{frame.grid.heading(index)}/{title}"
            key = frame.key(meaning) if chosen.get(frame.key(meaning)) == index else ColumnKey.OTHER
            counted = replace(meaning, unit=label_of(title).unit, is_excused=True) if is_aside else meaning
            column: ColumnRecord = frame.column(
                len(frame.columns) + 1, index, counted, key, phase=phase, heading=heading
            )
            frame.cell(line, column, row, index, LABEL)


def _is_aside(title: str, fiscal_year: int) -> bool:
    """Does a row print another year, or a change from it?"""
    label = label_of(title)
    return label.is_change or label.year not in (None, fiscal_year)


def _chosen(frame: Frame, row: Row, amounts: dict[int, Meaning]) -> dict[ColumnKey, int]:
    """The column of each item: of several that name one the first that prints an amount, as 合计 below its title."""
    chosen: dict[ColumnKey, int] = {}
    for index in sorted(amounts, key=lambda n: not (n < len(row.cells) and any(map(str.isdigit, row.cells[n])))):
        chosen.setdefault(frame.key(amounts[index]), index)
    return chosen
