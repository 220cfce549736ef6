"""Totals over groups of figures: what they sum to, what the documents print, and how complete both are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, unique
from typing import TYPE_CHECKING

import numpy as np

from graph_data.amount import Interval
from graph_data.errors import QuestionError
from graph_data.figures import DIMENSIONS, Axis, Figure, MeasureTable
from graph_data.figures.axes import CLASSIFICATIONS, PROJECT_MEASURES, ordinal
from graph_data.figures.coverage import Coverage, Coverages
from graph_data.figures.grouping import Groups, group
from graph_data.figures.keys import GroupBy, GroupKey, group_key, key_column
from graph_data.figures.matching import Rows, match
from graph_data.figures.memory import opening
from graph_data.figures.naming import fund_of, named_by
from graph_data.figures.sums import Longs
from graph_data.figures.where import (
    AmountFilter,
    TreeFilter,
    Where,
    YearFilter,
    check_dimension,
    check_level,
    check_where,
)
from graph_data.graph import Graph, Node, NodeKind, SubjectEntry
from graph_data.scores import CellRollup, ScoreRollup, cell_rollup, score_rollup
from graph_data.terms import Dimension, ExpenditureNature, Measure

if TYPE_CHECKING:
    from graph_data.dataset import Dataset

__all__ = [
    "DIMENSIONS",
    "AmountFilter",
    "CellRollup",
    "Coverage",
    "GroupBy",
    "GroupKey",
    "OrderKey",
    "Rollup",
    "RollupOrder",
    "RollupRow",
    "RollupTable",
    "ScoreRollup",
    "TreeFilter",
    "Where",
    "YearFilter",
    "cell_rollup",
    "node_rollup",
    "rollup",
    "score_rollup",
    "select",
]


@dataclass(frozen=True, slots=True)
class Rollup:
    """A total over one group, in 分.

    `figures` are the leaves that were summed, `reported_figures` the printed numbers that make up `reported`;
    both are lazy sequences (len and slices are cheap).
    """

    derived: int
    reported: int | None
    difference: int | None
    consistent: bool | None
    coverage: Coverage
    figures: Sequence[Figure]
    reported_figures: Sequence[Figure]


@dataclass(frozen=True, slots=True)
class RollupRow:
    """One group. For a subtotal row `summed_away` names the dimensions without a key; else it is empty."""

    keys: tuple[GroupKey, ...]
    rollup: Rollup
    summed_away: tuple[Dimension, ...]


@dataclass(frozen=True, slots=True)
class RollupTable:
    """The rows of a question, in their order, and the total over everything that it selects."""

    rows: tuple[RollupRow, ...]
    grand_total: Rollup


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
class _Question:
    """A checked question: its table, its leaves, and how often each group is covered."""

    graph: Graph
    table: MeasureTable
    by: tuple[GroupBy, ...]
    where: Where | None
    leaves: Longs
    coverages: Coverages

    def groups(self, depth: int) -> Groups | None:
        """The groups of the first `depth` dimensions."""
        by = self.by[:depth]
        keys = [key_column(self.graph, self.table.leaves.axes, each)[self.leaves] for each in by]
        named = named_by(self.graph, self.table.measure, by, self.where)
        return group(self.table, self.graph, self.leaves, keys, [each.axis for each in by], named)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row and what it is ordered by: the places of its keys, a summed-away one after all others."""

    row: RollupRow
    places: tuple[tuple[bool, int], ...]


def rollup(
    dataset: Dataset,
    measure: Measure,
    by: Sequence[GroupBy],
    where: Where | None = None,
    order_by: Sequence[RollupOrder] = (),
    subtotals: bool = False,
) -> RollupTable:
    """Group the leaf figures of a measure.

    With `subtotals` rows are added as SQL's ROLLUP adds them: for each prefix of `by`, the empty one included.
    Raises QuestionError where the question does not fit the measure.
    """
    _check_by(measure, by)
    if where is not None:
        check_where(measure, where)
    question = _question(dataset, measure, tuple(by), where)
    depths = range(len(by), -1, -1) if subtotals else (len(by),)
    rows = [row for depth in depths for row in _rows(question, depth)]
    return RollupTable(tuple(each.row for each in _ordered(rows, order_by)), _grand_total(question))


def select(
    dataset: Dataset, measure: Measure | None = None, where: Where | None = None, include_totals: bool = False
) -> Sequence[Figure]:
    """The figures of a measure (or of all) that a filter lets through, in the order of the dataset.

    Raises QuestionError where the filter does not fit the measure.
    """
    if where is not None:
        check_where(measure, where)
    if measure is not None:
        return _selected(dataset, measure, where, include_totals)
    return tuple(figure for each in Measure for figure in _selected(dataset, each, where, include_totals))


def node_rollup(
    dataset: Dataset,
    node_id: str,
    measure: Measure,
    fiscal_year: int | None = None,
    department: str | None = None,
    nature: ExpenditureNature | None = None,
) -> Rollup:
    """The total under a division, department, unit, project or subject: two array reads.

    `department` is an id. Raises QuestionError where the measure does not have the node's dimension or a nature.
    """
    graph = dataset.graph
    node = _asked(graph, node_id, measure)
    if nature is not None:
        check_dimension(measure, Dimension.EXPENDITURE_NATURE)
    fixed: dict[Axis, int] = {}
    if department is not None:
        fixed[Axis.DEPARTMENT] = _department_place(graph, department)
    if fiscal_year is not None:
        fixed[Axis.YEAR] = fiscal_year if 0 <= fiscal_year <= _LAST_YEAR else 0
    if nature is not None:
        fixed[Axis.NATURE] = ordinal(nature)
    return _node_total(dataset, node, measure, fixed)


_LAST_YEAR = 2100


def _asked(graph: Graph, node_id: str, measure: Measure) -> Node:
    node = graph.node(node_id)
    if node is None:
        raise QuestionError(f"there is no node {node_id!r}; ask for an id such as department:370300/102")
    if isinstance(node.record, SubjectEntry):
        of_subject = {classification: dimension for dimension, classification in CLASSIFICATIONS.items()}
        dimension = of_subject.get(node.record.classification)
    else:
        dimension = Dimension.__members__.get(node.kind.name) if node.level else None
    if dimension is None or node.kind is NodeKind.THREE_PUBLIC_ITEM:
        raise QuestionError(f"{measure.name} is not summed under {node.id}; ask for an organisation or a subject")
    check_dimension(measure, dimension)
    return node


def _department_place(graph: Graph, id: str) -> int:
    node = graph.node(id)
    if node is not None and node.kind is not NodeKind.DEPARTMENT:
        raise QuestionError(f"{id} is no department; ask for an id such as department:370300/102")
    return len(graph) if node is None else graph.interval(id)[0]


def _node_total(dataset: Dataset, node: Node, measure: Measure, fixed: dict[Axis, int]) -> Rollup:
    figures, axes = dataset.figures, tuple(fixed)
    axis = Axis.SUBJECT if node.kind is NodeKind.SUBJECT else Axis.ORGANIZATION
    start, stop = dataset.graph.interval(node.id)
    base = opening(fixed)
    leaves, cells = figures.leaf_sums(measure, axis, axes), figures.cell_sums(measure, axis, axes)
    first, last = base + start, base + stop
    derived = leaves.stretch(first, last)
    row_last = first + 1 if axis is Axis.SUBJECT else last
    printed = cells.stretch(first, row_last)
    is_printed = measure not in PROJECT_MEASURES or node.kind is NodeKind.PROJECT
    is_reported = is_printed and 0 < derived.count == printed.count
    table = figures.tables[measure]
    return _total(
        derived.fen,
        derived.step,
        (printed.fen, printed.step) if is_reported else None,
        _node_coverage(dataset, node, measure, fixed),
        table.leaves.pick(leaves.members(first, last)),
        table.cells.pick(cells.members(first, row_last) if is_reported else _NONE),
    )


def _node_coverage(dataset: Dataset, node: Node, measure: Measure, fixed: dict[Axis, int]) -> Coverage:
    scope: dict[Axis, int] = {axis: place for axis, place in fixed.items() if axis is not Axis.NATURE}
    whole = node.kind is NodeKind.SUBJECT
    start, stop = (0, len(dataset.graph)) if whole else dataset.graph.interval(node.id)
    base = opening(scope)
    members = dataset.figures.member_sums(measure, tuple(scope)).stretch(base + start, base + stop)
    return Coverage(members.fen, members.count)


_NONE = np.zeros(0, dtype=np.int64)


def _total(
    derived: int,
    step: int,
    reported: tuple[int, int] | None,
    coverage: Coverage,
    figures: Sequence[Figure],
    reported_figures: Sequence[Figure],
) -> Rollup:
    """`reported` is (分, 分 of one last digit); the intervals of both sums say whether they agree."""
    if reported is None:
        return Rollup(derived, None, None, None, coverage, figures, reported_figures)
    agree = Interval.around(derived, step).overlaps(Interval.around(*reported))
    return Rollup(derived, reported[0], reported[0] - derived, agree, coverage, figures, reported_figures)


def _check_by(measure: Measure, by: Sequence[GroupBy]) -> None:
    for each in by:
        check_dimension(measure, each.dimension)
        check_level(each.dimension, each.level)
    seen = [each.dimension for each in by]
    twice = next((each for each in seen if seen.count(each) > 1), None)
    if twice is not None:
        raise QuestionError(f"{measure.name} is grouped by {twice.name} twice; name each dimension once")


def _question(dataset: Dataset, measure: Measure, by: tuple[GroupBy, ...], where: Where | None) -> _Question:
    table, graph = dataset.figures.tables[measure], dataset.graph
    rows = Rows(graph, table.leaves.axes, table.leaves.fen, DIMENSIONS[measure])
    leaves = np.flatnonzero(match(rows, where).certain) if where else np.arange(len(table.leaves))
    coverages = Coverages(graph, measure, dataset.figures.members[measure], by, where, fund_of(where))
    return _Question(graph, table, by, where, leaves.astype(np.int64), coverages)


def _selected(dataset: Dataset, measure: Measure, where: Where | None, include_totals: bool) -> Sequence[Figure]:
    table = dataset.figures.tables[measure]
    columns = table.every if include_totals else table.leaves
    rows = Rows(dataset.graph, columns.axes, columns.fen, DIMENSIONS[measure])
    kept = np.flatnonzero(match(rows, where).certain) if where else np.arange(len(columns))
    return columns.pick(kept.astype(np.int64))


def _rows(question: _Question, depth: int) -> Iterator[_Row]:
    groups = question.groups(depth)
    if groups is None:
        return
    dimensions = [each.dimension for each in question.by]
    names: dict[tuple[Dimension, int], GroupKey] = {}
    columns = [column.tolist() for column in groups.keys]
    rollups = _rollups(question, groups, columns)
    for places, total in zip(zip(*columns, strict=True) if columns else [()], rollups, strict=True):
        keys = []
        for dimension, place in zip(dimensions, places, strict=False):
            if (dimension, place) not in names:
                names[dimension, place] = group_key(question.graph, dimension, place)
            keys.append(names[dimension, place])
        order = tuple((False, place) for place in places) + ((True, 0),) * (len(dimensions) - depth)
        yield _Row(RollupRow(tuple(keys), total, tuple(dimensions[depth:])), order)


def _rollups(question: _Question, groups: Groups, columns: Sequence[Sequence[int]]) -> Iterator[Rollup]:
    table, bounds, cell_bounds = question.table, groups.bounds.tolist(), groups.cell_bounds.tolist()
    derived, steps = groups.fen.tolist(), groups.step.tolist()
    reported, reported_steps = groups.reported_fen.tolist(), groups.reported_step.tolist()
    for at, is_reported in enumerate(groups.is_reported.tolist()):
        cells = groups.cells[cell_bounds[at] : cell_bounds[at + 1]] if is_reported else _NONE
        yield _total(
            derived[at],
            steps[at],
            (reported[at], reported_steps[at]) if is_reported else None,
            question.coverages.of([column[at] for column in columns]),
            table.leaves.pick(groups.leaves[bounds[at] : bounds[at + 1]]),
            table.cells.pick(cells),
        )


def _grand_total(question: _Question) -> Rollup:
    groups = question.groups(0)
    if groups is None:
        return _total(0, 0, None, question.coverages.of([]), (), ())
    return next(_rollups(question, groups, []))


def _ordered(rows: list[_Row], order_by: Sequence[RollupOrder]) -> list[_Row]:
    rows = sorted(rows, key=lambda each: each.places)
    for order in reversed(order_by):
        if order.by is OrderKey.AMOUNT:
            rows.sort(key=lambda each: each.row.rollup.derived, reverse=order.descending)
        else:
            rows.sort(key=lambda each: each.places, reverse=order.descending)
    return rows
