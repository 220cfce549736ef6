"""Reading packages: what spreadsheets save is tolerated, many packages are gathered, no bytes crash it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_data.core.errors import PackageError
from graph_data.package import TABLES, read_package, read_packages, write_package
from graph_data.package.hashes import accept
from tests.graph_data.package.accounts import KEY, empty_account, small_account
from tests.sampled import rounds

OTHER = replace(KEY, fiscal_year=2023)
FILES = ["datapackage.json", *(table.file for table in TABLES)]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    write_package([small_account()], tmp_path / "package")
    return tmp_path / "package"


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def _saved(rows: list[list[str]], **options: object) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, **options).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue().encode()


@pytest.mark.parametrize(
    "save",
    [
        pytest.param(lambda data: b"\xef\xbb\xbf" + data, id="byte order mark"),
        pytest.param(lambda data: _saved(_rows(data), lineterminator="\r\n"), id="CRLF"),
        pytest.param(lambda data: _saved(_rows(data), quoting=csv.QUOTE_ALL), id="every cell quoted"),
        pytest.param(lambda data: _saved([_rows(data)[0], *_rows(data)[:0:-1]]), id="rows turned round"),
        pytest.param(lambda data: _saved([row[::-1] for row in _rows(data)]), id="columns turned round"),
        pytest.param(lambda data: data + b"\n\n", id="blank lines at the end"),
        pytest.param(lambda data: data.rstrip(b"\n"), id="no last line end"),
        pytest.param(lambda data: data.replace(b",true,", b",TRUE,").replace(b",false,", b",FALSE,"), id="TRUE"),
    ],
)
def test_what_a_spreadsheet_saves_reads_the_same(package: Path, save: Callable[[bytes], bytes]) -> None:
    for table in TABLES:
        file = package / table.file
        file.write_bytes(save(file.read_bytes()))
    accept(package)
    assert read_package(package) == (small_account(),)


@settings(
    derandomize=True,
    deadline=None,
    max_examples=rounds(50),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    name=st.sampled_from(FILES),
    at=st.floats(0, 1, exclude_max=True),
    cut=st.integers(0, 40),
    put=st.binary(max_size=3)
    | st.sampled_from([b'"', b",", b"\n", b"\r", b"\0", b"9" * 5000, b"\xff", b"[" * 100_000]),
)
def test_no_bytes_give_anything_but_accounts_or_a_package_error(
    package: Path, name: str, at: float, cut: int, put: bytes
) -> None:
    file = package / name
    whole = file.read_bytes()
    place = int(at * len(whole))
    file.write_bytes(whole[:place] + put + whole[place + cut :])
    error = _refusal(package)
    file.write_bytes(whole)
    assert error is None or (error.file.startswith("package/") and error.found and error.expected)


def _refusal(package: Path) -> PackageError | None:
    try:
        read_package(package)
    except PackageError as error:
        return error
    return None


def test_packages_are_gathered_from_folders_and_folders_of_folders(tmp_path: Path) -> None:
    write_package([small_account(OTHER)], tmp_path / "many" / "b")
    write_package([small_account()], tmp_path / "many" / "a")
    (tmp_path / "many" / "drafts").mkdir()
    (tmp_path / "many" / "README.md").write_text("two packages")
    third = replace(KEY, department="103")
    write_package([empty_account(third)], tmp_path / "one")
    found = read_packages([tmp_path / "one", tmp_path / "many"], strict=True)
    assert [account.key for account in found.accounts] == [KEY, OTHER, third]
    assert found.refused == ()


def test_a_broken_package_is_refused_by_name_and_the_rest_is_served(tmp_path: Path) -> None:
    write_package([small_account()], tmp_path / "whole")
    write_package([small_account(OTHER)], tmp_path / "broken")
    (tmp_path / "broken" / "lines.csv").unlink()
    found = read_packages([tmp_path], strict=False)
    assert [account.key for account in found.accounts] == [KEY]
    assert [error.file for error in found.refused] == ["broken/lines.csv"]
    with pytest.raises(PackageError, match=r"broken/lines\.csv: found no such file"):
        read_packages([tmp_path], strict=True)


def test_an_account_in_two_packages_refuses_the_second_and_names_both(tmp_path: Path) -> None:
    write_package([small_account()], tmp_path / "first")
    write_package([small_account(), small_account(OTHER)], tmp_path / "second")
    found = read_packages([tmp_path], strict=False)
    assert [account.key for account in found.accounts] == [KEY]
    (error,) = found.refused
    assert error.file == "second/department.csv"
    assert error.found == "the account 990100 102 2022, as in first"


def test_two_packages_of_one_name_are_told_apart(tmp_path: Path) -> None:
    write_package([small_account()], tmp_path / "x" / "p")
    write_package([small_account()], tmp_path / "y" / "p")
    (error,) = read_packages([tmp_path / "x", tmp_path / "y"], strict=False).refused
    assert error.file == "y/p/department.csv"
    assert error.found.endswith("as in x/p")


@pytest.mark.parametrize("strict", [True, False])
def test_a_path_without_a_package_is_always_an_error(tmp_path: Path, strict: bool) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("words")
    for name, found in (("empty", "no package in it"), ("file", "no such folder"), ("nowhere", "no such folder")):
        with pytest.raises(PackageError, match=f"{name}: found {found}"):
            read_packages([tmp_path / name], strict=strict)
