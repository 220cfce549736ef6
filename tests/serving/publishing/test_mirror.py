"""A mirror has what its source serves, package by package, and can be mirrored itself."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from graph_data import load
from graph_data.__main__ import main
from graph_data.commands.mirror import Mirror
from graph_data.core.errors import PackageError
from graph_data.package import write_package
from tests.graph_data.test_sources import WEATHER
from tests.serving.publishing.service import Service, document


def version(service: Service) -> str:
    found: str = service.ask("GET", "/readyz").json()["version"]
    return found


def test_a_mirror_follows_what_is_published_replaced_and_withdrawn(published: Service, tmp_path: Path) -> None:
    mirror = Mirror(published.address, tmp_path / "mirror")
    published.publish({"a.txt": document("子局")})
    published.publish({"b.txt": document("丑局")})
    assert mirror.update().version == version(published) == load([mirror.folder]).version
    published.publish({"a.txt": document("子局", total=9)})
    published.withdraw("370300/丑局/2022")
    done = mirror.update()
    assert (done.taken, done.removed, done.version) == (1, 1, version(published))
    assert mirror.update().taken == 0
    assert load([mirror.folder]).version == done.version


def test_what_is_damaged_half_taken_or_forgotten_is_taken_anew(published: Service, tmp_path: Path, capsys: Any) -> None:
    published.publish({"a.txt": document("子局")})
    published.publish({"b.txt": document("丑局")})
    assert main(["mirror", published.address, str(tmp_path)]) == 0
    first, second = sorted(path.parent for path in tmp_path.glob("*/datapackage.json"))[:2]
    (first / "lines.csv").write_bytes(b"")
    shutil.rmtree(second)
    (tmp_path / ".mirror.json").write_text("{")
    (tmp_path / ".mirror-left").mkdir()
    assert main(["mirror", published.address, str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("2 taken, 0 removed")
    assert load([tmp_path]).version == version(published)
    assert not (tmp_path / ".mirror-left").exists()


def test_a_folder_of_other_packages_is_left_alone(published: Service, tmp_path: Path, capsys: Any) -> None:
    write_package([WEATHER], tmp_path / "own")
    assert main(["mirror", published.address, str(tmp_path)]) == 1
    assert "no mirror put there" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["own"]


def test_a_source_that_lies_is_refused(published: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published.publish({"a.txt": document("子局")})
    listing = Mirror._listing

    def lying(mirror: Mirror) -> Any:
        found, accounts = listing(mirror)
        return found, dict.fromkeys(accounts, "0" * 64)

    monkeypatch.setattr(Mirror, "_listing", lying)
    with pytest.raises(PackageError, match="another version"):
        Mirror(published.address, tmp_path).update()
    assert list(tmp_path.glob("*/datapackage.json")) == []


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "127.0.0.1:8000", "http://", "http://127.0.0.1:1"])
def test_an_address_of_no_service_is_said(url: str, tmp_path: Path, capsys: Any) -> None:
    assert main(["mirror", url, str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("mirror: ")
