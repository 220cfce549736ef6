"""What a document must hold at all."""

from __future__ import annotations

from graph_data.checks.document import bodies, disclosure, references, statements
from graph_data.checks.wording import Check

CHECKS: tuple[Check, ...] = (statements.CHECK, disclosure.CHECK, references.CHECK, bodies.CHECK)
