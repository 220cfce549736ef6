"""The cube of a division (a measure without its organisation), and the cubes of all divisions as one.

Leaves that share year, subject and everything else but the department are one row; so are printed cells. Questions
over many divisions add up these rows and open no division.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

import numpy as np

from graph_data.core.terms import Fund
from graph_data.figures.columns import (
    AnyArray,
    Columns,
    Ints,
    Longs,
    Mask,
    MeasureTable,
    Members,
    Trees,
    check_total,
    fixed,
)
from graph_data.figures.group_by import run_starts, run_sums
from graph_data.figures.measures import TOTAL, Axis
from graph_data.figures.prefix_sums import PrefixSums, SumKey, SumKind, packed_keys
from graph_data.figures.printed_totals import AS_PRINTED, cell_uses
from graph_data.graph import NodeKind
from graph_data.graph.ids import id_of

K = TypeVar("K", Ints, Longs)
_OWN = (Axis.ORGANIZATION, Axis.DEPARTMENT)


@dataclass(frozen=True, slots=True, eq=False)
class SummedRows:
    """Rows of sums: 分, 分 of one last digit, how many leaves are behind each, and the place on each axis."""

    axes: Mapping[Axis, Ints]
    fen: Longs
    step: Longs
    count: Longs

    def __len__(self) -> int:
        return len(self.fen)

    def kept(self, mask: Mask) -> SummedRows:
        """Some of the rows."""
        axes = {axis: places[mask] for axis, places in self.axes.items()}
        return SummedRows(axes, self.fen[mask], self.step[mask], self.count[mask])

    def arrays(self, prefix: str) -> Mapping[str, AnyArray]:
        """Everything, by names that open with the prefix."""
        axes: dict[str, AnyArray] = {f"{prefix}{axis.name.lower()}": places for axis, places in self.axes.items()}
        return axes | {f"{prefix}fen": self.fen, f"{prefix}step": self.step, f"{prefix}count": self.count}

    @classmethod
    def over(cls, prefix: str, arrays: Mapping[str, AnyArray]) -> SummedRows:
        """What `arrays` gave, put together again."""
        axes = {axis: arrays[name] for axis in Axis if (name := f"{prefix}{axis.name.lower()}") in arrays}
        return cls(axes, arrays[f"{prefix}fen"], arrays[f"{prefix}step"], arrays[f"{prefix}count"])


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """The leaves and the cells of a measure, and who should contribute, by year.

    A place on SUBJECT is an index into `subjects`, which are ids of nodes. `count` of a cell is how many leaves it
    sums, `uses` for which questions it is what they print (see `exactness`). `arrays` gives all that there is, and
    `over` takes it back:

        subjects                                text
        leaves.<axis>, cells.<axis>             int32   without organization and department
        leaves.fen, .step, .count, cells. …     int64
        cells.uses                              int32   bits
        members.year                            int32
        members.expected, members.counted …     int64   summed over the members of a year (see `Members`)
    """

    subjects: tuple[str, ...]
    leaves: SummedRows
    cells: SummedRows
    uses: Ints
    members: Members

    @classmethod
    def of(cls, table: MeasureTable, members: Members, trees: Trees) -> Cube:
        """The cube of a table, whose places are positions of these trees."""
        places = [columns.axes[Axis.SUBJECT] for columns in (table.leaves, table.cells) if Axis.SUBJECT in columns.axes]
        subjects = np.unique(np.concatenate(places)) if places else np.zeros(0, dtype=np.int32)
        subjects = subjects[subjects >= 0]
        uses = cell_uses(table, trees)
        leaves, _ = _summed(table.leaves, subjects, np.ones(len(table.leaves), dtype=np.int64), None)
        cells, kept = _summed(table.cells, subjects, table.cover, uses)
        ids = tuple(trees.at(place).id for place in subjects.tolist())
        return cls(ids, leaves, cells, kept, _by_year(members))

    def arrays(self) -> Mapping[str, AnyArray]:
        """Everything, by name."""
        members = {f"members.{name}": each for name, each in self.members.arrays().items()}
        texts = np.array(self.subjects, dtype=np.str_)
        cells = self.cells.arrays("cells.")
        return {"subjects": texts, **self.leaves.arrays("leaves."), **cells, "cells.uses": self.uses, **members}

    @classmethod
    def over(cls, arrays: Mapping[str, AnyArray]) -> Cube:
        """What `arrays` gave, put together again."""
        opening = "members."
        own = {name.removeprefix(opening): each for name, each in arrays.items() if name.startswith(opening)}
        leaves, cells = SummedRows.over("leaves.", arrays), SummedRows.over("cells.", arrays)
        return cls(tuple(arrays["subjects"].tolist()), leaves, cells, arrays["cells.uses"], Members.over(own))


def _summed(columns: Columns, subjects: Ints, count: Longs, uses: Ints | None) -> tuple[SummedRows, Ints]:
    """Rows that share every place (and use) as one, in their order; and their uses."""
    own = {axis: places for axis, places in columns.axes.items() if axis not in _OWN}
    if Axis.SUBJECT in own:
        places = own[Axis.SUBJECT]
        own[Axis.SUBJECT] = np.where(places < 0, places, np.searchsorted(subjects, places)).astype(np.int32)
    keys = [*own.values(), np.zeros(len(columns), dtype=np.int32) if uses is None else uses]
    starts, order, distinct = distinct_rows(keys)
    fen, step, counts = (fixed(run_sums(each[order], starts)) for each in (columns.fen, columns.step, count))
    return SummedRows(dict(zip(own, distinct, strict=False)), fen, step, counts), distinct[-1]


def distinct_rows(keys: Sequence[K]) -> tuple[Longs, Longs, list[K]]:
    """Where each distinct row of some columns starts once they are sorted; that order; and the rows themselves."""
    order = np.lexsort(tuple(reversed(keys)))
    ordered = [key[order] for key in keys]
    starts = np.flatnonzero(run_starts(ordered, len(order)))
    return starts, order, [fixed(key[starts]) for key in ordered]


def _by_year(members: Members) -> Members:
    starts, order, (years,) = distinct_rows([members.axes[Axis.YEAR]])
    expected = fixed(run_sums(members.expected[order], starts))
    counted: dict[Fund | None, Longs] = {
        fund: fixed(run_sums(each[order], starts)) for fund, each in members.counted.items()
    }
    return Members({Axis.YEAR: years}, expected, counted)


@dataclass(frozen=True, slots=True, eq=False)
class JoinedCubes:
    """A measure of all divisions: ORGANIZATION holds the position of the division, SUBJECT that of the subject."""

    leaves: SummedRows
    cells: SummedRows
    uses: Ints
    members: Members

    @classmethod
    def of(cls, cubes: Sequence[tuple[str, Cube]], trees: Trees) -> JoinedCubes:
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
        return cls(leaves, cells, fixed(uses), _joined_members(places, [cube.members for _, cube in cubes]))

    def sums(self, way: SumKey) -> PrefixSums:
        """The prefix sums of one way to ask; of cells those of the subjects' own rows."""
        if way.summed is SumKind.MEMBERS:
            counted, expected = self.members.counted[None], self.members.expected
            return PrefixSums.over(packed_keys(self.members.axes, way.axis, way.fixed), counted, counted, expected)
        rows = self.leaves if way.summed is SumKind.LEAVES else self._printed(Axis.NATURE in way.fixed)
        return PrefixSums.over(packed_keys(rows.axes, way.axis, way.fixed), rows.fen, rows.step, rows.count)

    def _printed(self, by_column: bool) -> SummedRows:
        keep = (self.uses & AS_PRINTED) > 0
        for axis in () if by_column else (Axis.NATURE, Axis.SOURCE):
            if axis in self.cells.axes:
                keep &= self.cells.axes[axis] == TOTAL
        return self.cells.kept(keep)


class CubeSums:
    """The prefix sums of a measure of all divisions, of every way that was asked so far."""

    def __init__(self, cubes: JoinedCubes) -> None:
        self._cubes = cubes
        self._made: dict[SumKey, PrefixSums] = {}

    def of(self, way: SumKey) -> PrefixSums:
        """The prefix sums of one way to ask."""
        if way not in self._made:
            self._made[way] = self._cubes.sums(way)
        return self._made[way]


def _placed(rows: SummedRows, division: int, cube: Cube, trees: Trees) -> SummedRows:
    """Rows of a division among those of all."""
    axes = dict(rows.axes)
    axes[Axis.ORGANIZATION] = np.full(len(rows), division, dtype=np.int32)
    if Axis.SUBJECT in axes:
        subjects = np.array([trees.interval(id)[0] for id in cube.subjects] or [TOTAL], dtype=np.int32)
        places = axes[Axis.SUBJECT]
        axes[Axis.SUBJECT] = np.where(places < 0, places, subjects[np.maximum(places, 0)]).astype(np.int32)
    return SummedRows(axes, rows.fen, rows.step, rows.count)


def _laid(rows: Sequence[SummedRows]) -> SummedRows:
    """Rows of several divisions end to end."""
    axes = {axis: _end_to_end([each.axes[axis] for each in rows]) for axis in rows[0].axes}
    fen, step, count = (_end_to_end([getattr(each, name) for each in rows]) for name in ("fen", "step", "count"))
    return SummedRows(MappingProxyType(axes), fen, step, count)


def _joined_members(places: Sequence[int], members: Sequence[Members]) -> Members:
    years = _end_to_end([each.axes[Axis.YEAR] for each in members])
    divisions = np.repeat(np.array(places, dtype=np.int32), [len(each) for each in members])
    counted = {fund: _end_to_end([each.counted[fund] for each in members]) for fund in members[0].counted}
    axes = {Axis.ORGANIZATION: fixed(divisions), Axis.YEAR: years}
    return Members(MappingProxyType(axes), _end_to_end([each.expected for each in members]), counted)


def _end_to_end(arrays: Sequence[AnyArray]) -> AnyArray:
    return fixed(np.concatenate(arrays))
