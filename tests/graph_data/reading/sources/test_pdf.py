"""PDF: ruled tables and the lines around them, over pages, and files that are scanned, locked or broken."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from graph_data.core.errors import DocumentError
from graph_data.reading.layout import Paragraph
from tests.graph_data.reading.sources.laid_out import laid_out, paragraphs, refusal, tables
from tests.made_up.render.pdf_pages import FONT

LEFT, TOP, WIDTH, HEIGHT, SIZE = 60, 700, 110, 24, 11
HEADINGS = ("科目编码", "科目名称", "合计")
MERGED = (("项目", None, "本年支出", None), ("科目编码", "科目名称", "基本支出", "项目支出"))


def _drawn(*pages: Callable[[Canvas], None], **options: Any) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1, **options)
    for draw in pages:
        canvas.setFont(FONT, SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _lines(*texts: str, left: int = LEFT, top: int = TOP) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(texts):
            canvas.drawString(left, top - 20 * number, text)

    return draw


def _ruled(canvas: Canvas, rows: Sequence[Sequence[str | None]], top: int = TOP, width: int = WIDTH) -> None:
    """Rules round every cell; a cell that is None belongs to the one at its left."""
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text is None:
                continue
            covered = next((n for n, cell in enumerate(row[column + 1 :], 1) if cell is not None), len(row) - column)
            left, base = LEFT + column * width, top - (number + 1) * HEIGHT
            canvas.rect(left, base, covered * width, HEIGHT)
            parts = text.split("\n")
            for n, part in enumerate(parts):
                canvas.drawString(left + 3, base + HEIGHT - 11 - n * 11 - (0 if len(parts) > 1 else 5), part)


def test_a_ruled_table_stands_between_the_lines_around_it(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        _lines("收入决算表", "单位：万元", top=760)(canvas)
        _ruled(canvas, [HEADINGS, ("208", "社会保障", "754.75")])
        _lines("注：无。", top=600)(canvas)

    document = laid_out(tmp_path, "account.pdf", _drawn(draw))
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Paragraph", "Table", "Paragraph"]
    assert tables(document) == [[HEADINGS, ("208", "社会保障", "754.75")]]


def test_a_merged_cell_prints_once_and_leaves_blanks(tmp_path: Path) -> None:
    data = _drawn(lambda canvas: _ruled(canvas, [*MERGED, ("208", "社会保障", "1", "2")]))
    assert tables(laid_out(tmp_path, "account.pdf", data))[0][:2] == [
        ("项目", "", "本年支出", ""),
        ("科目编码", "科目名称", "基本支出", "项目支出"),
    ]


def test_a_name_wrapped_within_its_cell_is_one_name(tmp_path: Path) -> None:
    data = _drawn(lambda canvas: _ruled(canvas, [HEADINGS, ("208", "社会保障\n和就业支出", "754.75")]))
    assert tables(laid_out(tmp_path, "account.pdf", data))[0][1] == ("208", "社会保障和就业支出", "754.75")


def test_a_table_of_one_row_at_the_top_of_a_page_is_a_row(tmp_path: Path) -> None:
    data = _drawn(
        lambda canvas: _ruled(canvas, [HEADINGS, ("208", "社会保障", "754.75")]),
        lambda canvas: _ruled(canvas, [("210", "卫生健康", "236.64")]),
    )
    rows = [row for table in tables(laid_out(tmp_path, "account.pdf", data)) for row in table]
    assert rows == [HEADINGS, ("208", "社会保障", "754.75"), ("210", "卫生健康", "236.64")]


def test_two_rows_that_share_one_ruled_cell_are_not_one_number(tmp_path: Path) -> None:
    data = _drawn(lambda canvas: _ruled(canvas, [HEADINGS, ("208\n210", "社会保障\n卫生健康", "754\n236")]))
    rows = [row for table in tables(laid_out(tmp_path, "account.pdf", data)) for row in table]
    assert "754236" not in {cell for row in rows for cell in row}


@pytest.mark.parametrize(
    "footer",
    [
        "3",
        "- 3 -",
        "— 3 —",
        *(pytest.param(each) for each in ("第 3 页", "第 3 页 共 9 页", "3 / 9")),
    ],
)
def test_a_page_number_does_not_interrupt_a_sentence(footer: str, tmp_path: Path) -> None:
    full = "一" * 42

    def first(canvas: Canvas) -> None:
        _lines("　　" + full[:40], full, top=140)(canvas)
        canvas.drawCentredString(297, 30, footer)

    data = _drawn(first, _lines("二三四。"))
    found = [block for block in laid_out(tmp_path, "account.pdf", data).blocks if isinstance(block, Paragraph)]
    assert [paragraph.goes_on for paragraph in found] == [True, True, False]
    assert [paragraph.place.page for paragraph in found] == [1, 1, 2]


def test_short_paragraphs_are_not_joined(tmp_path: Path) -> None:
    data = _drawn(_lines("一、总体情况", "二、收入决算情况", "三、支出"), _lines("四" * 40, "五。"))
    found = [block for block in laid_out(tmp_path, "account.pdf", data).blocks if isinstance(block, Paragraph)]
    assert [paragraph.goes_on for paragraph in found[:3]] == [False, False, False]


def test_pages_and_lines_are_counted_from_one(tmp_path: Path) -> None:
    document = laid_out(tmp_path, "account.pdf", _drawn(_lines("一", "二"), _lines("三")))
    assert [(block.place.page, block.place.line) for block in document.blocks] == [(1, 1), (1, 2), (2, 1)]


def test_a_page_turned_by_a_quarter_reads_as_it_is_shown(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(595, 0)
        canvas.rotate(90)
        _ruled(canvas, [HEADINGS, ("208", "社会保障", "754.75")], top=400)

    assert tables(laid_out(tmp_path, "account.pdf", _drawn(draw))) == [[HEADINGS, ("208", "社会保障", "754.75")]]


def test_a_scan_is_refused_as_one(tmp_path: Path) -> None:
    picture = ImageReader(Image.new("L", (60, 80), 200))
    data = _drawn(lambda canvas: canvas.drawImage(picture, 0, 0, *A4))
    assert "scan" in refusal(tmp_path, "account.pdf", data)


def test_a_scanned_page_among_pages_of_text_is_not_passed_over(tmp_path: Path) -> None:
    picture = ImageReader(Image.new("L", (60, 80), 200))
    data = _drawn(_lines("收入决算表"), lambda canvas: canvas.drawImage(picture, 0, 0, *A4), _lines("完。"))
    document = laid_out(tmp_path, "account.pdf", data)
    assert [(each.place.page, each.found) for each in document.unread] == [(2, "a picture without text, as in a scan")]
    assert paragraphs(document) == ["收入决算表", "完。"]


def test_a_picture_beside_text_is_passed_over(tmp_path: Path) -> None:
    picture = ImageReader(Image.new("L", (60, 80), 200))

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(picture, 100, 100, 60, 80)
        _lines("部门决算。")(canvas)

    assert paragraphs(laid_out(tmp_path, "account.pdf", _drawn(draw))) == ["部门决算。"]


def test_a_locked_file_is_refused_as_locked(tmp_path: Path) -> None:
    data = _drawn(_lines("部门决算。"), encrypt=StandardEncryption("secret", strength=128))
    assert "password" in refusal(tmp_path, "account.pdf", data)


def test_a_file_that_only_forbids_printing_is_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", SIZE)
        canvas.drawString(LEFT, TOP, "2022")
        canvas.drawString(LEFT, TOP - 20, "end.")

    data = _drawn(draw, encrypt=StandardEncryption("", "owner", canPrint=0, strength=128))
    assert paragraphs(laid_out(tmp_path, "account.pdf", data)) == ["2022", "end."]


def test_characters_that_no_table_turns_into_text_are_no_words(tmp_path: Path) -> None:
    data = _drawn(_lines("部门决算。"), encrypt=StandardEncryption("", "owner", strength=128))
    with suppress(DocumentError):
        assert "(cid:" not in "".join(paragraphs(laid_out(tmp_path, "account.pdf", data)))


WHOLE = _drawn(_lines("部门决算。"))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"%PDF-1.4\n", id="only a head"),
        pytest.param(WHOLE[: len(WHOLE) // 3], id="cut"),
        pytest.param("部门决算".encode(), id="text"),
        pytest.param(b"PK\x03\x04" + b"\0" * 40, id="an archive"),
        pytest.param(WHOLE.replace(b"/MediaBox [ 0 0", b"/MediaBox [ 0 /x"), id="a size that is none"),
        pytest.param(WHOLE.replace(b"/MediaBox [ 0 0", b"/MediaBox [ 0 (0)"), id="a size with a text"),
        pytest.param(WHOLE.replace(b"/MediaBox", b"/MediaNot"), id="a page without size"),
        pytest.param(_drawn(), id="no words"),
    ],
)
def test_what_is_no_pdf_is_refused(data: bytes, tmp_path: Path) -> None:
    assert "account.pdf" in refusal(tmp_path, "account.pdf", data)


def test_a_damaged_stream_is_refused_rather_than_read_in_part(tmp_path: Path) -> None:
    data = bytearray(_drawn(*[_lines(*(f"第{n}条，金额{n}万元。" for n in range(30)))] * 2))
    start = data.index(b"stream", len(data) // 4) + 60
    data[start] = ord("!") if data[start] != ord("!") else ord("&")
    assert "account.pdf" in refusal(tmp_path, "account.pdf", bytes(data))


def _sideways(angle: int, turn: bool) -> bytes:
    """A ruled table drawn at an angle, on a page that says that it is turned or does not."""

    def draw(canvas: Canvas) -> None:
        canvas.rotate(angle)
        canvas.translate(*{90: (0, -A4[0]), 270: (-A4[1], 0), 180: (-A4[0], -A4[1])}[angle])
        if turn:
            canvas.setPageRotation(angle)
        _ruled(canvas, [["科目", "合计", "基本支出"], ["教育支出", "10.00", "4.00"]], top=500)

    return _drawn(draw)


@pytest.mark.parametrize("turn", [False, True])
@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_table_that_stands_sideways_is_read_upright(angle: int, turn: bool, tmp_path: Path) -> None:
    document = laid_out(tmp_path, "account.pdf", _sideways(angle, turn))
    assert tables(document) == [[("科目", "合计", "基本支出"), ("教育支出", "10.00", "4.00")]]


def test_digits_whose_boxes_hang_lower_stand_on_the_line_of_their_words(tmp_path: Path) -> None:
    """The file says that the font of its digits hangs by nearly a line; words and digits are on one baseline."""
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    rows = [("科目", "合計"), ("教育支出", "10.00"), ("外交支出", "4.00"), ("合計", "14.00")]

    def draw(canvas: Canvas) -> None:
        for number, (name, amount) in enumerate(rows):
            canvas.setFont("HeiseiMin-W3", 6)
            canvas.drawString(LEFT, TOP - 7 * number, name)
            canvas.setFont(FONT if number else "HeiseiMin-W3", 6)
            canvas.drawString(LEFT + 200, TOP - 7 * number, amount)
            canvas.drawString(LEFT + 300, TOP - 7 * number, amount)

    data = _drawn(draw)
    assert b"/Descent -271 " in data
    (found,) = tables(laid_out(tmp_path, "account.pdf", data.replace(b"/Descent -271 ", b"/Descent -971 ")))
    assert found == [(name, amount, amount) for name, amount in rows]
