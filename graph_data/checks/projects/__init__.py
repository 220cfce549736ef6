"""The funds, scores and units of projects: sheets, summaries and reports against each other."""

from __future__ import annotations

from types import ModuleType

from graph_data.checks.projects import (
    counts,
    execution,
    funds,
    grades,
    names,
    rates,
    scores,
    sources,
    stated,
    units,
)

CHECKS: tuple[ModuleType, ...] = (
    counts,
    funds,
    sources,
    execution,
    stated,
    rates,
    scores,
    grades,
    units,
    names,
)
