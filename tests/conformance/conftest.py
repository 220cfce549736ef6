"""One service for all tools."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conformance.service import served
from tests.conformance.tools import require_node


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with served("--rate", "0") as (address, _):
        yield address


@pytest.fixture(scope="session")
def node() -> None:
    require_node()
