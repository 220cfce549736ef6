"""Writing a package: the way there and back, the same bytes, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_data.core.errors import PackageError
from graph_data.core.records import Account, AccountKey
from graph_data.package import TABLES, digest, ordered, read_package, write_package
from tests.graph_data.package.accounts import KEY, empty_account, small_account
from tests.graph_data.package.strategies import accounts
from tests.sampled import rounds

OTHER = replace(KEY, fiscal_year=2023)
CALM = settings(derandomize=True, deadline=None, max_examples=rounds(6), suppress_health_check=list(HealthCheck))


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@CALM
@given(account=accounts())
def test_any_account_comes_back_as_it_was_written(account: Account, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("any") / "package"
    write_package([account], folder)
    assert read_package(folder) == (account,)


@settings(CALM, max_examples=rounds(3))
@given(data=st.data())
def test_several_accounts_in_one_package_come_back_in_key_order(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    keys = [AccountKey("990100", "12", 2022), AccountKey("990100", "102", 2021), KEY]
    several = [data.draw(accounts(st.just(key))) for key in keys]
    folder = tmp_path_factory.mktemp("several") / "package"
    write_package(several, folder)
    assert read_package(folder) == tuple(sorted(several, key=lambda account: account.key))


def test_nothing_but_a_key_is_an_account_too(tmp_path: Path) -> None:
    write_package([empty_account()], tmp_path / "package")
    assert read_package(tmp_path / "package") == (empty_account(),)


def test_the_same_accounts_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    one, two = small_account(), small_account(OTHER)
    turned = replace(two, lines=two.lines[::-1], figures=two.figures[::-1], indicators=two.indicators[::-1])
    write_package([one, two], tmp_path / "a")
    write_package([turned, one], tmp_path / "b")
    assert _bytes(tmp_path / "a") == _bytes(tmp_path / "b")


def test_files_are_utf8_with_lf_and_the_key_first(tmp_path: Path) -> None:
    write_package([small_account()], tmp_path / "package")
    for table in TABLES:
        data = (tmp_path / "package" / table.file).read_bytes()
        assert b"\r" not in data
        assert data.decode().startswith("division,department,fiscal_year,")
        assert data.endswith(b"\n")


def test_rows_stand_in_natural_order_of_their_key(tmp_path: Path) -> None:
    write_package([small_account()], tmp_path / "package")
    rows = (tmp_path / "package" / "indicators.csv").read_text().splitlines()[1:]
    assert [row.split(",")[4] for row in rows] == ["1", "1.1", "1.1.2", "1.1.9", "1.1.10"]


def test_the_digest_knows_no_packages_and_no_order() -> None:
    one, two = small_account(), small_account(OTHER)
    assert digest([one, two]) == digest([two, replace(one, lines=one.lines[::-1])])
    assert digest([one]) != digest([two])
    assert len(digest([])) == 64


def test_the_digest_of_what_was_read_is_that_of_what_was_written(tmp_path: Path) -> None:
    write_package([small_account()], tmp_path / "x")
    assert digest(read_package(tmp_path / "x")) == digest([small_account()])


def test_the_digest_sees_every_cell() -> None:
    account = small_account()
    line = replace(account.lines[0], label="总计")
    assert digest([account]) != digest([replace(account, lines=(line, *account.lines[1:]))])


def test_ordered_is_idempotent_and_only_orders() -> None:
    account = small_account()
    turned = replace(account, facts=account.facts[::-1], lines=account.lines[::-1])
    assert ordered(turned) == account == ordered(account)


def test_an_existing_package_is_replaced_and_other_files_in_it_stay(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    write_package([small_account()], folder)
    (folder / "NOTES.md").write_text("kept")
    write_package([empty_account(OTHER)], folder)
    assert read_package(folder) == (empty_account(OTHER),)
    assert (folder / "NOTES.md").read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_a_folder_that_is_no_package_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text("dear")
    with pytest.raises(PackageError, match=r"letters: found other files and no datapackage\.json"):
        write_package([small_account()], folder)
    assert _bytes(folder) == {"letter.txt": b"dear"}


def test_a_file_is_not_overwritten_by_a_package(tmp_path: Path) -> None:
    (tmp_path / "package").write_text("words")
    with pytest.raises(PackageError, match="found a file; expected a folder"):
        write_package([small_account()], tmp_path / "package")


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    write_package([small_account()], tmp_path / "package")
    assert read_package(tmp_path / "package") == (small_account(),)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (replace(small_account(), columns=()), r"figures\.csv, row 2, column column: .*a row of columns\.csv"),
        (replace(small_account(), narratives=(replace(small_account().narratives[0], text="\ud800"),)), "UTF-8"),
        (replace(small_account(), department=replace(small_account().department, department_code="")), "reads back"),
    ],
)
def test_what_would_not_come_back_is_not_written_at_all(broken: Account, message: str, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    write_package([small_account()], folder)
    before = _bytes(folder)
    with pytest.raises(PackageError, match=message):
        write_package([broken], folder)
    assert _bytes(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_a_swap_that_fails_half_way_puts_the_old_package_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "package"
    write_package([small_account()], folder)
    rename = Path.rename
    calls = []

    def failing(source: Path, target: Path) -> Path:
        calls.append(source)
        if len(calls) == 2:
            raise OSError("disk full")
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="disk full"):
        write_package([empty_account(OTHER)], folder)
    assert read_package(folder) == (small_account(),)


def test_the_same_account_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="the account a second time"):
        write_package([small_account(), small_account()], tmp_path / "package")


def test_no_account_is_no_package(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="found no account"):
        write_package([], tmp_path / "package")
