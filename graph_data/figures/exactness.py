"""For which questions a printed cell is what they ask for: those whose leaves of its publisher are just its own.

A question without organisation names a cell of each publisher by a row and a column. Its leaves stand below the row,
or in the row alone (a key "as printed", or a leaf above the level that is asked); in all columns, or in one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from graph_data.core.terms import ThreePublicItemKind
from graph_data.figures.arrays import Ints, Longs, Mask, fixed
from graph_data.figures.axes import TOTAL, UNKNOWN, Axis, ordinal
from graph_data.figures.keys import item_way
from graph_data.figures.table import MeasureTable
from graph_data.figures.trees import Trees


class Placed(Protocol):
    """Anything in columns that has places."""

    @property
    def axes(self) -> Mapping[Axis, Ints]: ...
    def __len__(self) -> int: ...


ROW_ALONE, ONE_COLUMN = 1, 2  # added up, these name one of four uses; its bit is 1 << that
AS_PRINTED = 1 << 4  # the bit of every cell: all that are printed
_SHIFT = 32  # of publishers above the places along the rows
_COLUMNS = 8  # of a publisher: more than any measure has
_FIRST, _LAST = -UNKNOWN, 2**30  # so that no place is negative, and beyond all of them


def uses_of(table: MeasureTable, trees: Trees) -> Ints:
    """The bits of each cell. Where a publisher prints a cell twice, the first is asked for."""
    cells = table.cells
    bits = np.full(len(cells), AS_PRINTED, dtype=np.int32)
    if table.row_axis is None:
        return fixed(bits)
    rows, columns = cells.axes[table.row_axis], column_places(cells, table.column_axis)
    below, alone = _stretches(trees, table.row_axis, rows), _places(table.row_axis, rows)
    is_named = _firsts(cells.publisher, rows, columns) & (rows != UNKNOWN)
    leaves = _Leaves(table)
    for use in range(4):
        first, last = (alone, alone + 1) if use & ROW_ALONE else below
        found = leaves.counted(cells.publisher, columns if use & ONE_COLUMN else None, first, last)
        is_asked = is_named & (found == table.cover) & ((columns == TOTAL) | bool(use & ONE_COLUMN))
        bits |= is_asked.astype(np.int32) << use
    return fixed(bits)


def column_places(columns: Placed, axis: Axis | None) -> Ints:
    """The places down the rows or across the columns of published tables; the total's where there is but one."""
    return np.full(len(columns), TOTAL, dtype=np.int32) if axis is None else columns.axes[axis]


class _Leaves:
    """The leaves of a table by publisher and place, in all columns and in each."""

    def __init__(self, table: MeasureTable) -> None:
        leaves, axis = table.leaves, table.row_axis
        assert axis is not None
        places = _places(axis, leaves.axes[axis])
        columns = column_places(leaves, table.column_axis)
        self._in_all = np.sort(_key(leaves.publisher, places))
        self._in_one = np.sort(_key(_apart(leaves.publisher, columns), places))

    def counted(self, publishers: Ints, columns: Ints | None, first: Longs, last: Longs) -> Longs:
        """How many leaves of each publisher have first ≤ place < last, in a column each, or in all."""
        keys = self._in_all if columns is None else self._in_one
        own = publishers if columns is None else _apart(publishers, columns)
        return np.searchsorted(keys, _key(own, last)) - np.searchsorted(keys, _key(own, first))


def _apart(publishers: Ints, columns: Ints) -> Longs:
    return publishers.astype(np.int64) * _COLUMNS + (columns - TOTAL)


def _key(publishers: Ints | Longs, places: Longs) -> Longs:
    return (publishers.astype(np.int64) << _SHIFT) + places + _FIRST


def _firsts(*columns: Ints) -> Mask:
    """The first of the rows that are alike."""
    stacked = np.stack([column.astype(np.int64) for column in columns], axis=1)
    mask = np.zeros(len(stacked), dtype=np.bool_)
    mask[np.unique(stacked, axis=0, return_index=True)[1]] = True
    return mask


def _places(axis: Axis, rows: Ints) -> Longs:
    """Where each row stands in depth-first order: below a row is a stretch."""
    if axis is Axis.SUBJECT:
        return rows.astype(np.int64)
    return np.array([_ITEMS[row][0] for row in rows.tolist()], dtype=np.int64)


def _stretches(trees: Trees, axis: Axis, rows: Ints) -> tuple[Longs, Longs]:
    """The places of everything below each row; of everything, for the total's."""
    own, of = np.unique(rows, return_inverse=True)
    pairs = [_stretch(trees, axis, row) for row in own.tolist()]
    starts, stops = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return starts[of], stops[of]


def _stretch(trees: Trees, axis: Axis, row: int) -> tuple[int, int]:
    if row < 0:
        return UNKNOWN, _LAST
    return (row, trees.stop_at(row)) if axis is Axis.SUBJECT else _ITEMS[row]


def _items() -> Mapping[int, tuple[int, int]]:
    """The stretch of each “三公” item; the total's place is its own, and everything else stands apart from it."""
    ways = {item: [ordinal(each) for each in item_way(item)] for item in ThreePublicItemKind}
    order = sorted(ThreePublicItemKind, key=lambda item: ways[item])
    below = {item: sum(item in item_way(each) for each in order) for item in order}
    found = {ordinal(item): (place, place + below[item]) for place, item in enumerate(order)}
    return found | {TOTAL: (TOTAL, TOTAL + 1)}


_ITEMS = _items()
