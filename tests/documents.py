"""Where the real published documents are: beside the checkout, on some machines only."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from graph_data.reading import Reading, read

FOLDER = Path(__file__).parents[2] / "shared" / "documents"
CASES = FOLDER.parent / "cases" / "reading"


def document(name: str) -> Path:
    """The path of a real document; skips the test where it is not there."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"the published document {name} is not on this machine (../shared/documents)")
    return path


@lru_cache(maxsize=4)
def reading_of(name: str) -> Reading:
    """What is read of a real document without being told anything; skips the test where it is not there."""
    return read(document(name))
