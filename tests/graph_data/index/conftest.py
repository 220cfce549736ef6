"""What the tests of the index share: packages, and the index that a plain build makes of them."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from tests.graph_data.index.both import Both, both_of, write_both
from tests.graph_data.index.made import build, write_packages
from tests.shared import made_once


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six packages of three divisions. Not to be changed."""
    gc.freeze()  # every build collects garbage, which need not look over all that tests have imported
    return made_once(tmp_path_factory, "packages", write_packages)


@pytest.fixture(scope="session")
def index(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of `packages`. Not to be changed."""
    return made_once(tmp_path_factory, "index", lambda folder: build(packages, folder))


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    """One content in memory and from an index. Not to be changed."""
    return both_of(made_once(tmp_path_factory, "both", write_both))
