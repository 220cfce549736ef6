"""Numbers against what their names and definitions say that they are."""

from __future__ import annotations

from graph_data.checks.meaning import (
    directions,
    natures,
    units,
)
from graph_data.checks.wording import Check

CHECKS: tuple[Check, ...] = (
    units.CHECK,
    natures.CHECK,
    directions.CHECK,
)
