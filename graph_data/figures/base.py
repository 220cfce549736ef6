"""What every engine answers: the measured figures of a dataset, and every question about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, unique
from typing import Protocol

from graph_data.core.errors import QuestionError
from graph_data.core.terms import Dimension, ExpenditureNature, Measure
from graph_data.figures.figure import Figure
from graph_data.figures.keys import GroupBy, GroupKey
from graph_data.figures.totals import Rollup
from graph_data.figures.where import Where, check_dimension, check_level, check_where
from graph_data.graph import Node


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
class RollupQuestion:
    """What is summed, by what, of which figures, in which order, and whether with subtotals.

    With `subtotals` rows are added as SQL's ROLLUP adds them: for each prefix of `by`, the empty one included.
    """

    measure: Measure
    by: tuple[GroupBy, ...] = ()
    where: Where | None = None
    order_by: tuple[RollupOrder, ...] = ()
    subtotals: bool = False

    @property
    def depths(self) -> tuple[int, ...]:
        """By how many of the first dimensions rows are grouped: by all, then by fewer."""
        return tuple(range(len(self.by), -1, -1)) if self.subtotals else (len(self.by),)


@dataclass(frozen=True, slots=True)
class RollupRow:
    """One group. For a subtotal row `summed_away` names the dimensions without a key; else it is empty."""

    keys: tuple[GroupKey, ...]
    rollup: Rollup
    summed_away: tuple[Dimension, ...]


@dataclass(frozen=True, slots=True)
class RollupTable:
    """The rows of a question, in their order, and the total over everything that it selects."""

    rows: Sequence[RollupRow]
    grand_total: Rollup


class Figures(Protocol):
    """The measured figures of a dataset. Nothing in it ever changes, and every engine gives the same answers."""

    @property
    def all(self) -> Sequence[Figure]:
        """Every figure, totals included, in the order of accounts, statements, lines, columns."""

    def get(self, id: str) -> Figure | None:
        """A figure by its id."""

    def select(self, measure: Measure, where: Where | None, include_totals: bool) -> Sequence[Figure]:
        """The figures that a checked filter lets through, by department or project, year, then as published.

        A filter on what the measure is not published by lets nothing through.
        """

    def table(self, question: RollupQuestion) -> RollupTable:
        """The groups of the leaf figures, for a question that `check_question` lets pass.

        Rows come in the order asked for, ties by their keys: tree positions, years, ordinals; no code and TOTAL
        first, a dimension that is summed away last. Here too a filter may ask for what the measure is not published
        by: it lets nothing through.
        """

    def under(
        self,
        node: Node,
        measure: Measure,
        fiscal_year: int | None,
        department: str | None,
        nature: ExpenditureNature | None,
    ) -> Rollup:
        """The total under a division, department, unit, project or subject; `department` is an id.

        Raises QuestionError where the measure does not have the node's dimension or a nature, or the id is that of
        another kind of node.
        """


def check_question(question: RollupQuestion) -> None:
    """Raises QuestionError where the dimensions or the filter of a question do not fit its measure."""
    measure = question.measure
    for each in question.by:
        check_dimension(measure, each.dimension)
        check_level(each.dimension, each.level)
    seen = [each.dimension for each in question.by]
    twice = next((each for each in seen if seen.count(each) > 1), None)
    if twice is not None:
        raise QuestionError(f"{measure.name} is grouped by {twice.name} twice; name each dimension once")
    if question.where is not None:
        check_where(measure, question.where)
