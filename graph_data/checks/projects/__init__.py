"""The funds, scores and units of projects: sheets, summaries and reports against each other."""

from __future__ import annotations

from graph_data.checks.projects import (
    counts,
    execution,
    funds,
    grades,
    marks,
    names,
    rates,
    scores,
    sources,
    stated,
    units,
)
from graph_data.checks.wording import Check

CHECKS: tuple[Check, ...] = (
    counts.CHECK,
    funds.CHECK,
    sources.CHECK,
    execution.CHECK,
    stated.CHECK,
    rates.CHECK,
    scores.CHECK,
    grades.CHECK,
    units.CHECK,
    names.CHECK,
    marks.CHECK,
)
