"""The divisions of an index as its figures see them: each by itself, and what all of them share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np

from graph_data.core.terms import Dimension, ExpenditureNature, Measure
from graph_data.figures.arrays import Longs
from graph_data.figures.axes import AXES, Axis
from graph_data.figures.federation.cube import Cube
from graph_data.figures.federation.merging import DIVISION_BITS
from graph_data.figures.keys import GroupKey, group_key
from graph_data.figures.memory import MemoryFigures
from graph_data.figures.slices import Interleaved
from graph_data.figures.subtree import Placed, SubtreeRollup
from graph_data.figures.trees import Trees
from graph_data.graph import NodeKind
from graph_data.graph.ids import id_of


class Divisions(Protocol):
    """The divisions of an index, opened when they are asked for; what was opened may be closed and opened again."""

    @property
    def codes(self) -> Sequence[str]:
        """Their codes, ascending."""

    @property
    def trees(self) -> Trees:
        """The divisions themselves and the subjects of all of them; nothing else of the organisation is asked."""

    def count(self, code: str) -> int:
        """How many figures a division has."""

    def figures(self, code: str) -> MemoryFigures:
        """The figures of a division, whose `trees` hold its own organisation and subjects."""

    def cube(self, code: str, measure: Measure) -> Cube:
        """The figures of a measure of a division without its organisation: `Cube.of`, made when it was built."""


class DivisionCodes:
    """Divisions as keys, and what any key stands for, in the trees of a division or in those that all share."""

    def __init__(self, divisions: Divisions) -> None:
        self._divisions = divisions
        self._numbers = {code: number for number, code in enumerate(divisions.codes)}
        self._positions = [divisions.trees.interval(id_of(NodeKind.DIVISION, code))[0] for code in divisions.codes]
        self._keys = {position: number << DIVISION_BITS for number, position in enumerate(self._positions)}
        self._known: dict[tuple[Dimension, int], GroupKey] = {}

    def __contains__(self, code: str) -> bool:
        return code in self._numbers

    def number(self, code: str) -> int:
        """The number of the division with this code."""
        return self._numbers[code]

    def coded(self, positions: Longs) -> Longs:
        """Positions of divisions in the shared trees, as keys."""
        return np.array([self._keys[position] for position in positions.tolist()], dtype=np.int64)

    def position(self, key: int) -> int:
        """The position in the shared trees of the division that a key stands for."""
        return self._positions[key >> DIVISION_BITS]

    def key(self, dimension: Dimension, place: int) -> GroupKey:
        """The member of a dimension that a key stands for."""
        pair = (dimension, place)
        if pair not in self._known:
            self._known[pair] = self._named(dimension, place)
        return self._known[pair]

    def _named(self, dimension: Dimension, place: int) -> GroupKey:
        if AXES[dimension] is not Axis.ORGANIZATION:
            return group_key(self._divisions.trees, dimension, place)
        if dimension is Dimension.DIVISION:
            return group_key(self._divisions.trees, dimension, self.position(place))
        number, own = divmod(place, 1 << DIVISION_BITS)
        return group_key(self._divisions.figures(self._divisions.codes[number]).trees, dimension, own)


class DivisionsLineage:
    """The figures behind the total of a subject over all divisions, as each of them gives its own."""

    def __init__(
        self,
        trees: Trees,
        views: Callable[[], Iterable[MemoryFigures]],
        measure: Measure,
        fiscal_year: int | None,
        nature: ExpenditureNature | None,
    ) -> None:
        """`views` gives the figures of every division, beside the subjects of all."""
        self._trees, self._views = trees, views
        self._measure, self._fiscal_year, self._nature = measure, fiscal_year, nature

    def figures(self, start: int, _stop: int) -> Placed:
        """The leaves of a subtree, by place."""
        return _interleaved([total.placed_figures() for total in self._totals(start)])

    def reported_figures(self, start: int, _stop: int) -> Placed:
        """The cells that print it, by place."""
        return _interleaved([total.placed_reports() for total in self._totals(start)])

    def _totals(self, start: int) -> Iterator[SubtreeRollup]:
        """The total of the subject that stands there in each division."""
        node = self._trees.at(start)
        for view in self._views():
            yield view.under(node, self._measure, self._fiscal_year, None, self._nature)


def _interleaved(parts: Sequence[Placed]) -> Placed:
    places = np.sort(np.concatenate([places for places, _ in parts]), kind="stable")
    return places, Interleaved.of(parts)


def division_in(id: str) -> str:
    """The code that opens the key of an id, whatever it is an id of; of a subject, something else."""
    return id.partition(":")[2].partition("/")[0]
