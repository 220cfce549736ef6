"""Where the real published documents are: beside the checkout, on some machines only."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "shared" / "documents"
CASES = FOLDER.parent / "cases" / "reading"


def document(name: str) -> Path:
    """The path of a real document; skips the test where it is not there."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"the published document {name} is not on this machine (../shared/documents)")
    return path
