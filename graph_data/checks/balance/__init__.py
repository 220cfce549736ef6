"""What came in against what went out."""

from __future__ import annotations

from types import ModuleType

from graph_data.checks.balance import (
    appropriation,
    funds,
    totals,
)

CHECKS: tuple[ModuleType, ...] = (
    totals,
    appropriation,
    funds,
)
