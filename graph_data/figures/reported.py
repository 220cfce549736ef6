"""What the documents print for exactly the leaves of a group: nothing, unless cells cover all of them and no more.

A group's leaves are taken publisher by publisher (one account's table, or the statement of one fund, or one side of
the basic detail). In each the cell is named by the group's own keys and filter: its row, and its column. A filter
that no cell is named by (an amount, a list, a negation) is answered only where the leaves that it leaves over are
just those of one printed cell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph_data.figures.arrays import Ints, Longs
from graph_data.figures.axes import TOTAL, UNKNOWN, Axis
from graph_data.figures.table import Columns, MeasureTable
from graph_data.figures.trees import Trees

_MISSING = -1
_ROW_BITS, _COLUMN_BITS = 24, 4


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Groups cut up by publisher: where each pair starts in the sorted leaves, and the cell that it names."""

    starts: Longs
    counts: Longs
    publishers: Ints
    rows: Ints
    columns: Ints


def find_cells(table: MeasureTable, graph: Trees, leaves: Longs, pairs: Pairs, exactly: bool) -> Longs:
    """For each pair the index of the cell that prints just its leaves, or -1.

    `leaves` are the sorted indexes that `pairs.starts` points into.
    """
    index = _Index.over(table)
    if exactly:
        return index.look_up(pairs.publishers, pairs.rows, pairs.columns, pairs.counts)
    return _search(index, table, graph, leaves, pairs)


@dataclass(frozen=True, slots=True, eq=False)
class _Index:
    """The cells by (publisher, row, column)."""

    keys: Longs
    order: Longs
    cover: Longs

    @classmethod
    def over(cls, table: MeasureTable) -> _Index:
        cells = table.cells
        keys = _key(cells.publisher, _axis(cells, table.row_axis), _axis(cells, table.column_axis))
        order = np.argsort(keys, kind="stable").astype(np.int64)
        return cls(keys[order], order, table.cover)

    def look_up(self, publishers: Ints, rows: Ints, columns: Ints, counts: Longs) -> Longs:
        """The cell of each, where it covers as many leaves as asked for; else -1."""
        if not len(self.keys):
            return np.full(len(counts), _MISSING, dtype=np.int64)
        keys = _key(publishers, rows, columns)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        found = self.order[at]
        right = (self.keys[at] == keys) & (self.cover[found] == counts) & (rows != UNKNOWN)
        return np.where(right, found, _MISSING)


def _search(index: _Index, table: MeasureTable, graph: Trees, leaves: Longs, pairs: Pairs) -> Longs:
    """From the lowest row above all leaves of a pair upwards, in their one column and in the total's."""
    found = np.full(len(pairs.counts), _MISSING, dtype=np.int64)
    rows = _common_rows(table, graph, leaves, pairs)
    columns = _common(_axis(table.leaves, table.column_axis)[leaves], pairs)
    while True:
        for each in (columns, np.full_like(columns, TOTAL)):
            cells = index.look_up(pairs.publishers, rows, each, pairs.counts)
            found = np.where(found == _MISSING, cells, found)
        if (rows == TOTAL).all():
            return found
        rows = _parents(table, graph, rows)


def _common_rows(table: MeasureTable, graph: Trees, leaves: Longs, pairs: Pairs) -> Ints:
    """The lowest row that all leaves of a pair stand in or below."""
    places = _axis(table.leaves, table.row_axis)[leaves]
    if table.row_axis is not Axis.SUBJECT:
        return _common(places, pairs)
    low, high = np.minimum.reduceat(places, pairs.starts), np.maximum.reduceat(places, pairs.starts)
    rows = np.where(low < 0, TOTAL, low).astype(np.int32)
    while (climb := (rows != TOTAL) & (_stops(graph, rows) <= high)).any():
        rows = np.where(climb, _parents(table, graph, rows), rows).astype(np.int32)
    return rows


def _common(places: Ints, pairs: Pairs) -> Ints:
    """The place that all leaves of a pair share, else TOTAL."""
    low, high = np.minimum.reduceat(places, pairs.starts), np.maximum.reduceat(places, pairs.starts)
    return np.where(low == high, low, TOTAL).astype(np.int32)


def _parents(table: MeasureTable, graph: Trees, rows: Ints) -> Ints:
    above = graph.parent_at if table.row_axis is Axis.SUBJECT else lambda _: TOTAL
    return np.array([above(row) if row >= 0 else TOTAL for row in rows.tolist()], dtype=np.int32)


def _stops(graph: Trees, rows: Ints) -> Ints:
    return np.array([graph.stop_at(row) if row >= 0 else 0 for row in rows.tolist()], dtype=np.int32)


def _axis(columns: Columns, axis: Axis | None) -> Ints:
    return np.full(len(columns), TOTAL, dtype=np.int32) if axis is None else columns.axes[axis]


def _key(publishers: Ints, rows: Ints, columns: Ints) -> Longs:
    key = (publishers.astype(np.int64) << _ROW_BITS) + (rows - UNKNOWN)
    return np.asarray((key << _COLUMN_BITS) + (columns - TOTAL), dtype=np.int64)
