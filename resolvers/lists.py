"""Lists that are filtered and ordered by any of their fields, by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph_data.core.terms import Classification
from graph_data.dataset import Dataset
from graph_data.graph import Node
from graph_data.lists import BudgetDeviation, ListType, condition_of, lists_of, steps_of
from resolvers.final_accounts import SubjectDeviation
from resolvers.paging import Cut, Page, page

Order = Sequence[tuple[str, bool]]


def selected(
    dataset: Dataset, of: ListType, where: Mapping[str, Any] | None, order: Order, cut: Cut, **more: Any
) -> Page[Any]:
    """A page of what a filter lets through, and each of the conditions of `more` (by field) that is not None.

    Raises QuestionError for what the list has no field for, MemberError for members that are unknown.
    """
    given = {name: each for name, each in more.items() if each is not None}
    condition = condition_of(dataset, of, {"and": [where or {}, given]})
    steps = steps_of(of, order)
    items = lists_of(dataset).select(of, condition, steps)
    return page(dataset.version, (of.name, condition, steps), items, cut)


def deviation_of(dataset: Dataset, deviation: BudgetDeviation) -> SubjectDeviation:
    """A deviation with the subject that it is of. Raises LookupError where the dataset has none such."""
    subject: Node | None = dataset.subject(Classification.FUNCTIONAL, deviation.record.code or "")
    if subject is None:
        raise LookupError(f"{deviation.record.item} is of no subject")
    return SubjectDeviation(subject, deviation)
