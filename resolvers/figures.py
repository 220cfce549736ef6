"""Published figures, one by one, and totals over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph_data import rollup as totals
from graph_data.core.records import AccountKey
from graph_data.core.terms import ExpenditureNature, Measure
from graph_data.dataset import Dataset
from graph_data.figures import Figure
from graph_data.graph import Node
from graph_data.rollup import GroupBy, Rollup, RollupOrder, RollupRow, Where
from resolvers.nodes import require_id
from resolvers.paging import Cut, Page, page


def figures(
    dataset: Dataset, measure: Measure | None, where: Where | None, include_totals: bool, cut: Cut
) -> Page[Figure]:
    """A page of the figures that a filter lets through, in the order of the dataset."""
    found = totals.select(dataset, measure, where, include_totals)
    return page(dataset.version, ("figures", measure, where, include_totals), found, cut)


def lineage(dataset: Dataset, name: str, found: Sequence[Figure], cut: Cut) -> Page[Figure]:
    """A page of the figures behind one total; the list is told from others by what it begins and ends with."""
    ends = (found[0].id, found[-1].id, len(found)) if found else ()
    return page(dataset.version, (name, ends), found, cut)


@dataclass(frozen=True, slots=True)
class RollupQuestion:
    """What is summed, by what, of which figures, in which order, and whether with subtotals."""

    measure: Measure
    by: tuple[GroupBy, ...]
    where: Where | None
    order_by: tuple[RollupOrder, ...]
    subtotals: bool


@dataclass(frozen=True, slots=True)
class RollupPage:
    """A page of rows, and the total over everything that the question selects."""

    page: Page[RollupRow]
    grand_total: Rollup


def rollup_rows(dataset: Dataset, question: RollupQuestion, cut: Cut) -> RollupPage:
    """Group the leaf figures of a measure. Raises QuestionError where the question does not fit the measure."""
    table = totals.rollup(dataset, question.measure, question.by, question.where, question.order_by, question.subtotals)
    return RollupPage(page(dataset.version, ("rollup", question), table.rows, cut), table.grand_total)


def total_of(dataset: Dataset, account: AccountKey, measure: Measure, nature: ExpenditureNature | None) -> Rollup:
    """The total of one account: a department's, or a unit's own, which is no part of its department's then."""
    department = dataset.department_node(account)
    if dataset.identities.owners[account] == department.id:
        return rollup_of(dataset, department, measure, account.fiscal_year, nature=nature)
    return dataset.figures_of(account).under(department, measure, account.fiscal_year, None, nature)


def rollup_of(
    dataset: Dataset,
    node: Node,
    measure: Measure,
    fiscal_year: int | None = None,
    department: str | None = None,
    nature: ExpenditureNature | None = None,
) -> Rollup:
    """The total under one node of the organisation or of the subjects; `department` is an id."""
    if department is not None:
        require_id(department)
    return dataset.figures.under(node, measure, fiscal_year, department, nature)
