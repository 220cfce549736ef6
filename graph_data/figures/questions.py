"""Group-by questions: from a measure, dimensions and a filter to groups."""

from __future__ import annotations

import numpy as np

from graph_data.core.terms import Measure
from graph_data.figures.arrays import Longs
from graph_data.figures.axes import DIMENSIONS
from graph_data.figures.base import RollupQuestion, RollupTable
from graph_data.figures.coverage import Coverages
from graph_data.figures.grouping import TableGroups
from graph_data.figures.keys import key_column
from graph_data.figures.matching import Rows, match
from graph_data.figures.members import Members
from graph_data.figures.naming import named_by
from graph_data.figures.table import Columns, MeasureTable
from graph_data.figures.trees import Trees
from graph_data.figures.where import Where


class Question:
    """A checked question put to the columns of a measure; what was found out once is held.

    `leaves` are those that its filter lets through.
    """

    def __init__(self, trees: Trees, table: MeasureTable, members: Members, asked: RollupQuestion) -> None:
        self._trees, self._table, self._asked = trees, table, asked
        self._coverages = Coverages(trees, asked.measure, members, asked.by, asked.where)
        self.answer: RollupTable | None = None
        self._groups: dict[int, TableGroups] = {}
        self.leaves = matching(trees, asked.measure, table.leaves, asked.where)

    def groups(self, depth: int) -> TableGroups:
        """The groups of the first `depth` dimensions, in the order of their keys; none where there are no leaves."""
        found = self._groups.get(depth)
        if found is None:
            found = self._groups[depth] = self._grouped(depth)
        return found

    def _grouped(self, depth: int) -> TableGroups:
        by = self._asked.by[:depth]
        keys = [key_column(self._trees, self._table.leaves.axes, each)[self.leaves] for each in by]
        named = named_by(self._trees, self._asked.measure, by, self._asked.where)
        axes = [each.axis for each in by]
        return TableGroups(self._table, self._trees, self.leaves, keys, axes, named, self._coverages)


def matching(trees: Trees, measure: Measure, columns: Columns, where: Where | None) -> Longs:
    """The indexes of the figures that a filter lets through."""
    if where is None:
        return np.arange(len(columns), dtype=np.int64)
    rows = Rows(trees, columns.axes, columns.fen, DIMENSIONS[measure])
    return np.flatnonzero(match(rows, where).certain).astype(np.int64)
