"""The cases of covers, sources and sets of files, where they are on this machine; see the table beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_data.core.errors import DocumentError
from graph_data.core.terms import AccountKind
from graph_data.reading import Given, read

CASES = Path(__file__).parents[4] / "shared" / "cases" / "reading"
ZIBO = "淄博市人民政府办公室"
FIGURES = {
    "D03-ends-with-attachment-line.txt": 4,
    "D04-html-footer.html": 2,
    "D05-year-from-date.txt": 4,
    "D06-unit-account.txt": 4,
    "D07-title-report.txt": 4,
    "D10-markdown-pipes.txt": 4,
    "D11-markdown-headings.txt": 4,
    "D12-gbk.txt": 4,
    "D20-G01-official-export.xlsx": 161,
    "D21-G02-official-export.xls": 161,
    "D22-two-files": 161,
}


def _case(name: str) -> list[Path]:
    path = CASES / name
    if not path.exists():
        pytest.skip(f"the case {name} is not on this machine (../shared/cases/reading)")
    return sorted(path.iterdir()) if path.is_dir() else [path]


@pytest.mark.parametrize("name", FIGURES)
def test_a_case_is_read_whole(name: str) -> None:
    reading = read(_case(name), Given("370300", year=2022 if name.startswith("D2") else None))
    assert reading.ledger.is_whole
    assert reading.ledger.left_over == []
    record = reading.account.department
    assert (record.department_name, record.account.fiscal_year, len(reading.account.figures)) == (
        ZIBO,
        2022,
        FIGURES[name],
    )
    assert (record.kind is AccountKind.UNIT) is name.startswith("D06")


def test_tables_that_the_contents_promise_are_absent_and_the_prose_is_read() -> None:
    reading = read(_case("D02-tables-in-annex.txt"), Given("370300"))
    assert not reading.ledger.is_whole
    assert [table.status.name for table in reading.ledger.tables if table.form] == ["ABSENT", "ABSENT"]
    assert len(reading.account.facts) == 3


def test_a_title_without_a_name_is_asked_for_one() -> None:
    (path,) = _case("D08-title-year-only.txt")
    with pytest.raises(DocumentError, match=r"line 1.*--name"):
        read(path, Given("370300"))
    assert read(path, Given("370300", name=ZIBO)).account.key.fiscal_year == 2022


def test_a_county_under_an_abbreviated_prefecture_is_found() -> None:
    reading = read(_case("D18-division-abbreviated.txt"))
    assert reading.account.key.division == "522635"
    assert reading.ledger.warnings == []
