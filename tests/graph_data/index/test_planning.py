"""Which shards packages ask for, and which packages are refused, as `load` finds and refuses them."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_data.core.errors import PackageError
from graph_data.index.planning import Plan, plan
from graph_data.package import read_packages, write_package
from tests.graph_data.index.made import DIVISIONS, accounts, copied

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
