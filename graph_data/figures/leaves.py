"""Which numbers of a grid are leaves: the deepest printed ones, so that no amount is summed twice.

A number is a leaf where none of its parts, down the rows or across the columns, is printed. A dash is no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph_data.figures.cells import Cell, Row


@dataclass(frozen=True, slots=True)
class Leaves:
    """The leaves of a grid, and for each cell how many leaves it sums; None where some are only partly in it."""

    leaves: frozenset[str]
    covers: Mapping[str, int | None]


def find_leaves(cells: Sequence[Cell]) -> Leaves:
    """The leaves of one grid (one account, measure and block)."""
    rows: dict[Row, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    below: dict[Row, list[Cell]] = {}
    leaves: list[Cell] = []
    for row in sorted(rows, key=len, reverse=True):
        deeper = below.get(row, [])
        found = [cell for cell in _finest(rows[row]) if not any(_overlap(cell, leaf) for leaf in deeper)]
        leaves += found
        for length in range(len(row) + 1):
            below.setdefault(row[:length], []).extend(found)
    covers = {cell.id: _cover(cell, below[row]) for row, printed in rows.items() for cell in printed}
    return Leaves(frozenset(leaf.id for leaf in leaves), covers)


def _finest(printed: Iterable[Cell]) -> list[Cell]:
    """The columns of a row without the one that sums them; that one where it stands alone."""
    printed = list(printed)
    return [cell for cell in printed if cell.column is not None] or printed


def _overlap(cell: Cell, leaf: Cell) -> bool:
    """Could a leaf further down be a part of the cell, whole or split?"""
    return cell.column is None or leaf.column is None or cell.column is leaf.column


def _cover(cell: Cell, leaves: Sequence[Cell]) -> int | None:
    if cell.column is None:
        return len(leaves)
    if any(leaf.column is None for leaf in leaves):
        return None
    return sum(leaf.column is cell.column for leaf in leaves)
