"""Numbers against what their names and definitions say that they are."""

from __future__ import annotations

from types import ModuleType

from graph_data.checks.meaning import (
    directions,
    natures,
    units,
)

CHECKS: tuple[ModuleType, ...] = (
    units,
    natures,
    directions,
)
