"""A client of the whole application over the shipped packages, once they are loaded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from server import create_app
from serving.process import logs
from serving.process.settings import ROOT, Settings
from tests.serving.client import Client, started

UNBUILT = ROOT / "web" / "unbuilt"  # the tests are the same whether or not npm has built the explorer


@pytest.fixture(scope="session", autouse=True)
def _plain_logs() -> None:
    """structlog's own default shows the locals of every frame, which are whole datasets here."""
    logs.configure("warning")


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    with started(create_app(Settings(web=UNBUILT))) as client:
        client.wait_until_ready()
        yield client
