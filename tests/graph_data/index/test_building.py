"""An index is the same bytes however it was built, and the old one stays whole until the new one is."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from graph_data.core.errors import PackageError, UnfinishedError
from graph_data.index import building, layout, writing
from graph_data.index.layout import read_index
from graph_data.index.workers import UNFINISHED, Processes
from graph_data.package import read_packages, write_package
from graph_data.package.hashes import accept
from tests.graph_data.index.made import DIVISIONS, Steps, accounts, build, copied, files_of


@pytest.fixture
def old(index: Path, tmp_path: Path) -> Path:
    """An index that a test may change."""
    return copied(index, tmp_path / "index")


@pytest.fixture
def changed(packages: Path, tmp_path: Path) -> Path:
    """The packages, of which one says something else: that of 980200 for 2024 has the account of another seed."""
    folder = copied(packages, tmp_path / "changed")
    (account,) = accounts()["980200-2024"]
    write_package([type(account)(**{**_fields(account), "terms": account.terms[1:]})], folder / "980200-2024")
    return folder


def _fields(account: object) -> dict[str, object]:
    return {name: getattr(account, name) for name in type(account).__dataclass_fields__}  # type: ignore[attr-defined]


def shard_of(index: Path, division: str) -> str:
    return next(shard.folder for shard in read_index(index).shards if shard.division == division)


def test_the_index_lists_what_the_packages_hold(packages: Path, index: Path) -> None:
    entry = read_index(index)
    assert [shard.division for shard in entry.shards] == list(DIVISIONS)
    assert [shard.packages for shard in entry.shards] == [(f"{code}-2023", f"{code}-2024") for code in DIVISIONS]
    assert all(shard.fiscal_years == (2023, 2024) and shard.accounts == 2 for shard in entry.shards)
    assert entry.refused == ()
    assert layout.is_index(index)
    assert not layout.is_index(packages)


def test_two_processes_and_another_order_give_the_same_bytes(packages: Path, index: Path, tmp_path: Path) -> None:
    backwards = sorted(packages.iterdir(), reverse=True)
    build(backwards, tmp_path / "index", Processes(2))
    assert files_of(tmp_path / "index") == files_of(index)


def test_the_version_is_of_what_the_accounts_say_not_of_how_files_spell_it(
    packages: Path, index: Path, tmp_path: Path
) -> None:
    respelled = copied(packages, tmp_path / "respelled")
    file = respelled / "980200-2024" / "facts.csv"
    header, *rows = file.read_text("utf-8").splitlines()
    file.write_text("\r\n".join([header, *reversed(rows)]) + "\r\n", "utf-8")
    accept(file.parent)
    build(respelled, tmp_path / "index")
    assert read_index(tmp_path / "index").version == read_index(index).version
    assert shard_of(tmp_path / "index", "980200") != shard_of(index, "980200")


def test_a_changed_package_rebuilds_its_shard_alone_and_the_result_is_that_of_a_fresh_build(
    changed: Path, old: Path, tmp_path: Path
) -> None:
    before = read_index(old)
    steps = Steps()
    built = building.build_index([changed], old, Processes(1), steps)
    assert (built.built, built.kept, built.removed) == (1, 2, 1)
    assert (steps.kept, steps.shards) == (2, ["980200"])
    assert built.index.version != before.version
    build(changed, tmp_path / "fresh")
    assert files_of(old) == files_of(tmp_path / "fresh")


def test_a_second_build_builds_nothing(packages: Path, index: Path, old: Path) -> None:
    built = build(packages, old)
    assert (built.built, built.kept, built.removed) == (0, 3, 0)
    assert files_of(old) == files_of(index)


def test_a_package_that_is_gone_takes_its_accounts_with_it(packages: Path, old: Path, tmp_path: Path) -> None:
    fewer = copied(packages, tmp_path / "fewer")
    for name in ("980100-2023", "980300-2023", "980300-2024"):
        shutil.rmtree(fewer / name)
    built = build(fewer, old)
    assert (built.built, built.kept, built.removed) == (1, 1, 2)
    assert [(shard.division, shard.accounts) for shard in built.index.shards] == [("980100", 1), ("980200", 2)]
    assert not (old / layout.DIVISIONS / "980300").exists()
    build(fewer, tmp_path / "fresh")
    assert files_of(old) == files_of(tmp_path / "fresh")


def test_a_package_that_is_new_comes_in(packages: Path, index: Path, tmp_path: Path) -> None:
    some = [packages / name for name in ("980100-2023", "980200-2023", "980200-2024")]
    build(some, tmp_path / "index")
    built = build(packages, tmp_path / "index")
    assert (built.built, built.kept, built.removed) == (2, 1, 1)
    assert files_of(tmp_path / "index") == files_of(index)


def test_a_refused_package_is_named_and_the_others_are_served(packages: Path, tmp_path: Path) -> None:
    broken = copied(packages, tmp_path / "broken")
    (broken / "980200-2023" / "facts.csv").unlink()
    for name in ("980300-2023", "980300-2024"):
        (broken / name / "department.csv").write_text("", "utf-8")
    built = build(broken, tmp_path / "index")
    refused = [str(each.error()) for each in built.index.refused]
    assert refused == [str(error) for error in read_packages([broken], strict=False).refused]
    assert [(shard.division, shard.accounts) for shard in built.index.shards] == [("980100", 2), ("980200", 1)]
    assert read_index(tmp_path / "index") == built.index
    again = build(broken, tmp_path / "index")
    assert (again.built, again.index) == (0, built.index)


def test_a_division_of_refused_packages_alone_is_no_shard(packages: Path, tmp_path: Path) -> None:
    broken = copied(packages / "980200-2023", tmp_path / "980200-2023")
    (broken / "facts.csv").unlink()
    built = build([broken, packages / "980100-2023"], tmp_path / "index")
    assert [shard.division for shard in built.index.shards] == ["980100"]
    assert [each.package for each in built.index.refused] == ["980200-2023"]
    assert not (tmp_path / "index" / layout.DIVISIONS / "980200").exists()


@pytest.mark.parametrize("file", ["facts.csv", "department.csv"])
def test_strict_raises_for_a_refused_package_and_leaves_the_old_index(
    packages: Path, index: Path, old: Path, tmp_path: Path, file: str
) -> None:
    broken = copied(packages, tmp_path / "broken")
    (broken / "980200-2023" / file).write_text("nothing", "utf-8")
    with pytest.raises(PackageError, match="980200-2023/"):
        build(broken, old, strict=True)
    assert read_index(old) == read_index(index)
    assert files_of(index).items() <= files_of(old).items()


def test_where_a_shard_cannot_be_written_the_old_index_stays_and_finished_shards_are_kept(
    changed: Path, index: Path, old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (changed / "980100-2023" / "facts.csv").open("ab") as file:
        file.write(b"\n")
    write = writing.write_search

    def full(entries: object, folder: Path) -> None:
        if "980200" in folder.parts:
            raise OSError(errno.ENOSPC, "No space left on device", str(folder))
        write(entries, folder)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(writing, "write_search", full)
        with pytest.raises(UnfinishedError, match=r"980200: .*No space left on device"):
            build(changed, old)
    assert read_index(old) == read_index(index)
    assert files_of(index).items() <= files_of(old).items()
    assert not list(old.rglob(f"{UNFINISHED}*"))
    built = build(changed, old)
    assert (built.built, built.kept) == (1, 2)
    build(changed, tmp_path / "fresh")
    assert files_of(old) == files_of(tmp_path / "fresh")


def test_where_the_new_index_cannot_be_put_in_place_the_old_one_stays(
    changed: Path, index: Path, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(building, "write_manifest", full)
    with pytest.raises(OSError, match="No space left"):
        build(changed, old)
    assert read_index(old) == read_index(index)
    assert files_of(index).items() <= files_of(old).items()


def test_what_a_killed_build_left_half_done_is_swept_away(packages: Path, index: Path, old: Path) -> None:
    half_done = old / layout.DIVISIONS / "980100" / f"{UNFINISHED}xyz" / "shard"
    half_done.mkdir(parents=True)
    (half_done / layout.ACCOUNTS).write_bytes(b"half")
    build(packages, old)
    assert files_of(old) == files_of(index)


def test_two_accounts_of_one_department_and_year_are_an_error_and_leave_the_old_index(
    packages: Path, index: Path, old: Path, tmp_path: Path
) -> None:
    other = copied(packages / "980100-2023", tmp_path / "other")
    for file in other.iterdir():
        file.write_text(file.read_text("utf-8").replace("980100,101,2023", "980100,102,2023"), "utf-8")
    accept(other)
    with pytest.raises(UnfinishedError, match="980100: 980100-2023 and other: department: found two accounts of"):
        build([packages, other], old)
    assert files_of(old) == files_of(index)


def test_one_build_at_a_time(packages: Path, old: Path) -> None:
    with building._locked(old), pytest.raises(UnfinishedError, match="another build of it is under way"):
        build(packages, old)


def test_nothing_else_is_overwritten(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear", "utf-8")
    with pytest.raises(PackageError, match=r"found other files and no index\.json"):
        build(packages, tmp_path / "mine")
    with pytest.raises(PackageError, match="found a file"):
        build(packages, tmp_path / "mine" / "letter.txt")
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_an_index_of_another_version_of_the_code_is_built_anew(
    packages: Path, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph_data.index.layout.FORMAT", 999)
    with pytest.raises(PackageError, match="an index of another version"):
        read_index(old)
    built = build(packages, old)
    assert (built.built, built.removed) == (3, 3)
    assert read_index(old) == built.index
