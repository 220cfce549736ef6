"""PDF: words with positions, by pdfplumber. Tables become rows; the lines of words around them, paragraphs.

A line goes on in the next one where it reaches the right margin and the next starts at the left one: paragraphs of
these documents are indented by two characters. A merged cell prints once and leaves blanks, as in text. A table that
a page break cuts is one table: its columns are those of all its pages.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from graph_data.errors import DocumentError
from graph_data.reading.layout import Block, Paragraph, Place, Row, settle
from graph_data.reading.sources.aligned import rows_of
from graph_data.reading.sources.bands import Band, Piece, bands_of, runs_of

SUFFIXES = (".pdf",)
MEDIA_TYPE = "application/pdf"

EDGE = 4  # points within which two edges of cells are one
NEAR = Fraction(1, 3)  # of a character: what stands closer is one piece, though an em quarter parts 2022 from 年
_PAGE_NUMBER = re.compile(r"[-—–\s]*\d{1,3}[-—–\s]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words on a page: its edges, and the height of its characters, all in points."""

    page: int
    text: str
    left: int
    right: int
    top: int
    size: int


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table on a page: for each row the left edge and the text of its cells."""

    page: int
    top: int
    rows: tuple[tuple[tuple[int, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table on a page that only alignment shows."""

    page: int
    top: int
    bands: tuple[Band, ...]


Item = Line | Ruled | Aligned


def blocks(name: str, data: bytes, on_page: Callable[[int, int], None]) -> tuple[tuple[Block, ...], Place]:
    """The blocks of a PDF, and the place of its last line.

    Raises DocumentError for what is damaged, locked by a password, or scanned without text.
    """
    items: list[Item] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            pages = len(document.pages)
            for number, page in enumerate(document.pages, start=1):
                items += _page(number, page, bool(items) and isinstance(items[-1], Aligned))
                page.close()
                on_page(number, pages)
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise DocumentError(name, "a PDF locked by a password", "one that opens without") from error
        raise DocumentError(name, f"a damaged PDF ({error})", "a PDF that opens") from error
    if not items:
        raise DocumentError(name, f"no text on its {pages} pages, as in a scan", "a PDF with text")
    return _placed(items)


def _page(number: int, page: Any, continues: bool) -> list[Item]:
    """The lines and tables of a page from the top down, without its page number."""
    tables = [table for table in page.find_tables() if len(table.rows[0].cells) > 1]
    boxes = [table.bbox for table in tables]
    words = page.filter(lambda mark: not any(_is_within(mark, box) for box in boxes))
    lines = [_line(number, entry) for entry in words.extract_text_lines(return_chars=False)]
    lines = [line for line in lines if not _PAGE_NUMBER.fullmatch(line.text)]
    aligned = _aligned(number, words, lines, continues)
    spans = [(table.bands[0].middle, table.bands[-1].middle) for table in aligned]
    outside = [
        line for line in lines if not any(low - 2 <= line.top + line.size // 2 <= high + 2 for low, high in spans)
    ]
    ruled = [Ruled(number, round(table.bbox[1]), _cells(table)) for table in tables]
    return sorted([*outside, *ruled, *aligned], key=lambda item: item.top)


def _aligned(number: int, page: Any, lines: list[Line], continues: bool) -> list[Aligned]:
    """The tables without rules among the words of a page, which `lines` are without its page number."""
    words = page.extract_words(keep_blank_chars=True, x_tolerance_ratio=NEAR)
    pieces = [piece for piece in map(_piece, words) if piece.text and any(_is_on(line, piece) for line in lines)]
    runs = runs_of(bands_of(number, pieces), continues)
    return [Aligned(number, run[0].middle - run[0].size // 2, tuple(run)) for run in runs]


def _piece(word: Any) -> Piece:
    middle = round((word["top"] + word["bottom"]) / 2)
    edges = round(word["x0"]), round(word["x1"])
    return Piece(word["text"].strip(), *edges, middle, middle, round(word["bottom"] - word["top"]))


def _is_on(line: Line, piece: Piece) -> bool:
    return line.top <= piece.middle <= line.top + line.size


def _line(page: int, entry: Any) -> Line:
    left, right, top, bottom = (round(entry[edge]) for edge in ("x0", "x1", "top", "bottom"))
    return Line(page, entry["text"], left, right, top, bottom - top)


def _is_within(mark: Any, box: Sequence[Any]) -> bool:
    middle = (mark["top"] + mark["bottom"]) / 2
    return bool(box[0] <= mark["x0"] and mark["x1"] <= box[2] + 1 and box[1] <= middle <= box[3])


def _cells(table: Any) -> tuple[tuple[tuple[int, str], ...], ...]:
    """The cells of a table that are there, a name that wraps inside its cell in one."""
    return tuple(
        tuple((round(box[0]), "".join((text or "").split("\n")).strip())
              for box, text in zip(row.cells, texts, strict=True) if box is not None)
        for row, texts in zip(table.rows, table.extract(), strict=True)
    )  # fmt: skip


def _placed(items: Sequence[Item]) -> tuple[tuple[Block, ...], Place]:
    """Blocks with their page and their line on it."""
    going_on = _going_on([item for item in items if isinstance(item, Line)])
    found: list[Block] = []
    place = Place(1, 0)
    for kind, group in groupby(items, key=type):
        if kind is Line:
            for line in group:
                assert isinstance(line, Line)
                place = _next(place, line.page)
                found.append(Paragraph(line.text, place, line in going_on))
            continue
        rows: list[Row] = []
        for page, cells in _rows(list(group)):
            place = _next(place, page)
            rows.append(Row(cells, place))
        found += settle(rows)
    return tuple(found), place


def _next(place: Place, page: int) -> Place:
    return Place(page, (place.line or 0) + 1 if place.page == page else 1)


def _rows(tables: Sequence[Item]) -> list[tuple[int, tuple[str, ...]]]:
    """The rows of tables that follow each other, with their pages: one table over page breaks."""
    aligned = [band for table in tables if isinstance(table, Aligned) for band in table.bands]
    if aligned:
        return rows_of(aligned)
    ruled = [table for table in tables if isinstance(table, Ruled)]
    finest = max((_edges(table) for table in ruled), key=len)
    return [(table.page, _on_grid(row, _shared(_edges(table), finest))) for table in ruled for row in table.rows]


def _edges(table: Ruled) -> list[int]:
    edges: list[int] = []
    for left in sorted({left for row in table.rows for left, _ in row}):
        if not edges or left - edges[-1] > EDGE:
            edges.append(left)
    return edges


def _shared(edges: list[int], finest: list[int]) -> list[int]:
    """The finest columns, where a table's own are among them: its page shows merged cells alone."""
    return finest if all(any(abs(edge - other) <= EDGE for other in finest) for edge in edges) else edges


def _on_grid(row: Sequence[tuple[int, str]], edges: Sequence[int]) -> tuple[str, ...]:
    cells = [""] * len(edges)
    for left, text in row:
        cells[max(index for index, edge in enumerate(edges) if edge <= left + EDGE)] += text
    return tuple(cells)


def _going_on(lines: Sequence[Line]) -> set[Line]:
    """The lines that end at the right margin and are followed by one that starts at the left margin."""
    return set(_pairs(lines))


def _pairs(lines: Sequence[Line]) -> Iterator[Line]:
    margins = {page: _margins(list(group)) for page, group in groupby(lines, key=lambda line: line.page)}
    for line, following in pairwise(lines):
        right, left = margins[line.page][1], margins[following.page][0]
        is_full = line.right > right - line.size * 5 // 2
        is_flush = following.left < left + following.size
        if is_full and is_flush and abs(line.size - following.size) <= 2:
            yield line


def _margins(lines: Sequence[Line]) -> tuple[int, int]:
    return min(line.left for line in lines), max(line.right for line in lines)
