"""The memory engine: every figure in numpy columns, a table a measure, prefix sums made once a way to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from graph_data.figures.axes import TOTAL, UNKNOWN, Axis
from graph_data.figures.cells import WHOLE, Cell
from graph_data.figures.figure import Figure
from graph_data.figures.leaves import find_leaves
from graph_data.figures.members import Members, members_of
from graph_data.figures.published import published_cells
from graph_data.figures.sums import Longs, SubtreeSums
from graph_data.figures.table import Ints, MeasureTable, Published
from graph_data.graph import Graph, Identities
from graph_data.records import Account
from graph_data.terms import Measure

_FIXED_BITS = {Axis.DEPARTMENT: 24, Axis.YEAR: 12, Axis.NATURE: 3}
_POSITION_BITS = 24
_MOST_NODES = 2**_POSITION_BITS + UNKNOWN  # so that TOTAL and UNKNOWN end up beyond every position


class MemoryFigures:
    """The measured figures of a dataset; nothing in it ever changes."""

    def __init__(self, accounts: Sequence[Account], graph: Graph, identities: Identities) -> None:
        """Raises OverflowError where the dataset is beyond what int64 keys or sums hold."""
        if len(graph) > _MOST_NODES:
            raise OverflowError(f"{len(graph)} nodes; expected at most {_MOST_NODES}")
        published = _published(accounts, graph, identities)
        self.all: tuple[Figure, ...] = tuple(each.figure for each in published)
        self._by_id = {figure.id: figure for figure in self.all}
        self.tables: Mapping[Measure, MeasureTable] = MappingProxyType(_tables(published, graph))
        self.members: Mapping[Measure, Members] = MappingProxyType(
            {each: members_of(each, accounts, table, graph, identities) for each, table in self.tables.items()}
        )
        self._sums: dict[tuple[Measure, Axis | None, tuple[Axis, ...]], SubtreeSums] = {}
        self._cell_sums: dict[tuple[Measure, Axis, tuple[Axis, ...]], SubtreeSums] = {}

    def __len__(self) -> int:
        return len(self.all)

    def get(self, id: str) -> Figure | None:
        """A figure by its id."""
        return self._by_id.get(id)

    def leaf_sums(self, measure: Measure, axis: Axis, fixed: tuple[Axis, ...]) -> SubtreeSums:
        """The leaves of a measure along an axis, for each combination of the fixed axes."""
        key = (measure, axis, fixed)
        if key not in self._sums:
            leaves = self.tables[measure].leaves
            self._sums[key] = SubtreeSums.over(_keys(leaves.axes, axis, fixed), leaves.fen, leaves.step)
        return self._sums[key]

    def cell_sums(self, measure: Measure, axis: Axis, fixed: tuple[Axis, ...]) -> SubtreeSums:
        """The cells that print a subtree along an axis; `count` sums the leaves that they cover.

        These are the whole tables along ORGANIZATION, and each row along SUBJECT; of the column that sums the
        others, unless the NATURE is fixed.
        """
        key = (measure, axis, fixed)
        if key not in self._cell_sums:
            table = self.tables[measure]
            keep = np.flatnonzero(_prints(table, axis, Axis.NATURE in fixed)).astype(np.int64)
            keys, cells = _keys(table.cells.axes, axis, fixed)[keep], table.cells
            sums = SubtreeSums.over(keys, cells.fen[keep], cells.step[keep], table.cover[keep])
            self._cell_sums[key] = replace(sums, order=keep[sums.order])
        return self._cell_sums[key]

    def member_sums(self, measure: Measure, fixed: tuple[Axis, ...]) -> SubtreeSums:
        """The members along ORGANIZATION; `fen` sums those that contribute."""
        key = (measure, None, fixed)
        if key not in self._sums:
            members = self.members[measure]
            counted = members.counted[None]
            self._sums[key] = SubtreeSums.over(_keys(members.axes, Axis.ORGANIZATION, fixed), counted, counted)
        return self._sums[key]


def opening(fixed: Mapping[Axis, int]) -> int:
    """What a key opens with for these places on the fixed axes: add the position along the axis."""
    key = 0
    for axis, place in fixed.items():
        key = (key << _FIXED_BITS[axis]) | (place - TOTAL)
    return key << _POSITION_BITS


def _keys(axes: Mapping[Axis, Ints], axis: Axis, fixed: tuple[Axis, ...]) -> Longs:
    """int64 keys, ascending along the axis within each combination of the fixed axes."""
    keys = np.zeros(len(axes[axis]), dtype=np.int64)
    for each in fixed:
        keys = (keys << _FIXED_BITS[each]) | (axes[each].astype(np.int64) - TOTAL)
    return (keys << _POSITION_BITS) + axes[axis]


def _prints(table: MeasureTable, axis: Axis, by_column: bool) -> NDArray[np.bool_]:
    cells = table.cells
    keep = np.ones(len(cells), dtype=np.bool_)
    if axis is Axis.ORGANIZATION and table.row_axis is not None:
        keep &= cells.axes[table.row_axis] == TOTAL
    if not by_column and table.column_axis is not None:
        keep &= cells.axes[table.column_axis] == TOTAL
    return keep


def _tables(published: Sequence[Published], graph: Graph) -> dict[Measure, MeasureTable]:
    by_measure: dict[Measure, list[Published]] = {measure: [] for measure in Measure}
    for each in published:
        by_measure[each.figure.measure].append(each)
    return {measure: MeasureTable.of(measure, figures, graph) for measure, figures in by_measure.items()}


def _published(accounts: Sequence[Account], graph: Graph, identities: Identities) -> list[Published]:
    found: list[Published] = []
    publishers: dict[tuple[int, Measure, int], int] = {}
    for number, account in enumerate(accounts):
        department = identities.department_of[account.key]
        cells = list(published_cells(account, graph, identities))
        leaves, covers = _leaves(cells)
        for cell in cells:
            publisher = publishers.setdefault((number, cell.measure, cell.block), len(publishers))
            figure = cell.figure(account.key, department, cell.id not in leaves)
            found.append(Published(figure, publisher, cell.row == WHOLE, covers.get(cell.id)))
    return found


def _leaves(cells: Sequence[Cell]) -> tuple[set[str], dict[str, int | None]]:
    """The leaves of an account, grid by grid, and what each cell covers."""
    grids: dict[tuple[Measure, int], list[Cell]] = {}
    for cell in cells:
        if not cell.is_extra:
            grids.setdefault((cell.measure, cell.block), []).append(cell)
    leaves: set[str] = set()
    covers: dict[str, int | None] = {}
    for grid in grids.values():
        found = find_leaves(grid)
        leaves |= found.leaves
        covers |= found.covers
    return leaves, covers
