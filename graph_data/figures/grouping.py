"""Group-by over columns: sort by the keys, add up each stretch, all in int64."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph_data.figures.axes import TOTAL, Axis
from graph_data.figures.matching import Mask
from graph_data.figures.reported import Pairs, find_cells
from graph_data.figures.sums import Longs
from graph_data.figures.table import Ints, MeasureTable
from graph_data.graph import Graph


@dataclass(frozen=True, slots=True)
class Named:
    """The cell that the question itself names, whatever the group.

    `row` and `column` are TOTAL where it names none; `row` may be narrowed by a group's key. `exactly` is False
    where the filter selects in a way that names no cell. `is_printed` is False where documents print no totals for
    such groups at all.
    """

    row: int = TOTAL
    column: int = TOTAL
    exactly: bool = True
    is_printed: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Groups in the order of their keys.

    `leaves[bounds[i]:bounds[i+1]]` are the figures of group i, `cells[cell_bounds[i]:cell_bounds[i+1]]` the printed
    cells that make up what is reported for it (meaningless where `is_reported` is False).
    """

    keys: tuple[Ints, ...]
    leaves: Longs
    bounds: Longs
    fen: Longs
    step: Longs
    cells: Longs
    cell_bounds: Longs
    is_reported: Mask
    reported_fen: Longs
    reported_step: Longs

    def __len__(self) -> int:
        return len(self.fen)


def group(
    table: MeasureTable, graph: Graph, leaves: Longs, keys: Sequence[Ints], axes: Sequence[Axis], named: Named
) -> Groups | None:
    """Group some leaves of a table by key columns, of which `axes` says what they hold; None where there are none."""
    if not len(leaves):
        return None
    publishers = table.leaves.publisher[leaves]
    order = np.lexsort((publishers, *reversed(keys)))
    leaves, publishers, keys = leaves[order], publishers[order], [column[order] for column in keys]
    opens_group = _changes(keys, len(leaves))
    opens_pair = opens_group | _changes([publishers], len(leaves))
    starts, pair_starts = np.flatnonzero(opens_group), np.flatnonzero(opens_pair)
    pairs = _pairs(table, graph, publishers, keys, axes, named, pair_starts)
    cells = _cells(table, graph, leaves, pairs, named)
    cell_starts = np.searchsorted(pair_starts, starts)
    columns, is_found, at = table.cells, cells >= 0, np.maximum(cells, 0)
    printed_fen = columns.fen[at] if len(columns) else np.zeros(len(at), dtype=np.int64)
    printed_step = columns.step[at] if len(columns) else np.zeros(len(at), dtype=np.int64)
    return Groups(
        tuple(column[starts] for column in keys),
        leaves,
        np.append(starts, len(leaves)),
        np.add.reduceat(table.leaves.fen[leaves], starts),
        np.add.reduceat(table.leaves.step[leaves], starts),
        cells,
        np.append(cell_starts, len(cells)),
        np.logical_and.reduceat(is_found, cell_starts),
        np.add.reduceat(printed_fen, cell_starts),
        np.add.reduceat(printed_step, cell_starts),
    )


def _changes(columns: Sequence[Ints], length: int) -> Mask:
    """Where any column differs from the row before; the first row always does."""
    changes = np.zeros(length, dtype=np.bool_)
    changes[0] = True
    for column in columns:
        changes[1:] |= column[1:] != column[:-1]
    return changes


def _pairs(
    table: MeasureTable,
    graph: Graph,
    publishers: Ints,
    keys: Sequence[Ints],
    axes: Sequence[Axis],
    named: Named,
    starts: Longs,
) -> Pairs:
    counts = np.diff(np.append(starts, len(publishers)))
    rows = np.full(len(starts), named.row, dtype=np.int32)
    columns = np.full(len(starts), named.column, dtype=np.int32)
    for axis, column in zip(axes, keys, strict=True):
        if axis is table.row_axis:
            rows = _narrowed(graph, column[starts], named.row)
        elif axis is table.column_axis:
            columns = column[starts]
    return Pairs(starts, counts, publishers[starts], rows, columns)


def _narrowed(graph: Graph, keys: Ints, row: int) -> Ints:
    """The lower of a group's row and the row that the filter names."""
    if row == TOTAL:
        return keys
    return np.where((keys >= row) & (keys < graph.stop_at(row)), keys, row).astype(np.int32)


def _cells(table: MeasureTable, graph: Graph, leaves: Longs, pairs: Pairs, named: Named) -> Longs:
    if not named.is_printed:
        return np.full(len(pairs.counts), -1, dtype=np.int64)
    return find_cells(table, graph, leaves, pairs, named.exactly)
