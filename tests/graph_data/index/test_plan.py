"""What a build sees of packages, and which shards it plans."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph_data.core.errors import PackageError
from graph_data.core.records import AccountKey
from graph_data.index import building as sources
from graph_data.index.building import Plan, SeenPackage, look_at_packages, plan, remember, remembered
from graph_data.package import read_packages, write_package
from tests.graph_data.index.made import DIVISIONS, accounts, copied

NAME = "980100-2024"


def seen(folder: Path, known: dict[str, SeenPackage] | None = None) -> SeenPackage:
    (found,) = look_at_packages([folder], known or {})
    assert isinstance(found, SeenPackage)
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
    (found,) = look_at_packages([folder], {})
    assert isinstance(found, PackageError)
    assert str(found).startswith(f"{NAME}/department.csv, row 1, column nothing")


INDEX = Path("/index")


def planned(*paths: Path) -> Plan:
    return plan(paths, INDEX, {})


def told(found: Plan) -> list[str]:
    return [str(refused.error()) for refused in found.refused]


def refused_by_load(*paths: Path) -> list[str]:
    return [str(error) for error in read_packages(paths, strict=False).refused]


def names(found: Plan) -> dict[str, list[str]]:
    return {order.division: [Path(package).name for package in order.packages] for order in found.orders}


def test_a_shard_is_made_of_the_packages_of_its_division(packages: Path) -> None:
    assert names(planned(packages)) == {code: [f"{code}-2023", f"{code}-2024"] for code in DIVISIONS}


def test_shards_are_named_for_what_they_are_made_of_in_any_order_and_place(packages: Path, tmp_path: Path) -> None:
    orders = planned(packages).orders
    elsewhere = copied(packages, tmp_path / "elsewhere")
    backwards = planned(*sorted(elsewhere.iterdir(), reverse=True)).orders
    assert [order.folder for order in backwards] == [order.folder for order in orders]
    assert len({order.folder for order in orders}) == len(DIVISIONS)
    assert all(order.folder.startswith(f"/index/divisions/{order.division}/") for order in orders)


def test_only_the_shard_of_a_changed_package_gets_another_name(packages: Path, tmp_path: Path) -> None:
    before = {order.division: order.folder for order in planned(packages).orders}
    changed = copied(packages, tmp_path / "changed")
    with (changed / "980200-2023" / "facts.csv").open("ab") as file:
        file.write(b"\n")
    after = {order.division: order.folder for order in planned(changed).orders}
    assert [code for code in DIVISIONS if before[code] != after[code]] == ["980200"]


def test_an_account_that_two_packages_hold_is_refused_in_the_second_as_load_refuses_it(
    packages: Path, tmp_path: Path
) -> None:
    twin = copied(packages / "980200-2023", tmp_path / "twin")
    found = planned(packages, twin)
    assert told(found) == refused_by_load(packages, twin)
    assert "as in 980200-2023" in told(found)[0]
    assert names(found) == names(planned(packages))


def test_a_broken_package_does_not_refuse_the_sound_one_after_it(packages: Path, tmp_path: Path) -> None:
    broken = copied(packages / "980200-2023", tmp_path / "a" / "broken")
    (broken / "facts.csv").write_text("nothing", "utf-8")
    found = planned(broken, packages)
    assert told(found) == refused_by_load(broken, packages)
    assert names(found) == names(planned(packages))


def test_a_package_of_two_divisions_is_one_of_both(packages: Path, tmp_path: Path) -> None:
    both = [*accounts()["980100-2023"], *accounts()["980200-2023"]]
    write_package(both, tmp_path / "both")
    found = planned(tmp_path / "both", packages / "980300-2024")
    assert names(found) == {"980100": ["both"], "980200": ["both"], "980300": ["980300-2024"]}


def test_a_broken_package_of_two_divisions_is_refused_whole(packages: Path, tmp_path: Path) -> None:
    write_package([*accounts()["980100-2023"], *accounts()["980200-2023"]], tmp_path / "both")
    (tmp_path / "both" / "facts.csv").unlink()
    found = planned(tmp_path / "both", packages / "980300-2024")
    assert told(found) == refused_by_load(tmp_path / "both")
    assert names(found) == {"980300": ["980300-2024"]}


def test_a_path_without_a_package_is_raised(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="no such folder"):
        planned(tmp_path / "nothing")
    with pytest.raises(PackageError, match="no package in it"):
        planned(tmp_path)
