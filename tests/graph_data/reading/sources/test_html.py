"""HTML: merged cells, line breaks in cells, tables in tables, charsets, and pages that are none."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from graph_data.core.errors import DocumentError
from graph_data.reading.layout import Table
from tests.graph_data.reading.sources.laid_out import laid_out, paragraphs, refusal, tables

HEADINGS = """<table>
<tr><td colspan=2>项目</td><td rowspan="2">合计</td><td colspan=2>其中</td></tr>
<tr><td>科目编码</td><td>科目名称</td><td>基本支出</td><td>项目支出</td></tr>
<tr><td>208</td><td>社会保障</td><td>3.50</td><td>3.50</td><td></td></tr></table>"""


def _page(body: str, charset: str = "utf-8") -> bytes:
    return f'<html><head><meta charset="{charset}"></head><body>{body}</body></html>'.encode(charset)


def test_a_merged_cell_prints_once_and_leaves_blanks(tmp_path: Path) -> None:
    assert tables(laid_out(tmp_path, "page.html", _page(HEADINGS))) == [
        [
            ("项目", "", "合计", "其中", ""),
            ("科目编码", "科目名称", "", "基本支出", "项目支出"),
            ("208", "社会保障", "3.50", "3.50", ""),
        ]
    ]


def test_a_rowspan_longer_than_the_table_is_cut(tmp_path: Path) -> None:
    body = "<table><tr><td rowspan=9>一</td><td>二</td></tr><tr><td>三</td><td>四</td></tr></table>"
    assert tables(laid_out(tmp_path, "page.html", _page(body))) == [[("一", "二"), ("", "三", "四")]]


@pytest.mark.parametrize("span", ["0", "-1", "x", "", "1.5"])
def test_a_span_that_is_no_count_is_one(span: str, tmp_path: Path) -> None:
    body = f"<table><tr><td colspan='{span}'>一</td><td>二</td></tr><tr><td>三</td><td>四</td></tr></table>"
    assert tables(laid_out(tmp_path, "page.html", _page(body)))[0][0] == ("一", "二")


@pytest.mark.parametrize("span", ["1000000000", "9" * 5000])
def test_a_huge_span_is_refused_by_its_bound(span: str, tmp_path: Path) -> None:
    body = f"<table><tr><td colspan={span} rowspan={span}>一</td></tr><tr><td>二</td><td>三</td></tr></table>"
    assert "the bound on colspan of a cell" in refusal(tmp_path, "page.html", _page(body))


def test_a_name_broken_by_a_line_break_is_one_name(tmp_path: Path) -> None:
    body = "<table><tr><td>社会保障<br>和就业支出</td><td>3.50</td></tr><tr><td>合计</td><td>3.50</td></tr></table>"
    assert tables(laid_out(tmp_path, "page.html", _page(body)))[0][0][0].replace(" ", "") == "社会保障和就业支出"


def test_blanks_of_every_kind_are_blank_cells(tmp_path: Path) -> None:
    body = "<table><tr><td>&nbsp;</td><td>　</td><td><br></td><td> \n </td><td>1</td><td>2</td></tr></table>"
    assert tables(laid_out(tmp_path, "page.html", _page(body)))[0][0] == ("", "", "", "", "1", "2")


def test_markup_within_a_cell_leaves_its_words(tmp_path: Path) -> None:
    cell = "<p class=MsoNormal><span><b>12</b></span><span>,345</span><span>.60</span><o:p></o:p></p>"
    body = f"<table><tr><td>合计</td><td>{cell}</td></tr><tr><td>类</td><td>1</td></tr></table>"
    assert tables(laid_out(tmp_path, "page.html", _page(body)))[0][0] == ("合计", "12,345.60")


def test_a_table_within_a_table_of_the_page_is_a_table(tmp_path: Path) -> None:
    body = f"<table><tr><td><p>收入决算表</p>{HEADINGS}<p>注：无。</p></td></tr></table>"
    document = laid_out(tmp_path, "page.html", _page(body))
    assert [len(table) for table in tables(document)] == [3]
    assert paragraphs(document) == ["收入决算表", "注：无。"]


def test_scripts_styles_and_comments_are_silent(tmp_path: Path) -> None:
    body = "<script>var x='12';</script><style>p{}</style><!-- 草稿 --><p>一</p><noscript>开启脚本</noscript>"
    assert paragraphs(laid_out(tmp_path, "page.html", _page(body))) == ["一"]


def test_lines_of_a_paragraph_are_paragraphs_of_their_own(tmp_path: Path) -> None:
    assert paragraphs(laid_out(tmp_path, "page.html", _page("<p>一、<span>总体</span>情况<br>二、收入</p>尾"))) == [
        "一、总体情况",
        "二、收入",
        "尾",
    ]


@pytest.mark.parametrize("charset", ["gbk", "gb2312", "gb18030", "utf-8"])
def test_the_declared_charset_is_read(charset: str, tmp_path: Path) -> None:
    assert paragraphs(laid_out(tmp_path, "page.html", _page("<p>部门决算</p>", charset))) == ["部门决算"]


def test_gbk_without_a_declaration_is_read(tmp_path: Path) -> None:
    assert paragraphs(laid_out(tmp_path, "page.htm", "<p>部门决算公开</p>".encode("gbk"))) == ["部门决算公开"]


def test_utf_8_under_a_wrong_declaration_is_read(tmp_path: Path) -> None:
    data = '<meta charset="gbk"><p>部门决算</p>'.encode()
    assert paragraphs(laid_out(tmp_path, "page.html", data)) == ["部门决算"]


@pytest.mark.parametrize("charset", ["idna", "punycode", "undefined", "hex", "rot13", "no-such-charset"])
def test_a_charset_that_is_none_is_refused(charset: str, tmp_path: Path) -> None:
    data = f'<meta charset="{charset}"><p>'.encode() + b"\xff\xfe\xb2" * 5
    assert "expected" in refusal(tmp_path, "page.html", data)


@pytest.mark.parametrize("data", [b"", b"   \n", b"<html><body></body></html>"], ids=["empty", "blank", "no words"])
def test_a_page_without_words_is_refused(data: bytes, tmp_path: Path) -> None:
    assert "page.html" in refusal(tmp_path, "page.html", data)


def test_tags_nested_beyond_reason_end_in_a_page_or_a_refusal(tmp_path: Path) -> None:
    data = _page("<div>" * 20_000 + "一" + "</div>" * 20_000)
    with suppress(DocumentError):
        assert paragraphs(laid_out(tmp_path, "page.html", data)) == ["一"]


def test_rows_name_their_lines(tmp_path: Path) -> None:
    document = laid_out(tmp_path, "page.html", b"<p>a</p>\n" + _page(HEADINGS))
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert [row.place.line for row in table.rows] == [3, 4, 5]


def test_what_a_page_hides_is_told_and_not_read(tmp_path: Path) -> None:
    hidden = '<tr style="display: none"><td>合计</td><td>9.99</td></tr>'
    shown = "<tr><td>合计</td><td>3.50</td></tr></table><p hidden>7</p>后文"
    body = f"<table><tr><td>项目</td><td>金额</td></tr>{hidden}{shown}"
    document = laid_out(tmp_path, "page.html", _page(body))
    assert tables(document) == [[("项目", "金额"), ("合计", "3.50")]]
    assert paragraphs(document) == ["后文"]
    assert document.hidden == "2 numbers that the page hides; they were not read"


def test_a_page_that_shows_nothing_is_read_whole(tmp_path: Path) -> None:
    document = laid_out(tmp_path, "page.html", _page('<div style="display:none"><p>部门决算</p></div>'))
    assert paragraphs(document) == ["部门决算"]
