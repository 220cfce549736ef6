"""The prefix sums of tables: made once for each way to ask, from the columns alone."""

from __future__ import annotations

from collections.abc import Mapping
from enum import unique
from typing import NamedTuple

import numpy as np

from graph_data.core.terms import Measure, Word
from graph_data.figures.arrays import Mask
from graph_data.figures.axes import TOTAL, Axis
from graph_data.figures.members import Members
from graph_data.figures.packing import packed
from graph_data.figures.sums import SubtreeSums
from graph_data.figures.table import Columns, MeasureTable


@unique
class Summed(Word):
    """What is summed: leaf figures, the cells that print a subtree, or members."""

    LEAVES = "leaves"
    CELLS = "cells"
    MEMBERS = "members"


class Way(NamedTuple):
    """One way to ask: what is summed, along which axis, under which axes that are fixed (in their order)."""

    summed: Summed
    measure: Measure
    axis: Axis
    fixed: tuple[Axis, ...]


class PrefixSums:
    """The sums of every way that was asked so far."""

    def __init__(self, tables: Mapping[Measure, MeasureTable], members: Mapping[Measure, Members]) -> None:
        self._tables, self._members = tables, members
        self._made: dict[Way, SubtreeSums] = {}

    def of(self, way: Way) -> SubtreeSums:
        """Leaves count 1 each, cells the leaves that they cover; of members `fen` sums those that contribute."""
        found = self._made.get(way)
        if found is None:
            found = self._made[way] = self._make(way)
        return found

    def _make(self, way: Way) -> SubtreeSums:
        if way.summed is Summed.MEMBERS:
            members = self._members[way.measure]
            counted = members.counted[None]
            return SubtreeSums.over(packed(members.axes, way.axis, way.fixed), counted, counted, members.expected)
        table = self._tables[way.measure]
        if way.summed is Summed.LEAVES:
            leaves = table.leaves
            return SubtreeSums.over(packed(leaves.axes, way.axis, way.fixed), leaves.fen, leaves.step)
        keep = np.flatnonzero(prints(table, way.axis, Axis.NATURE in way.fixed))
        keys, cells = packed(table.cells.axes, way.axis, way.fixed)[keep], table.cells
        return SubtreeSums.over(keys, cells.fen[keep], cells.step[keep], table.cover[keep])


def prints(table: MeasureTable, axis: Axis, by_column: bool) -> Mask:
    """The cells that print a subtree along an axis: the whole tables along ORGANIZATION, each row along SUBJECT.

    Of the column that sums the others, unless the column is fixed.
    """
    cells = table.cells
    keep = np.ones(len(cells), dtype=np.bool_)
    if axis is Axis.ORGANIZATION and table.row_axis is not None:
        keep &= cells.axes[table.row_axis] == TOTAL
    if not by_column and table.column_axis is not None:
        keep &= cells.axes[table.column_axis] == TOTAL
    return keep


def within(columns: Columns, axis: Axis, start: int, stop: int, fixed: Mapping[Axis, int]) -> Mask:
    """The figures with start ≤ place < stop on an axis, and just these places on the fixed axes."""
    places = columns.axes[axis]
    mask: Mask = (places >= start) & (places < stop)
    for each, place in fixed.items():
        mask &= columns.axes[each] == place
    return mask
