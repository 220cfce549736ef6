"""Tables come back from every format as they went in, exactly; nothing makes a spreadsheet compute."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pyarrow.parquet  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.exports.columns import Column, Kind
from graph_data.exports.formats import encode_csv, encode_json_lines, encode_parquet, unspoken
from graph_data.exports.workbook import About
from tests.graph_data.exports.exporting import read_csv, read_jsonl, read_parquet

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
