"""What the text states against the tables, and against itself."""

from __future__ import annotations

from types import ModuleType

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

CHECKS: tuple[ModuleType, ...] = (
    totals,
    shares,
    completion,
    growth,
    initial_budget,
    directions,
    repeated,
    procurement,
    vehicles,
    three_public_counts,
)
