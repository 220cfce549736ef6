"""A server over an index: answers are those over its packages, and what a build puts in its place is swapped in."""

from __future__ import annotations

import shutil
from pathlib import Path

from server import create_app
from serving.process.settings import Settings
from serving.process.snapshot import _stamps
from tests.graph_data.index.made import build, write_packages
from tests.serving.client import started
from tests.serving.process.test_reloading import eventually, version
from tests.serving.test_bounds import ask

QUERY = "{ departments { nodes { name units { nodes { name projects { totalCount } } } } } }"


def test_it_is_answered_as_over_the_packages_and_a_new_build_is_swapped_in(tmp_path: Path) -> None:
    packages, index = write_packages(tmp_path / "packages"), tmp_path / "index"
    build(packages, index)
    with started(create_app(Settings(packages=(packages,)))) as client:
        client.wait_until_ready()
        expected = ask(client, QUERY).json()["data"]
    with started(create_app(Settings(packages=(index,), watch=1))) as client:
        client.wait_until_ready()
        before = version(client)
        assert ask(client, QUERY).json()["data"] == expected
        shutil.rmtree(packages / "980200-2023")
        build(packages, index)
        eventually(lambda: version(client) != before)
        assert ask(client, "{ dataset { fiscalYears divisions } }").json()["data"]["dataset"]["divisions"] == 3


def test_only_index_json_is_watched(tmp_path: Path) -> None:
    packages, index = write_packages(tmp_path / "packages"), tmp_path / "index"
    build(packages, index)
    assert [Path(path).name for path, _, _ in _stamps([index])] == ["index.json"]
    assert len(_stamps([packages])) > 6
