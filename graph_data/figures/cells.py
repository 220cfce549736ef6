"""The printed cells of a measure, and which of them are summed.

A table (or the funds block of a sheet, or a list of facts) is a grid of rows and columns. A number is a leaf where none
of its parts, down the rows or across the columns, is printed: only leaves are summed, so that no amount counts twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from graph_data.core.amount import Number
from graph_data.core.records import AccountKey, Source
from graph_data.core.terms import (
    ExpenditureNature,
    Fund,
    FundSource,
    Measure,
    RevenueSource,
    StatementForm,
    ThreePublicItemKind,
)
from graph_data.figures.measures import Figure

Row: TypeAlias = tuple[str, ...]
WHOLE: Row = ()


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One printed amount of a measure. `block` tells apart the parts of a measure that print totals of their own."""

    id: str
    measure: Measure
    block: int
    row: Row
    column: Enum | None
    number: Number
    source: Source
    is_extra: bool = False  # a total beside the grid: never a leaf, and no part of it
    unit: str | None = None
    project: str | None = None
    subject: str | None = None
    form: StatementForm | None = None
    line: str | None = None
    column_number: int | None = None
    fund: Fund | None = None
    item: ThreePublicItemKind | None = None

    def figure(self, account: AccountKey, department: str, is_total: bool) -> Figure:
        """The figure that this cell is."""
        amount = self.number.value if self.number.fen is None else self.number.fen
        assert amount is not None
        return Figure(
            self.id,
            self.measure,
            self.number,
            int(amount),
            self.source,
            account,
            department,
            self.unit,
            self.project,
            self.subject,
            self.form,
            self.line,
            self.column_number,
            self.column if isinstance(self.column, ExpenditureNature) else None,
            self.column if isinstance(self.column, RevenueSource) else None,
            self.column if isinstance(self.column, Fund) else self.fund,
            self._fund_source(),
            self.item,
            is_total,
        )

    def _fund_source(self) -> FundSource | None:
        if self.project is None:
            return None
        return self.column if isinstance(self.column, FundSource) else FundSource.TOTAL


@dataclass(frozen=True, slots=True)
class GridLeaves:
    """The leaves of a grid, and for each cell how many leaves it sums; None where some are only partly in it."""

    leaves: frozenset[str]
    covers: Mapping[str, int | None]


def find_leaves(cells: Sequence[PrintedCell]) -> GridLeaves:
    """The leaves of one grid (one account, measure and block)."""
    rows: dict[Row, list[PrintedCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    below: dict[Row, list[PrintedCell]] = {}
    leaves: list[PrintedCell] = []
    for row in sorted(rows, key=len, reverse=True):
        deeper = below.get(row, [])
        found = [cell for cell in _finest(rows[row]) if not any(_overlap(cell, leaf) for leaf in deeper)]
        leaves += found
        for length in range(len(row) + 1):
            below.setdefault(row[:length], []).extend(found)
    covers = {cell.id: _cover(cell, below[row]) for row, printed in rows.items() for cell in printed}
    return GridLeaves(frozenset(leaf.id for leaf in leaves), covers)


def _finest(printed: Iterable[PrintedCell]) -> list[PrintedCell]:
    """The columns of a row without the one that sums them; that one where it stands alone."""
    printed = list(printed)
    return [cell for cell in printed if cell.column is not None] or printed


def _overlap(cell: PrintedCell, leaf: PrintedCell) -> bool:
    """Could a leaf further down be a part of the cell, whole or split?"""
    return cell.column is None or leaf.column is None or cell.column is leaf.column


def _cover(cell: PrintedCell, leaves: Sequence[PrintedCell]) -> int | None:
    if cell.column is None:
        return len(leaves)
    if any(leaf.column is None for leaf in leaves):
        return None
    return sum(leaf.column is cell.column for leaf in leaves)
