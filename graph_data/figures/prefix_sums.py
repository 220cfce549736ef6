"""Prefix sums over sorted keys: the total of any range of keys, such as a subtree, is two reads of an array."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from enum import unique
from typing import NamedTuple

import numpy as np

from graph_data.core.terms import Measure, Word
from graph_data.figures.columns import Columns, Ints, Longs, Mask, MeasureTable, Members, check_total
from graph_data.figures.measures import TOTAL, UNKNOWN, Axis


class Totals(NamedTuple):
    """What a stretch of keys adds up to: 分, steps in 分, and members (or what they count for)."""

    fen: int
    step: int
    counted: int


class PrefixSlice:
    """The sums of all keys that open alike, as plain numbers: they are read one by one.

    `positions` ascend; `fen`, `step` and `count` sum what stands before each of them, and at last everything.
    """

    __slots__ = ("count", "fen", "positions", "step")

    def __init__(self, positions: list[int], fen: list[int], step: list[int], count: list[int]) -> None:
        self.positions, self.fen, self.step, self.count = positions, fen, step, count

    def __len__(self) -> int:
        return len(self.positions)

    def stretch(self, start: int, stop: int) -> Totals:
        """All three sums of the members with start ≤ position < stop."""
        low = bisect_left(self.positions, start)
        high = bisect_left(self.positions, stop, low)
        return Totals(
            self.fen[high] - self.fen[low], self.step[high] - self.step[low], self.count[high] - self.count[low]
        )


@dataclass(frozen=True, slots=True, eq=False)
class PrefixSums:
    """Running sums over keys: depth-first positions, or such that open with places on fixed axes.

    `keys` ascend and each stands once, whatever shares it: n of them; `fen`, `step` and `count` (n + 1 each) sum
    all that stands before a key. All four are int64. They take milliseconds to make and are kept in memory alone.
    """

    keys: Longs
    fen: Longs
    step: Longs
    count: Longs

    @classmethod
    def over(cls, keys: Longs, fen: Longs, step: Longs, count: Longs | None = None) -> PrefixSums:
        """`count` is what each member counts for, 1 where it is left out.

        Raises OverflowError where the amounts could add up to more than int64 holds.
        """
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        last = np.append(np.flatnonzero(ordered[1:] != ordered[:-1]), len(keys) - 1) if len(keys) else order
        counts = np.ones(len(keys), dtype=np.int64) if count is None else count
        return cls(ordered[last], *(_running(values[order], last) for values in (fen, step, counts)))

    def opened(self, opening: int, span: int) -> PrefixSlice:
        """The sums of the keys in [opening, opening + span), by what they have beyond the opening."""
        low, high = self.keys.searchsorted((opening, opening + span)).tolist()
        running = (sums[low : high + 1].tolist() for sums in (self.fen, self.step, self.count))
        return PrefixSlice((self.keys[low:high] - opening).tolist(), *running)


def _running(values: Longs, last: Longs) -> Longs:
    check_total(values)
    sums = np.zeros(len(last) + 1, dtype=np.int64)
    sums[1:] = np.cumsum(values)[last]
    sums.setflags(write=False)
    return sums


FIXED_BITS = {Axis.DEPARTMENT: 24, Axis.YEAR: 12, Axis.NATURE: 3}
_POSITION_BITS = 24
SPAN = 2**_POSITION_BITS  # of positions that share an key_prefix
MAX_NODES = SPAN + UNKNOWN  # so that TOTAL and UNKNOWN end up beyond every position


def key_prefix(fixed: Mapping[Axis, int]) -> int:
    """What a key opens with for these places on the fixed axes: add the position along the axis."""
    key = 0
    for axis, place in fixed.items():
        key = (key << FIXED_BITS[axis]) | (place - TOTAL)
    return key << _POSITION_BITS


def packed_keys(axes: Mapping[Axis, Ints], axis: Axis, fixed: tuple[Axis, ...]) -> Longs:
    """int64 keys, ascending along the axis within each combination of the fixed axes."""
    keys = np.zeros(len(axes[axis]), dtype=np.int64)
    for each in fixed:
        keys = (keys << FIXED_BITS[each]) | (axes[each].astype(np.int64) - TOTAL)
    return (keys << _POSITION_BITS) + axes[axis]


@unique
class SumKind(Word):
    """What is summed: leaf figures, the cells that print a subtree, or members."""

    LEAVES = "leaves"
    CELLS = "cells"
    MEMBERS = "members"


class SumKey(NamedTuple):
    """One way to ask: what is summed, along which axis, under which axes that are fixed (in their order)."""

    summed: SumKind
    measure: Measure
    axis: Axis
    fixed: tuple[Axis, ...]


class PrefixSumCache:
    """The sums of every way that was asked so far."""

    def __init__(self, tables: Mapping[Measure, MeasureTable], members: Mapping[Measure, Members]) -> None:
        self._tables, self._members = tables, members
        self._made: dict[SumKey, PrefixSums] = {}

    def of(self, way: SumKey) -> PrefixSums:
        """Leaves count 1 each, cells the leaves that they cover; of members `fen` sums those that contribute."""
        found = self._made.get(way)
        if found is None:
            found = self._made[way] = self._make(way)
        return found

    def _make(self, way: SumKey) -> PrefixSums:
        if way.summed is SumKind.MEMBERS:
            members = self._members[way.measure]
            counted = members.counted[None]
            return PrefixSums.over(packed_keys(members.axes, way.axis, way.fixed), counted, counted, members.expected)
        table = self._tables[way.measure]
        if way.summed is SumKind.LEAVES:
            leaves = table.leaves
            return PrefixSums.over(packed_keys(leaves.axes, way.axis, way.fixed), leaves.fen, leaves.step)
        keep = np.flatnonzero(printing_cells(table, way.axis, Axis.NATURE in way.fixed))
        keys, cells = packed_keys(table.cells.axes, way.axis, way.fixed)[keep], table.cells
        return PrefixSums.over(keys, cells.fen[keep], cells.step[keep], table.cover[keep])


def printing_cells(table: MeasureTable, axis: Axis, by_column: bool) -> Mask:
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


def figures_within(columns: Columns, axis: Axis, start: int, stop: int, fixed: Mapping[Axis, int]) -> Mask:
    """The figures with start ≤ place < stop on an axis, and just these places on the fixed axes."""
    places = columns.axes[axis]
    mask: Mask = (places >= start) & (places < stop)
    for each, place in fixed.items():
        mask &= columns.axes[each] == place
    return mask
