"""Totals against the columns of their own row."""

from __future__ import annotations

from types import ModuleType

from graph_data.checks.rows import (
    funds,
    natures,
    sources,
    three_public,
)

CHECKS: tuple[ModuleType, ...] = (
    natures,
    sources,
    funds,
    three_public,
)
