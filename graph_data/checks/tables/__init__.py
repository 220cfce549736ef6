"""Totals against the rows under them, and tables against each other."""

from __future__ import annotations

from types import ModuleType

from graph_data.checks.tables import (
    appropriated,
    appropriation,
    appropriation_revenue,
    basic,
    basic_detail,
    expenditure,
    in_and_out,
    names,
    revenue,
    subjects,
    summary,
)

CHECKS: tuple[ModuleType, ...] = (
    subjects,
    basic_detail,
    summary,
    revenue,
    expenditure,
    in_and_out,
    appropriation,
    appropriation_revenue,
    appropriated,
    basic,
    names,
)
