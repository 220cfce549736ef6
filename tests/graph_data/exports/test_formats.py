"""Tables come back from every format as they went in, exactly; nothing makes a spreadsheet compute."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas
import pyarrow.parquet  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from graph_data.core.terms import Language
from graph_data.exports import TABLES, workbook
from graph_data.exports.columns import Column, Kind
from graph_data.exports.formats import encode_csv, encode_json_lines, encode_parquet, unspoken
from graph_data.exports.workbook import About, encode_workbook, heading
from tests.graph_data.example import example
from tests.graph_data.exports.exporting import exported, read_csv, read_jsonl, read_parquet, read_xlsx, rows

COLUMNS = tuple(Column(kind.name, kind, "") for kind in Kind)
INT64 = st.integers(-(2**63), 2**63 - 1)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
PRINTED = st.decimals(-(10**12), 10**12, places=10)
ANY_LENGTH = st.decimals(-(10**20), 10**20, places=18)
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: TEXT,
    Kind.KEY: st.sampled_from(["BASIC", "figure:370300/102/2022/REVENUE/1/1"]),
    Kind.INTEGER: st.integers(-(2**31), 2**31 - 1),
    Kind.FEN: INT64,
    Kind.MONEY: INT64,
    Kind.DECIMAL: PRINTED,
    Kind.NUMBER: ANY_LENGTH,
    Kind.FLAG: st.booleans(),
    Kind.LIST: st.lists(st.sampled_from(["2010301", "2080505"]), max_size=3),
}
ROWS = st.lists(st.tuples(*(st.none() | VALUES[kind] for kind in Kind)), max_size=5)
round_trip = settings(derandomize=True, max_examples=60, deadline=None)


def wan_yuan(fen: int) -> str:
    """分 in 万元 in plain notation, by moving the point six places: with two decimals at least, and no zeros after."""
    digits = f"{abs(fen):07d}"
    whole, fraction = digits[:-6], digits[-6:]
    while len(fraction) > 2 and fraction.endswith("0"):
        fraction = fraction[:-1]
    return f"{'-' if fen < 0 else ''}{whole}.{fraction}"


def plain(value: Any, kind: Kind) -> Any:
    """A cell as JSON Lines has it."""
    if value is None:
        return None
    if kind is Kind.MONEY:
        return wan_yuan(value)
    return f"{value:f}" if isinstance(value, Decimal) else value


@given(ROWS)
@round_trip
def test_json_lines_come_back(rows: list[tuple[Any, ...]]) -> None:
    found = read_jsonl(b"".join(encode_json_lines(COLUMNS, rows)))
    assert found == [{kind.name: plain(cell, kind) for kind, cell in zip(Kind, row, strict=True)} for row in rows]


@given(ROWS)
@round_trip
def test_parquet_comes_back_with_amounts_as_exact_decimals(rows: list[tuple[Any, ...]]) -> None:
    found = read_parquet(b"".join(encode_parquet(COLUMNS, rows)))
    for row, back in zip(rows, found, strict=True):
        for kind, cell in zip(Kind, row, strict=True):
            if cell is None:
                assert back[kind.name] is None
            elif kind in (Kind.MONEY, Kind.NUMBER):
                assert Decimal(back[kind.name]) == Decimal(plain(cell, kind))
            else:
                assert back[kind.name] == cell


@given(ROWS)
@round_trip
def test_csv_comes_back_but_for_the_apostrophe_before_formulas(rows: list[tuple[Any, ...]]) -> None:
    found = read_csv(b"".join(encode_csv(COLUMNS, rows)))
    for row, back in zip(rows, found, strict=True):
        for kind, cell in zip(Kind, row, strict=True):
            found_text, text = back[kind.name], spelt(cell, kind)
            if found_text != text:
                assert kind in (Kind.TEXT, Kind.LIST)
                assert (found_text, text[0] in "=+-@\t\r＝＋－＠") == (f"'{text}", True)


def test_an_end_of_a_line_within_a_text_ends_no_row() -> None:
    column = (Column("name", Kind.TEXT, ""),)
    data = b"".join(encode_csv(column, [("a\rb",), ("a\nb",), ("a\r\nb",)]))
    assert data == b'name\n"a\rb"\n"a\nb"\n"a\r\nb"\n'


def spelt(cell: Any, kind: Kind) -> str:
    """A cell as CSV has it, but for an apostrophe."""
    value = plain(cell, kind)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "; ".join(value)
    return str(value)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠x", "-项目", "+-"],
)
def test_a_text_that_a_spreadsheet_would_compute_is_made_plain(text: str) -> None:
    assert unspoken(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "706", "-706.00", "-1,883.42", "+3%", "-", "——", "－", "档案 = 1", "(-5)", "'x"])
def test_numbers_dashes_and_plain_words_stay_as_they_are(text: str) -> None:
    assert unspoken(text) == text


def test_numbers_stay_numbers_in_csv_even_below_zero() -> None:
    columns = (Column("fen", Kind.FEN, ""), Column("wanYuan", Kind.MONEY, ""), Column("text", Kind.TEXT, ""))
    (row,) = read_csv(b"".join(encode_csv(columns, [(-123, -123, "-0.000123")])))
    assert row == {"fen": "-123", "wanYuan": "-0.000123", "text": "-0.000123"}


def test_the_byte_order_mark_is_there_for_excel_alone() -> None:
    column = (Column("name", Kind.TEXT, ""),)
    assert b"".join(encode_csv(column, [("决算",)], About(bom=True))) == b"\xef\xbb\xbfname\n\xe5\x86\xb3\xe7\xae\x97\n"
    assert b"".join(encode_csv(column, [("决算",)])).startswith(b"name\n")


def test_parquet_says_what_its_columns_mean_and_has_the_types_of_money() -> None:
    columns = (Column("fen", Kind.FEN, "whole 分"), Column("wanYuan", Kind.MONEY, "万元"))
    table = pyarrow.parquet.read_table(io.BytesIO(b"".join(encode_parquet(columns, [(1, 1)]))))
    assert str(table.schema.field("fen").type) == "int64"
    assert str(table.schema.field("wanYuan").type) == "decimal128(38, 6)"
    assert table.schema.field("fen").metadata == {b"description": "whole 分".encode()}


def test_a_parquet_file_without_rows_still_has_its_columns() -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(b"".join(encode_parquet(COLUMNS, []))))
    assert (table.num_rows, table.column_names) == (0, [kind.name for kind in Kind])


def test_parquet_never_rounds() -> None:
    with pytest.raises(pyarrow.ArrowInvalid):
        list(encode_parquet((Column("score", Kind.DECIMAL, ""),), [(Decimal("0.00000000001"),)]))


def test_a_workbook_read_by_another_reader_holds_the_values_of_the_rows() -> None:
    """Numbers as numbers, codes and dates as texts, and nothing that a spreadsheet computes."""
    for table in TABLES:
        found = read_xlsx(exported(example(), table.name, "xlsx"))
        wanted = rows(example(), table.name)
        assert len(found) == len(wanted)
        for line, row in zip(found, wanted, strict=True):
            for column in table.columns:
                if column.kind is not Kind.FEN:
                    _same_cell(column, line[heading(column, Language.ZH)], row[column.name])


def _same_cell(column: Column, found: Any, value: Any) -> None:
    if value in (None, []):
        assert found == ""
    elif column.kind in (Kind.MONEY, Kind.DECIMAL, Kind.INTEGER, Kind.NUMBER):
        assert isinstance(found, float)
        assert Decimal(repr(found)) == Decimal(str(value))
    elif column.kind is Kind.FLAG:
        assert found == ("是" if value else "否")
    elif column.words is not None:
        names = value if isinstance(value, list) else [value]
        assert found == "; ".join(column.words[name].value for name in names)
    else:
        assert found == ("; ".join(value) if isinstance(value, list) else value)


def test_no_two_columns_of_a_workbook_have_one_heading() -> None:
    for table in TABLES:
        for language in Language:
            heads = [heading(column, language) for column in table.columns if column.kind is not Kind.FEN]
            assert len(set(heads)) == len(heads)
        assert all(column.term != column.name for column in table.columns)


def test_a_workbook_says_what_it_is_and_takes_no_text_for_a_formula_or_a_number() -> None:
    columns = (Column("code", Kind.TEXT, "Code (编码)"), Column("amountWanYuan", Kind.MONEY, "Amount (金额)"))
    cells = [("=1+1", 1_234_567), ("2080501", None), ("0012", 10**16 + 1), ("\x07铃\ud7ff", -5), ("http://a.b", 0)]
    about = About(Language.EN, (("版本", "Version", "=v"),))
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(encode_workbook(columns, cells, about))))
    assert book.sheet_names == ["Data", "About"]
    heads, *lines = book.get_sheet_by_name("Data").to_python()
    assert heads == ["Code", "Amount (万元)"]
    assert [line[0] for line in lines] == ["=1+1", "2080501", "0012", "铃\ud7ff", "http://a.b"]
    assert [line[1] for line in lines] == [1.234567, "", "10000000000.000001", -0.000005, 0]
    notes = book.get_sheet_by_name("About").to_python()
    assert notes[0][:2] == ["Version", "=v"]
    assert ["Code", "code", "Code (编码)"] in notes


def test_rows_beyond_a_sheet_go_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_MOST_ROWS", 3)
    monkeypatch.setattr(workbook, "_AT_ONCE", 2)
    column = (Column("number", Kind.INTEGER, "Number (序号)"),)
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(encode_workbook(column, [(n,) for n in range(5)]))))
    assert book.sheet_names == ["数据", "数据 2", "数据 3", "说明"]
    found = [line[0] for name in book.sheet_names[:3] for line in book.get_sheet_by_name(name).to_python()[1:]]
    assert found == [0, 1, 2, 3, 4]


def test_codes_stay_text_by_the_documented_line_of_pandas() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "integrators.md").read_text("utf-8")
    (line,) = re.findall(r"^text = \{.*\}$", page, re.MULTILINE)
    assert 'read_csv("figures.csv", dtype=text)' in page
    given: dict[str, Any] = {"str": str}
    exec(line, given)
    figures = pandas.read_csv(io.BytesIO(exported(example(), "figures", "csv", bom=True)), dtype=given["text"])
    assert "2080501" in set(figures["subject"])
    assert "101" in set(figures["department"])
    assert figures["fen"].sum() == sum(row["fen"] or 0 for row in rows(example(), "figures"))
