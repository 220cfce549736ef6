"""The cubes of all divisions as one, over the trees that they share; and its prefix sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from graph_data.figures.arrays import AnyArray, Ints, fixed
from graph_data.figures.axes import TOTAL, Axis
from graph_data.figures.exactness import AS_PRINTED
from graph_data.figures.federation.cube import Cube, Weighed
from graph_data.figures.members import Members
from graph_data.figures.packing import packed
from graph_data.figures.prefix import Summed, Way
from graph_data.figures.sums import SubtreeSums, check_total
from graph_data.figures.trees import Trees
from graph_data.graph import NodeKind
from graph_data.graph.ids import id_of


@dataclass(frozen=True, slots=True, eq=False)
class Cubes:
    """A measure of all divisions: ORGANIZATION holds the position of the division, SUBJECT that of the subject."""

    leaves: Weighed
    cells: Weighed
    uses: Ints
    members: Members

    @classmethod
    def of(cls, cubes: Sequence[tuple[str, Cube]], trees: Trees) -> Cubes:
        """Of cubes by the code of their division; there is at least one. Subjects are matched by their ids.

        Raises OverflowError where the amounts could add up to more than int64 holds.
        """
        places = [trees.interval(id_of(NodeKind.DIVISION, code))[0] for code, _ in cubes]
        leaves = _laid(
            [_placed(cube.leaves, place, cube, trees) for place, (_, cube) in zip(places, cubes, strict=True)]
        )
        cells = _laid([_placed(cube.cells, place, cube, trees) for place, (_, cube) in zip(places, cubes, strict=True)])
        check_total(leaves.fen)
        uses = np.concatenate([cube.uses for _, cube in cubes])
        return cls(leaves, cells, fixed(uses), _members(places, [cube.members for _, cube in cubes]))

    def sums(self, way: Way) -> SubtreeSums:
        """The prefix sums of one way to ask; of cells those of the subjects' own rows."""
        if way.summed is Summed.MEMBERS:
            counted, expected = self.members.counted[None], self.members.expected
            return SubtreeSums.over(packed(self.members.axes, way.axis, way.fixed), counted, counted, expected)
        rows = self.leaves if way.summed is Summed.LEAVES else self._printed(Axis.NATURE in way.fixed)
        return SubtreeSums.over(packed(rows.axes, way.axis, way.fixed), rows.fen, rows.step, rows.count)

    def _printed(self, by_column: bool) -> Weighed:
        keep = (self.uses & AS_PRINTED) > 0
        for axis in () if by_column else (Axis.NATURE, Axis.SOURCE):
            if axis in self.cells.axes:
                keep &= self.cells.axes[axis] == TOTAL
        return self.cells.kept(keep)


class CubeSums:
    """The prefix sums of a measure of all divisions, of every way that was asked so far."""

    def __init__(self, cubes: Cubes) -> None:
        self._cubes = cubes
        self._made: dict[Way, SubtreeSums] = {}

    def of(self, way: Way) -> SubtreeSums:
        """The prefix sums of one way to ask."""
        if way not in self._made:
            self._made[way] = self._cubes.sums(way)
        return self._made[way]


def _placed(rows: Weighed, division: int, cube: Cube, trees: Trees) -> Weighed:
    """Rows of a division among those of all."""
    axes = dict(rows.axes)
    axes[Axis.ORGANIZATION] = np.full(len(rows), division, dtype=np.int32)
    if Axis.SUBJECT in axes:
        subjects = np.array([trees.interval(id)[0] for id in cube.subjects] or [TOTAL], dtype=np.int32)
        places = axes[Axis.SUBJECT]
        axes[Axis.SUBJECT] = np.where(places < 0, places, subjects[np.maximum(places, 0)]).astype(np.int32)
    return Weighed(axes, rows.fen, rows.step, rows.count)


def _laid(rows: Sequence[Weighed]) -> Weighed:
    """Rows of several divisions end to end."""
    axes = {axis: _end_to_end([each.axes[axis] for each in rows]) for axis in rows[0].axes}
    fen, step, count = (_end_to_end([getattr(each, name) for each in rows]) for name in ("fen", "step", "count"))
    return Weighed(MappingProxyType(axes), fen, step, count)


def _members(places: Sequence[int], members: Sequence[Members]) -> Members:
    years = _end_to_end([each.axes[Axis.YEAR] for each in members])
    divisions = np.repeat(np.array(places, dtype=np.int32), [len(each) for each in members])
    counted = {fund: _end_to_end([each.counted[fund] for each in members]) for fund in members[0].counted}
    axes = {Axis.ORGANIZATION: fixed(divisions), Axis.YEAR: years}
    return Members(MappingProxyType(axes), _end_to_end([each.expected for each in members]), counted)


def _end_to_end(arrays: Sequence[AnyArray]) -> AnyArray:
    return fixed(np.concatenate(arrays))
