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
from itertools import product

from graph_data.core.amount import NO_VALUE, decimals_of, parse_decimal
from graph_data.core.terms import ColumnKey, GapReason, Phase, Side, StatementForm
from graph_data.reading.layout.grid import Turned
from graph_data.reading.statements.forms import Sum
from graph_data.reading.statements.frame import Frame, RejectedError, Statement

RECOGNISED = "recognised from a picture, and no sum of the table covers it"
FEW = 3  # rows that are too few for most of them to tell anything

ORDERS = (
    (ColumnKey.OPENING_CARRYOVER, ColumnKey.CURRENT_YEAR_REVENUE, ColumnKey.CLOSING_CARRYOVER),
    (ColumnKey.OFFICIAL_VEHICLE_PURCHASE, ColumnKey.OFFICIAL_VEHICLE_OPERATION),
)
"""Printed in these orders from left to right by every form: exchanged, they would still add up."""
FUNDS = (
    StatementForm.GENERAL_PUBLIC_BUDGET, StatementForm.GOVERNMENT_MANAGED_FUNDS,
    StatementForm.STATE_CAPITAL_OPERATIONS,
)  # fmt: skip
NATURES = (ColumnKey.BASIC, ColumnKey.PROJECT)

Amounts = dict[ColumnKey, Decimal]
Place = tuple[Side | None, Phase | None]


def confirm(frame: Frame) -> None:
    """Raise RejectedError where the sums of a table say that its columns are not what their headings were taken for."""
    is_sideways = any(isinstance(row, Turned) for row in frame.grid.rows)
    for order, phase in product(ORDERS[:1] if is_sideways else ORDERS, (None, *Phase)):
        found = [column.key for column in frame.columns if column.key in order and column.phase is phase]
        if found != [key for key in order if key in found]:
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
        if cell.text in NO_VALUE or column.column in frame.units:
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


def misread_natures(statements: Sequence[Statement]) -> list[Statement]:
    """The statements of one fund whose basic and project expenditure, taken as they are headed, is more than that of
    all funds, and taken the other way round is not: two headings are exchanged."""
    whole = next((one for one in statements if one.record.form is StatementForm.EXPENDITURE), None)
    if whole is None:
        return []
    return [
        one for one in statements
        if one.record.form in FUNDS and not _fits(one, whole, NATURES) and _fits(one, whole, NATURES[::-1])
    ]  # fmt: skip


def _fits(fund: Statement, whole: Statement, keys: tuple[ColumnKey, ...]) -> bool:
    """Is no amount of a fund, its natures read as these, more than that of all funds, but for rounding?"""
    spent, named = _natures(whole), dict(zip(NATURES, keys, strict=True))
    within = 2 * max((f.number.step for one in (fund, whole) for f in one.figures), default=0)
    codes = {code for code, _ in spent}
    return all(
        fen <= spent.get((code, named[key]), 0) + within for (code, key), fen in _natures(fund).items() if code in codes
    )


def _natures(statement: Statement) -> dict[tuple[str, ColumnKey], int]:
    """Basic and project expenditure by subject, in 分."""
    codes = {line.line: line.code for line in statement.lines}
    columns = {column.column: column.key for column in statement.columns if column.key in NATURES}
    return {
        (code, columns[figure.column]): figure.number.fen
        for figure in statement.figures
        if (code := codes[figure.line]) and figure.column in columns and figure.number.fen is not None
    }


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
