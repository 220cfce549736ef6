"""What the text states against the tables, and against itself."""

from __future__ import annotations

from graph_data.checks.prose import (
    agency_operating,
    completion,
    directions,
    growth,
    initial_budget,
    listed,
    procurement,
    reasons,
    repeated,
    shares,
    slips,
    subjects,
    template,
    three_public_counts,
    totals,
    vehicles,
)
from graph_data.checks.wording import Check

CHECKS: tuple[Check, ...] = (
    totals.CHECK,
    shares.CHECK,
    completion.CHECK,
    growth.CHECK,
    initial_budget.CHECK,
    directions.CHECK,
    repeated.CHECK,
    procurement.CHECK,
    listed.CHECK,
    template.CHECK,
    vehicles.CHECK,
    three_public_counts.CHECK,
    subjects.CHECK,
    reasons.CHECK,
    agency_operating.CHECK,
    slips.CHECK,
)
