"""What a build knows of packages before it reads them: their accounts, and whether they are as they were."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph_data.core.errors import PackageError
from graph_data.core.records import AccountKey
from graph_data.index import sources
from graph_data.index.sources import Seen, look_at, remember, remembered
from tests.graph_data.index.made import copied

NAME = "980100-2024"


def seen(folder: Path, known: dict[str, Seen] | None = None) -> Seen:
    (found,) = look_at([folder], known or {})
    assert isinstance(found, Seen)
    return found


def test_a_package_is_known_by_its_files_and_its_first_table(packages: Path) -> None:
    found = seen(packages / NAME)
    assert found.accounts == (AccountKey("980100", "101", 2024),)
    assert found.divisions == ("980100",)
    assert seen(packages / NAME).sha256 == found.sha256
    assert seen(packages / "980100-2023").sha256 != found.sha256


def test_a_changed_byte_and_a_missing_file_make_another_digest(packages: Path, tmp_path: Path) -> None:
    folder = copied(packages / NAME, tmp_path / NAME)
    before = seen(folder).sha256
    assert before == seen(packages / NAME).sha256
    with (folder / "narratives.csv").open("ab") as file:
        file.write(b"\n")
    changed = seen(folder).sha256
    (folder / "narratives.csv").unlink()
    assert len({before, changed, seen(folder).sha256}) == 3


def test_files_with_the_stamps_of_an_earlier_build_are_not_read_again(
    packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_SETTLED", 0)
    first = seen(packages / NAME)
    known = {first.folder: replace(first, sha256="as it was")}
    assert seen(packages / NAME, known).sha256 == "as it was"
    stale = {first.folder: replace(first, sha256="as it was", stamps=first.stamps + " and more")}
    assert seen(packages / NAME, stale) == first


def test_files_that_were_written_just_now_have_no_stamps(packages: Path, tmp_path: Path) -> None:
    assert seen(copied(packages / NAME, tmp_path / NAME)).stamps == ""


def test_what_is_remembered_comes_back_and_may_be_lost(packages: Path, tmp_path: Path) -> None:
    found = seen(packages / NAME)
    remember(tmp_path / "packages.bin", [found])
    assert remembered(tmp_path / "packages.bin") == {found.folder: found}
    (tmp_path / "packages.bin").write_bytes(b"broken")
    assert remembered(tmp_path / "packages.bin") == {}
    assert remembered(tmp_path / "nothing") == {}


def test_a_broken_first_table_is_said_as_reading_says_it(packages: Path, tmp_path: Path) -> None:
    folder = copied(packages / NAME, tmp_path / NAME)
    (folder / "department.csv").write_text("nothing", "utf-8")
    (found,) = look_at([folder], {})
    assert isinstance(found, PackageError)
    assert str(found).startswith(f"{NAME}/department.csv, row 1, column nothing")
