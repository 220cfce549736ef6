"""Excel: numbers as Excel shows them, formulas by their values, merged and hidden parts, and what is no workbook."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msoffcrypto.format.ooxml
import pytest
import xlsxwriter

from graph_data.core.errors import DocumentError
from tests.graph_data.reading.sources.laid_out import laid_out, paragraphs, refusal, tables

Fill = Callable[[Any, Any], object]
"""What fills a workbook, given it and its first sheet."""


def _book(fill: Fill) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        fill(book, book.add_worksheet("公开01表"))
    return target.getvalue()


def _row(*values: Any) -> bytes:
    return _book(lambda _, sheet: sheet.write_row(0, 0, ["合计", *values]))


def _cells(data: bytes, tmp_path: Path) -> tuple[str, ...]:
    return tables(laid_out(tmp_path, "book.xlsx", data))[0][0]


def _cells_or_refusal(data: bytes, tmp_path: Path) -> str:
    try:
        return " ".join(_cells(data, tmp_path))
    except DocumentError as error:
        return error.found


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (9664.960000000001, "9664.96"),
        (0.1 + 0.2, "0.3"),
        (706, "706"),
        (706.0, "706"),
        (-12.5, "-12.5"),
        (0, "0"),
        (2080501, "2080501"),
        (123456789012.35, "123456789012.35"),
        (0.00005, "0.00005"),
        (0.000001, "0.000001"),
        ("10,839.03", "10,839.03"),
        ("-", "-"),
        ("'208", "'208"),
    ],
)
def test_a_number_reads_as_excel_shows_it(value: Any, text: str, tmp_path: Path) -> None:
    assert _cells(_row(value, "末"), tmp_path) == ("合计", text, "末")


def test_a_formula_reads_as_its_stored_value(tmp_path: Path) -> None:
    data = _book(lambda _, sheet: (sheet.write(0, 0, "合计"), sheet.write_formula(0, 1, "=1.1+2.2", None, 3.3)))
    assert _cells(data, tmp_path) == ("合计", "3.3")


def test_a_formula_in_error_is_not_blank(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["合计", 1])
        sheet.write_formula(0, 2, "=1/0", None, "#DIV/0!")

    assert _cells(_book(fill), tmp_path) == ("合计", "1", "#DIV/0!")


def test_a_percentage_reads_as_it_is_shown(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "执行率")
        sheet.write(0, 1, 0.8853, book.add_format({"num_format": "0.00%"}))

    assert _cells(_book(fill), tmp_path) == ("执行率", "88.53%")


@pytest.mark.parametrize(("code", "shown"), [('0.00;-0.00;"-"', "-"), ("0.00;-0.00;;", ""), ("0.00", "0.00")])
def test_zero_reads_as_it_is_shown(code: str, shown: str, tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "合计")
        sheet.write(0, 1, 0.0, book.add_format({"num_format": code}))
        sheet.write(0, 2, "元")

    assert _cells(_book(fill), tmp_path) == ("合计", shown, "元")


@pytest.mark.parametrize("code", ["#,##0.00,", "0!.0,", "0\\.0,"])
def test_a_number_shown_in_thousands_is_no_amount_and_keeps_its_format(code: str, tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "合计")
        sheet.write(0, 1, 9400000.5, book.add_format({"num_format": code}))

    assert _cells(_book(fill), tmp_path)[1] == f"9400000.5 [{code}]"


def test_a_date_reads_as_a_date(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "公开日期")
        sheet.write_datetime(0, 1, date(2023, 8, 31), book.add_format({"num_format": "yyyy-mm-dd"}))

    assert _cells(_book(fill), tmp_path)[1].startswith("2023-08-31")


def test_a_merged_cell_prints_once_and_leaves_blanks(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        style = book.add_format({"align": "center"})
        sheet.merge_range(0, 0, 0, 1, "项目", style)
        sheet.merge_range(0, 2, 1, 2, "合计", style)
        sheet.write_row(1, 0, ["科目编码", "科目名称"])
        sheet.write_row(2, 0, ["208", "社会保障", 3.5])

    rows = [("项目", "", "合计"), ("科目编码", "科目名称", ""), ("208", "社会保障", "3.5")]
    assert tables(laid_out(tmp_path, "book.xlsx", _book(fill))) == [rows]


def test_blank_rows_and_columns_before_the_table_do_not_move_it(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(3, 2, ["合计", 1.5])
        sheet.write_row(5, 2, ["208", 1.5])

    document = laid_out(tmp_path, "book.xlsx", _book(fill))
    assert [[cell for cell in row if cell] for row in tables(document)[0]] == [["合计", "1.5"], ["208", "1.5"]]
    assert document.blocks[0].place.line == 4


def test_titles_and_units_above_the_rows_are_words(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write(0, 0, "收入决算表")
        sheet.write(1, 3, "公开02表")
        sheet.write_row(2, 0, ["部门：某市某局", "", "", "金额单位：万元"])
        sheet.write_row(3, 0, ["项目", "", "合计", "其中"])
        sheet.write_row(4, 0, ["合计", "", 1.5, 1.5])
        sheet.write(5, 0, "注：本表无。")

    document = laid_out(tmp_path, "book.xlsx", _book(fill))
    assert paragraphs(document) == ["收入决算表", "公开02表", "部门：某市某局", "金额单位：万元", "注：本表无。"]
    assert len(tables(document)[0]) == 2


@pytest.mark.parametrize("hide", ["hide", "very_hidden"])
def test_a_hidden_sheet_is_not_published(hide: str, tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["合计", 1])
        hidden = book.add_worksheet("草稿")
        hidden.write_row(0, 0, ["合计", 2])
        getattr(hidden, hide)()

    document = laid_out(tmp_path, "book.xlsx", _book(fill))
    assert tables(document) == [[("合计", "1")]]
    assert document.hidden == "1 hidden sheets (草稿) with 1 cells of numbers; they were not read"


def test_each_sheet_is_a_page(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["合计", 1])
        book.add_worksheet("公开02表").write_row(4, 0, ["合计", 2])

    places = [block.place for block in laid_out(tmp_path, "book.xlsx", _book(fill)).blocks]
    assert [(place.page, place.line) for place in places] == [(1, 1), (2, 5)]


def test_a_name_wrapped_within_its_cell_is_one_name(tmp_path: Path) -> None:
    data = _book(lambda _, sheet: sheet.write_row(0, 0, ["社会保障\n和就业支出", 1]))
    assert _cells(data, tmp_path)[0] == "社会保障和就业支出"


def test_a_workbook_without_cells_is_refused(tmp_path: Path) -> None:
    assert "nothing" in refusal(tmp_path, "book.xlsx", _book(lambda *_: None))


def test_a_locked_workbook_is_refused_as_locked(tmp_path: Path) -> None:
    target = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(_row(1))).encrypt("secret", target)
    assert "password" in refusal(tmp_path, "book.xlsx", target.getvalue())


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(_row(1)[:-40], id="cut"),
        pytest.param(_row(1)[:200], id="cut short"),
        pytest.param("部门决算".encode(), id="text"),
        pytest.param(b"%PDF-1.4\n", id="PDF"),
    ],
)
@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_what_is_no_workbook_is_refused(data: bytes, suffix: str, tmp_path: Path) -> None:
    assert f"book.{suffix}" in refusal(tmp_path, f"book.{suffix}", data)


def test_a_page_saved_as_xls_is_read_as_the_page_that_it_is(tmp_path: Path) -> None:
    page = "<html><body><table><tr><td>合计</td><td>1</td></tr></table></body></html>".encode()
    assert tables(laid_out(tmp_path, "book.xls", page)) == [[("合计", "1")]]
    assert "book.xlsx" in refusal(tmp_path, "book.xlsx", page)


def _with_member(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with other content in one member of its archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in source.namelist():
            archive.writestr(member, content if member == name else source.read(member))
    return target.getvalue()


def _refusal_apart(folder: Path, data: bytes) -> str:
    """What the refusal says, asked for in a process of its own with 4 GiB: memory that runs out cannot be caught."""
    (folder / "book.xlsx").write_bytes(data)
    asked = subprocess.run(
        [sys.executable, "-c", _ASK, str(folder / "book.xlsx")], capture_output=True, text=True, timeout=60, check=False
    )
    assert asked.returncode == 0, asked.stderr[:300]
    return asked.stdout


_ASK = """
import resource, sys, pathlib
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
from graph_data.core.errors import DocumentError
from graph_data.reading.sources import lay_out
try:
    lay_out(pathlib.Path(sys.argv[1]), lambda page, pages: None)
except DocumentError as error:
    print(error)
"""


def test_a_sheet_with_a_cell_in_its_last_corner_is_refused(tmp_path: Path) -> None:
    data = _book(lambda _, sheet: (sheet.write(0, 0, "合计"), sheet.write(1_048_575, 16_383, 1)))
    assert "the bound on rows" in _refusal_apart(tmp_path, data)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    strings = b'<?xml version="1.0"?><sst><si><t>' + b"a" * 300_000_000 + b"</t></si></sst>"
    assert "book.xlsx" in _refusal_apart(tmp_path, _with_member(_row("一"), "xl/sharedStrings.xml", strings))


def test_hidden_rows_and_columns_are_left_out_and_told(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["科目", "备查", "合计", "基本支出"])
        sheet.write_row(1, 0, ["行政运行", 7, 1.5, 1.5])
        sheet.write_row(2, 0, ["档案馆", 8, 2.5, 2.5])
        sheet.merge_range(3, 1, 3, 2, 4)
        sheet.write(3, 3, 4)
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.set_row(1, None, None, {"hidden": True})

    document = laid_out(tmp_path, "book.xlsx", _book(fill))
    assert tables(document) == [[("科目", "合计", "基本支出"), ("档案馆", "2.5", "2.5"), ("", "4", "4")]]
    assert document.hidden == "hidden rows 2 and columns B of 公开01表 with 4 cells of numbers; they were not read"


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _old_book() -> bytes:
    """A workbook of the old binary kind, made by hand: a number under 0.00, an error, a hidden row and column."""
    opening = struct.pack("<HHHHII", 0x600, 0x10, 0, 1993, 0, 6)
    texts = ("合计", "末")
    sheet = _record(0x809, opening) + _record(0x7D, struct.pack("<6H", 3, 3, 2304, 0, 1, 0))
    sheet += _record(0x208, struct.pack("<4H4xHH", 1, 0, 5, 255, 0x20, 0))
    for row in (0, 1):
        for column, text in ((0, texts[0]), (4, texts[1])):
            body = struct.pack("<HHHHB", row, column, 0, len(text), 1)
            sheet += _record(0x204, body + text.encode("utf-16-le"))
        sheet += _record(0x203, struct.pack("<HHHd", row, 1, 1, 50.126))
        sheet += _record(0x205, struct.pack("<HHHBB", row, 2, 0, 7, 1))
        sheet += _record(0x203, struct.pack("<HHHd", row, 3, 0, 9.5))
    sheet += _record(0x0A, b"")
    styles = b"".join(_record(0xE0, struct.pack("<HH16x", 0, number)) for number in (0, 2))
    title = "公开01表"
    name = struct.pack("<BB", len(title), 1) + title.encode("utf-16-le")
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 1993, 0, 6)) + styles
    start = len(head) + 4 + 6 + len(name) + 4
    stream = head + _record(0x85, struct.pack("<IBB", start, 0, 0) + name) + _record(0x0A, b"") + sheet
    stream = stream.ljust(4096, b"\0")
    count = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *(n + 3 for n in range(count - 1)), 0xFFFFFFFE]
    entries = [("Root Entry", 5, 0xFFFFFFFE, 0), ("Workbook", 2, 2, len(stream))]
    directory = b""
    for label, kind, first, size in entries:
        text = label.encode("utf-16-le") + b"\0\0"
        below = 1 if kind == 5 else 0xFFFFFFFF
        directory += struct.pack(
            "<64sHBBIII36xIQ", text, len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, below, first, size
        )
    header = struct.pack("<8s16xHHHHH6xIIIIIIIII", bytes.fromhex("D0CF11E0A1B11AE1"), 0x3E, 3, 0xFFFE, 9, 6,
                         0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    return header + fat + directory.ljust(512, b"\0") + stream


def test_an_old_workbook_shows_its_formats_and_errors_and_hides_what_it_hides(tmp_path: Path) -> None:
    document = laid_out(tmp_path, "book.xls", _old_book())
    assert tables(document) == [[("合计", "50.13", "#DIV/0!", "末")]]
    assert document.hidden == "hidden rows 2 and columns D of 公开01表 with 4 cells of numbers; they were not read"
