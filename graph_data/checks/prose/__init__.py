"""What the text states against the tables, and against itself."""

from __future__ import annotations

from graph_data.checks.prose import (
    completion,
    directions,
    growth,
    initial_budget,
    procurement,
    repeated,
    shares,
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
    vehicles.CHECK,
    three_public_counts.CHECK,
)
