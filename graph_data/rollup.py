"""Totals over groups of figures: what they sum to, what the documents print, and how complete both are.

node_rollup   under one node of a tree: two array reads
rollup        by dimensions, with a filter, an order and subtotals
select        the figures themselves
score_rollup  weights and scores under a project or an indicator
cell_rollup   a cell of a statement beside the cells below it
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph_data.core.errors import QuestionError
from graph_data.core.terms import ExpenditureNature, Measure
from graph_data.figures import DIMENSIONS, Figure
from graph_data.figures.columns import Chained
from graph_data.figures.filters import AmountFilter, TreeFilter, Where, YearFilter, check_where
from graph_data.figures.rollup import (
    Coverage,
    GivenRollup,
    GroupBy,
    GroupKey,
    OrderKey,
    Rollup,
    RollupOrder,
    RollupQuestion,
    RollupRow,
    RollupTable,
    check_question,
)
from graph_data.scores import CellRollup, ScoreRollup, cell_rollup, score_rollup

if TYPE_CHECKING:
    from graph_data.dataset import Dataset

__all__ = [
    "DIMENSIONS",
    "AmountFilter",
    "CellRollup",
    "Coverage",
    "GivenRollup",
    "GroupBy",
    "GroupKey",
    "OrderKey",
    "Rollup",
    "RollupOrder",
    "RollupQuestion",
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
    question = RollupQuestion(measure, tuple(by), where, tuple(order_by), subtotals)
    check_question(question)
    return dataset.figures.table(question)


def select(
    dataset: Dataset, measure: Measure | None = None, where: Where | None = None, include_totals: bool = False
) -> Sequence[Figure]:
    """The figures of a measure (or of all) that a filter lets through, in the order of the dataset.

    Raises QuestionError where the filter does not fit the measure.
    """
    if where is not None:
        check_where(measure, where)
    if measure is not None:
        return dataset.figures.select(measure, where, include_totals)
    return Chained([dataset.figures.select(each, where, include_totals) for each in Measure])


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
    node = dataset.graph.node(node_id)
    if node is None:
        raise QuestionError(f"there is no node {node_id!r}; ask for an id such as department:370300/102")
    return dataset.figures.under(node, measure, fiscal_year, department, nature)
