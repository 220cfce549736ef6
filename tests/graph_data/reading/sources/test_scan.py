"""Scans: amounts that were recognised from a picture count where a sum of their table covers them, else are gaps."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from graph_data.core.errors import DocumentError
from graph_data.core.records import AccountKey
from graph_data.core.terms import GapReason
from graph_data.reading import Given, read
from graph_data.reading.layout import Paragraph, Table, split
from graph_data.reading.sources import lay_out, scan
from graph_data.reading.statements import read_statement
from graph_data.reading.tally import Tally
from tests.made_up.read_back import facts_of

TABLE = """支出决算表
金额单位：万元
科目编码	科目名称	本年支出合计	基本支出	项目支出
合计		50.00	30.00	20.00
201	一般公共服务支出	{whole}	30.00	20.00
2012601\t行政运行\t{part}\t30.00\t
2012604	档案馆	20.00		20.00
"""


def _read(tmp_path: Path, text: str, confidence: Decimal | None) -> tuple[list[str], list[str]]:
    """The figures of a table and the cells of its gaps, as though its rows had been recognised so surely."""
    path = tmp_path / "table.txt"
    path.write_text(text, "utf-8")
    laid = lay_out(path, lambda *_: None)
    blocks = tuple(
        block if isinstance(block, Paragraph)
        else Table(tuple(replace(row, place=replace(row.place, confidence=confidence)) for row in block.rows))
        for block in laid.blocks
    )  # fmt: skip
    regions = split(replace(laid, blocks=blocks))
    tally = Tally(regions, "")
    (region,) = [region for region in regions if region.form is not None]
    key = AccountKey("990100", "120", 2023)
    statement = read_statement(region, key, 1, tally, None)
    ledger = tally.close(key, ())
    assert statement is not None
    assert {figure.source.confidence for figure in statement.figures} == {confidence}
    assert all(gap.reason is GapReason.ARITHMETIC for gap in ledger.gaps)
    return [figure.number.text for figure in statement.figures], [cell.text for cell in ledger.raw_cells]


def test_recognised_amounts_that_sums_cover_are_figures_with_their_confidence(tmp_path: Path) -> None:
    figures, raw = _read(tmp_path, TABLE.format(whole="50.00", part="30.00"), Decimal("0.97"))
    assert (len(figures), raw) == (10, [])


def test_a_recognised_amount_that_no_sum_covers_is_a_gap(tmp_path: Path) -> None:
    text = TABLE.format(whole="50.00", part="80.00").replace("80.00\t30.00", "80.00\t")
    figures, raw = _read(tmp_path, text, Decimal("0.97"))
    assert "80.00" in raw
    assert "80.00" not in figures


def test_the_same_amount_in_text_is_a_figure(tmp_path: Path) -> None:
    text = TABLE.format(whole="50.00", part="80.00").replace("80.00\t30.00", "80.00\t")
    figures, raw = _read(tmp_path, text, None)
    assert ("80.00" in figures, raw) == (True, [])


def _scanned(pdf: bytes, pages: range, turn: int = 0) -> bytes:
    """Pages of a PDF as pictures, which lie a little askew, or by `turn` degrees on their side."""
    target = io.BytesIO()
    sheet = canvas.Canvas(target)
    for number in pages:
        page = pypdfium2.PdfDocument(pdf)[number]
        picture = page.render(scale=scan.DPI / scan.POINTS).to_pil().convert("L")
        picture = picture.rotate(1 / 2, resample=Image.Resampling.BICUBIC, fillcolor=255)
        picture = picture.rotate(turn, expand=True)
        size = picture.width * scan.POINTS / scan.DPI, picture.height * scan.POINTS / scan.DPI
        sheet.setPageSize(size)
        sheet.drawImage(ImageReader(picture), 0, 0, *size)
        sheet.showPage()
    sheet.save()
    return target.getvalue()


@pytest.mark.slow
@pytest.mark.skipif(not scan.is_installed(), reason="the recognition of text in pictures is not installed (make ocr)")
def test_a_scan_is_read_and_nothing_of_it_wrongly(tmp_path: Path) -> None:
    example = Path("examples/documents/final-accounts.pdf")
    path = tmp_path / "scan.pdf"
    path.write_bytes(_scanned(example.read_bytes(), range(6)))
    given = Given(division="990200", name="青禾县档案局", year=2023)
    meant = {text for text, _ in facts_of(read(example, Given(division="990200")).account).cells.values()}
    figures = read(path, given).account.figures
    assert len(figures) > 20
    assert {figure.number.text for figure in figures} <= meant
    assert all(figure.source.confidence is not None for figure in figures)


@pytest.mark.slow
@pytest.mark.skipif(not scan.is_installed(), reason="the recognition of text in pictures is not installed (make ocr)")
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_or_head_is_put_upright(turn: int) -> None:
    example = Path("examples/documents/final-accounts.pdf").read_bytes()
    (straight, turned) = (scan.recognise(_scanned(example, range(3, 4), each), 0) for each in (0, turn))
    assert len(turned.tables) == len(straight.tables) > 0
    cells = [[cell for table in page.tables for row in table.extract() for cell in row] for page in (straight, turned)]
    alike = sum(one == other for one, other in zip(*cells, strict=True))
    assert alike >= len(cells[0]) * 9 // 10


@pytest.mark.slow
@pytest.mark.skipif(not scan.is_installed(), reason="the recognition of text in pictures is not installed (make ocr)")
def test_a_picture_is_read_as_a_scan(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(Path("examples/documents/final-accounts.pdf").read_bytes())
    path = tmp_path / "page.png"
    document[3].render(scale=2).to_pil().save(path)
    assert any(isinstance(block, Table) for block in lay_out(path, lambda *_: None).blocks)


def test_a_picture_that_is_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "is_installed", lambda: True)
    path = tmp_path / "page.png"
    path.write_bytes(b"no picture")
    with pytest.raises(DocumentError, match="a damaged picture"):
        lay_out(path, lambda *_: None)


def test_a_scan_without_the_recognition_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "is_installed", lambda: False)
    path = tmp_path / "scan.pdf"
    path.write_bytes(_scanned(Path("examples/documents/final-accounts.pdf").read_bytes(), range(1)))
    with pytest.raises(Exception, match="make ocr"):
        lay_out(path, lambda *_: None)
