"""Groups of several divisions as one: keys that are equal are one group, and sums add up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from graph_data.core.terms import Dimension
from graph_data.figures.arrays import Longs
from graph_data.figures.axes import Axis
from graph_data.figures.base import RollupQuestion
from graph_data.figures.federation.beside import BesideSubjects
from graph_data.figures.figure import Figure
from graph_data.figures.grouping import added, changes
from graph_data.figures.groups import Groups, Reports, Sums
from graph_data.figures.keys import GroupBy
from graph_data.figures.memory import MemoryFigures
from graph_data.figures.slices import Chained
from graph_data.figures.sums import check_total
from graph_data.figures.totals import Coverage
from graph_data.graph import NodeKind
from graph_data.graph.ids import id_of

DIVISION_BITS = 24
_NOWHERE = -3  # no place of any division
_NONE = np.zeros(0, dtype=np.int64)


class Translated:
    """Keys of one division among those of all.

    A division is its number, shifted; what is below it stands that much behind its own place. Subjects are shared.
    """

    def __init__(self, number: int, root: int, trees: BesideSubjects, by: Sequence[GroupBy]) -> None:
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


class Part:
    """One division of a question: it is opened again whenever more is asked than the sums."""

    def __init__(
        self, number: int, code: str, ask: Callable[[str], MemoryFigures], question: RollupQuestion, depth: int
    ) -> None:
        """`ask` gives the figures of a division, beside the subjects of all."""
        self._number, self._code, self._ask, self._question, self._depth = number, code, ask, question, depth

    def groups(self) -> tuple[Groups, Translated]:
        """Its groups, and how to read their keys."""
        figures = self._ask(self._code)
        trees = figures.trees
        assert isinstance(trees, BesideSubjects)
        root = trees.interval(id_of(NodeKind.DIVISION, self._code))[0]
        translated = Translated(self._number, root, trees, self._question.by)
        return figures.asked(self._question).groups(self._depth), translated


class MergedGroups(Groups):
    """The groups of all parts; what a group is made of is found by its place in each part."""

    def __init__(self, parts: Sequence[Part], by: Sequence[GroupBy]) -> None:
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
        self._starts = np.flatnonzero(changes([column[order] for column in columns], len(fen)))
        self._part = np.repeat(np.arange(len(found)), [len(groups) for groups, _ in found])[order]
        self._at = np.concatenate([np.arange(len(groups)) for groups, _ in found] or [_NONE])[order]
        self._order = order
        places = tuple(column[order][self._starts] for column in columns)
        sums = [added(each[order], self._starts) for each in (fen, step, count)]
        super().__init__(Sums(places, sums[0], sums[1], sums[2]))

    def coverage(self, places: tuple[int, ...]) -> Coverage:
        total = Coverage(0, 0)
        for part in self._parts:
            groups, translated = part.groups()
            total += groups.coverage(translated.there(places))
        return total

    def figures(self, at: int) -> Sequence[Figure]:
        return Chained([groups.figures(place) for groups, place in self._members(at)])

    def reported_figures(self, at: int) -> Sequence[Figure]:
        return Chained([groups.reported_figures(place) for groups, place in self._members(at)])

    def _members(self, at: int) -> list[tuple[Groups, int]]:
        """The groups that make up one, division by division."""
        start = self._starts[at]
        stop = self._starts[at + 1] if at + 1 < len(self._starts) else len(self._part)
        pairs = zip(self._part[start:stop].tolist(), self._at[start:stop].tolist(), strict=True)
        return [(self._parts[part].groups()[0], place) for part, place in sorted(pairs)]

    def _reports(self) -> Reports:
        reports = [part.groups()[0].reports for part in self._parts]
        is_reported = np.concatenate([each.is_reported for each in reports] or [_NONE.astype(np.bool_)])[self._order]
        fen, step = (
            added(np.concatenate([getattr(each, name) for each in reports] or [_NONE])[self._order], self._starts)
            for name in ("fen", "step")
        )
        whole = np.logical_and.reduceat(is_reported, self._starts) if len(self._starts) else is_reported
        return Reports(whole, fen, step)
