# ruff: noqa: E501, PLW0108 - recipes, each on a line where it fits
"""Documents that are made to exhaust, hang, break or mislead the reader: small recipes, each with its suffix."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from random import Random

Recipe = tuple[str, Callable[[], bytes]]

COVER = "某某局2022年度部门决算\n"
HEADINGS = "支出决算表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n"
GOOD = f"{COVER}{HEADINGS}合计\t\t706\t\t706\n201\t一般公共服务支出\t706\t\t706\n"
PART = "第三部分 情况说明\n三、支出决算情况说明\n"
MILLION = 1_000_000


def _text(body: str) -> Callable[[], bytes]:
    return lambda: (COVER + body).encode()


def texts() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Plain texts."""
    numbers, closings = "1234567890" * 100_000, "）」”" * 30_000
    yield "empty", lambda: b""
    yield "only blanks", lambda: b" \n" * MILLION
    yield "zeros", lambda: bytes(MILLION)
    yield "noise", lambda: Random(1).randbytes(MILLION)
    yield "control characters", _text("\x01\x02\x03")
    yield "lone surrogates of UTF-16", lambda: b"\xff\xfe" + b"\x00\xd8" * 1000
    yield "half a character", lambda: GOOD.encode("gb18030")[:-2] + b"\x81"
    yield "a number of a million digits in the prose", _text(f"{PART}本年支出合计{numbers}万元。")
    yield "a number of a million digits in a cell", _text(f"{HEADINGS}合计\t\t{numbers}\t\t1\n")
    yield "a number of a million digits after a year", _text(f"2022年{numbers}")
    yield "one line of 30 MB", _text("决算" * 5 * MILLION)
    yield "half a million lines", _text("决算。\n" * 500_000)
    yield "a table of 200,000 rows", _text(HEADINGS + "201\t支出\t1\t1\t1\n" * 200_000)
    yield "a row of a million cells", _text(HEADINGS + "\t" * MILLION)
    yield "a row of a million pipes", _text("|" * MILLION)
    yield "a table of markup without an end", _text("<table><tr><td>1" + "\n<table>" * 20_000)
    yield "commas within a number", _text(f"{PART}本年支出合计{'1,' * 60_000}万元。")
    for name, unit in {
        "類 after a dot": ".类", "opening brackets": "（", "changes": "增加1万元，", "subjects": "教育支出（类）", "shares": "占1%，",
        "budgets": "年初预算1万元，", "completions": "完成预算的1%，", "ordinals": "一、", "amounts": "1.5万元、", "spaces": "　",
        "names of years": "2022年度", "hyphens": "-", "the word itself": "部门决算", "parts": "第一部分", "dates": "2022年1月1日",
        "reasons": "主要原因是", "units": "单位：",
    }.items():  # fmt: skip
        yield f"{name}, 10,000 times in one sentence", _text(f"{PART}{unit * 10_000}。")
        if not any(mark.isdigit() for mark in unit):
            yield (
                f"{name}, 10,000 times on the cover",
                lambda unit=unit: f"{unit * 10_000}部门决算\n{HEADINGS}".encode(),
            )
    yield "closing marks at the end", _text(PART + "本年支出" + closings)
    yield "twenty thousand parts", _text("第一部分 概况\n" * 20_000)
    yield "twenty thousand titles of tables", _text("支出决算表\n" * 20_000)
    yield "twenty thousand headings", _text(HEADINGS * 20_000)
    yield "a department called like a path", lambda: GOOD.replace("某某局", "某局/../../../etc").encode()
    yield "a year that is none", lambda: GOOD.replace("2022", "9999").encode()


def pages() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Pages of HTML."""

    def page(body: str) -> Callable[[], bytes]:
        return lambda: f"<html><meta charset='utf-8'><body><p>{COVER}</p>{body}</body></html>".encode()

    cell = "<td colspan=900 rowspan=900>1</td>"
    yield "a cell over 100,000 columns", page("<table><tr><td colspan=100000>1</td></tr></table>")
    yield "a cell over 100,000 rows", page("<table><tr><td rowspan=100000>1</td></tr></table>")
    yield "cells over 900 rows and columns", page(f"<table>{f'<tr>{cell * 50}</tr>' * 50}</table>")
    yield "5,000 tables in each other", page("<table><tr><td>" * 5000 + "1")
    yield "100,000 frames in each other", page("<div>" * 100_000 + "1")
    yield "100,000 spans in each other", page("<span>" * 100_000 + "1")
    yield "200,000 rows", page("<table>" + "<tr><td>1</td><td>2</td></tr>" * 200_000 + "</table>")
    yield "a script without an end", page("<script>" + "x" * MILLION)
    yield "a picture and nothing else", lambda: b"<html><body><img src='scan.png'></body></html>"
    yield "an unknown charset", lambda: b"<meta charset='no-such'><p>\xff\xfe\xfa</p>"
    yield "a charset that is wrong", lambda: b"<meta charset='utf-8'>" + "決算書".encode("big5")
    entities = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'ha'}'>" for n in range(10))
    yield "entities of entities", lambda: f"<!DOCTYPE html [{entities}]><p>&e9;</p>".encode()
    yield "an attribute of 10 MB", page(f"<p title='{'x' * 10 * MILLION}'>1</p>")


def archive(members: dict[str, bytes]) -> bytes:
    """A zip of members by their paths."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = f"{_RELATIONS}/worksheet"
_LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
)  # fmt: skip


def workbook(
    rows: str, before: str = "", after: str = "", sheets: int = 1, others: dict[str, bytes] | None = None
) -> bytes:
    """An xlsx by hand: `rows` of its sheets, what stands before and after them, and other members by their path."""
    names = [f"sheet{number}" for number in range(1, sheets + 1)]
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1))
    related = "".join(
        f'<Relationship Id="r{n}" Type="{_TYPE}" Target="worksheets/{name}.xml"/>' for n, name in enumerate(names, 1)
    )
    sheet = f'<worksheet xmlns="{_SHEETS}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'.encode()
    root = f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    return archive({
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>'.encode(),
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{root}</Relationships>'.encode(),
        "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>'.encode(),
        **{f"xl/worksheets/{name}.xml": sheet for name in names},
        **(others or {}),
    })  # fmt: skip


def _cell(place: str, value: str = "1") -> str:
    return f'<row r="{place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{place}"><v>{value}</v></c></row>'


def workbooks() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Excel, .xlsx."""
    yield "a cell in the last corner", lambda: workbook(_cell("A1") + _cell("XFD1048576"))
    yield "a cell far down", lambda: workbook(_cell("A1") + _cell("A1048576"))
    yield "a cell beyond the last row", lambda: workbook(_cell("A1") + _cell("A4294967295"))
    yield "a cell beyond the last column", lambda: workbook(_cell("A1") + _cell("ZZZZZZ1"))
    yield "a cell without a place", lambda: workbook("<row><c><v>1</v></c></row>" * 1000)
    yield "a sheet that says it is whole", lambda: workbook(_cell("A1"), before='<dimension ref="A1:XFD1048576"/>')
    yield (
        "a merged cell over everything",
        lambda: workbook(_cell("A1"), after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    )
    yield (
        "columns of one width over everything",
        lambda: workbook(_cell("A1"), before='<cols><col min="1" max="4294967295" width="9"/></cols>'),
    )
    yield "a row over 4 billion", lambda: workbook('<row r="1" spans="1:4294967295"><c r="A1"><v>1</v></c></row>')
    yield "ten thousand sheets", lambda: workbook(_cell("A1"), sheets=10_000)
    yield "300 MB of strings", lambda: workbook(_cell("A1"), others={
        "xl/sharedStrings.xml": b"<sst><si><t>" + b"a" * 300_000_000 + b"</t></si></sst>"
    })  # fmt: skip
    yield "entities of entities", lambda: workbook(_cell("A1"), others={
        "xl/styles.xml": f"{_LAUGHS}]><styleSheet>&a9;</styleSheet>".encode()
    })  # fmt: skip
    yield "a format of 100,000 characters", lambda: workbook(_cell("A1"), others={
        "xl/styles.xml": (
            f'<styleSheet xmlns="{_SHEETS}"><numFmts><numFmt numFmtId="200" formatCode="{"#,##0" * 20_000}"/></numFmts>'
            '<cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
        ).encode()
    })  # fmt: skip
    yield "a number of a million digits", lambda: workbook(_cell("A1", "9" * MILLION))
    yield (
        "a number beyond all numbers",
        lambda: workbook(_cell("A1", "1e308") + _cell("A2", "-1e-308") + _cell("A3", "NaN")),
    )
    yield "twenty thousand members", lambda: archive({f"xl/{n}": b"" for n in range(20_000)})
    yield "a cut archive", lambda: workbook(_cell("A1"))[:-200]
    yield (
        "flipped bytes",
        lambda: bytes(byte ^ (255 if 400 < n < 440 else 0) for n, byte in enumerate(workbook(_cell("A1")))),
    )
    yield "an archive of something else", lambda: archive({"readme": b"1"})
    yield "an archive that holds itself", lambda: archive({"xl/workbook.xml": workbook(_cell("A1"))})
    yield (
        "a locked container",
        lambda: bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le") + bytes(4096),
    )
    wide = "".join(f'<c r="{letters}{{row}}"><v>1</v></c>' for letters in _letters(1000))
    yield (
        "a million cells and more",
        lambda: workbook("".join(f'<row r="{n}">{wide.replace("{row}", str(n))}</row>' for n in range(1, 1200))),
    )


def _letters(count: int) -> Iterator[str]:
    for number in range(count):
        text, rest = "", number + 1
        while rest:
            rest, letter = divmod(rest - 1, 26)
            text = chr(65 + letter) + text
        yield text


def binaries() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Excel, .xls, and what is called so."""
    container = bytes.fromhex("D0CF11E0A1B11AE1")
    yield "a container of noise", lambda: container + Random(2).randbytes(8192)
    yield (
        "a container that says it holds a workbook",
        lambda: container + bytes(504) + "Workbook".encode("utf-16-le") * 200,
    )
    yield "a stream of records", lambda: struct.pack("<HHHH", 0x809, 4, 0x600, 5) * 10_000
    yield (
        "sectors that follow each other in a ring",
        lambda: container + bytes(22) + struct.pack("<HHH", 3, 0xFFFE, 9) + bytes(6000),
    )
    yield "a page with a cell over 100,000 columns", lambda: b"<html><table><tr><td colspan=100000>1</table>"


_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(body: str, before: str = "") -> bytes:
    """A docx by hand."""
    root = f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    kinds = f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="{main}"/>'
    return archive({
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{kinds}</Types>'.encode(),
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{root}</Relationships>'.encode(),
        "word/document.xml": f'{before}<w:document xmlns:w="{_WORDS}"><w:body>{_line(COVER)}{body}</w:body></w:document>'.encode(),
    })  # fmt: skip


def _line(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _word_cell(properties: str = "", content: str = "1") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_line(content)}</w:tc>"


def documents() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Word, .docx."""
    span, before = '<w:gridSpan w:val="{}"/>', '<w:trPr><w:gridBefore w:val="{}"/></w:trPr>'
    yield "a cell over 100,000 columns", lambda: word(f"<w:tbl><w:tr>{_word_cell(span.format(100_000))}</w:tr></w:tbl>")
    yield (
        "100,000 columns before a cell",
        lambda: word(f"<w:tbl><w:tr>{before.format(100_000)}{_word_cell()}</w:tr></w:tbl>"),
    )
    yield (
        "cells over 900 columns",
        lambda: word(f"<w:tbl>{f'<w:tr>{_word_cell(span.format(900)) * 20}</w:tr>' * 200}</w:tbl>"),
    )
    yield (
        "a span of a million digits",
        lambda: word(f"<w:tbl><w:tr>{_word_cell(span.format('9' * MILLION))}</w:tr></w:tbl>"),
    )
    yield (
        "500 tables in each other",
        lambda: word("<w:tbl><w:tr><w:tc>" * 500 + _line("1") + "</w:tc></w:tr></w:tbl>" * 500),
    )
    yield "300,000 paragraphs", lambda: word(_line("1") * 300_000)
    yield "400,000 cells", lambda: word(f"<w:tbl>{f'<w:tr>{_word_cell() * 4}</w:tr>' * 100_000}</w:tbl>")
    yield "a line of 20 MB", lambda: word(_line("决" * 7 * MILLION))
    yield "200 MB of blanks", lambda: word(_line(" " * 200_000_000))
    yield "entities of entities", lambda: word(_line("&a9;"), before=f"{_LAUGHS}]>")
    yield (
        "a file of this machine as an entity",
        lambda: word(_line("&a;"), before='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    )
    yield "no document", lambda: archive({"word/document.xml": b""})
    yield "a cut archive", lambda: word(_line("1"))[:-100]


def pdf(content: bytes, *others: bytes, pages: int = 1, resources: bytes = b"", packed: bool = False) -> bytes:
    """A PDF by hand: one content for all its pages, and other objects from number 10 on."""
    stream = zlib.compress(content) if packed else content
    kind = b"/Filter /FlateDecode " if packed else b""
    kids = b" ".join(b"%d 0 R" % (1000 + n) for n in range(pages))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, kids),
        3: b"<< %s/Length %d >>\nstream\n%s\nendstream" % (kind, len(stream), stream),
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        **{10 + n: other for n, other in enumerate(others)},
    }
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> %s >> >>"
    objects |= {1000 + n: page % resources for n in range(pages)}
    out = bytearray(b"%PDF-1.4\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, start)
    return bytes(out)


def _said(text: bytes) -> bytes:
    return b"BT /F1 12 Tf 72 700 Td (%s) Tj ET\n" % text


def prints() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """PDF."""
    said = _said(b"1")
    yield "a header and nothing else", lambda: b"%PDF-1.7\n"
    yield "noise after a header", lambda: b"%PDF-1.7\n" + Random(3).randbytes(MILLION)
    yield "50,000 pages", lambda: pdf(said, pages=50_000)
    yield "400,000 characters on a page", lambda: pdf(_said(b"1" * 4000) * 100)
    yield "200,000 lines on a page", lambda: pdf(b"".join(b"0 %d m 500 %d l S\n" % (n, n) for n in range(200_000)))
    yield (
        "20,000 rules that cross",
        lambda: pdf(
            said + b"".join(b"%d 0 m %d 800 l S 0 %d m 500 %d l S\n" % (n, n, n, n) for n in range(1, 600)) * 17
        ),
    )
    yield "1 GB of blanks once unpacked", lambda: pdf(b" " * 1_000_000_000, packed=True)
    yield "a stream that opens 100,000 states", lambda: pdf(b"q " * 100_000 + said)
    yield "an array that opens 100,000 arrays", lambda: pdf(b"[" * 100_000)
    yield "a dictionary that opens 100,000 dictionaries", lambda: pdf(said, b"<< /A " * 100_000)
    yield "a form that draws itself", lambda: pdf(
        b"/X Do", b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >> /Length 5 >>\n"
        b"stream\n/X Do\nendstream", resources=b"/XObject << /X 10 0 R >>",
    )  # fmt: skip
    tree = pdf(said).replace(b"/Kids [1000 0 R]", b"/Kids [2 0 R]  ")
    yield "pages that are their own parents", lambda: tree
    widths = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype "
    )
    yield "widths of 4 billion characters", lambda: pdf(
        b"BT /F2 12 Tf (11) Tj ET", widths + b"/CIDFontType2 /BaseFont /A /W [0 4294967295 500] >>] >>",
        resources=b"/Font << /F2 10 0 R >>",
    )  # fmt: skip
    ranges = (
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange"
    )
    yield "a table of 4 billion characters", lambda: pdf(
        b"BT /F2 12 Tf (11) Tj ET",
        widths + b"/CIDFontType2 /BaseFont /A >>] /ToUnicode 11 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(ranges), ranges),
        resources=b"/Font << /F2 10 0 R >>",
    )  # fmt: skip
    yield (
        "a cross-reference that points to itself",
        lambda: b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer << /Prev 9 /Root 1 0 R >>\nstartxref\n9\n%%EOF",
    )
    yield (
        "a locked file",
        lambda: pdf(said).replace(
            b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /O (a) /U (b) /P 0 >> /ID [(a) (a)]"
        ),
    )
    yield (
        "an encryption that nobody knows",
        lambda: pdf(said).replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /None >>"),
    )
    yield "a page a kilometre wide", lambda: pdf(said).replace(b"[0 0 595 842]", b"[0 0 1e9 1e9]")
    yield "a page of no size", lambda: pdf(said).replace(b"[0 0 595 842]", b"[0 0 0 0]")
    yield "a page turned by an odd angle", lambda: pdf(said).replace(b"/MediaBox", b"/Rotate 37 /MediaBox")
    yield "numbers of a million digits", lambda: pdf(b"1" * MILLION + b" 0 m S " + said)


def others() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Files that there is no source for, whatever they are called."""
    yield (
        ".doc",
        "an old document",
        lambda: bytes.fromhex("D0CF11E0A1B11AE1") + "WordDocument".encode("utf-16-le") + bytes(999),
    )
    yield (
        ".docx",
        "an old document called .docx",
        lambda: bytes.fromhex("D0CF11E0A1B11AE1") + "WordDocument".encode("utf-16-le"),
    )
    yield ".rtf", "rich text", lambda: b"{\\rtf1 1}"
    yield ".zip", "an archive of everything", lambda: archive({"a.txt": GOOD.encode()})
    yield ".png", "a picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(1000)
    yield ".jpg", "a picture of another kind", lambda: b"\xff\xd8\xff\xe0" + bytes(1000)
    yield ".exe", "a program", lambda: b"MZ" + bytes(1000)
    yield ".txt", "a PDF called .txt", lambda: pdf(_said(b"1"))
    yield ".pdf", "a text called .pdf", lambda: GOOD.encode()
    yield ".xlsx", "a text called .xlsx", lambda: GOOD.encode()


def everything() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """All of them: suffix, name and recipe."""
    kinds = {".txt": texts, ".html": pages, ".xlsx": workbooks, ".xls": binaries, ".docx": documents, ".pdf": prints}
    for suffix, made in kinds.items():
        yield from ((suffix, name, recipe) for name, recipe in made())
    yield from others()
