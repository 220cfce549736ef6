"""Rollups from the records alone, without any of the code that is tested: slow, and short enough to be believed.

Of each published table the printed cells are sorted out by one rule: a number is summed unless a part of it is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graph_data.core.records import Account, LineRecord
from graph_data.core.terms import ColumnKey, LineItem, Measure, StatementForm

Path = tuple[str, ...]
FORMS = {Measure.REVENUE: StatementForm.REVENUE, Measure.EXPENDITURE: StatementForm.EXPENDITURE}


@dataclass(frozen=True)
class Leaf:
    """A number that is summed: whose it is, the code of its row ("" in the total's, # without one), its column."""

    account: Account
    code: str
    column: ColumnKey
    fen: int


@dataclass(frozen=True)
class Total:
    """What a group adds up to, and what its documents print for the whole of it."""

    derived: int
    count: int
    reported: int | None
    coverage: tuple[int, int]


def total(measure: Measure, accounts: Sequence[Account], wanted: Callable[[Leaf], bool], is_whole: bool) -> Total:
    """The total of the leaves that are wanted; `is_whole` where these are all leaves of each account."""
    leaves = [leaf for account in accounts for leaf in leaves_of(account, FORMS[measure]) if wanted(leaf)]
    printed = [
        whole_of(account, FORMS[measure]) for account in {id(leaf.account): leaf.account for leaf in leaves}.values()
    ]
    reported = None if not is_whole or not leaves or None in printed else sum(fen for fen in printed if fen is not None)
    read = sum(any(each.form is FORMS[measure] for each in account.statements) for account in accounts)
    return Total(sum(leaf.fen for leaf in leaves), len(leaves), reported, (read, len(accounts)))


_KNOWN: dict[tuple[int, StatementForm], list[Leaf]] = {}


def leaves_of(account: Account, form: StatementForm) -> list[Leaf]:
    """The leaves of a table, found once."""
    if (id(account), form) not in _KNOWN:
        _KNOWN[id(account), form] = _found_leaves(account, form)
    return _KNOWN[id(account), form]


def _found_leaves(account: Account, form: StatementForm) -> list[Leaf]:
    """From the deepest rows up: what stands above a leaf, in its column or the total's, is none."""
    rows: dict[Path, list[tuple[ColumnKey, int]]] = {}
    for line, cells in _rows(account, form):
        rows.setdefault(_path(line, account), []).extend(cells)
    found: list[tuple[Path, ColumnKey, int]] = []
    for path in sorted(rows, key=len, reverse=True):
        below = [column for other, column, _ in found if len(other) > len(path) and other[: len(path)] == path]
        parts = [cell for cell in rows[path] if cell[0] is not ColumnKey.TOTAL] or rows[path]
        found += [
            (path, column, fen)
            for column, fen in parts
            if column not in below and ColumnKey.TOTAL not in below and not (below and column is ColumnKey.TOTAL)
        ]
    return [Leaf(account, path[-1] if path else "", column, fen) for path, column, fen in found]


def whole_of(account: Account, form: StatementForm) -> int | None:
    """What the total's own row and column print."""
    cells = (cell for line, found in _rows(account, form) if line.item is LineItem.TOTAL for cell in found)
    return next((fen for column, fen in cells if column is ColumnKey.TOTAL), None)


def _rows(account: Account, form: StatementForm) -> Iterator[tuple[LineRecord, list[tuple[ColumnKey, int]]]]:
    """The rows of a table that are subjects or the total, with the amounts that they print."""
    columns = {each.column: each.key for each in account.columns if each.form is form}
    for line in account.lines:
        if line.form is form and line.item in (None, LineItem.TOTAL):
            own = [each for each in account.figures if (each.form, each.line) == (form, line.line)]
            yield line, [(columns[each.column], each.number.fen) for each in own if each.number.fen is not None]


def _path(line: LineRecord, account: Account) -> Path:
    """201 → 20103 → 2010301; the total's is empty, and a row without a code is a part of the row above it."""
    if line.item is LineItem.TOTAL:
        return ()
    if line.code:
        return (*(line.code[:length] for length in (3, 5, 7) if length < len(line.code)), line.code)
    above = next((each for each in account.lines if (each.form, each.line) == (line.form, line.parent)), None)
    return (*(() if above is None else _path(above, account)), f"#{line.line}")
