"""An account against others: its department's of last year, and its units' own. Alone, it has nothing to compare."""

from __future__ import annotations

from graph_data.checks.relations import (
    opening,
    restated,
    units,
)
from graph_data.checks.wording import Check

CHECKS: tuple[Check, ...] = (
    opening.CHECK,
    restated.CHECK,
    units.CHECK,
)
