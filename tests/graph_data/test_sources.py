"""Each source for itself: what is wrong with one package keeps no other from being served, changed or removed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from graph_data.core.errors import PackageError
from graph_data.core.records import Account, AccountKey
from graph_data.package import account_digest, ordered, write_package
from graph_data.sources import Sources
from graph_data.store.store import Store
from tests.graph_data.example import archives_2021, archives_2022, weather_2022

ARCHIVES, EARLIER, WEATHER = map(ordered, (archives_2022(), archives_2021(), weather_2022()))


def folder(tmp_path: Path, **accounts: Account) -> Path:
    for name, account in accounts.items():
        write_package([account], tmp_path / "packages" / name)
    return tmp_path / "packages"


def keys(sources: Sources) -> list[AccountKey]:
    return list(sources.load().dataset.keys)


def publish(store: Store, account: Account, client: str = "a client") -> None:
    with store.workshop() as workshop:
        write_package([account], workshop / "package")
        store.publish({account.key: (account_digest(account), workshop / "package")}, client)


def renamed(account: Account, department: str) -> Account:
    """The account under another key, which still has the department's own code and name."""

    def moved(record: object) -> object:
        key = AccountKey(account.key.division, department, account.key.fiscal_year)
        return replace(record, account=key)  # type: ignore[type-var]

    tables = {
        name: tuple(map(moved, value)) if isinstance(value := getattr(account, name), tuple) else moved(value)
        for name in Account.__dataclass_fields__
    }
    return Account(**tables)


def test_a_package_that_breaks_is_served_as_it_was_and_others_come_and_go(tmp_path: Path) -> None:
    packages = folder(tmp_path, a=ARCHIVES, b=WEATHER)
    sources = Sources([packages])
    assert keys(sources) == [ARCHIVES.key, WEATHER.key]
    (packages / "a" / "lines.csv").write_bytes(b"half")
    shutil.rmtree(packages / "b")
    folder(tmp_path, c=EARLIER)
    loaded = sources.load()
    assert list(loaded.dataset.keys) == [EARLIER.key, ARCHIVES.key]
    assert "a/" in loaded.kept[0]
    assert (loaded.sources[0].name, loaded.sources[0].accounts, loaded.sources[0].refused) == ("packages", 2, ())


def test_a_package_whose_descriptor_is_being_copied_is_served_as_it_was(tmp_path: Path) -> None:
    packages = folder(tmp_path, a=ARCHIVES, b=WEATHER)
    sources = Sources([packages])
    sources.load()
    (packages / "a" / "datapackage.json").unlink()
    assert keys(sources) == [ARCHIVES.key, WEATHER.key]
    shutil.rmtree(packages / "a")
    assert keys(sources) == [WEATHER.key]


def test_a_folder_that_is_gone_for_a_while_takes_nothing_away(tmp_path: Path) -> None:
    packages = folder(tmp_path, a=ARCHIVES)
    write_package([WEATHER], tmp_path / "other")
    sources = Sources([packages, tmp_path / "other"])
    sources.load()
    packages.rename(tmp_path / "aside")
    assert keys(sources) == [ARCHIVES.key, WEATHER.key]
    (tmp_path / "aside").rename(packages)
    assert sources.load().kept == ()


def test_what_is_wrong_from_the_start_is_refused_by_name_and_the_rest_is_served(tmp_path: Path) -> None:
    packages = folder(tmp_path, a=ARCHIVES, b=ARCHIVES, c=WEATHER)
    (packages / "c" / "lines.csv").unlink()
    loaded = Sources([packages]).load()
    assert list(loaded.dataset.keys) == [ARCHIVES.key]
    assert [error.file for error in loaded.dataset.refused] == ["c/lines.csv", "b/department.csv"]
    with pytest.raises(PackageError, match=r"c/lines\.csv"):
        Sources([packages], strict=True).load()


def test_two_accounts_of_one_department_and_year_cost_only_the_later_package(tmp_path: Path) -> None:
    other = renamed(ARCHIVES, "another code")
    packages = folder(tmp_path, a=ARCHIVES, b=other, c=WEATHER)
    loaded = Sources([packages]).load()
    assert list(loaded.dataset.keys) == [ARCHIVES.key, WEATHER.key]
    assert loaded.sources[0].refused[0].startswith("b: found two accounts of ")


def test_what_is_published_takes_the_place_of_a_package_and_withdrawing_removes_both(tmp_path: Path) -> None:
    packages, store = folder(tmp_path, a=ARCHIVES, b=WEATHER), Store(tmp_path / "store")
    sources = Sources([packages], store=store)
    before = sources.load().dataset.version
    changed = replace(ARCHIVES, narratives=())
    publish(store, changed)
    loaded = sources.load()
    assert loaded.dataset.account(ARCHIVES.key) == changed
    assert [(each.name, each.accounts) for each in loaded.sources] == [("packages", 1), ("a client", 1)]
    publish(store, ARCHIVES)
    assert sources.load().dataset.version == before
    store.withdraw([ARCHIVES.key], "a client", "a mistake")
    assert keys(sources) == [WEATHER.key]


def test_a_published_package_that_is_damaged_on_disk_is_refused_by_name(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    publish(store, ARCHIVES)
    publish(store, WEATHER, "another client")
    file = store.package(account_digest(ARCHIVES)) / "lines.csv"
    file.write_bytes(file.read_bytes()[:-9])
    loaded = Sources([folder(tmp_path, b=EARLIER)], store=store).load()
    assert list(loaded.dataset.keys) == [EARLIER.key, WEATHER.key]
    assert {each.name: len(each.refused) for each in loaded.sources} == {
        "packages": 0,
        "a client": 1,
        "another client": 0,
    }
    publish(store, ARCHIVES)
