# ruff: noqa: E501, PLW0108 - recipes, each on a line where it fits
"""More of them: what a file says of itself and is not, encodings, parts that name each other, and filters in chains."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from random import Random

from tests.graph_data.reading.hostile import COVER, GOOD, HEADINGS, MILLION, PART, archive, pdf, word, workbook

_ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


def _lying(data: bytes, size: int) -> bytes:
    """An archive whose directory says that each member has so many bytes unpacked."""
    out, at = bytearray(data), 0
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = 0
        while (at := data.find(mark, at)) >= 0:
            out[at + place : at + place + 4] = struct.pack("<I", size)
            at += 4
    return bytes(out)


def _four_bytes(count: int) -> bytes:
    """Characters of GB 18030 that hardly anything is written in."""
    dice = Random(2)
    return bytes(first + dice.randrange(size) for _ in range(count) for first, size in ((0x81, 126), (0x30, 10)) * 2)


def _packed(times: int) -> bytes:
    """A stream of a PDF that unpacks to 200 MB."""
    data = bytes(200 * MILLION)
    for _ in range(times):
        data = zlib.compress(data)
    return b"<< /Filter [%b] /Length %d >>\nstream\n%b\nendstream" % (b"/FlateDecode " * times, len(data), data)


def texts() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Plain texts."""
    yield "GB 18030 of four bytes at random", lambda: COVER.encode("gb18030") + _four_bytes(50_000)
    yield (
        "GB 18030 with a bit turned in each tenth byte",
        lambda: bytes(each ^ (4 if at % 10 == 3 else 0) for at, each in enumerate(GOOD.encode("gb18030") * 500)),
    )
    yield "half of it GBK and half UTF-8", lambda: COVER.encode("gbk") + GOOD.encode() * 200
    yield "UTF-32", lambda: GOOD.encode("utf-32")
    yield "UTF-7", lambda: GOOD.encode("utf-7")
    yield "a million byte order marks", lambda: b"\xef\xbb\xbf" * MILLION + GOOD.encode()
    yield "marks that turn the direction", lambda: GOOD.replace("706", "\u202e607\u202c" * 10_000).encode()
    yield "a million marks on one letter", lambda: bytes(COVER + "e" + "\u0301" * MILLION, "utf-8")
    yield "blanks of no width in each number", lambda: GOOD.replace("706", "7\u200b0\u200b6" * 100).encode()
    yield "a quote that is never closed", lambda: bytes(COVER + HEADINGS + '201\t"支出\t1\t' + "x\n" * 30_000, "utf-8")
    yield "a table whose rows grow", lambda: bytes(COVER + HEADINGS + "\n".join("1\t" * n for n in range(800)), "utf-8")
    yield (
        "numbers in full width by the thousand",
        lambda: (COVER + PART + "１２３，４５６．７８万元、" * 10_000).encode(),
    )
    yield (
        "signs before every number",
        lambda: bytes(COVER + HEADINGS + "201\t支出\t-−－–+1\t(1)\t（1）\n" * 3_000, "utf-8"),
    )
    yield (
        "years by the ten thousand",
        lambda: "".join(f"某某局{year}年度部门决算\n" for year in range(1_000, 9_999)).encode(),
    )
    yield (
        "departments by the thousand",
        lambda: "".join(f"某某{n}局2022年度部门决算\n{HEADINGS}" for n in range(2_000)).encode(),
    )
    yield "a NUL in a name", lambda: GOOD.replace("某某局", "某\0局").encode()


def pages() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Pages of HTML."""

    def page(body: str) -> Callable[[], bytes]:
        return lambda: f"<html><meta charset='utf-8'><body><p>{COVER}</p>{body}</body></html>".encode()

    yield "spans beyond all numbers", page(f"<table><tr><td colspan={'9' * 5_000} rowspan=-1>1</td></tr></table>")
    yield (
        "rows that each reach over all that follow",
        page(f"<table>{'<tr><td rowspan=1000>1</td></tr>' * 1000}</table>"),
    )
    yield "100,000 cells that nobody closes", page("<table><tr>" + "<td>1" * 100_000)
    yield "100,000 attributes", page("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">1</p>")
    yield "200,000 comments", page("<!--" * 200_000)
    yield "50,000 hidden frames in each other", page("<div style='display:none'>" * 50_000 + "1")
    yield "5,000 hidden frames beside much text", page("<div hidden>1</div>" * 5_000 + "<p>决算</p>" * 50_000)
    yield "a file of this machine as a frame", page("<iframe src='file:///etc/passwd'></iframe><base href='file:///'>")
    yield "a page of another charset in each line", page("".join(f"<meta charset='c{n}'>" for n in range(10_000)))
    yield "CDATA without an end", page("<![CDATA[" * 100_000)
    yield "references beyond all characters", page("&#x110000;&#99999999999999999999;&#xD800;" * 10_000)
    yield "a list 20,000 deep", page("<ul><li>" * 20_000)


def workbooks() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Excel, .xlsx."""
    yield "a billion rows declared", lambda: workbook(_ROW, before='<dimension ref="A1:XFD1000000000"/>')
    yield "all rows declared, one there", lambda: workbook(_ROW, before='<dimension ref="A1:XFD1048576"/>')
    yield "a row of the number zero", lambda: workbook('<row r="0"><c r="A0"><v>1</v></c></row>')
    yield (
        "rows in reverse",
        lambda: workbook("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(9_000, 0, -1))),
    )
    yield "one cell 100,000 times", lambda: workbook('<row r="1">' + '<c r="A1"><v>1</v></c>' * 100_000 + "</row>")
    yield (
        "a hidden sheet with a cell far out",
        lambda: workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', sheets=2),
    )
    yield (
        "100,000 merged cells over each other",
        lambda: workbook(_ROW, after="<mergeCells>" + '<mergeCell ref="A1:Z40000"/>' * 100_000 + "</mergeCells>"),
    )
    yield (
        "a text whose number is beyond all",
        lambda: workbook('<row r="1"><c r="A1" t="s"><v>4294967295</v></c><c r="B1" t="s"><v>-1</v></c></row>'),
    )
    yield (
        "a style whose number is beyond all",
        lambda: workbook('<row r="1"><c r="A1" s="99999999999"><v>1</v></c></row>'),
    )
    yield "a date before all days", lambda: workbook('<row r="1"><c r="A1" t="d"><v>-9999999999</v></c></row>')
    yield (
        "a formula that refers to itself",
        lambda: workbook('<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:XFD1048576">A1</f><v>1</v></c></row>'),
    )
    yield (
        "members that are larger than they say",
        lambda: _lying(workbook("<!--" + " " * 50_000_000 + "-->" + _ROW), 100),
    )
    yield "members that are smaller than they say", lambda: _lying(workbook(_ROW), 4_000_000_000)
    yield "a path that leads out", lambda: archive({"../../../../tmp/x": b"1", "xl/workbook.xml": b"<workbook/>"})
    yield "a member twice", lambda: workbook(_ROW) + workbook(_ROW)
    yield "100,000 elements in each other", lambda: workbook("<row>" * 100_000)
    yield "a namespace in each element", lambda: workbook("".join(f'<x:a xmlns:x="n{n}"/>' for n in range(50_000)))


def documents() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Word, .docx."""
    yield "50,000 frames of content in each other", lambda: word("<w:sdt><w:sdtContent>" * 50_000)
    yield "100,000 runs in one paragraph", lambda: word("<w:p>" + "<w:r><w:t>1</w:t></w:r>" * 100_000 + "</w:p>")
    yield (
        "a cell that goes on over 100,000 rows",
        lambda: word("<w:tbl>" + "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>" * 30_000 + "</w:tbl>"),
    )
    yield (
        "spans of less than nothing",
        lambda: word('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="-5"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'),
    )
    yield "a document that holds itself", lambda: word('<w:altChunk r:id="r1" xmlns:r="x"/>')
    yield "members that are larger than they say", lambda: _lying(word("<!--" + " " * 50_000_000 + "-->"), 100)
    yield "tables of one cell, 10,000 times", lambda: word("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 10_000)
    yield (
        "deleted words by the hundred thousand",
        lambda: word("<w:p>" + "<w:del><w:r><w:delText>1</w:delText></w:r></w:del>" * 100_000 + "</w:p>"),
    )


def prints() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """PDF."""
    yield (
        "200 MB of zeros packed three times",
        lambda: pdf(b"", _packed(3)).replace(b"/Contents 3 0 R", b"/Contents 10 0 R"),
    )
    yield "a filter forty times", lambda: pdf(b"<< /Filter [" + b"/ASCIIHexDecode " * 40 + b"] /Length 4 >>")
    yield (
        "a predictor of a billion columns",
        lambda: pdf(
            b"",
            b"<< /Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 1000000000 >> /Length 8 >>\nstream\n"
            + zlib.compress(b"x" * 99)
            + b"\nendstream",
        ).replace(b"/Contents 3 0 R", b"/Contents 10 0 R"),
    )
    yield (
        "a content that is a list of itself",
        lambda: pdf(b"", b"[10 0 R 10 0 R]").replace(b"/Contents 3 0 R", b"/Contents 10 0 R"),
    )
    yield (
        "a content 100,000 times",
        lambda: pdf(b"BT (1) Tj ET").replace(b"/Contents 3 0 R", b"/Contents [" + b"3 0 R " * 100_000 + b"]"),
    )
    yield (
        "characters from one to all",
        lambda: pdf(
            b"BT /F1 9 Tf <0001> Tj ET",
            b"<< /Length 90 >>\nstream\nbegincmap 1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange endcmap\nendstream",
        ).replace(b"/BaseFont /Helvetica", b"/BaseFont /Helvetica /ToUnicode 10 0 R"),
    )
    yield (
        "a picture in the content without an end",
        lambda: pdf(b"BI /W 100000 /H 100000 /BPC 8 /CS /RGB ID " + b"x" * 10_000),
    )
    yield "300,000 letters in one place", lambda: pdf(b"BT /F1 9 Tf 72 700 Td " + b"(1) Tj 0 0 Td " * 100_000 + b"ET")
    yield "a length of less than nothing", lambda: pdf(b"BT (1) Tj ET").replace(b"/Length 12", b"/Length -9")
    yield "a root that is a number", lambda: pdf(b"").replace(b"/Root 1 0 R", b"/Root 99999999999 0 R")
    yield "a file before it that is itself", lambda: pdf(b"").replace(b"trailer << ", b"trailer << /Prev 9 /XRefStm 9 ")
    yield "strings in each other", lambda: pdf(b"BT " + b"(" * 200_000 + b" Tj ET")
    yield "two files in one", lambda: pdf(b"BT (1) Tj ET") + pdf(b"BT (2) Tj ET")


def more() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """All of them: suffix, name and recipe."""
    kinds = {".txt": texts, ".html": pages, ".xlsx": workbooks, ".docx": documents, ".pdf": prints}
    for suffix, made in kinds.items():
        yield from ((suffix, name, recipe) for name, recipe in made())
