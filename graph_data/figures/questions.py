"""Group-by questions: from a measure, dimensions and a filter to ordered rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, unique

import numpy as np

from graph_data.errors import QuestionError
from graph_data.figures.axes import DIMENSIONS
from graph_data.figures.coverage import Coverages
from graph_data.figures.grouping import Groups, group
from graph_data.figures.keys import GroupBy, GroupKey, group_key, key_column
from graph_data.figures.matching import Rows, match
from graph_data.figures.memory import MemoryFigures
from graph_data.figures.naming import fund_of, named_by
from graph_data.figures.sums import Longs
from graph_data.figures.table import Columns, MeasureTable
from graph_data.figures.totals import NONE, Rollup, total
from graph_data.figures.where import Where, check_dimension, check_level, check_where
from graph_data.graph import Graph
from graph_data.terms import Dimension, Measure


@dataclass(frozen=True, slots=True)
class RollupRow:
    """One group. For a subtotal row `summed_away` names the dimensions without a key; else it is empty."""

    keys: tuple[GroupKey, ...]
    rollup: Rollup
    summed_away: tuple[Dimension, ...]


@unique
class OrderKey(Enum):
    """What rows are ordered by: the derived amount, or their keys."""

    AMOUNT = "AMOUNT"
    KEY = "KEY"


@dataclass(frozen=True, slots=True)
class RollupOrder:
    """One step of an order; ties fall to the next step and at last to the keys in tree order."""

    by: OrderKey
    descending: bool = True


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row and what it is ordered by: the places of its keys, a summed-away one after all others."""

    row: RollupRow
    places: tuple[tuple[bool, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A checked question: its table, its leaves, and how well each group is covered."""

    graph: Graph
    table: MeasureTable
    by: tuple[GroupBy, ...]
    where: Where | None
    leaves: Longs
    coverages: Coverages

    @classmethod
    def ask(
        cls, graph: Graph, figures: MemoryFigures, measure: Measure, by: Sequence[GroupBy], where: Where | None
    ) -> Question:
        """Raises QuestionError where the dimensions or the filter do not fit the measure."""
        _check_by(measure, by)
        if where is not None:
            check_where(measure, where)
        table = figures.tables[measure]
        leaves = matching(graph, measure, table.leaves, where)
        coverages = Coverages(graph, measure, figures.members[measure], by, where, fund_of(where))
        return cls(graph, table, tuple(by), where, leaves, coverages)

    def rows(self, depth: int) -> Iterator[PlacedRow]:
        """The groups of the first `depth` dimensions, in the order of their keys."""
        groups = self._groups(depth)
        if groups is None:
            return
        dimensions = [each.dimension for each in self.by]
        names: dict[tuple[Dimension, int], GroupKey] = {}
        for places, rollup in self._rollups(groups):
            for pair in zip(dimensions, places, strict=False):
                if pair not in names:
                    names[pair] = group_key(self.graph, *pair)
            keys = tuple(names[pair] for pair in zip(dimensions, places, strict=False))
            order = tuple((False, place) for place in places) + ((True, 0),) * (len(dimensions) - depth)
            yield PlacedRow(RollupRow(keys, rollup, tuple(dimensions[depth:])), order)

    def grand_total(self) -> Rollup:
        """The total over everything that the filter lets through."""
        groups = self._groups(0)
        if groups is None:
            return total(0, 0, None, self.coverages.of(()), (), ())
        return next(self._rollups(groups))[1]

    def _groups(self, depth: int) -> Groups | None:
        by = self.by[:depth]
        keys = [key_column(self.graph, self.table.leaves.axes, each)[self.leaves] for each in by]
        named = named_by(self.graph, self.table.measure, by, self.where)
        return group(self.table, self.graph, self.leaves, keys, [each.axis for each in by], named)

    def _rollups(self, groups: Groups) -> Iterator[tuple[tuple[int, ...], Rollup]]:
        """Each group's keys and total."""
        leaves, cells = self.table.leaves, self.table.cells
        keys = list(zip(*(column.tolist() for column in groups.keys), strict=True)) or [()]
        bounds, cell_bounds = groups.bounds.tolist(), groups.cell_bounds.tolist()
        derived, steps = groups.fen.tolist(), groups.step.tolist()
        reported = list(zip(groups.reported_fen.tolist(), groups.reported_step.tolist(), strict=True))
        for at, is_reported in enumerate(groups.is_reported.tolist()):
            printed = groups.cells[cell_bounds[at] : cell_bounds[at + 1]] if is_reported else NONE
            summed = leaves.pick(groups.leaves[bounds[at] : bounds[at + 1]])
            rollup = total(
                derived[at],
                steps[at],
                reported[at] if is_reported else None,
                self.coverages.of(keys[at]),
                summed,
                cells.pick(printed),
            )
            yield keys[at], rollup


def matching(graph: Graph, measure: Measure, columns: Columns, where: Where | None) -> Longs:
    """The indexes of the rows that a filter lets through."""
    if where is None:
        return np.arange(len(columns), dtype=np.int64)
    rows = Rows(graph, columns.axes, columns.fen, DIMENSIONS[measure])
    return np.flatnonzero(match(rows, where).certain).astype(np.int64)


def ordered(rows: Sequence[PlacedRow], order_by: Sequence[RollupOrder]) -> tuple[RollupRow, ...]:
    """The rows in the order asked for; at last by their keys in tree order, so that it is total."""
    found = sorted(rows, key=lambda each: each.places)
    for order in reversed(order_by):
        if order.by is OrderKey.AMOUNT:
            found.sort(key=lambda each: each.row.rollup.derived, reverse=order.descending)
        else:
            found.sort(key=lambda each: each.places, reverse=order.descending)
    return tuple(each.row for each in found)


def _check_by(measure: Measure, by: Sequence[GroupBy]) -> None:
    for each in by:
        check_dimension(measure, each.dimension)
        check_level(each.dimension, each.level)
    seen = [each.dimension for each in by]
    twice = next((each for each in seen if seen.count(each) > 1), None)
    if twice is not None:
        raise QuestionError(f"{measure.name} is grouped by {twice.name} twice; name each dimension once")
