"""The weights, scores and achievement of the indicators of a sheet."""

from __future__ import annotations

from types import ModuleType

from graph_data.checks.indicators import (
    achievement,
    scores,
    stated,
    weights,
)

CHECKS: tuple[ModuleType, ...] = (
    weights,
    scores,
    achievement,
    stated,
)
