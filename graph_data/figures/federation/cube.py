"""A measure of a division without its organisation: what questions over many divisions add up.

Leaves that share year, subject and everything else but the department are one row; so are printed cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from graph_data.core.terms import Fund
from graph_data.figures.arrays import AnyArray, Ints, Longs, Mask, fixed
from graph_data.figures.axes import Axis
from graph_data.figures.exactness import uses_of
from graph_data.figures.grouping import added, changes
from graph_data.figures.members import Members
from graph_data.figures.table import Columns, MeasureTable
from graph_data.figures.trees import Trees

K = TypeVar("K", Ints, Longs)
_OWN = (Axis.ORGANIZATION, Axis.DEPARTMENT)


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """Rows of sums: 分, 分 of one last digit, how many leaves are behind each, and the place on each axis."""

    axes: Mapping[Axis, Ints]
    fen: Longs
    step: Longs
    count: Longs

    def __len__(self) -> int:
        return len(self.fen)

    def kept(self, mask: Mask) -> Weighed:
        """Some of the rows."""
        axes = {axis: places[mask] for axis, places in self.axes.items()}
        return Weighed(axes, self.fen[mask], self.step[mask], self.count[mask])

    def arrays(self, prefix: str) -> Mapping[str, AnyArray]:
        """Everything, by names that open with the prefix."""
        axes: dict[str, AnyArray] = {f"{prefix}{axis.name.lower()}": places for axis, places in self.axes.items()}
        return axes | {f"{prefix}fen": self.fen, f"{prefix}step": self.step, f"{prefix}count": self.count}

    @classmethod
    def over(cls, prefix: str, arrays: Mapping[str, AnyArray]) -> Weighed:
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
    leaves: Weighed
    cells: Weighed
    uses: Ints
    members: Members

    @classmethod
    def of(cls, table: MeasureTable, members: Members, trees: Trees) -> Cube:
        """The cube of a table, whose places are positions of these trees."""
        places = [columns.axes[Axis.SUBJECT] for columns in (table.leaves, table.cells) if Axis.SUBJECT in columns.axes]
        subjects = np.unique(np.concatenate(places)) if places else np.zeros(0, dtype=np.int32)
        subjects = subjects[subjects >= 0]
        uses = uses_of(table, trees)
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
        leaves, cells = Weighed.over("leaves.", arrays), Weighed.over("cells.", arrays)
        return cls(tuple(arrays["subjects"].tolist()), leaves, cells, arrays["cells.uses"], Members.over(own))


def _summed(columns: Columns, subjects: Ints, count: Longs, uses: Ints | None) -> tuple[Weighed, Ints]:
    """Rows that share every place (and use) as one, in their order; and their uses."""
    own = {axis: places for axis, places in columns.axes.items() if axis not in _OWN}
    if Axis.SUBJECT in own:
        places = own[Axis.SUBJECT]
        own[Axis.SUBJECT] = np.where(places < 0, places, np.searchsorted(subjects, places)).astype(np.int32)
    keys = [*own.values(), np.zeros(len(columns), dtype=np.int32) if uses is None else uses]
    starts, order, distinct = distinct_rows(keys)
    fen, step, counts = (fixed(added(each[order], starts)) for each in (columns.fen, columns.step, count))
    return Weighed(dict(zip(own, distinct, strict=False)), fen, step, counts), distinct[-1]


def distinct_rows(keys: Sequence[K]) -> tuple[Longs, Longs, list[K]]:
    """Where each distinct row of some columns starts once they are sorted; that order; and the rows themselves."""
    order = np.lexsort(tuple(reversed(keys)))
    ordered = [key[order] for key in keys]
    starts = np.flatnonzero(changes(ordered, len(order)))
    return starts, order, [fixed(key[starts]) for key in ordered]


def _by_year(members: Members) -> Members:
    starts, order, (years,) = distinct_rows([members.axes[Axis.YEAR]])
    expected = fixed(added(members.expected[order], starts))
    counted: dict[Fund | None, Longs] = {
        fund: fixed(added(each[order], starts)) for fund, each in members.counted.items()
    }
    return Members({Axis.YEAR: years}, expected, counted)
