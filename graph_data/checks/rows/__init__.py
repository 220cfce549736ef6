"""Totals against the columns of their own row."""

from __future__ import annotations

from graph_data.checks.rows import (
    funds,
    natures,
    sources,
    three_public,
)
from graph_data.checks.wording import Check

CHECKS: tuple[Check, ...] = (
    natures.CHECK,
    sources.CHECK,
    funds.CHECK,
    three_public.CHECK,
)
