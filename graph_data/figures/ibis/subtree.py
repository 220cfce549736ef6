"""The total under one node in one statement: its leaves, the cells that print it, and its members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from graph_data.core.terms import Measure
from graph_data.figures.axes import COLUMN_AXES, PROJECT_MEASURES, ROW_AXES, TOTAL, Axis
from graph_data.figures.ibis.groups import answer_row
from graph_data.figures.ibis.pages import Fetch, FigurePages, Run
from graph_data.figures.ibis.schema import AXIS_COLUMNS
from graph_data.figures.totals import Coverage, GivenRollup, Rollup
from graph_data.figures.trees import Trees
from graph_data.graph import Node, NodeKind

_LEAVES, _CELLS, _MEMBERS = 0, 1, 2  # the parts of the statement
_SUMS = ("count", "fen", "step")


def subtree_total(
    fetch: Fetch, figures: Any, members: Any, trees: Trees, node: Node, measure: Measure, fixed: Mapping[Axis, int]
) -> Rollup:
    """What the memory engine says of a node: see `subtree.subtree_total`."""
    asked = _Asked(figures, members, trees, node, measure, fixed)
    rows = [tuple(map(int, row)) for row in fetch(asked.statement())]
    part = {row[0]: row[1:4] for row in rows}
    (count, fen, step), (covered, printed_fen, printed_step) = part[_LEAVES], part[_CELLS]
    expected, counted, _ = part[_MEMBERS]
    is_printed = measure not in PROJECT_MEASURES or node.kind is NodeKind.PROJECT
    is_reported = is_printed and 0 < count == covered
    cells = FigurePages(Run(fetch, asked.cells, asked.order, None)) if is_reported else ()
    return GivenRollup(
        fen,
        step,
        count,
        (printed_fen, printed_step) if is_reported else None,
        Coverage(counted, expected),
        FigurePages(Run(fetch, asked.leaves, asked.order, count)),
        cells,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    figures: Any
    members_table: Any
    trees: Trees
    node: Node
    measure: Measure
    fixed: Mapping[Axis, int]

    @property
    def axis(self) -> Axis:
        return Axis.SUBJECT if self.node.kind is NodeKind.SUBJECT else Axis.ORGANIZATION

    @property
    def order(self) -> tuple[str, ...]:
        return (AXIS_COLUMNS[self.axis], "division", "rank")

    def leaves(self) -> Any:
        """The leaves below the node."""
        own = self._own(self.figures, self.fixed)
        return self._below(own.filter(~own.is_total))

    def cells(self) -> Any:
        """The cells that print the node: the whole tables of an organisation, the row of a subject."""
        own = self._own(self.figures, self.fixed)
        own = own.filter(own["cover"] > 0)
        row, column = ROW_AXES.get(self.measure), COLUMN_AXES.get(self.measure)
        if column is not None and Axis.NATURE not in self.fixed:
            own = own.filter(own[AXIS_COLUMNS[column]] == TOTAL)
        if self.axis is Axis.SUBJECT:
            return own.filter(own.subject == self.trees.interval(self.node.id)[0])
        if row is not None:
            own = own.filter(own[AXIS_COLUMNS[row]] == TOTAL)
        return self._below(own)

    def members(self) -> Any:
        """Who should contribute below the node; below a subject everybody."""
        own = self._own(self.members_table, {axis: at for axis, at in self.fixed.items() if axis is not Axis.NATURE})
        return own if self.axis is Axis.SUBJECT else self._below(own)

    def statement(self) -> Any:
        """One row a part: how many, 分, 分 of one last digit."""
        leaves, cells, members = self.leaves(), self.cells(), self.members()
        counted = members.counted.sum()
        parts = (
            (_LEAVES, leaves.agg(count=leaves.count(), fen=leaves.fen.sum(), step=leaves.step.sum())),
            (_CELLS, cells.agg(count=cells["cover"].sum(), fen=cells.fen.sum(), step=cells.step.sum())),
            (_MEMBERS, members.agg(count=members.expected.sum(), fen=counted, step=counted)),
        )
        rows = (answer_row(sums, place, (), 0, {name: sums[name] for name in _SUMS}) for place, sums in parts)
        return reduce(lambda one, other: one.union(other), rows)

    def _own(self, table: Any, fixed: Mapping[Axis, int]) -> Any:
        own = table.filter(table.measure == self.measure.name)
        for axis, place in fixed.items():
            own = own.filter(own[AXIS_COLUMNS[axis]] == place)
        return own

    def _below(self, table: Any) -> Any:
        start, stop = self.trees.interval(self.node.id)
        return table.filter(table[AXIS_COLUMNS[self.axis]].between(start, stop - 1))
