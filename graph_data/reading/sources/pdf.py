"""PDF: words with positions, by pdfplumber. Ruled tables become rows; the lines of words around them, paragraphs.

A line goes on in the next one where it reaches the right margin and the next starts at the left one: paragraphs of
these documents are indented by two characters. A merged cell prints once and leaves blanks, as in text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from graph_data.errors import DocumentError
from graph_data.reading.layout import Block, Paragraph, Place, Row, Table
from graph_data.reading.sources.aligned import Piece, bands_of, rows_of, runs_of

SUFFIXES = (".pdf",)
MEDIA_TYPE = "application/pdf"

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
class Grid:
    """A ruled table on a page."""

    page: int
    top: int
    rows: tuple[tuple[str, ...], ...]


def blocks(name: str, data: bytes, on_page: Callable[[int, int], None]) -> tuple[tuple[Block, ...], Place]:
    """The blocks of a PDF, and the place of its last line.

    Raises DocumentError for what is damaged, locked by a password, or scanned without text.
    """
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            pages = len(document.pages)
            items: list[Line | Grid] = []
            for number, page in enumerate(document.pages, start=1):
                items += _page(number, page)
                page.close()
                on_page(number, pages)
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise DocumentError(name, "a PDF locked by a password", "one that opens without") from error
        raise DocumentError(name, f"a damaged PDF ({error})", "a PDF that opens") from error
    if not items:
        raise DocumentError(name, f"no text on its {pages} pages, as in a scan", "a PDF with text")
    return _placed(items)


def _page(number: int, page: Any) -> list[Line | Grid]:
    """The lines and tables of a page from the top down, without its page number."""
    tables = [table for table in page.find_tables() if len(table.rows) > 1 and len(table.rows[0].cells) > 1]
    boxes = [table.bbox for table in tables]
    words = page.filter(lambda mark: not any(_is_within(mark, box) for box in boxes))
    grids = [Grid(number, round(table.bbox[1]), tuple(map(_cells, table.extract()))) for table in tables]
    lines = [_line(number, entry) for entry in words.extract_text_lines(return_chars=False)]
    lines = [line for line in lines if not _PAGE_NUMBER.fullmatch(line.text)]
    if not tables:
        lines, grids = _aligned(number, words, lines)
    return sorted([*lines, *grids], key=lambda item: item.top)


def _aligned(number: int, page: Any, lines: list[Line]) -> tuple[list[Line], list[Grid]]:
    """The lines and the tables of a page that has no rules."""
    height = min((line.size for line in lines), default=0)
    pieces = [
        Piece(word["text"].strip(), round(word["x0"]), round(word["x1"]), round((word["top"] + word["bottom"]) / 2))
        for word in page.extract_words(keep_blank_chars=True, x_tolerance=max(height // 2, 3))
        if word["text"].strip()
    ]
    bands = bands_of(pieces, height)
    runs = [bands[start:stop] for start, stop in runs_of(bands)]
    grids = [Grid(number, run[0].middle - height // 2, tuple(rows_of(run))) for run in runs]
    spans = [(run[0].middle - height, run[-1].middle + height) for run in runs]
    outside = [line for line in lines if not any(low < line.top + line.size // 2 < high for low, high in spans)]
    return outside, grids


def _line(page: int, entry: Any) -> Line:
    left, right, top, bottom = (round(entry[edge]) for edge in ("x0", "x1", "top", "bottom"))
    return Line(page, entry["text"], left, right, top, bottom - top)


def _is_within(mark: Any, box: Sequence[Any]) -> bool:
    middle = (mark["top"] + mark["bottom"]) / 2
    return bool(box[0] <= mark["x0"] and mark["x1"] <= box[2] + 1 and box[1] <= middle <= box[3])


def _cells(row: Sequence[str | None]) -> tuple[str, ...]:
    """A row's cells: a name that wraps inside its cell is one, a merged cell's rest is blank."""
    return tuple("".join((cell or "").split("\n")).strip() for cell in row)


def _placed(items: Sequence[Line | Grid]) -> tuple[tuple[Block, ...], Place]:
    """Blocks with their page and their line on it."""
    going_on = _going_on([item for item in items if isinstance(item, Line)])
    found: list[Block] = []
    page = line = 0
    for item in items:
        page, line = item.page, line if item.page == page else 0
        if isinstance(item, Line):
            line += 1
            found.append(Paragraph(item.text, Place(page, line), item in going_on))
            continue
        rows = tuple(Row(cells, Place(page, line + n)) for n, cells in enumerate(item.rows, start=1))
        line += len(rows)
        found.append(Table(rows))
    return tuple(found), Place(page, line)


def _going_on(lines: Sequence[Line]) -> set[Line]:
    """The lines that end at the right margin and are followed by one that starts at the left margin."""
    return set(_pairs(lines))


def _pairs(lines: Sequence[Line]) -> Iterator[Line]:
    margins = {line.page: _margins([other for other in lines if other.page == line.page]) for line in lines}
    for line, following in pairwise(lines):
        right, left = margins[line.page][1], margins[following.page][0]
        is_full = line.right > right - line.size * 3 // 2
        is_flush = following.left < left + following.size
        if is_full and is_flush and abs(line.size - following.size) <= 2:
            yield line


def _margins(lines: Sequence[Line]) -> tuple[int, int]:
    return min(line.left for line in lines), max(line.right for line in lines)
