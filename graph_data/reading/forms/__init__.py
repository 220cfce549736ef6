"""The published forms that are recognised, one module each: `FORM` says which, `read` turns a region into records."""

from __future__ import annotations

from types import ModuleType

from graph_data.reading.forms import (
    basic_detail,
    expenditure,
    fiscal_appropriation,
    general_public_budget,
    government_managed_funds,
    revenue,
    revenue_and_expenditure,
    state_capital_operations,
    three_public,
)

FORMS: tuple[ModuleType, ...] = (
    revenue_and_expenditure,
    revenue,
    expenditure,
    fiscal_appropriation,
    general_public_budget,
    basic_detail,
    government_managed_funds,
    state_capital_operations,
    three_public,
)
