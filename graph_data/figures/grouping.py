"""Group-by over columns: sort by the keys, add up each stretch, all in int64."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from graph_data.figures.arrays import AnyArray, Ints, Longs, Mask
from graph_data.figures.axes import TOTAL, Axis
from graph_data.figures.coverage import Coverages
from graph_data.figures.figure import Figure
from graph_data.figures.groups import Groups, Reports, Sums
from graph_data.figures.naming import Named
from graph_data.figures.reported import Pairs, find_cells
from graph_data.figures.table import MeasureTable
from graph_data.figures.totals import Coverage
from graph_data.figures.trees import Trees


class TableGroups(Groups):
    """Some leaves of a table, grouped by key columns of which `axes` says what they hold."""

    def __init__(
        self,
        table: MeasureTable,
        trees: Trees,
        leaves: Longs,
        keys: Sequence[Ints],
        axes: Sequence[Axis],
        named: Named,
        coverages: Coverages,
    ) -> None:
        order = np.lexsort(tuple(reversed(keys))) if keys else np.arange(len(leaves))
        starts = np.flatnonzero(changes([column[order] for column in keys], len(leaves)))
        self._leaves, self._bounds = leaves[order], np.append(starts, len(leaves))
        self._table, self._trees, self._axes, self._named = table, trees, axes, named
        self._coverages = coverages
        places = tuple(column[order][starts].astype(np.int64) for column in keys)
        fen, step = (added(column[self._leaves], starts) for column in (table.leaves.fen, table.leaves.step))
        super().__init__(Sums(places, fen, step, np.diff(self._bounds)))

    def coverage(self, places: tuple[int, ...]) -> Coverage:
        return self._coverages.of(places)

    def figures(self, at: int) -> Sequence[Figure]:
        """Publisher by publisher."""
        leaves = self._leaves[self._bounds[at] : self._bounds[at + 1]]
        publishers = self._table.leaves.publisher[leaves]
        return self._table.leaves.pick(leaves[np.argsort(publishers, kind="stable")])

    def reported_figures(self, at: int) -> Sequence[Figure]:
        cells, bounds = self._cells
        return self._table.cells.pick(cells[bounds[at] : bounds[at + 1]])

    def _reports(self) -> Reports:
        cells, bounds = self._cells
        starts, at = bounds[:-1], np.maximum(cells, 0)
        fen, step = (
            added(column[at] if len(column) else np.zeros(len(at), dtype=np.int64), starts)
            for column in (self._table.cells.fen, self._table.cells.step)
        )
        is_reported = np.logical_and.reduceat(cells >= 0, starts) if len(starts) else np.zeros(0, dtype=np.bool_)
        return Reports(is_reported, fen, step)

    @cached_property
    def _cells(self) -> tuple[Longs, Longs]:
        """The printed cell of each publisher of each group, or -1; and where those of a group begin."""
        numbers = np.repeat(np.arange(len(self)), self.sums.count)
        publishers = self._table.leaves.publisher[self._leaves]
        order = np.lexsort((publishers, numbers))
        leaves, publishers = self._leaves[order], publishers[order]
        starts = np.flatnonzero(changes((numbers, publishers), len(leaves)))
        counts = np.diff(np.append(starts, len(leaves)))
        rows, columns = self._named_cells(numbers[starts])
        cells = self._found(leaves, Pairs(starts, counts, publishers[starts], rows, columns))
        return cells, np.append(np.searchsorted(starts, self._bounds[:-1]), len(cells))

    def _named_cells(self, groups: Longs) -> tuple[Ints, Ints]:
        """The row and the column that name the cell of each of these groups."""
        rows = np.full(len(groups), self._named.row, dtype=np.int32)
        columns = np.full(len(groups), self._named.column, dtype=np.int32)
        for axis, places in zip(self._axes, self.sums.places, strict=True):
            if axis is self._table.row_axis:
                rows = narrowed(self._trees, places[groups].astype(np.int32), self._named.row)
            elif axis is self._table.column_axis:
                columns = places[groups].astype(np.int32)
        return rows, columns

    def _found(self, leaves: Longs, pairs: Pairs) -> Longs:
        if not self._named.is_printed:
            return np.full(len(pairs.counts), -1, dtype=np.int64)
        return find_cells(self._table, self._trees, leaves, pairs, self._named.exactly)


def changes(columns: Sequence[AnyArray], length: int) -> Mask:
    """Where any column differs from the row before; the first row always does."""
    found = np.zeros(length, dtype=np.bool_)
    found[:1] = True
    for column in columns:
        found[1:] |= column[1:] != column[:-1]
    return found


def added(values: Longs, starts: Longs) -> Longs:
    """The sum of each stretch from one start to the next."""
    return np.add.reduceat(values, starts) if len(starts) else np.zeros(0, dtype=np.int64)


def narrowed(trees: Trees, keys: Ints, row: int) -> Ints:
    """The lower of a group's row and the row that the filter names."""
    if row == TOTAL:
        return keys
    return np.where((keys >= row) & (keys < trees.stop_at(row)), keys, row).astype(np.int32)
