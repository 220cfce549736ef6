"""What came in against what went out."""

from __future__ import annotations

from graph_data.checks.balance import (
    appropriation,
    funds,
    totals,
)
from graph_data.checks.wording import Check

CHECKS: tuple[Check, ...] = (
    totals.CHECK,
    appropriation.CHECK,
    funds.CHECK,
)
