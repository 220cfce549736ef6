"""What a document must hold at all."""

from __future__ import annotations

from types import ModuleType

from graph_data.checks.document import (
    statements,
)

CHECKS: tuple[ModuleType, ...] = (statements,)
