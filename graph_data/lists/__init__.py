"""Lists that can be filtered and ordered by any of their fields: projects, indicators, findings, accounts, ….

`declared` says what fields each list has, `conditions` reads what is asked, `columns` answers it over memory and over
an index alike. Nothing here knows GraphQL.
"""

from __future__ import annotations

from graph_data.lists.columns import Lists, lists_of
from graph_data.lists.conditions import (
    OPERATORS,
    Condition,
    Step,
    condition_of,
    holds,
    order_of,
    require_known,
    steps_of,
)
from graph_data.lists.declared import LISTS, entry_of
from graph_data.lists.deviations import BudgetDeviation, deviations
from graph_data.lists.fields import ACCOUNT, Entry, Field, Kind, ListType
from graph_data.lists.figures import FIGURE_FIELDS, FIGURE_OPERATORS, figure_where

__all__ = [
    "ACCOUNT",
    "FIGURE_FIELDS",
    "FIGURE_OPERATORS",
    "LISTS",
    "OPERATORS",
    "BudgetDeviation",
    "Condition",
    "Entry",
    "Field",
    "Kind",
    "ListType",
    "Lists",
    "Step",
    "condition_of",
    "deviations",
    "entry_of",
    "figure_where",
    "holds",
    "lists_of",
    "order_of",
    "require_known",
    "steps_of",
]
