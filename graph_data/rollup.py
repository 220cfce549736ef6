"""Totals over groups of figures: what they sum to, what the documents print, and how complete both are.

node_rollup   under one node of a tree: two array reads
rollup        by dimensions, with a filter, an order and subtotals
select        the figures themselves
score_rollup  weights and scores under a project or an indicator
cell_rollup   a cell of a statement beside the cells below it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_data.figures import DIMENSIONS, Figure
from graph_data.figures.coverage import Coverage
from graph_data.figures.keys import GroupBy, GroupKey
from graph_data.figures.questions import OrderKey, Question, RollupOrder, RollupRow, matching, ordered
from graph_data.figures.subtree import asked_node, fixed_places, subtree_total
from graph_data.figures.totals import Rollup
from graph_data.figures.where import AmountFilter, TreeFilter, Where, YearFilter, check_where
from graph_data.scores import CellRollup, ScoreRollup, cell_rollup, score_rollup
from graph_data.terms import ExpenditureNature, Measure

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
class RollupTable:
    """The rows of a question, in their order, and the total over everything that it selects."""

    rows: tuple[RollupRow, ...]
    grand_total: Rollup


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
    question = Question.ask(dataset.graph, dataset.figures, measure, by, where)
    depths = range(len(by), -1, -1) if subtotals else (len(by),)
    rows = [row for depth in depths for row in question.rows(depth)]
    return RollupTable(ordered(rows, order_by), question.grand_total())


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
    node = asked_node(dataset.graph, node_id, measure)
    fixed = fixed_places(dataset.graph, measure, fiscal_year, department, nature)
    return subtree_total(dataset.graph, dataset.figures, node, measure, fixed)


def _selected(dataset: Dataset, measure: Measure, where: Where | None, include_totals: bool) -> Sequence[Figure]:
    table = dataset.figures.tables[measure]
    columns = table.every if include_totals else table.leaves
    return columns.pick(matching(dataset.graph, measure, columns, where))
