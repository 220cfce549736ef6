"""Totals against the rows under them, and tables against each other."""

from __future__ import annotations

from graph_data.checks.tables import (
    appropriated,
    appropriation,
    appropriation_revenue,
    basic,
    basic_detail,
    expenditure,
    in_and_out,
    names,
    order,
    revenue,
    subjects,
    summary,
)
from graph_data.checks.wording import Check

CHECKS: tuple[Check, ...] = (
    subjects.CHECK,
    basic_detail.CHECK,
    summary.CHECK,
    revenue.CHECK,
    expenditure.CHECK,
    in_and_out.CHECK,
    appropriation.CHECK,
    appropriation_revenue.CHECK,
    appropriated.CHECK,
    basic.CHECK,
    names.CHECK,
    order.CHECK,
)
