"""Does what a table was understood to mean add up? A form says which columns sum which.

A published table may contradict itself: one row that does not add up is a finding of the checks, never a reason to
refuse. What is rejected is a table that was misread: most of its rows do not add up, or none does and with two of
its headings exchanged, or all of them one further left, every row would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal

from graph_data.core.amount import MONEY_UNITS, NO_VALUE, AmountUnit, decimals_of, parse_decimal
from graph_data.core.terms import ColumnKey, GapReason, Phase, Side
from graph_data.reading.statements.forms import Sum
from graph_data.reading.statements.frame import Frame, RejectedError, Statement

RECOGNISED = "recognised from a picture, and no sum of the table covers it"
FEW = 3  # rows that are too few for most of them to tell anything

BALANCE = (ColumnKey.OPENING_CARRYOVER, ColumnKey.CURRENT_YEAR_REVENUE, ColumnKey.CLOSING_CARRYOVER)
"""Printed in this order by every form: exchanged, opening carry-over and revenue would still balance."""

Amounts = dict[ColumnKey, Decimal]
Place = tuple[Side | None, Phase | None]


def confirm(frame: Frame) -> None:
    """Raise RejectedError where the sums of a table say that its columns are not what their headings were taken for."""
    found = [column.key for column in frame.columns if column.key in BALANCE]
    if found != [key for key in BALANCE if key in found] and not _is_mirrored(frame):
        raise RejectedError(GapReason.UNKNOWN_HEADING, "、".join(key.value for key in found))
    for place, rows in _rows(frame).items():
        known = {column.key for column in frame.columns if (column.side, column.phase) == place}
        for whole, parts in frame.form.sums:
            inner = dict(frame.form.sums)
            printed = tuple(
                one for part in parts for one in ((part,) if part in known else inner.get(part, ())) if one in known
            )
            if whole in known and len(printed) > 1:
                _confirm(rows, (whole, printed))


def _is_mirrored(frame: Frame) -> bool:
    """Does a table print all of its columns in the reverse of its form's order, more than two exchanged could make?"""
    printed = [column.key for column in frame.columns if column.key is not ColumnKey.OTHER]
    return len(printed) > FEW + 1 and printed == [key for key in reversed(frame.form.keys) if key in printed]


def doubt(frame: Frame) -> None:
    """Of amounts that were recognised from a picture keep those that a sum of the table covers; the others are gaps."""
    cells = [cell for cell in frame.cells if cell.row.place.confidence is not None]
    if not cells:
        return
    columns = {column.column: column for column in frame.columns}
    amounts: dict[tuple[int, int], Decimal] = {}
    for cell in frame.cells:
        with suppress(ValueError):
            amounts[cell.line, cell.column] = parse_decimal(cell.text)
    covered: set[tuple[int, int]] = set()
    children: dict[int, list[int]] = {}
    for line in frame.lines:
        if line.parent is not None:
            children.setdefault(line.parent, []).append(line.line)
    for whole, parts in children.items():
        for column in columns:
            _cover(covered, amounts, (whole, column), [(part, column) for part in parts])
    for line in frame.lines:
        for whole_key, keys in frame.form.sums:
            for total in (column for column in columns.values() if column.key is whole_key):
                own = [
                    c.column
                    for c in columns.values()
                    if c.key in keys and (c.side, c.phase) == (total.side, total.phase)
                ]
                _cover(covered, amounts, (line.line, total.column), [(line.line, column) for column in own])
    for cell in cells:
        if cell.text not in NO_VALUE and (cell.line, cell.column) not in covered:
            frame.cells.remove(cell)
            frame.quarantine(GapReason.ARITHMETIC, cell.row, [cell.index], RECOGNISED)


def _cover(
    covered: set[tuple[int, int]], amounts: Mapping[tuple[int, int], Decimal], whole: tuple[int, int],
    parts: Sequence[tuple[int, int]],
) -> None:  # fmt: skip
    """Add a total and its parts where they are printed and add up."""
    printed = [part for part in parts if part in amounts]
    if whole not in amounts or not printed:
        return
    found = [amounts[whole], *(amounts[part] for part in printed)]
    step = Decimal(1).scaleb(-max(decimals_of(str(amount)) for amount in found))
    if abs(found[0] - sum(found[1:])) <= step * len(found) / 2:
        covered |= {whole, *printed}


def _rows(frame: Frame) -> Mapping[Place, list[Amounts]]:
    """The amounts of each row by concept, those of each side and phase apart; all columns not known as one."""
    columns = {column.column: column for column in frame.columns}
    rows: dict[Place, dict[int, Amounts]] = {}
    for cell in frame.cells:
        column = columns[cell.column]
        if cell.text in NO_VALUE or frame.units.get(column.column, AmountUnit.YUAN.value) not in MONEY_UNITS:
            continue
        try:
            amount = parse_decimal(cell.text)
        except ValueError:
            continue
        row = rows.setdefault((column.side, column.phase), {}).setdefault(cell.line, {})
        row[column.key] = row.get(column.key, Decimal(0)) + amount
    return {place: list(lines.values()) for place, lines in rows.items()}


def _confirm(rows: Sequence[Amounts], total: Sum) -> None:
    holds = [held for row in rows if (held := _holds(row, total)) is not None]
    fails = holds.count(False)
    if not fails or all(_holds(row, (total[0], (*total[1], ColumnKey.OTHER))) is not False for row in rows):
        return
    is_most = len(holds) > FEW and 2 * fails > len(holds)
    if is_most or any(_hold(other, total) >= len(holds) for other in _misread(rows, total)):
        raise RejectedError(GapReason.ARITHMETIC, total[0].value)


def _hold(rows: Sequence[Amounts], total: Sum) -> int:
    """How many rows add up; 0 where one does not."""
    holds = [held for row in rows if (held := _holds(row, total)) is not None]
    return len(holds) if all(holds) else 0


def _holds(row: Amounts, total: Sum) -> bool | None:
    """Does a row add up, within the rounding of its amounts? None where it prints no part."""
    whole, parts = total
    printed = [row[part] for part in parts if part in row]
    if not printed:
        return None
    amounts = [row.get(whole, Decimal(0)), *printed]
    step = Decimal(1).scaleb(-max(decimals_of(str(amount)) for amount in amounts))
    return abs(amounts[0] - sum(printed)) <= step * len(amounts) / 2


def _misread(rows: Sequence[Amounts], total: Sum) -> Iterator[list[Amounts]]:
    """The rows as they would be with the total exchanged for one of its parts, or all columns one further left."""
    whole, parts = total
    for part in parts:
        yield [_renamed(row, {whole: part, part: whole}) for row in rows]
    keys = (whole, *parts)
    names = dict(zip(keys[1:], keys, strict=False))
    yield [{names[key]: amount for key, amount in row.items() if key in names} for row in rows]


def _renamed(row: Amounts, names: Mapping[ColumnKey, ColumnKey]) -> Amounts:
    return {names.get(key, key): amount for key, amount in row.items()}


def misprinted_units(statements: Sequence[Statement]) -> list[Statement]:
    """The statements that print the amounts of others under another 金额单位: one of the two is wrong by 10,000.

    Those of the unit that fewer statements have, of all units where they are as many.
    """
    filled = [statement for statement in statements if not statement.record.is_empty]
    printed = {id(statement): _telling(statement) for statement in filled}
    doubted = {
        id(one)
        for one in filled
        for other in filled
        if one.record.amount_unit != other.record.amount_unit
        and 2 * len(printed[id(one)] & printed[id(other)]) > min(len(printed[id(one)]), len(printed[id(other)]))
    }
    counts = Counter(statement.record.amount_unit for statement in filled)
    most = max(counts.values(), default=0)
    trusted = [unit for unit, count in counts.items() if count == most]
    return [one for one in filled if id(one) in doubted and trusted != [one.record.amount_unit]]


def _telling(statement: Statement) -> set[Decimal]:
    """The amounts of a statement that no chance makes equal to another's: four digits and more."""
    values = (figure.number.value for figure in statement.figures if figure.number.is_money)
    return {value for value in values if value is not None and len(value.normalize().as_tuple().digits) > FEW}
