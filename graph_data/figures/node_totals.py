"""The total under one node of a tree: a range of prefix sums of leaves; and, when asked, what is printed and covered.

`prefix_sums` says how a range is summed. This module says which sums a node asks, and what its total knows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

import numpy as np

from graph_data.core.errors import QuestionError
from graph_data.core.terms import Classification, Dimension, ExpenditureNature, Measure
from graph_data.figures.columns import Columns, DeferredFigures, Ints, Mask, MeasureTable, Trees
from graph_data.figures.filters import check_dimension
from graph_data.figures.measures import CLASSIFICATIONS, PROJECT_MEASURES, Axis, Figure, ordinal
from graph_data.figures.prefix_sums import (
    SPAN,
    PrefixSlice,
    PrefixSums,
    SumKey,
    SumKind,
    figures_within,
    key_prefix,
    printing_cells,
)
from graph_data.figures.rollup import Coverage, Printed, Rollup
from graph_data.graph import Node, NodeKind, SubjectEntry

Tree: TypeAlias = NodeKind | Classification
PlacedFigures: TypeAlias = tuple[Ints, Sequence[Figure]]
_LAST_YEAR = 2100
_ITSELF = 64  # what a scope weighs without any numbers
_OF_SUBJECT = {classification: dimension for dimension, classification in CLASSIFICATIONS.items()}
_OF_KIND = {
    NodeKind.DIVISION: Dimension.DIVISION,
    NodeKind.DEPARTMENT: Dimension.DEPARTMENT,
    NodeKind.UNIT: Dimension.UNIT,
    NodeKind.PROJECT: Dimension.PROJECT,
}


def check_node(node: Node, measure: Measure) -> None:
    """Raises QuestionError where the measure is not published by the dimension of the node."""
    record = node.record
    dimension = _OF_SUBJECT.get(record.classification) if isinstance(record, SubjectEntry) else _OF_KIND.get(node.kind)
    if dimension is None:
        raise QuestionError(f"{measure.name} is not summed under {node.id}; ask for an organisation or a subject")
    check_dimension(measure, dimension)


def fixed_places(
    trees: Trees, measure: Measure, year: int | None, department: str | None, nature: ExpenditureNature | None
) -> dict[Axis, int]:
    """The places that narrow a total; QuestionError where the measure has no natures or the id is no department."""
    fixed: dict[Axis, int] = {}
    if department is not None:
        fixed[Axis.DEPARTMENT] = _department_place(trees, department)
    if year is not None:
        fixed[Axis.YEAR] = year if 0 <= year <= _LAST_YEAR else 0
    if nature is not None:
        check_dimension(measure, Dimension.EXPENDITURE_NATURE)
        fixed[Axis.NATURE] = ordinal(nature)
    return fixed


def _department_place(trees: Trees, id: str) -> int:
    """Its position; one beyond all others where there is no such node, so that nothing is summed."""
    node = trees.node(id)
    if node is not None and node.kind is not NodeKind.DEPARTMENT:
        raise QuestionError(f"{id} is no department; ask for an id such as department:370300/102")
    return len(trees) if node is None else trees.interval(id)[0]


class SumSource(Protocol):
    """Prefix sums of every way to ask."""

    def of(self, way: SumKey) -> PrefixSums: ...


class FigureSource(Protocol):
    """The figures behind the totals of a scope, each with its place along the axis, counted from the node."""

    def figures(self, start: int, stop: int, /) -> PlacedFigures:
        """The leaves of a subtree, by place."""

    def reported_figures(self, start: int, stop: int, /) -> PlacedFigures:
        """The cells that print it, by place."""


class TreeTotals:
    """What the totals under all nodes of one tree share: the measure, the places that narrow them, and the sums.

    `tree` is the kind of the nodes, or the classification of subjects. `leaves` is at hand, the rest made when asked.
    """

    __slots__ = ("_cells", "_members", "_nodes", "_sums", "_tree", "fixed", "leaves", "lineage", "measure")

    def __init__(
        self,
        tree: Tree,
        measure: Measure,
        fixed: Mapping[Axis, int],
        sums: SumSource,
        lineage: FigureSource,
        nodes: int,
    ) -> None:
        """`nodes` is how many positions the trees have."""
        self._tree, self.measure, self.fixed = tree, measure, fixed
        self._sums, self.lineage, self._nodes = sums, lineage, nodes
        self.leaves = self._opened(SumKind.LEAVES, axis_of(tree), fixed)
        self._cells: PrefixSlice | None = None
        self._members: PrefixSlice | None = None

    def _opened(self, summed: SumKind, axis: Axis, fixed: Mapping[Axis, int]) -> PrefixSlice:
        return self._sums.of(SumKey(summed, self.measure, axis, tuple(fixed))).opened(key_prefix(fixed), SPAN)

    @property
    def weight(self) -> int:
        """How many numbers it may come to hold, and something for itself."""
        return _ITSELF + 8 * len(self.leaves)

    def printed(self, start: int, stop: int, leaves: int) -> Printed | None:
        """What is printed for a subtree of so many leaves.

        These are the cells of the node's own row (of the whole tables, for an organisation). They cover disjoint
        leaves, all below the node: where they cover as many as there are, they cover all of them.
        """
        is_printed = self.measure not in PROJECT_MEASURES or self._tree is NodeKind.PROJECT
        if not is_printed or not leaves:
            return None
        axis = axis_of(self._tree)
        if self._cells is None:
            self._cells = self._opened(SumKind.CELLS, axis, self.fixed)
        cells = self._cells.stretch(start, row_stop(axis, start, stop))
        return (cells.fen, cells.step) if cells.counted == leaves else None

    def coverage(self, start: int, stop: int) -> Coverage:
        """How many of those below an organisation contribute; of all, for a subject."""
        if self._members is None:
            scope = dict(self.fixed)
            scope.pop(Axis.NATURE, None)
            self._members = self._opened(SumKind.MEMBERS, Axis.ORGANIZATION, scope)
        whole = (0, self._nodes) if isinstance(self._tree, Classification) else (start, stop)
        members = self._members.stretch(*whole)
        return Coverage(members.fen, members.counted)


class TableFigures:
    """The figures of a table behind totals along one axis, at just these places on the fixed axes."""

    def __init__(self, table: MeasureTable, axis: Axis, fixed: Mapping[Axis, int]) -> None:
        self._table, self._axis, self._fixed = table, axis, fixed

    def figures(self, start: int, stop: int) -> PlacedFigures:
        """The leaves of a subtree, by place."""
        leaves = self._table.leaves
        return self._placed(leaves, figures_within(leaves, self._axis, start, stop, self._fixed), start)

    def reported_figures(self, start: int, stop: int) -> PlacedFigures:
        """The cells that print it, by place."""
        cells = self._table.cells
        printing = printing_cells(self._table, self._axis, Axis.NATURE in self._fixed)
        mask = printing & figures_within(cells, self._axis, start, row_stop(self._axis, start, stop), self._fixed)
        return self._placed(cells, mask, start)

    def _placed(self, columns: Columns, mask: Mask, start: int) -> PlacedFigures:
        indexes = np.flatnonzero(mask)
        places = columns.axes[self._axis][indexes]
        order = np.argsort(places, kind="stable")
        return places[order] - np.int32(start), columns.pick(indexes[order])


def axis_of(tree: Tree) -> Axis:
    """The axis along which the nodes of a tree stand."""
    return Axis.SUBJECT if isinstance(tree, Classification) else Axis.ORGANIZATION


def row_stop(axis: Axis, start: int, stop: int) -> int:
    """Where the rows end that print a subtree: a subject has one of its own, organisations print whole tables."""
    return start + 1 if axis is Axis.SUBJECT else stop


class NodeRollup(Rollup):
    """The total of a subtree: positions [start, stop) of the trees."""

    __slots__ = ("_known", "_scope", "_start", "_stop")

    def __init__(self, scope: TreeTotals, start: int, stop: int) -> None:
        self._known: tuple[int, int, Printed | None] | None = None
        leaves = scope.leaves
        low = bisect_left(leaves.positions, start)
        self.derived = leaves.fen[bisect_left(leaves.positions, stop, low)] - leaves.fen[low]
        self._scope, self._start, self._stop = scope, start, stop

    def _sums(self) -> tuple[int, int, Printed | None]:
        """`step`, `count` and `printed`, worked out together when one of them is read."""
        if self._known is None:
            leaves = self._scope.leaves.stretch(self._start, self._stop)
            self._known = (leaves.step, leaves.counted, self._scope.printed(self._start, self._stop, leaves.counted))
        return self._known

    @property
    def step(self) -> int:
        return self._sums()[0]

    @property
    def count(self) -> int:
        return self._sums()[1]

    @property
    def printed(self) -> Printed | None:
        return self._sums()[2]

    @property
    def coverage(self) -> Coverage:
        return self._scope.coverage(self._start, self._stop)

    @property
    def figures(self) -> Sequence[Figure]:
        return DeferredFigures(self.count, lambda: self.placed_figures()[1])

    @property
    def reported_figures(self) -> Sequence[Figure]:
        return () if self.printed is None else self.placed_reports()[1]

    def placed_figures(self) -> PlacedFigures:
        """The leaves, and how far from the node each stands along the axis."""
        return self._scope.lineage.figures(self._start, self._stop)

    def placed_reports(self) -> PlacedFigures:
        """The cells that print the subtree, and how far from the node each stands along the axis."""
        return self._scope.lineage.reported_figures(self._start, self._stop)
