"""Reading as a whole against reading row by row: never another account, never one that row by row would refuse."""

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
from graph_data.core.records import Account
from graph_data.package import TABLES, reading, write_package
from graph_data.package.quick import accounts_of
from tests.graph_data.package.accounts import KEY, small_account
from tests.graph_data.package.strategies import accounts
from tests.sampled import rounds

SHIPPED = sorted(Path("graph_data/packages").glob("*/datapackage.json"))
CALM = settings(derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
Files = dict[str, bytes]
CELLS = (
    "", " ", "0", "-0", "00", "01", "1", "2", "3", "10", "-1", "+1", "1.", ".5", "1e2", "٣", "１", "9" * 19, "9" * 41,
    "-", "—", "(1.00)", "1,883.42", "1883.42", "706", "706.00", "-3.5", "-0.00", "7060000", "%", "元", "a b", "x" * 50,
    "TRUE", "false", "True", "2.1", "1.1.9", "1.1.09", "201", "2010", "20101", "208", "2022-12-31", "2022-1-1",
    "EXPENDITURE", "REVENUE", "revenue", "FUNCTIONAL", "ECONOMIC", "TOTAL", "AUSTERITY OTHER", "AUSTERITY  OTHER",
    "990101", "103", "2023", "1989", 'a"b', "a,b", "a\nb", "a\rb", "a\0b", "\u2028",
)  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("whole") / "package"
    write_package([small_account(), small_account(replace(KEY, fiscal_year=2023))], folder)
    return {table.file: (folder / table.file).read_bytes() for table in TABLES}


def _row_by_row(files: Files, folder: Path) -> tuple[Account, ...] | PackageError:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    try:
        return reading._read_row_by_row(folder)
    except PackageError as error:
        return error


def _saved(rows: list[list[str]], **options: object) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, **options).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue().encode()


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


@settings(CALM, max_examples=rounds(60))
@given(data=st.data())
def test_what_is_read_as_a_whole_is_what_row_by_row_reads(
    files: Files, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    table = data.draw(st.sampled_from(TABLES))
    rows = _rows(files[table.file])
    for _ in range(data.draw(st.integers(1, 3))):
        row = data.draw(st.integers(1, len(rows) - 1)) if len(rows) > 1 else 0
        if data.draw(st.integers(0, 5)) == 0:
            rows.insert(row, data.draw(st.sampled_from([rows[row], [], rows[row][1:], [*rows[row], "x"]])))
        elif rows[row]:
            column = data.draw(st.integers(0, len(rows[row]) - 1))
            same = [other[column] for other in rows[1:] if len(other) > column]
            rows[row][column] = data.draw(st.sampled_from((*CELLS, *same)))
    broken = files | {table.file: _saved(rows, lineterminator="\n")}
    expected = _row_by_row(broken, tmp_path_factory.mktemp("broken") / "package")
    found = accounts_of(broken)
    assert found is None if isinstance(expected, PackageError) else repr(found) in ("None", repr(expected))


@settings(CALM, max_examples=rounds(50))
@given(
    name=st.sampled_from([table.file for table in TABLES]),
    at=st.floats(0, 1, exclude_max=True),
    cut=st.integers(0, 9),
    put=st.sampled_from([b"", b'"', b",", b"\n", b"\r", b"\0", b"9" * 140_000, b"\xff", b"0", b"-", b"\n\n", b'""']),
)
def test_no_bytes_are_read_as_a_whole_that_row_by_row_refuses(
    files: Files, name: str, at: float, cut: int, put: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = int(at * len(files[name]))
    broken = files | {name: files[name][:place] + put + files[name][place + cut :]}
    expected = _row_by_row(broken, tmp_path_factory.mktemp("bytes") / "package")
    found = accounts_of(broken)
    assert found is None if isinstance(expected, PackageError) else repr(found) in ("None", repr(expected))


@pytest.mark.parametrize(
    "save",
    [
        pytest.param(lambda data: data, id="as written"),
        pytest.param(lambda data: b"\xef\xbb\xbf" + data, id="byte order mark"),
        pytest.param(lambda data: _saved(_rows(data), lineterminator="\r\n"), id="CRLF"),
        pytest.param(lambda data: _saved(_rows(data), quoting=csv.QUOTE_ALL), id="every cell quoted"),
        pytest.param(lambda data: _saved([_rows(data)[0], *_rows(data)[:0:-1]]), id="rows turned round"),
        pytest.param(lambda data: _saved([row[::-1] for row in _rows(data)]), id="columns turned round"),
        pytest.param(lambda data: b"\n" + data + b"\n\n", id="blank lines"),
        pytest.param(lambda data: data.rstrip(b"\n"), id="no last line end"),
    ],
)
def test_what_is_in_order_is_never_read_twice(files: Files, save: Callable[[bytes], bytes], tmp_path: Path) -> None:
    saved = {name: save(data) for name, data in files.items()}
    found = accounts_of(saved)
    assert found is not None
    assert (
        repr(found) == repr(_row_by_row(saved, tmp_path / "package")) == repr(_row_by_row(files, tmp_path / "package"))
    )


@settings(CALM, max_examples=rounds(10))
@given(account=accounts())
def test_any_account_is_read_as_a_whole(account: Account, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("any") / "package"
    write_package([account], folder)
    assert accounts_of({table.file: (folder / table.file).read_bytes() for table in TABLES}) == (account,)


@pytest.mark.parametrize("descriptor", SHIPPED, ids=lambda path: path.parent.name)
def test_shipped_packages_are_read_as_a_whole(descriptor: Path) -> None:
    folder = descriptor.parent
    found = accounts_of({table.file: (folder / table.file).read_bytes() for table in TABLES})
    assert repr(found) == repr(reading._read_row_by_row(folder))


def test_equal_keys_texts_and_numbers_are_one_object(files: Files) -> None:
    accounts = accounts_of(files)
    assert accounts is not None
    for account in accounts:
        assert {id(record.account) for record in (*account.lines, *account.figures)} == {id(account.key)}
    first, second = (account.figures[0] for account in accounts)
    assert first.number is second.number
    assert first.source.section is second.source.section
