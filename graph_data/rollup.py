"""Totals over groups of figures: what they sum to, what the documents print, and how complete both are.

node_rollup   under one node of a tree: two array reads
rollup        by dimensions, with a filter, an order and subtotals
select        the figures themselves
score_rollup  weights and scores under a project or an indicator
cell_rollup   a cell of a statement beside the cells below it
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from graph_data.core.amount import Interval, Number
from graph_data.core.errors import QuestionError
from graph_data.core.records import FigureRecord, IndicatorRecord, LineRecord, ProjectRecord
from graph_data.core.sequences import Chain
from graph_data.core.terms import ExpenditureNature, FundingQuantity, FundSource, Measure
from graph_data.figures import DIMENSIONS, Figure
from graph_data.figures.filters import AmountFilter, TreeFilter, Where, YearFilter, check_where
from graph_data.figures.measures import MONEY_MEASURES
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
from graph_data.graph import Node

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
    """The figures of a measure (or of all that is money) that a filter lets through, in the order of the dataset.

    Raises QuestionError where the filter does not fit the measure.
    """
    if where is not None:
        check_where(measure, where)
    if measure is not None:
        return dataset.figures.select(measure, where, include_totals)
    return Chain.of([dataset.figures.select(each, where, include_totals) for each in MONEY_MEASURES])


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


_LEAF = 3


@dataclass(frozen=True, slots=True)
class ScoreRollup:
    """Weights and scores summed from level 3 (for a project with its funds block), beside what the sheet prints.

    `consistent` holds where neither the weights nor the scores contradict what is printed; None where nothing is.
    """

    derived_max_score: Decimal
    reported_max_score: Decimal | None
    derived_score: Decimal
    reported_score: Decimal | None
    consistent: bool | None
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class CellRollup:
    """A printed cell beside the sum of the cells of the line's children in the same column, in 分.

    `coverage` counts the children with a number there; a blank or a dash is nothing to add.
    """

    derived: int
    reported: int | None
    difference: int | None
    consistent: bool | None
    coverage: Coverage
    parts: tuple[FigureRecord, ...]


def score_rollup(dataset: Dataset, node_id: str) -> ScoreRollup:
    """Weights and scores under an indicator or a project. Raises QuestionError for any other node."""
    node = dataset.graph.node(node_id)
    record = node.record if node is not None else None
    if node is None or not isinstance(record, IndicatorRecord | ProjectRecord):
        raise QuestionError(f"{node_id!r} has no scores; ask for a project or an indicator")
    leaves = _leaf_indicators(dataset, node)
    funds = _funds(dataset, record) if isinstance(record, ProjectRecord) else {}
    printed = _printed(record)
    weights = [leaf.max_score for leaf in leaves] + [funds.get(FundingQuantity.MAX_SCORE)]
    scores = [leaf.score for leaf in leaves] + [funds.get(FundingQuantity.SCORE)]
    agreements = [_agree(weights, printed[0]), _agree(scores, printed[1])]
    known = [each for each in agreements if each is not None]
    return ScoreRollup(
        _sum(weights),
        _value(printed[0]),
        _sum(scores),
        _value(printed[1]),
        all(known) if known else None,
        Coverage(sum(_value(leaf.score) is not None for leaf in leaves), len(leaves)),
    )


def cell_rollup(dataset: Dataset, line: LineRecord, column: int) -> CellRollup | None:
    """A cell of a statement beside the sum of its line's children.

    None where the line has no children, or none of them nor the cell itself holds an amount.
    """
    children = [child.record for child in dataset.graph.children(dataset.line_node(line).id)]
    cells = [dataset.cell(child, column) for child in children if isinstance(child, LineRecord)]
    parts = tuple(cell for cell in cells if cell is not None and cell.number.fen is not None)
    own = dataset.cell(line, column)
    reported = own.number.fen if own is not None else None
    if not children or (not parts and reported is None):
        return None
    derived = sum(part.number.fen or 0 for part in parts)
    coverage = Coverage(len(parts), len(children))
    if own is None or reported is None or not parts:
        return CellRollup(derived, reported, None, None, coverage, parts)
    total = Interval.total(Interval.around(part.number.fen or 0, part.number.step) for part in parts)
    agree = total.overlaps(Interval.around(reported, own.number.step))
    return CellRollup(derived, reported, reported - derived, agree, coverage, parts)


def _leaf_indicators(dataset: Dataset, node: Node) -> list[IndicatorRecord]:
    records = (each.record for each in (node, *dataset.graph.descendants(node.id)))
    return [record for record in records if isinstance(record, IndicatorRecord) and record.level == _LEAF]


def _funds(dataset: Dataset, project: ProjectRecord) -> dict[FundingQuantity, Number]:
    """分值 and 得分 of the funds block: part of the 总分 beside the indicators."""
    lines = dataset.funding(project.account, project.project)
    return {line.quantity: line.number for line in lines if line.fund_source is FundSource.TOTAL}


def _printed(record: IndicatorRecord | ProjectRecord) -> tuple[Number | None, Number | None]:
    """The printed weight and score: of a group, or the 总分 row of the sheet."""
    if isinstance(record, ProjectRecord):
        return record.total_max_score, record.total_score
    return record.max_score, record.score


def _agree(parts: Sequence[Number | None], printed: Number | None) -> bool | None:
    """Could the parts add up to what is printed, each within half a unit of its last digit? None without either."""
    numbers = [part for part in parts if part is not None and part.value is not None]
    if printed is None or printed.value is None or not numbers:
        return None
    slack = sum((_half_digit(number) for number in (*numbers, printed)), Decimal(0))
    return abs(_sum(numbers) - printed.value) <= slack


def _half_digit(number: Number) -> Decimal:
    return Decimal(5).scaleb(-number.decimals - 1)


def _sum(numbers: Iterable[Number | None]) -> Decimal:
    return sum((number.value for number in numbers if number is not None and number.value is not None), Decimal(0))


def _value(number: Number | None) -> Decimal | None:
    return None if number is None else number.value
