"""Lists that can be filtered and ordered by any of their fields: projects, indicators, findings, accounts, ….

`declared` says what fields each list has, `conditions` reads what is asked, `columns` answers it over memory and over
an index alike. Nothing here knows GraphQL.
"""

from __future__ import annotations

from graph_data.lists.columns import Lists, lists_of
from graph_data.lists.conditions import OPERATORS, Condition, Step, condition_of, steps_of
from graph_data.lists.declared import LISTS, BudgetDeviation, Field, Kind, ListType, deviations

__all__ = [
    "LISTS",
    "OPERATORS",
    "BudgetDeviation",
    "Condition",
    "Field",
    "Kind",
    "ListType",
    "Lists",
    "Step",
    "condition_of",
    "deviations",
    "lists_of",
    "steps_of",
]
