"""A code book: of a spreadsheet, served beside the packages, and silent about what it does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from graph_data import load
from graph_data.__main__ import main
from graph_data.classification.code_book import FILE, read_code_books
from graph_data.core.errors import PackageError
from graph_data.core.terms import Classification
from graph_data.package import write_package
from schema import schema
from schema.context import Context
from tests.graph_data.example import archives_2022


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def test_codes_in_one_column_are_taken_with_their_names_and_years(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = workbook(
        tmp_path / "codes.xlsx",
        ("支出功能分类",),
        ("科目编码", "科目名称"),
        (201, "一般公共服务"),
        ("20126", "档案"),
        ("2x", "错"),
    )
    arguments = ["codebook", str(file), "--from-year", "2022", "--to-year", "2023", "--source", "某年科目"]
    assert main([*arguments, "-o", str(tmp_path / FILE)]) == 1
    told = capsys.readouterr()
    assert "2 codes, 1 rows left out" in told.out
    assert "row 5: '2x' 错" in told.err
    book = read_code_books([tmp_path])
    [entry] = book.named(Classification.FUNCTIONAL, "201", 2022)
    assert (entry.name, entry.valid_from, entry.valid_to, entry.source) == ("一般公共服务", 2022, 2023, "某年科目")
    assert book.named(Classification.FUNCTIONAL, "201", 2024) == []


def test_codes_over_three_columns_are_put_together(tmp_path: Path) -> None:
    rows = [
        ("类", "款", "项", "科目名称"),
        ("201", "", "", "甲"),
        ("", "26", "", "乙"),
        ("", "", "01", "丙"),
        ("202", "", "", "丁"),
    ]
    file = workbook(tmp_path / "codes.xlsx", *rows)
    assert main(["codebook", str(file), "-o", str(tmp_path / FILE)]) == 0
    codes = [code for _, code in read_code_books([tmp_path]).entries]
    assert codes == ["201", "20126", "2012601", "202"]


def test_what_holds_no_codes_or_is_no_book_is_refused(tmp_path: Path) -> None:
    assert main(["codebook", str(workbook(tmp_path / "a.xlsx", ("a", "b"))), "-o", str(tmp_path / "x")]) == 2
    (tmp_path / "b.xlsx").write_bytes(b"none")
    assert main(["codebook", str(tmp_path / "b.xlsx"), "-o", str(tmp_path / "x")]) == 2
    assert not (tmp_path / "x").exists()
    (tmp_path / FILE).write_text("classification,code,name,valid_from,valid_to,source\nFUNCTIONAL,2,a,,,b\n", "utf-8")
    with pytest.raises(PackageError, match=FILE):
        read_code_books([tmp_path])


def test_the_api_gives_the_official_name_beside_the_printed_one(tmp_path: Path) -> None:
    write_package([archives_2022()], tmp_path / "example")
    file = workbook(tmp_path / "codes.xlsx", ("编码", "名称"), ("201", '甲, "乙"'))
    assert main(["codebook", str(file), "-o", str(tmp_path / FILE)]) == 0
    query = """{ known: subject(by: {code: "201"}) { name codeBook(fiscalYear: 2022) { name validFrom validTo source } }
      unknown: subject(by: {code: "208"}) { codeBook { name } } }"""
    result = schema.execute_sync(query, context_value=Context(load([tmp_path])))
    assert not result.errors
    assert result.data is not None
    assert result.data["known"]["name"] == "一般公共服务支出"
    told = {"name": '甲, "乙"', "validFrom": None, "validTo": None, "source": "codes.xlsx"}
    assert result.data["known"]["codeBook"] == [told]
    assert result.data["unknown"]["codeBook"] == []
