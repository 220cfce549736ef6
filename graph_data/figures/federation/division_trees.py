"""The trees and tables of one division as a part of a larger dataset: its organisation beside the subjects of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from graph_data.core.terms import Measure
from graph_data.figures.columns import Ints, MeasureTable, Trees, fixed
from graph_data.figures.measures import Axis
from graph_data.graph import Node, NodeKind
from graph_data.graph.ids import id_of

DIVISION_BITS = 24  # of a key over all divisions: the place within one; its number stands above
_SUBJECT = id_of(NodeKind.SUBJECT, "")


class DivisionTrees:
    """Trees whose subjects are those of a larger dataset: they stand behind everything else, from `first` on."""

    def __init__(self, own: Trees, subjects: Trees) -> None:
        self._own, self._subjects = own, subjects
        self.first = len(own)
        self._ancestors: dict[int, Ints] = {}

    def __len__(self) -> int:
        return self.first + len(self._subjects)

    def node(self, id: str) -> Node | None:
        return self._subjects.node(id) if id.startswith(_SUBJECT) else self._own.node(id)

    def coded(self, kind: NodeKind, code: str) -> tuple[Node, ...]:
        return (self._subjects if kind is NodeKind.SUBJECT else self._own).coded(kind, code)

    def interval(self, id: str) -> tuple[int, int]:
        if not id.startswith(_SUBJECT):
            return self._own.interval(id)
        start, stop = self._subjects.interval(id)
        return self.first + start, self.first + stop

    def at(self, position: int) -> Node:
        return self._own.at(position) if position < self.first else self._subjects.at(position - self.first)

    def parent_at(self, position: int) -> int:
        if position < self.first:
            return self._own.parent_at(position)
        above = self._subjects.parent_at(position - self.first)
        return above if above < 0 else self.first + above

    def stop_at(self, position: int) -> int:
        if position < self.first:
            return self._own.stop_at(position)
        return self.first + self._subjects.stop_at(position - self.first)

    def ancestors_at(self, level: int) -> Ints:
        if level not in self._ancestors:
            behind = self._subjects.ancestors_at(level) + np.int32(self.first)
            self._ancestors[level] = fixed(np.concatenate((self._own.ancestors_at(level), behind)))
        return self._ancestors[level]

    def moved(self, places: Ints) -> Ints:
        """Places among the division's own subjects, as places here; TOTAL and UNKNOWN stay."""
        own, of = np.unique(places, return_inverse=True)
        here = [place if place < 0 else self.interval(self._own.at(place).id)[0] for place in own.tolist()]
        return np.array(here, dtype=np.int32)[of]


class MovedTables(Mapping[Measure, MeasureTable]):
    """The tables of a division with their subjects moved, each when it is asked for."""

    def __init__(self, own: Mapping[Measure, MeasureTable], trees: DivisionTrees) -> None:
        self._own, self._trees = own, trees
        self._moved: dict[Measure, MeasureTable] = {}

    def __getitem__(self, measure: Measure) -> MeasureTable:
        if measure not in self._moved:
            table = self._own[measure]
            has_subjects = Axis.SUBJECT in table.every.axes
            self._moved[measure] = table.moved(Axis.SUBJECT, self._trees.moved) if has_subjects else table
        return self._moved[measure]

    def __iter__(self) -> Iterator[Measure]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)
