"""The weights, scores and achievement of the indicators of a sheet."""

from __future__ import annotations

from graph_data.checks.indicators import (
    achievement,
    backfilled,
    quality,
    scores,
    stated,
    verdicts,
    weights,
)
from graph_data.checks.wording import Check

CHECKS: tuple[Check, ...] = (
    weights.CHECK,
    scores.CHECK,
    achievement.CHECK,
    stated.CHECK,
    backfilled.CHECK,
    quality.CHECK,
    verdicts.CHECK,
)
