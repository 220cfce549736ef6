"""Word: merged cells, tables within cells, what a document of tracked changes and text boxes leaves, and bad files."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import msoffcrypto.format.ooxml
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.graph_data.reading.sources.laid_out import laid_out, paragraphs, refusal, tables


def _saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _with_table(*rows: tuple[str, ...]) -> Any:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    return document


def test_paragraphs_and_tables_stand_in_their_order(tmp_path: Path) -> None:
    document = _with_table(("合计", "1"), ("208", "1"))
    document.add_paragraph("注：无。")
    document.paragraphs[0].insert_paragraph_before("收入决算表")
    document.element.body.insert(0, document.paragraphs[0]._p)
    found = laid_out(tmp_path, "account.docx", _saved(document))
    assert [type(block).__name__ for block in found.blocks] == ["Paragraph", "Table", "Paragraph"]
    assert paragraphs(found) == ["收入决算表", "注：无。"]


def test_a_merged_cell_prints_once_and_leaves_blanks(tmp_path: Path) -> None:
    document = _with_table(("项目", "", "合计", ""), ("编码", "名称", "", "基本"), ("208", "社保", "3.5", "3.5"))
    table = document.tables[0]
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(0, 2).merge(table.cell(1, 2))
    assert tables(laid_out(tmp_path, "account.docx", _saved(document))) == [
        [("项目", "", "合计", ""), ("编码", "名称", "", "基本"), ("208", "社保", "3.5", "3.5")]
    ]


def test_cells_left_out_before_a_row_leave_blanks(tmp_path: Path) -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    whole = f"<w:tr>{cell.format('合计')}{cell.format('1')}{cell.format('2')}</w:tr>"
    short = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell.format("3")}{cell.format("4")}</w:tr>'
    grid = "<w:tblGrid>" + "<w:gridCol/>" * 3 + "</w:tblGrid>"
    document = docx.Document()
    xml = f"<w:tbl {nsdecls('w')}><w:tblPr/>{grid}{whole}{short}</w:tbl>"
    document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")
    assert tables(laid_out(tmp_path, "account.docx", _saved(document))) == [[("合计", "1", "2"), ("", "3", "4")]]


def test_a_line_break_within_a_paragraph_ends_a_line(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("一、总体\n二、收入")
    assert paragraphs(laid_out(tmp_path, "account.docx", _saved(document))) == ["一、总体", "二、收入"]


def test_a_name_in_two_paragraphs_of_a_cell_is_one_name(tmp_path: Path) -> None:
    document = _with_table(("社会保障", "1"), ("合计", "1"))
    document.tables[0].cell(0, 0).add_paragraph("和就业支出")
    assert tables(laid_out(tmp_path, "account.docx", _saved(document)))[0][0] == ("社会保障和就业支出", "1")


def test_a_table_within_a_cell_is_not_lost(tmp_path: Path) -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "收入决算表"
    inner = cell.add_table(2, 2)
    for place, text in zip(((0, 0), (0, 1), (1, 0), (1, 1)), ("合计", "17.25", "208", "17.25"), strict=True):
        inner.cell(*place).text = text
    found = laid_out(tmp_path, "account.docx", _saved(document))
    assert "17.25" in str(found.blocks)


def test_inserted_words_of_a_tracked_change_count_and_deleted_ones_do_not(tmp_path: Path) -> None:
    document = docx.Document()
    runs = (
        "<w:r><w:t>支出</w:t></w:r>"
        '<w:del w:id="1" w:author="a"><w:r><w:delText>12</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>13</w:t></w:r></w:ins>'
        "<w:r><w:t>万元。</w:t></w:r>"
    )
    paragraph = parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>")
    document.element.body.insert_element_before(paragraph, "w:sectPr")
    assert paragraphs(laid_out(tmp_path, "account.docx", _saved(document))) == ["支出13万元。"]


def test_a_hyperlink_keeps_its_words(tmp_path: Path) -> None:
    document = docx.Document()
    runs = "<w:hyperlink><w:r><w:t>第一部分</w:t></w:r></w:hyperlink><w:r><w:t> 部门概况</w:t></w:r>"
    document.element.body.insert_element_before(parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>"), "w:sectPr")
    assert paragraphs(laid_out(tmp_path, "account.docx", _saved(document))) == ["第一部分 部门概况"]


def test_a_content_control_keeps_its_paragraphs_and_tables(tmp_path: Path) -> None:
    document = _with_table(("合计", "1"), ("208", "1"))
    table = document.tables[0]._tbl
    words = "<w:p><w:r><w:t>目录</w:t></w:r></w:p>"
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent>{words}</w:sdtContent></w:sdt>")
    table.addprevious(control)
    control[-1].append(table)
    found = laid_out(tmp_path, "account.docx", _saved(document))
    assert (paragraphs(found), tables(found)) == (["目录"], [[("合计", "1"), ("208", "1")]])


def test_a_document_without_words_is_refused(tmp_path: Path) -> None:
    assert "nothing" in refusal(tmp_path, "account.docx", _saved(docx.Document()))


def test_a_locked_document_is_refused_as_locked(tmp_path: Path) -> None:
    target = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(_saved(_with_table(("合计", "1"))))).encrypt("secret", target)
    assert "password" in refusal(tmp_path, "account.docx", target.getvalue())


def _archive(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


WHOLE = _saved(_with_table(("合计", "1"), ("208", "1")))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(WHOLE[:-30], id="cut"),
        pytest.param("部门决算".encode(), id="text"),
        pytest.param(b"{\\rtf1 }", id="RTF"),
        pytest.param(_archive({"a.txt": b"a"}), id="another archive"),
        pytest.param(_archive(_members(WHOLE) | {"word/document.xml": b"<w:document>"}), id="broken XML"),
        pytest.param(_archive(_members(WHOLE) | {"[Content_Types].xml": b"<a/>"}), id="no types"),
        pytest.param(_archive(_members(WHOLE) | {"_rels/.rels": b""}), id="no relations"),
    ],
)
def test_what_is_no_document_is_refused(data: bytes, tmp_path: Path) -> None:
    assert "account.docx" in refusal(tmp_path, "account.docx", data)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    bomb = _archive(_members(WHOLE) | {"word/document.xml": b" " * 300_000_000})
    assert "300" in refusal(tmp_path, "account.docx", bomb)


def test_entities_are_not_expanded_without_bound(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "{"x" * 10}">{levels}]><w:document {nsdecls("w")}>'
        "<w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert "account.docx" in refusal(
        tmp_path, "account.docx", _archive(_members(WHOLE) | {"word/document.xml": xml.encode()})
    )
