"""Published figures, one by one, and totals over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph_data.analysis import AnalysisQuestion, AnalysisTable, Group, analyze
from graph_data.core.terms import Measure
from graph_data.dataset import Dataset
from graph_data.figures import Figure
from graph_data.rollup import GroupBy, Rollup, RollupOrder, RollupRow, Where
from graph_data.scope import Scope, scoped_figures, scoped_rollup
from resolvers.paging import Cut, Page, page


def figures(
    dataset: Dataset, measure: Measure | None, where: Where | None, include_totals: bool, cut: Cut
) -> Page[Figure]:
    """A page of the figures that a filter lets through, in the order of the dataset.

    Raises QuestionError where the filter does not fit the measure, MemberError for members that are unknown.
    """
    found = scoped_figures(dataset, measure, where, include_totals)
    return page(dataset.version, ("figures", measure, where, include_totals), found, cut)


def lineage(dataset: Dataset, name: str, found: Sequence[Figure], cut: Cut) -> Page[Figure]:
    """A page of the figures behind one total; the list is told from others by what it begins and ends with."""
    ends = (found[0].id, found[-1].id, len(found)) if found else ()
    return page(dataset.version, (name, ends), found, cut)


@dataclass(frozen=True, slots=True)
class RollupQuestion:
    """What is summed, by what, of which figures, in which order, whether with subtotals, and whether across years."""

    measure: Measure
    by: tuple[GroupBy, ...]
    where: Where | None
    order_by: tuple[RollupOrder, ...]
    subtotals: bool
    across_years: bool = False


@dataclass(frozen=True, slots=True)
class RollupPage:
    """A page of rows, what they are about, and the total over everything that the question selects, with its own."""

    page: Page[RollupRow]
    scope: Scope
    grand_total: Callable[[], tuple[Rollup, Scope]]


def rollup_rows(dataset: Dataset, question: RollupQuestion, cut: Cut) -> RollupPage:
    """Group the leaf figures of a measure.

    Raises QuestionError where the question does not fit the measure, MemberError for members that are unknown.
    """
    table = scoped_rollup(
        dataset,
        question.measure,
        question.by,
        question.where,
        question.order_by,
        question.subtotals,
        question.across_years,
    )
    return RollupPage(page(dataset.version, ("rollup", question), table.rows, cut), table.scope, table.grand_total)


def analysis(dataset: Dataset, question: AnalysisQuestion) -> AnalysisTable:
    """A table of several columns by group. Raises QuestionError, MemberError for members that are unknown."""
    return analyze(dataset, question)


def analysis_rows(dataset: Dataset, table: AnalysisTable, cut: Cut) -> Page[Group]:
    """A page of the rows of a table, those of totals last."""
    return page(dataset.version, ("analysis", table.question), table.rows, cut)
