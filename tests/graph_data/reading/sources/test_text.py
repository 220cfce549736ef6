"""Plain text: tabs make rows, blank lines do not end a table, and what is no text is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.graph_data.reading.sources.laid_out import laid_out, paragraphs, refusal, tables


def test_tabs_make_rows_and_a_blank_line_leaves_them_together(tmp_path: Path) -> None:
    document = laid_out(tmp_path, "account.txt", "表\n一\t1\n\n二\t\n注".encode())
    assert tables(document) == [[("一", "1"), ("二", "")]]
    assert paragraphs(document) == ["表", "注"]


def test_cells_lose_the_spaces_around_them(tmp_path: Path) -> None:
    assert tables(laid_out(tmp_path, "account.txt", b" a \t 1 \nb\t2"))[0] == [("a", "1"), ("b", "2")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind_count_lines_alike(end: str, tmp_path: Path) -> None:
    document = laid_out(tmp_path, "account.txt", end.join(["一", "", "二", ""]).encode())
    assert [(block.place.line, paragraphs(document)[n]) for n, block in enumerate(document.blocks)] == [
        (1, "一"),
        (3, "二"),
    ]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        pytest.param("一\n决算".encode()[:-1], "line 2", id="a character cut"),
        pytest.param("一\n".encode() + "决算".encode("gbk"), "line 2", id="GBK"),
        pytest.param(b"a\n\0b", "control character 0x00", id="a zero"),
        pytest.param("一\n二".encode("utf-16-le"), "line 2", id="UTF-16 without a mark and without known words"),
        pytest.param("決算書與預算書之說明".encode("big5"), "line 1", id="Big5"),
        pytest.param("部门决算".encode("gb18030")[:-1], "line 1", id="a character of GB 18030 cut"),
    ],
)
def test_what_cannot_be_decoded_surely_is_refused_with_its_line(data: bytes, found: str, tmp_path: Path) -> None:
    assert found in refusal(tmp_path, "account.txt", data)


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf"], ids=["empty", "blank", "only a mark"])
def test_an_empty_text_is_refused(data: bytes, tmp_path: Path) -> None:
    assert "account.txt" in refusal(tmp_path, "account.txt", data)


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_a_text_in_another_encoding_reads_the_same(encoding: str, tmp_path: Path) -> None:
    text = "某某局2022年度部门决算\n单位：万元\n合计\t10.00\n支出为零。"
    document = laid_out(tmp_path, "account.txt", text.encode(encoding))
    assert paragraphs(document) == ["某某局2022年度部门决算", "单位：万元", "支出为零。"]
    assert tables(document) == [[("合计", "10.00")]]


def test_markdown_is_tables_and_words(tmp_path: Path) -> None:
    text = (
        "# 支出决算表 #\n**单位：万元**\n\n| 科目 | 合计 |\n|:--|---:|\n| 教育<br>支出 | 1,000.00 |\n| a\\|b | 2 |\n"
        "首页 | 关闭\n```\n<table>\n<tr><td>一</td>\n<td>2</td></tr>\n</table>\n末。"
    )
    document = laid_out(tmp_path, "account.md", text.encode())
    assert paragraphs(document) == ["支出决算表", "单位：万元", "首页 | 关闭", "末。"]
    assert tables(document) == [[("科目", "合计"), ("教育支出", "1,000.00"), ("a|b", "2")], [("一", "2")]]
    assert [block.place.line for block in document.blocks] == [1, 2, 4, 8, 11, 14]


@pytest.mark.parametrize(
    ("name", "advice"), [("account.doc", "--convert-to docx"), ("account.zip", "unpack"), ("account.png", "with text")]
)
def test_a_known_kind_that_is_not_read_is_refused_with_what_to_do(name: str, advice: str, tmp_path: Path) -> None:
    assert advice in refusal(tmp_path, name, b"a")


@pytest.mark.parametrize("name", ["account.psd", "account", "account.bin"])
def test_another_kind_of_file_is_refused_with_the_kinds_that_are_read(name: str, tmp_path: Path) -> None:
    assert ".txt" in refusal(tmp_path, name, b"a")


def test_a_suffix_in_capitals_is_the_same_kind(tmp_path: Path) -> None:
    assert paragraphs(laid_out(tmp_path, "ACCOUNT.TXT", "一".encode())) == ["一"]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_file_is_tables_with_words_above_them(mark: str, tmp_path: Path) -> None:
    rows = [
        ["支出决算表"],
        ["部门：某局", "", "金额单位：万元"],
        ["科目", "合计"],
        ["行政运行", '"1,210.50"'],
        ['"档案\n馆"', "3"],
    ]
    data = "\n".join(mark.join(row) for row in rows).encode("gb18030")
    document = laid_out(tmp_path, "table.csv", data)
    assert paragraphs(document) == ["支出决算表", "部门：某局", "金额单位：万元"]
    assert tables(document) == [[("科目", "合计"), ("行政运行", "1,210.50"), ("档案馆", "3")]]
