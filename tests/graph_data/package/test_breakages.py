"""Every way in which a hand can break a package, and the file, row and column that the refusal names."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from graph_data.core.errors import PackageError
from graph_data.package import read_package, write_package
from graph_data.package.hashes import accept
from tests.graph_data.package.accounts import small_account

Edit = Callable[[bytes], bytes]
FIGURE = b"990100,102,2022,EXPENDITURE,1,1,706,"


def _set(row: int, column: str, cell: str) -> Edit:
    """Put `cell` into a row (the header is row 1) of a column."""

    def edit(data: bytes) -> bytes:
        rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
        rows[row - 1][rows[0].index(column)] = cell
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(rows)
        return out.getvalue().encode()

    return edit


def _swap(old: bytes, new: bytes) -> Edit:
    return lambda data: data.replace(old, new, 1)


def _last_row_again(data: bytes) -> bytes:
    return data + data.splitlines(keepends=True)[-1]


BREAKAGES = [
    ("figures", _swap(b",column,", b",colum,"), 1, "colum", "the column"),
    ("figures", _swap(b",text,unit,", b",text,text,"), 1, "text", "the column"),
    ("figures", _swap(b",source_column", b""), 1, "source_column", "no such column"),
    ("figures", lambda data: data[:0], 1, "division", "no such column"),
    ("figures", _swap(b",1,1,706,", b",1,1,706,,"), 2, None, "19 cells"),
    ("figures", _swap(FIGURE, b"990100,102,"), 2, None, "13 cells"),
    ("figures", _swap(b"706", b"\xff"), 2, None, "the byte 0xff"),
    ("lines", _swap("服务".encode(), b"a\0b"), 3, "label", "a NUL byte"),
    ("figures", _swap(b"706", b'"706'), 2, None, "broken CSV"),
    ("lines", _swap("服务".encode(), b"9" * 200_000), 3, None, "broken CSV (field larger"),
    ("lines", _swap("服务".encode(), b"9" * 200_000 + b"\xff"), 3, None, "the byte 0xff"),
    ("figures", _set(3, "line", "two"), 3, "line", "'two'"),
    ("figures", _set(3, "line", ""), 3, "line", "an empty cell"),
    ("figures", _set(3, "line", "-1"), 3, "line", "'-1'"),
    ("figures", _set(3, "line", "9" * 30), 3, "line", "'999"),
    ("figures", _set(3, "line", "٣"), 3, "line", "'٣'"),
    ("figures", _set(2, "form", "SPENDING"), 2, "form", "'SPENDING'"),
    ("figures", _set(2, "form", "支出决算表"), 2, "form", "'支出决算表'"),
    ("figures", _set(2, "text", "seven"), 2, "text", "'seven'"),
    ("figures", _set(2, "text", ""), 2, "text", "an empty cell"),
    ("figures", _set(2, "text", "9" * 41), 2, "text", "'999"),
    ("figures", _set(2, "text", "9" * 30), 2, "text", "'999"),
    ("figures", _set(2, "text", "0.0000001"), 2, "text", "'0.0000001'"),
    ("figures", _set(2, "value", "706.01"), 2, "value", "'706.01'"),
    ("figures", _set(2, "value", "7.06E2"), 2, "value", "'7.06E2'"),
    ("figures", _set(2, "value", "NaN"), 2, "value", "'NaN'"),
    ("figures", _set(2, "value", ""), 2, "value", "''"),
    ("figures", _set(2, "fen", "706"), 2, "fen", "'706'"),
    ("figures", _set(2, "fen", ""), 2, "fen", "''"),
    ("figures", _set(2, "fen", "706000000.0"), 2, "fen", "'706000000.0'"),
    ("figures", _set(3, "decimals", "1"), 3, "decimals", "'1'"),
    ("figures", _set(2, "decimals", "99"), 2, "decimals", "'99'"),
    ("figures", _set(2, "source_line", "x"), 2, "source_line", "'x'"),
    ("figures", _set(2, "division", "99010"), 2, "division", "'99010'"),
    ("figures", _set(2, "fiscal_year", "1989"), 2, "fiscal_year", "'1989'"),
    ("figures", _set(2, "fiscal_year", "2101"), 2, "fiscal_year", "'2101'"),
    ("figures", _set(2, "fiscal_year", "2021"), 2, "department", "the account 990100 102 2021"),
    ("figures", _set(2, "line", "9"), 2, "line", "form EXPENDITURE, line 9"),
    ("figures", _set(2, "column", "9"), 2, "column", "form EXPENDITURE, column 9"),
    ("figures", _last_row_again, 4, "column", "a second time"),
    ("department", _last_row_again, 3, "department", "the account a second time"),
    ("department", lambda data: data.splitlines(keepends=True)[0], None, None, "no account"),
    ("documents", _set(2, "sha256", "abc"), 2, "sha256", "'abc'"),
    ("documents", _set(3, "name", "a.txt"), 3, "name", "'a.txt' a second time"),
    ("documents", _set(3, "position", "3"), 3, "position", "3 of 2"),
    ("documents", lambda data: data.split(b"\n")[0] + b"\n", None, None, "an account without a document"),
    ("figures", _set(2, "source_document", "3"), 2, "source_document", "document 3"),
    ("left_over", _set(2, "source_confidence", "1.5"), 2, "source_confidence", "'1.5'"),
    ("left_over", _set(2, "table", "9"), 2, "table", "position 9"),
    ("gaps", _set(2, "reason", "WHY"), 2, "reason", "'WHY'"),
    ("raw_cells", _set(2, "gap", "7"), 2, "gap", "position 7"),
    ("department", _set(2, "department_name", ""), 2, "department_name", "an empty cell"),
    ("units", _set(2, "is_headquarters", "yes"), 2, "is_headquarters", "'yes'"),
    ("projects", _set(2, "unit", "102009"), 2, "unit", "unit 102009"),
    ("projects", _set(2, "total_score_unit", "分"), 2, "total_score_text", "an empty cell beside a number"),
    ("project_aliases", _set(2, "project", "2"), 2, "project", "project 2"),
    ("funding", _set(2, "project", "2"), 2, "project", "project 2"),
    ("funding", _set(2, "quantity", "SPENT"), 2, "quantity", "'SPENT'"),
    ("funding", _set(3, "value", "0"), 3, "value", "'0'"),
    ("indicators", _set(3, "project", "2"), 3, "project", "project 2"),
    ("indicators", _set(3, "indicator", "2.1"), 3, "indicator", "indicator 2"),
    ("indicators", _set(3, "indicator", "1.1.1.1"), 3, "indicator", "'1.1.1.1'"),
    ("indicators", _set(3, "indicator", "1.01"), 3, "indicator", "'1.01'"),
    ("indicators", _set(4, "target_value", "about 95"), 4, "target_value", "'about 95'"),
    ("indicators", _set(4, "target_comparator", ">="), 4, "target_comparator", "'>='"),
    ("subjects", _set(2, "code", "2010"), 2, "code", "'2010'"),
    ("statements", _set(2, "is_empty", "true"), 2, "is_empty", "true for EXPENDITURE"),
    ("statements", _set(3, "is_empty", "false"), 3, "is_empty", "false for STATE_CAPITAL_OPERATIONS"),
    ("statements", _set(3, "empty_reason", ""), 3, "empty_reason", "no reason"),
    ("statements", _set(2, "empty_reason", "NOT_STATED"), 2, "empty_reason", "the reason NOT_STATED"),
    ("columns", _set(2, "form", "REVENUE"), 2, "form", "form REVENUE"),
    ("lines", _set(2, "form", "REVENUE"), 2, "form", "form REVENUE"),
    ("lines", _set(4, "parent", "8"), 4, "parent", "line 8"),
    ("lines", _set(2, "parent", "3"), 2, "parent", "line 1 above itself"),
    ("lines", _set(2, "parent", "1"), 2, "parent", "line 1 above itself"),
    ("lines", _set(3, "code", "209"), 3, "code", "code 209"),
    ("lines", _set(3, "classification", "ECONOMIC"), 3, "code", "classification ECONOMIC"),
    ("lines", _set(3, "classification", ""), 3, "classification", "the code 201 of no classification"),
    ("facts", _set(2, "as_of", "2022"), 2, "as_of", "'2022'"),
    ("comparisons", _set(2, "direction", "UP"), 2, "direction", "'UP'"),
    ("budget_deviations", _set(3, "code", "209"), 3, "code", "209"),
    ("budget_deviations", _set(3, "reasons", "AUSTERITY,OTHER"), 3, "reasons", "'AUSTERITY,OTHER'"),
    ("budget_deviations", _set(3, "reasons", "AUSTERITY  OTHER"), 3, "reasons", "'AUSTERITY  OTHER'"),
    ("terms", _set(2, "code", "209"), 2, "code", "code 209"),
    ("terms", _set(2, "classification", ""), 2, "classification", "of no classification"),
    ("narratives", _set(2, "text", ""), 2, "text", "an empty cell"),
]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("whole") / "package"
    write_package([small_account()], folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _put(files: dict[str, bytes], folder: Path) -> Path:
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize(("table", "edit", "row", "column", "found"), BREAKAGES)
def test_a_broken_table_is_refused_with_file_row_and_column(
    files: dict[str, bytes], tmp_path: Path, table: str, edit: Edit, row: int | None, column: str | None, found: str
) -> None:
    name = f"{table}.csv"
    broken = edit(files[name])
    assert broken != files[name]
    with pytest.raises(PackageError) as caught:
        read_package(_put(files | {name: broken}, tmp_path / "package"))
    error = caught.value
    assert (error.file, error.row, error.column) == (f"package/{name}", row, column)
    assert error.found.startswith(found) or found in error.found
    assert error.expected


def test_every_file_of_a_package_is_needed(files: dict[str, bytes], tmp_path: Path) -> None:
    for number, name in enumerate(files):
        folder = _put({other: data for other, data in files.items() if other != name}, tmp_path / f"p{number}")
        with pytest.raises(PackageError) as caught:
            read_package(folder)
        assert (caught.value.file, caught.value.found) == (f"p{number}/{name}", "no such file")


@pytest.mark.parametrize(
    "descriptor",
    [b"", b"{", b"[]", b"null", b'{"resources": 1}', b'{"resources": []}', b"\xff", b"[" * 100_000, b"9" * 9999],
)
def test_a_descriptor_that_is_none_is_refused(files: dict[str, bytes], tmp_path: Path, descriptor: bytes) -> None:
    with pytest.raises(PackageError) as caught:
        read_package(_put(files | {"datapackage.json": descriptor}, tmp_path / "package"))
    assert caught.value.file == "package/datapackage.json"


def test_a_folder_in_the_place_of_a_file_is_refused(files: dict[str, bytes], tmp_path: Path) -> None:
    folder = _put(files, tmp_path / "package")
    (folder / "facts.csv").unlink()
    (folder / "facts.csv").mkdir()
    with pytest.raises(PackageError, match=r"package/facts\.csv: found no readable file"):
        read_package(folder)


def test_a_number_that_may_be_missing_is_missing_whole(files: dict[str, bytes], tmp_path: Path) -> None:
    edits = [_set(4, f"max_score_{part}", "") for part in ("text", "unit", "decimals", "value", "fen")]
    data = files["indicators.csv"]
    for edit in edits:
        data = edit(data)
    package = _put(files | {"indicators.csv": data}, tmp_path / "package")
    accept(package)
    (account,) = read_package(package)
    assert account.indicators[2].max_score is None
