"""Group-by over columns: sort by the keys, add up each run of equal keys in int64, put the rows in order."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, overload

import numpy as np

from graph_data.core.terms import Dimension, Measure
from graph_data.figures.columns import (
    AnyArray,
    Columns,
    DeferredFigures,
    Ints,
    Longs,
    Mask,
    MeasureTable,
    Members,
    Trees,
)
from graph_data.figures.coverage import CoverageTable
from graph_data.figures.filters import FilterRows, Where, match
from graph_data.figures.measures import DIMENSIONS, TOTAL, Axis, Figure
from graph_data.figures.printed_totals import NamedCell, PublisherGroups, find_cells, named_cell, narrower_items
from graph_data.figures.rollup import (
    Coverage,
    GivenRollup,
    GroupKey,
    OrderKey,
    Printed,
    Rollup,
    RollupOrder,
    RollupQuestion,
    RollupRow,
    RollupTable,
    key_column,
)


@dataclass(frozen=True, slots=True, eq=False)
class GroupSums:
    """One group each, in the order of the keys: `places` holds a column a dimension."""

    places: tuple[Longs, ...]
    fen: Longs
    step: Longs
    count: Longs

    def __len__(self) -> int:
        return len(self.fen)


@dataclass(frozen=True, slots=True, eq=False)
class PrintedSums:
    """What the documents print for exactly each group; 分 and steps are meaningless where they print nothing."""

    is_reported: Mask
    fen: Longs
    step: Longs


class Groups(ABC):
    """The groups of the first dimensions of a question."""

    def __init__(self, sums: GroupSums) -> None:
        self.sums = sums

    def __len__(self) -> int:
        return len(self.sums)

    @cached_property
    def reports(self) -> PrintedSums:
        """What is printed for each group."""
        return self._reports()

    @abstractmethod
    def _reports(self) -> PrintedSums: ...

    @abstractmethod
    def coverage(self, places: tuple[int, ...]) -> Coverage:
        """How many of those that should contribute to the group of these keys do; there need be no such group."""

    @abstractmethod
    def figures(self, at: int) -> Sequence[Figure]:
        """The leaves of a group."""

    @abstractmethod
    def reported_figures(self, at: int) -> Sequence[Figure]:
        """The printed cells of a group that is reported."""

    def places(self, at: int) -> tuple[int, ...]:
        """The keys of a group."""
        return tuple(int(column[at]) for column in self.sums.places)


class GroupRollup(Rollup):
    """The total of one of many groups."""

    __slots__ = ("_at", "_groups")

    def __init__(self, groups: Groups, at: int) -> None:
        self.derived = int(groups.sums.fen[at])
        self._groups, self._at = groups, at

    @property
    def step(self) -> int:
        return int(self._groups.sums.step[self._at])

    @property
    def count(self) -> int:
        return int(self._groups.sums.count[self._at])

    @property
    def printed(self) -> Printed | None:
        reports = self._groups.reports
        return (int(reports.fen[self._at]), int(reports.step[self._at])) if reports.is_reported[self._at] else None

    @property
    def coverage(self) -> Coverage:
        return self._groups.coverage(self._groups.places(self._at))

    @property
    def figures(self) -> Sequence[Figure]:
        return DeferredFigures(self.count, lambda: self._groups.figures(self._at))

    @property
    def reported_figures(self) -> Sequence[Figure]:
        return () if self.printed is None else self._groups.reported_figures(self._at)


class TableGroups(Groups):
    """Some leaves of a table, grouped by key columns of which `axes` says what they hold."""

    def __init__(
        self,
        table: MeasureTable,
        trees: Trees,
        leaves: Longs,
        keys: Sequence[Ints],
        axes: Sequence[Axis],
        named: NamedCell,
        coverages: CoverageTable,
    ) -> None:
        order = np.lexsort(tuple(reversed(keys))) if keys else np.arange(len(leaves))
        starts = np.flatnonzero(run_starts([column[order] for column in keys], len(leaves)))
        self._leaves, self._bounds = leaves[order], np.append(starts, len(leaves))
        self._table, self._trees, self._axes, self._named = table, trees, axes, named
        self._coverages = coverages
        places = tuple(column[order][starts].astype(np.int64) for column in keys)
        fen, step = (run_sums(column[self._leaves], starts) for column in (table.leaves.fen, table.leaves.step))
        super().__init__(GroupSums(places, fen, step, np.diff(self._bounds)))

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

    def _reports(self) -> PrintedSums:
        cells, bounds = self._cells
        starts, at = bounds[:-1], np.maximum(cells, 0)
        fen, step = (
            run_sums(column[at] if len(column) else np.zeros(len(at), dtype=np.int64), starts)
            for column in (self._table.cells.fen, self._table.cells.step)
        )
        is_reported = np.logical_and.reduceat(cells >= 0, starts) if len(starts) else np.zeros(0, dtype=np.bool_)
        return PrintedSums(is_reported, fen, step)

    @cached_property
    def _cells(self) -> tuple[Longs, Longs]:
        """The printed cell of each publisher of each group, or -1; and where those of a group begin."""
        numbers = np.repeat(np.arange(len(self)), self.sums.count)
        publishers = self._table.leaves.publisher[self._leaves]
        order = np.lexsort((publishers, numbers))
        leaves, publishers = self._leaves[order], publishers[order]
        starts = np.flatnonzero(run_starts((numbers, publishers), len(leaves)))
        counts = np.diff(np.append(starts, len(leaves)))
        rows, columns = self._named_cells(numbers[starts])
        cells = self._found(leaves, PublisherGroups(starts, counts, publishers[starts], rows, columns))
        return cells, np.append(np.searchsorted(starts, self._bounds[:-1]), len(cells))

    def _named_cells(self, groups: Longs) -> tuple[Ints, Ints]:
        """The row and the column that name the cell of each of these groups."""
        rows = np.full(len(groups), self._named.row, dtype=np.int32)
        columns = np.full(len(groups), self._named.column, dtype=np.int32)
        for axis, places in zip(self._axes, self.sums.places, strict=True):
            if axis is self._table.row_axis:
                rows = narrower_rows(self._trees, axis, places[groups].astype(np.int32), self._named.row)
            elif axis is self._table.column_axis:
                columns = places[groups].astype(np.int32)
        return rows, columns

    def _found(self, leaves: Longs, pairs: PublisherGroups) -> Longs:
        if not self._named.is_printed:
            return np.full(len(pairs.counts), -1, dtype=np.int64)
        return find_cells(self._table, self._trees, leaves, pairs, self._named.exactly)


def run_starts(columns: Sequence[AnyArray], length: int) -> Mask:
    """Where any column differs from the row before; the first row always does."""
    found = np.zeros(length, dtype=np.bool_)
    found[:1] = True
    for column in columns:
        found[1:] |= column[1:] != column[:-1]
    return found


def run_sums(values: Longs, starts: Longs) -> Longs:
    """The sum of each stretch from one start to the next."""
    return np.add.reduceat(values, starts) if len(starts) else np.zeros(0, dtype=np.int64)


def narrower_rows(trees: Trees, axis: Axis, keys: Ints, row: int) -> Ints:
    """The lower of a group's row and the row that the filter names."""
    if row == TOTAL:
        return keys
    if axis is Axis.ITEM:
        lower = narrower_items(row)
        return np.array([lower[key] for key in keys.tolist()], dtype=np.int32)
    return np.where((keys >= row) & (keys < trees.stop_at(row)), keys, row).astype(np.int32)


class GroupByQuery:
    """A checked question put to the columns of a measure; what was found out once is held.

    `leaves` are those that its filter lets through.
    """

    def __init__(self, trees: Trees, table: MeasureTable, members: Members, asked: RollupQuestion) -> None:
        self._trees, self._table, self._asked = trees, table, asked
        self._coverages = CoverageTable(trees, asked.measure, members, asked.by, asked.where)
        self.answer: RollupTable | None = None
        self._groups: dict[int, TableGroups] = {}
        self.leaves = matching_figures(trees, asked.measure, table.leaves, asked.where)

    def groups(self, depth: int) -> TableGroups:
        """The groups of the first `depth` dimensions, in the order of their keys; none where there are no leaves."""
        found = self._groups.get(depth)
        if found is None:
            found = self._groups[depth] = self._grouped(depth)
        return found

    def _grouped(self, depth: int) -> TableGroups:
        by = self._asked.by[:depth]
        keys = [key_column(self._trees, self._table.leaves.axes, each)[self.leaves] for each in by]
        named = named_cell(self._trees, self._asked.measure, by, self._asked.where)
        axes = [each.axis for each in by]
        return TableGroups(self._table, self._trees, self.leaves, keys, axes, named, self._coverages)


def matching_figures(trees: Trees, measure: Measure, columns: Columns, where: Where | None) -> Longs:
    """The indexes of the figures that a filter lets through."""
    if where is None:
        return np.arange(len(columns), dtype=np.int64)
    rows = FilterRows(trees, columns.axes, columns.fen, DIMENSIONS[measure])
    return np.flatnonzero(match(rows, where).certain).astype(np.int64)


class KeyNames(Protocol):
    """Tells what a key stands for."""

    def key(self, dimension: Dimension, place: int) -> GroupKey: ...


class AnswerRows(Sequence[RollupRow]):
    """The groups of several depths, in one order. A row is made once."""

    def __init__(self, parts: Sequence[Groups], question: RollupQuestion, names: KeyNames) -> None:
        self._parts, self._names = parts, names
        self._dimensions = tuple(each.dimension for each in question.by)
        numbers = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
        places = np.concatenate([np.arange(len(part)) for part in parts])
        order = _order(parts, len(question.by), question.order_by)
        self._number, self._place = numbers[order].tolist(), places[order].tolist()
        self._made: dict[int, RollupRow] = {}

    def __len__(self) -> int:
        return len(self._number)

    @overload
    def __getitem__(self, at: int) -> RollupRow: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[RollupRow]: ...
    def __getitem__(self, at: int | slice) -> RollupRow | Sequence[RollupRow]:
        if isinstance(at, slice):
            return [self._row(each) for each in range(*at.indices(len(self)))]
        place = at + len(self) if at < 0 else at
        if not 0 <= place < len(self):
            raise IndexError(f"{at} of {len(self)} rows")
        return self._row(place)

    def _row(self, at: int) -> RollupRow:
        made = self._made.get(at)
        if made is None:
            made = self._made[at] = self._make(self._parts[self._number[at]], self._place[at])
        return made

    def _make(self, groups: Groups, at: int) -> RollupRow:
        places = groups.places(at)
        keys = tuple(map(self._names.key, self._dimensions, places))
        return RollupRow(keys, GroupRollup(groups, at), self._dimensions[len(places) :])


def rollup_table(parts: Sequence[Groups], whole: Groups, question: RollupQuestion, names: KeyNames) -> RollupTable:
    """The groups of every depth in the order that the question asks for; `whole` is everything in one group."""
    total: Rollup = GroupRollup(whole, 0) if len(whole) else GivenRollup(0, 0, 0, None, whole.coverage(()))
    return RollupTable(AnswerRows(parts, question, names), total)


def _order(parts: Sequence[Groups], dimensions: int, order_by: Sequence[RollupOrder]) -> Longs:
    """By the steps asked for; at last by the keys in tree order, so that it is total."""
    keys = [_key_places(parts, dimension) for dimension in range(dimensions)]
    by_key = [column for pair in keys for column in pair]
    fen = np.concatenate([part.sums.fen for part in parts])
    columns: list[Longs] = []
    for order in order_by:
        chosen = [fen] if order.by is OrderKey.AMOUNT else by_key
        columns += [-column for column in chosen] if order.descending else chosen
    columns += by_key
    return np.lexsort(columns[::-1]) if columns else np.arange(len(fen))


def _key_places(parts: Sequence[Groups], dimension: int) -> tuple[Longs, Longs]:
    """Whether a dimension is summed away, which comes after everything, and its places."""
    is_away, places = [], []
    for part in parts:
        away = dimension >= len(part.sums.places)
        is_away.append(np.full(len(part), away, dtype=np.int64))
        places.append(np.zeros(len(part), dtype=np.int64) if away else part.sums.places[dimension])
    return np.concatenate(is_away), np.concatenate(places)
