"""The groups of a question over many divisions, in two ways that agree.

MergedGroups asks each division and adds up groups with equal keys. CubeGroups answers what needs no organisation below
the division from the joined cubes, and opens no division for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from graph_data.core.sequences import Chain
from graph_data.core.terms import Dimension, Measure, ThreePublicItemKind
from graph_data.figures.columns import Longs, Mask, Trees, check_total
from graph_data.figures.coverage import CoverageTable
from graph_data.figures.federation.cubes import JoinedCubes, SummedRows, distinct_rows
from graph_data.figures.federation.division_trees import DIVISION_BITS, DivisionTrees
from graph_data.figures.filters import CHOICES, FilterRows, TreeFilter, Where, item_path, match
from graph_data.figures.group_by import Groups, GroupSums, PrintedSums, narrower_rows, run_starts, run_sums
from graph_data.figures.measures import (
    AXES,
    CLASSIFICATIONS,
    COLUMN_AXES,
    DIMENSIONS,
    PROJECT_MEASURES,
    ROW_AXES,
    Axis,
    Figure,
    ordinal,
)
from graph_data.figures.memory import MemoryFigures
from graph_data.figures.printed_totals import ONE_COLUMN, ROW_ALONE, column_places, conjunction, named_cell
from graph_data.figures.rollup import Coverage, GroupBy, RollupQuestion, key_column
from graph_data.graph import NodeKind
from graph_data.graph.ids import id_of

_NOWHERE = -3  # no place of any division
_NONE = np.zeros(0, dtype=np.int64)


class KeyTranslation:
    """Keys of one division among those of all.

    A division is its number, shifted; what is below it stands that much behind its own place. Subjects are shared.
    """

    def __init__(self, number: int, root: int, trees: DivisionTrees, by: Sequence[GroupBy]) -> None:
        """`root` is the place of the division itself in its trees."""
        self._behind, self._root, self._trees, self._by = number << DIVISION_BITS, root, trees, by

    def here(self, by: GroupBy, places: Longs) -> Longs:
        """Keys of the division, as keys among all."""
        if by.dimension is Dimension.DIVISION:
            return np.full(len(places), self._behind, dtype=np.int64)
        if by.axis is Axis.ORGANIZATION:
            return places + self._behind
        return np.where(places < 0, places, places - self._trees.first) if by.axis is Axis.SUBJECT else places

    def there(self, places: Sequence[int]) -> tuple[int, ...]:
        """Keys among all, as keys of the division; what is of another one stands nowhere."""
        return tuple(map(self._there, self._by, places))

    def _there(self, by: GroupBy, place: int) -> int:
        if by.dimension is Dimension.DIVISION:
            return self._root if place == self._behind else _NOWHERE
        if by.axis is Axis.ORGANIZATION:
            own = place - self._behind
            return own if 0 <= own < 1 << DIVISION_BITS else _NOWHERE
        return place + self._trees.first if by.axis is Axis.SUBJECT and place >= 0 else place


class DivisionPart:
    """One division of a question: it is opened again whenever more is asked than the sums."""

    def __init__(
        self, number: int, code: str, ask: Callable[[str], MemoryFigures], question: RollupQuestion, depth: int
    ) -> None:
        """`ask` gives the figures of a division, beside the subjects of all."""
        self._number, self._code, self._ask, self._question, self._depth = number, code, ask, question, depth

    def groups(self) -> tuple[Groups, KeyTranslation]:
        """Its groups, and how to read their keys."""
        figures = self._ask(self._code)
        trees = figures.trees
        assert isinstance(trees, DivisionTrees)
        root = trees.interval(id_of(NodeKind.DIVISION, self._code))[0]
        translated = KeyTranslation(self._number, root, trees, self._question.by)
        return figures.asked(self._question).groups(self._depth), translated


class MergedGroups(Groups):
    """The groups of all parts; what a group is made of is found by its place in each part."""

    def __init__(self, parts: Sequence[DivisionPart], by: Sequence[GroupBy]) -> None:
        self._parts = parts
        found = [part.groups() for part in parts]
        columns = [
            np.concatenate([each.here(key, groups.sums.places[place]) for groups, each in found] or [_NONE])
            for place, key in enumerate(by)
        ]
        fen, step, count = (
            np.concatenate([getattr(groups.sums, name) for groups, _ in found] or [_NONE])
            for name in ("fen", "step", "count")
        )
        check_total(fen)
        order = np.lexsort(tuple(reversed(columns))) if columns else np.arange(len(fen))
        self._starts = np.flatnonzero(run_starts([column[order] for column in columns], len(fen)))
        self._part = np.repeat(np.arange(len(found)), [len(groups) for groups, _ in found])[order]
        self._at = np.concatenate([np.arange(len(groups)) for groups, _ in found] or [_NONE])[order]
        self._order = order
        places = tuple(column[order][self._starts] for column in columns)
        sums = [run_sums(each[order], self._starts) for each in (fen, step, count)]
        super().__init__(GroupSums(places, sums[0], sums[1], sums[2]))

    def coverage(self, places: tuple[int, ...]) -> Coverage:
        total = Coverage(0, 0)
        for part in self._parts:
            groups, translated = part.groups()
            total += groups.coverage(translated.there(places))
        return total

    def figures(self, at: int) -> Sequence[Figure]:
        return Chain.of([groups.figures(place) for groups, place in self._members(at)])

    def reported_figures(self, at: int) -> Sequence[Figure]:
        return Chain.of([groups.reported_figures(place) for groups, place in self._members(at)])

    def _members(self, at: int) -> list[tuple[Groups, int]]:
        """The groups that make up one, division by division."""
        start = self._starts[at]
        stop = self._starts[at + 1] if at + 1 < len(self._starts) else len(self._part)
        pairs = zip(self._part[start:stop].tolist(), self._at[start:stop].tolist(), strict=True)
        return [(self._parts[part].groups()[0], place) for part, place in sorted(pairs)]

    def _reports(self) -> PrintedSums:
        reports = [part.groups()[0].reports for part in self._parts]
        is_reported = np.concatenate([each.is_reported for each in reports] or [_NONE.astype(np.bool_)])[self._order]
        fen, step = (
            run_sums(np.concatenate([getattr(each, name) for each in reports] or [_NONE])[self._order], self._starts)
            for name in ("fen", "step")
        )
        whole = np.logical_and.reduceat(is_reported, self._starts) if len(self._starts) else is_reported
        return PrintedSums(whole, fen, step)


_PUBLISHER = (Axis.ORGANIZATION, Axis.YEAR, Axis.FUND)  # where a publisher stands; its cells share these
_DEEPER = frozenset({Dimension.DEPARTMENT, Dimension.UNIT, Dimension.PROJECT})


class DivisionKeys(Protocol):
    """How divisions are written as keys."""

    def coded(self, positions: Longs) -> Longs:
        """Positions of divisions, as keys."""

    def position(self, key: int) -> int:
        """The position of the division that a key stands for."""


def answered_by_cubes(trees: Trees, question: RollupQuestion, cubes: Callable[[Measure], JoinedCubes]) -> bool:
    """Does a question ask for nothing that cubes leave out, and name the printed cells by row and column?

    `cubes` are those of a measure; they are asked for last.
    """
    if any(each.dimension in _DEEPER for each in question.by):
        return False
    parts = tuple(conjunction(question.where)) if question.where is not None else ()
    subjects = [tree for part in parts for dimension, tree in part.trees() if dimension in CLASSIFICATIONS]
    is_simple = len(subjects) <= 1 and all(_is_eq_or_under(tree) for tree in subjects)
    named = named_cell(trees, question.measure, question.by, question.where)
    if not is_simple or not named.exactly or not all(map(_is_shallow, parts)):
        return False
    levels = [each.level for each in question.by if each.axis is Axis.SUBJECT and each.level is not None]
    return all(_is_regular(trees, cubes(question.measure), level) for level in levels)


def _is_eq_or_under(tree: TreeFilter) -> bool:
    return (tree.eq is None) is not (tree.under is None)


def _is_shallow(part: Where) -> bool:
    """Does a filter leave departments and what is below them alone, all the way in?"""
    own = part.amount is None and not any(dimension in _DEEPER for dimension, _ in part.trees())
    own = own and part.item is None  # an item has parts, which cubes do not tell
    return own and all(map(_is_shallow, part.inner()))


def _is_regular(trees: Trees, cubes: JoinedCubes, level: int) -> bool:
    """Has every subject below a level an ancestor at it, unless its tree begins further down?

    Where one is missing, it is grouped under a higher one: then no cell is printed for just that group.
    """
    places = np.unique(cubes.leaves.axes[Axis.SUBJECT])
    places = places[places >= 0]
    groups = zip(places.tolist(), trees.ancestors_at(level)[places].tolist(), strict=True)
    return all(group == place or trees.at(group).level >= level for place, group in groups)


class CubeGroups(Groups):
    """Groups of rows of cubes. What they are made of is known to the groups that the divisions themselves give.

    Keys of divisions are what `code` makes of their positions, the same there and here.
    """

    def __init__(
        self,
        trees: Trees,
        cubes: JoinedCubes,
        question: RollupQuestion,
        depth: int,
        code: DivisionKeys,
        apart: Callable[[], Groups],
    ) -> None:
        self._trees, self._cubes, self._question, self._code, self._apart = trees, cubes, question, code, apart
        self._by = question.by[:depth]
        self._coverages = CoverageTable(trees, question.measure, cubes.members, question.by, question.where)
        leaves = cubes.leaves.kept(_passing(trees, question.measure, cubes.leaves, question.where))
        keys = [self._key(leaves, each) for each in self._by]
        starts, order, places = distinct_rows(keys) if keys else (_whole(leaves), np.arange(len(leaves)), [])
        fen, step, count = (run_sums(each[order], starts) for each in (leaves.fen, leaves.step, leaves.count))
        super().__init__(GroupSums(tuple(each.astype(np.int64) for each in places), fen, step, count))

    def _key(self, rows: SummedRows, by: GroupBy) -> Longs:
        places = key_column(self._trees, rows.axes, by).astype(np.int64)
        return self._code.coded(places) if by.axis is Axis.ORGANIZATION else places

    def coverage(self, places: tuple[int, ...]) -> Coverage:
        own = zip(self._question.by, places, strict=False)
        return self._coverages.of(
            [self._code.position(place) if by.axis is Axis.ORGANIZATION else place for by, place in own]
        )

    def figures(self, at: int) -> Sequence[Figure]:
        apart, place = self._found_apart(at)
        return apart.figures(place)

    def reported_figures(self, at: int) -> Sequence[Figure]:
        apart, place = self._found_apart(at)
        return apart.reported_figures(place)

    def _found_apart(self, at: int) -> tuple[Groups, int]:
        """The same group, as the divisions give it."""
        apart = self._apart()
        mask = np.ones(len(apart), dtype=np.bool_)
        for column, place in zip(apart.sums.places, self.places(at), strict=True):
            mask &= column == place
        return apart, int(np.flatnonzero(mask)[0])

    def _reports(self) -> PrintedSums:
        fen, step, count = (np.zeros(len(self), dtype=np.int64) for _ in range(3))
        if self._question.measure not in PROJECT_MEASURES:
            rows, columns, uses = self._asked_cells()
            for use in np.unique(uses).tolist():
                groups = np.flatnonzero(uses == use)
                found = self._printed(groups, rows[groups], columns[groups], use)
                fen[groups], step[groups], count[groups] = found
        return PrintedSums((count == self.sums.count) & (count > 0), fen, step)

    def _asked_cells(self) -> tuple[Longs, Longs, Longs]:
        """The row and the column that each group names, and the use of the cells there."""
        named = named_cell(self._trees, self._question.measure, self._by, self._question.where)
        shape = len(self)
        rows, columns = np.full(shape, named.row, dtype=np.int64), np.full(shape, named.column, dtype=np.int64)
        is_alone = np.full(shape, _asks_row_alone(self._question.where), dtype=np.bool_)
        is_one = np.full(shape, _names_column(self._question), dtype=np.bool_)
        for by, places in zip(self._by, self.sums.places, strict=True):
            if by.axis is ROW_AXES.get(self._question.measure):
                rows = narrower_rows(self._trees, by.axis, places.astype(np.int32), named.row).astype(np.int64)
                is_alone |= (rows == places) & ~_reaches(self._trees, by, places)
            elif by.axis is COLUMN_AXES.get(self._question.measure):
                columns, is_one = places, np.ones(shape, dtype=np.bool_)
        return rows, columns, is_alone * ROW_ALONE + is_one * ONE_COLUMN

    def _printed(self, groups: Longs, rows: Longs, columns: Longs, use: int) -> Longs:
        """分, steps and leaves of the cells that print each of some groups, which are asked for in one use."""
        measure, where = self._question.measure, self._question.where
        passing = _passing(self._trees, measure, self._cubes.cells, None if where is None else _of_publishers(where))
        cells = self._cubes.cells.kept(passing & ((self._cubes.uses & (1 << use)) > 0))
        by = [(place, each) for place, each in enumerate(self._by) if each.axis in _PUBLISHER]
        wanted = [*(self.sums.places[place][groups] for place, _ in by), rows, columns]
        held = [self._key(cells, each) for _, each in by]
        held += [column_places(cells, axes.get(measure)).astype(np.int64) for axes in (ROW_AXES, COLUMN_AXES)]
        stacked = np.concatenate((np.stack(wanted, axis=1), np.stack(held, axis=1)))
        numbers = np.unique(stacked, axis=0, return_inverse=True)[1].reshape(-1)
        sums = np.zeros((3, len(stacked)), dtype=np.int64)
        for each, values in zip(sums, (cells.fen, cells.step, cells.count), strict=True):
            np.add.at(each, numbers[len(groups) :], values)
        return sums[:, numbers[: len(groups)]]


def _whole(rows: SummedRows) -> Longs:
    """Everything in one group; none where there is nothing."""
    return np.zeros(min(len(rows), 1), dtype=np.int64)


def _passing(trees: Trees, measure: Measure, rows: SummedRows, where: Where | None) -> Mask:
    if where is None:
        return np.ones(len(rows), dtype=np.bool_)
    return match(FilterRows(trees, rows.axes, rows.fen, DIMENSIONS[measure] - _DEEPER), where).certain


def _of_publishers(where: Where) -> Where:
    """What of a filter selects whole publishers: the rest has named a row and a column."""
    inner = tuple(map(_of_publishers, where.all_of))
    named = {field: None for dimension, field in CHOICES.items() if dimension is not Dimension.FUND}
    return replace(where, all_of=inner, functional_subject=None, economic_subject=None, **named)


def _asks_row_alone(where: Where | None) -> bool:
    """Does a filter ask for a subject without what is below it?"""
    parts = conjunction(where) if where is not None else ()
    return any(tree.eq is not None for part in parts for axis, tree in part.trees() if axis in CLASSIFICATIONS)


def _names_column(question: RollupQuestion) -> bool:
    """Does the filter ask for one column?"""
    parts = conjunction(question.where) if question.where is not None else ()
    axis = COLUMN_AXES.get(question.measure)
    return any(AXES[dimension] is axis for part in parts for dimension, _ in part.choices())


def _reaches(trees: Trees, by: GroupBy, places: Longs) -> Mask:
    """Do the groups of these keys hold all that is below: is the key at the level asked for, or further down?"""
    if by.level is None:
        return np.zeros(len(places), dtype=np.bool_)
    own, of = np.unique(places, return_inverse=True)
    return np.array([_level(trees, by.axis, place) >= by.level for place in own.tolist()], dtype=np.bool_)[of]


def _level(trees: Trees, axis: Axis, place: int) -> int:
    if axis is Axis.ITEM:
        return _ITEM_LEVELS[place]
    return trees.at(place).level if place >= 0 else 0


_ITEM_LEVELS = {ordinal(item): len(item_path(item)) for item in ThreePublicItemKind}
