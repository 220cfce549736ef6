"""The divisions of an index as its figures see them: which a filter could select, and what keys stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np

from graph_data.core.sequences import Chain, Each, Numbers
from graph_data.core.terms import Dimension, ExpenditureNature, Measure
from graph_data.figures.columns import Longs, Trees
from graph_data.figures.federation.cubes import Cube
from graph_data.figures.federation.division_trees import DIVISION_BITS
from graph_data.figures.filters import TreeFilter, Where
from graph_data.figures.measures import AXES, Axis
from graph_data.figures.memory import MemoryFigures
from graph_data.figures.node_totals import NodeRollup, PlacedFigures
from graph_data.figures.rollup import GroupKey, group_key
from graph_data.graph import NodeKind
from graph_data.graph.ids import id_of

_ORGANIZATION = frozenset(
    kind.name.lower() for kind in (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.UNIT, NodeKind.PROJECT)
)


def division_of(id: str) -> str | None:
    """The division whose identity an id is: ids of the organisation open with its code."""
    kind, _, key = id.partition(":")
    return key.partition("/")[0] if kind in _ORGANIZATION and key else None


def could_hold(where: Where | None, division: str) -> bool:
    """Could a division have figures or members that the filter lets through?"""
    if where is None:
        return True
    trees = (where.division, where.department, where.unit, where.project)
    own = all(_could(each, division) for each in trees if each is not None)
    by_code = where.division is None or _could_be(where.division, division)
    return own and by_code and all(could_hold(each, division) for each in where.all_of)


def _could(tree: TreeFilter, division: str) -> bool:
    """Does every list of ids or codes hold one that is no id of another division?"""
    return all(any(division_of(each) in (None, division) for each in wanted) for wanted in _wanted(tree))


def _could_be(tree: TreeFilter, division: str) -> bool:
    """The same of divisions themselves, whose code is all that there is to know."""
    return all(any((division_of(each) or each) == division for each in wanted) for wanted in _wanted(tree))


def _wanted(tree: TreeFilter) -> Iterator[tuple[str, ...]]:
    """Each says: one of these."""
    for one in (tree.eq, tree.under):
        if one is not None:
            yield (one,)
    for several in (tree.any_of, tree.under_any):
        if several is not None:
            yield several


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


class DivisionFigures:
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

    def figures(self, start: int, _stop: int) -> PlacedFigures:
        """The leaves of a subtree, by place."""
        return interleaved([total.placed_figures() for total in self._totals(start)])

    def reported_figures(self, start: int, _stop: int) -> PlacedFigures:
        """The cells that print it, by place."""
        return interleaved([total.placed_reports() for total in self._totals(start)])

    def _totals(self, start: int) -> Iterator[NodeRollup]:
        """The total of the subject that stands there in each division."""
        node = self._trees.at(start)
        for view in self._views():
            yield view.under(node, self._measure, self._fiscal_year, None, self._nature)


def interleaved(parts: Sequence[PlacedFigures]) -> PlacedFigures:
    """Several sequences of figures as one, by place; what shares a place keeps the order of the parts."""
    places = np.concatenate([places for places, _ in parts])
    order = np.argsort(places, kind="stable")
    return places[order], Each(Numbers(order), Chain.of([figures for _, figures in parts]).__getitem__)


def division_in(id: str) -> str:
    """The code that opens the key of an id, whatever it is an id of; of a subject, something else."""
    return id.partition(":")[2].partition("/")[0]
