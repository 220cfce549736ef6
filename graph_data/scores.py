"""Sums down a printed tree, beside what it prints: scores and weights of indicators, cells of a statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from graph_data.core.amount import Interval, Number
from graph_data.core.errors import QuestionError
from graph_data.core.records import FigureRecord, IndicatorRecord, LineRecord, ProjectRecord
from graph_data.core.terms import FundingQuantity, FundSource
from graph_data.figures.rollup import Coverage
from graph_data.graph import Node

if TYPE_CHECKING:
    from graph_data.dataset import Dataset

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
