"""One service for all tests of publishing; each uses accounts of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.serving.publishing.service import Service, service


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with service(tmp_path_factory.mktemp("publishing"), "--max-upload", "200000", "--upload-timeout", "3") as running:
        yield running
