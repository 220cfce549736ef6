"""PDF: words with positions, by pdfplumber. Tables become rows; the lines of words around them, paragraphs.

A line goes on in the next one where it reaches the right margin and the next starts at the left one: paragraphs of
these documents are indented by two characters. A merged cell prints once and leaves blanks, as in text. A table that
a page break cuts is one table: its columns are those of all its pages.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, islice, pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, int_value, resolve1
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from graph_data.core.errors import DocumentError
from graph_data.core.records import Box
from graph_data.reading import bounds
from graph_data.reading.layout import Block, Laid, Paragraph, Place, Row, Table, Unread, settle
from graph_data.reading.sources import scan
from graph_data.reading.sources.aligned import rows_of
from graph_data.reading.sources.bands import Band, Piece, bands_of, lines_of, runs_of
from graph_data.reading.sources.ruled import Ruled, rows_on_grid, ruled_tables

MEDIA_TYPE = "application/pdf"

LEVEL = Fraction(1, 2)  # a point: what a box hangs lower than this is moved
NEAR = Fraction(1, 3)  # of a character: what stands closer is one piece, though an em quarter parts 2022 from 年
BLANK = 200  # bytes of content that a page without any mark may have
_PAGE_NUMBER = re.compile(r"[-—–\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*(?:共|/|，|,)\s*\d{1,3}\s*页?)?[-—–\s]*")
_DAMAGE = re.compile(r"Data-loss|corrupted|Could not set text matrix")
_DAMAGES = (
    PdfminerException, MalformedPDFException, TypeError, ValueError, KeyError, IndexError, AttributeError,
    AssertionError, OverflowError, RecursionError, struct.error, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words on a page: its edges, the height of its characters and the page's width, all in points."""

    page: int
    width: int
    text: str
    left: int
    right: int
    top: int
    size: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table on a page that only alignment shows."""

    page: int
    top: int
    bands: tuple[Band, ...]


Item = Line | Ruled | Aligned
Sure = dict[int, list[tuple[Box, Decimal]]]
"""Of the pages that were recognised from a picture the boxes of their words, and how sure each is."""
WHOLE = 10_000  # parts of a page's width or height that boxes count


@dataclass(frozen=True, slots=True)
class Frame:
    """A page as it is read, in points, and by how many degrees clockwise it was turned for that."""

    left: int
    top: int
    width: int
    height: int
    turn: int

    @classmethod
    def of(cls, page: Any) -> Frame:
        turn = (page.page_obj.rotate - page.rotation) % 360
        left, top, right, bottom = (round(edge) for edge in page.bbox)
        width, height = right - left, bottom - top
        if turn % 180:
            return cls(left, top + height - width, height, width, turn)
        return cls(left, top, width, height, turn)

    def share(self, box: Box) -> Box:
        """A box in parts of the page, cut off where it reaches over its edges."""
        across = [_part(x - self.left, self.width) for x in (box[0], box[2])]
        down = [_part(y - self.top, self.height) for y in (box[1], box[3])]
        return across[0], down[0], across[1], down[1]


def _part(points: int, whole: int) -> int:
    return min(max(WHOLE * points // max(whole, 1), 0), WHOLE)


def blocks(name: str, data: bytes, on_page: Callable[[int, int], None]) -> Laid:
    """The blocks of a PDF, the place of its last line, and the pages whose words cannot be had.

    Raises DocumentError for what is damaged, locked by a password, over a bound, or has no words at all, as a scan.
    """
    items: list[Item] = []
    unread: list[Unread] = []
    frames: dict[int, Frame] = {}
    sure: Sure = {}
    pages = 0
    try:
        with _watched() as complaints, pdfplumber.open(io.BytesIO(data)) as document:
            promised = resolve1(resolve1(document.doc.catalog.get("Pages")) or {}).get("Count", 0)
            bounds.refuse_over(name, promised if isinstance(promised, int) else 0, bounds.PAGES, "pages")
            pages = sum(1 for _ in islice(PDFPage.create_pages(document.doc), bounds.PAGES + 1))
            bounds.refuse_over(name, pages, bounds.PAGES, "pages")
            for number, page in enumerate(map(_upright, document.pages), start=1):
                found = _unread(name, number, page)
                if found is not None and scan.is_installed():
                    recognised = scan.recognise(data, number - 1)
                    frames[number] = Frame(0, 0, recognised.width, recognised.height, 0)
                    sure[number] = [(frames[number].share(box), confidence) for box, confidence in recognised.sure]
                    items += _recognised(number, recognised, bool(items) and isinstance(items[-1], Aligned))
                elif found is not None:
                    unread.append(found)
                else:
                    _level(page)
                    frames[number] = Frame.of(page)
                    items += _page(number, page, bool(items) and isinstance(items[-1], Aligned))
                page.close()
                on_page(number, pages)
    except _DAMAGES as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise DocumentError(name, "a PDF locked by a password", "one that opens without") from error
        if any(isinstance(each, MemoryError) for each in error.args) or "allocate" in str(error):
            raise MemoryError from error
        raise DocumentError(name, f"a damaged PDF ({error})", "a PDF that opens") from error
    if complaints:
        raise DocumentError(name, f"a damaged PDF ({complaints[0]})", "a PDF that opens whole")
    if not items:
        why = unread[0].found if unread else "no text"
        raise DocumentError(name, f"{why}: no words on its {pages} pages", scan.EXPECTED)
    turns = {number: frame.turn for number, frame in frames.items() if frame.turn}
    return Laid(*_placed(items, frames, sure), tuple(unread), turns)


@contextmanager
def _watched() -> Iterator[list[str]]:
    """What pdfminer says of damages while it reads; it goes on without the words that it could not read."""
    complaints: list[str] = []

    class Watch(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if _DAMAGE.search(record.getMessage()):
                complaints.append(record.getMessage())

    logger = logging.getLogger("pdfminer")
    watch, propagates = Watch(logging.WARNING), logger.propagate
    logger.addHandler(watch)
    logger.propagate = False
    try:
        yield complaints
    finally:
        logger.removeHandler(watch)
        logger.propagate = propagates


def _unread(name: str, number: int, page: Any) -> Unread | None:
    """Why the words of a page cannot be had, where they cannot: it is not to be passed over.

    Raises DocumentError for content that gives nothing, which is damage, and for more marks than any page has.
    """
    place = Place(number, None)
    marks = sum(map(len, page.objects.values()))
    bounds.refuse_over(f"{name}, page {number}", marks, bounds.PAGE_OBJECTS, "marks on one page")
    unknown = sum(mark["text"].startswith("(cid:") for mark in page.chars)
    if unknown:
        return Unread(place, f"{unknown} characters that no table of the file turns into text", scan.EXPECTED)
    area = sum(image["width"] * image["height"] for image in page.images)
    if not page.chars and 2 * area > page.width * page.height:
        return Unread(place, "a picture without text, as in a scan", scan.EXPECTED)
    streams = [resolve1(stream) for stream in page.page_obj.contents]
    written = sum(int_value(stream.attrs.get("Length", 0)) for stream in streams if isinstance(stream, PDFStream))
    if not page.objects and written > BLANK:
        found = f"{written} bytes of content that give nothing"
        raise DocumentError(f"{name}, page {number}", found, "a page that is not damaged")
    return None


def _upright(page: Any) -> Any:
    """A page turned so that most of its words are upright: a wide table may stand sideways on it."""
    turns: Counter[int] = Counter(_turn(mark["matrix"]) for mark in page.chars)
    turn = turns.most_common(1)[0][0] if turns else 0
    if not turn:
        return page
    page.page_obj.rotate = (page.page_obj.rotate + turn) % 360
    return Page(page.pdf, page.page_obj, page.page_number, page.initial_doctop)


def _turn(matrix: Sequence[Any]) -> int:
    """By how many degrees clockwise a page is to be turned for a character of this matrix to be upright."""
    a, b, *_ = matrix
    return (0 if a > 0 else 180) if abs(a) >= abs(b) else 90 if b > 0 else 270


def _level(page: Any) -> None:
    """Put the characters of a page on their baselines.

    Their boxes are those of their fonts, and a font whose box hangs lower than that of the others would put its digits
    below the words beside them. So each box is moved to where that of the most usual font would be.
    """
    hangs = [(mark["y0"] - mark["matrix"][5]) / (mark["size"] or 1) for mark in page.chars]
    usual = Counter(round(hang, 2) for hang in hangs).most_common(1)
    for mark, hang in zip(page.chars, hangs, strict=True):
        drop = (usual[0][0] - hang) * mark["size"]
        if LEVEL <= abs(drop) <= mark["size"]:
            for edge, sign in (("top", -1), ("bottom", -1), ("doctop", -1), ("y0", 1), ("y1", 1)):
                mark[edge] += sign * drop


def _page(number: int, page: Any, continues: bool) -> list[Item]:
    """The lines and tables of a page from the top down, without its page number."""
    tables = [table for table in page.find_tables() if len(table.rows[0].cells) > 1]
    boxes = [table.bbox for table in tables]
    words = page.filter(lambda mark: not any(_is_within(mark, box) for box in boxes))
    lines = [_line(number, round(page.width), entry) for entry in words.extract_text_lines(return_chars=False)]
    edges = [line for line in (*lines[:1], *lines[-1:]) if _PAGE_NUMBER.fullmatch(line.text)]
    lines = [line for line in lines if line not in edges]
    aligned = _aligned(number, words, lines, continues)
    spans = [(table.bands[0].middle, table.bands[-1].middle) for table in aligned]
    outside = [
        line for line in lines if not any(low - 2 <= line.top + line.size // 2 <= high + 2 for low, high in spans)
    ]
    return sorted([*outside, *ruled_tables(number, tables), *aligned], key=lambda item: item.top)


def _recognised(number: int, page: scan.Recognised, continues: bool) -> list[Item]:
    """The lines and tables of a picture from the top down, without its page number."""
    rows = scan.lines_of(page.pieces)
    edges = [row for row in (*rows[:1], *rows[-1:]) if _PAGE_NUMBER.fullmatch("".join(one.text for one in row))]
    rows = [row for row in rows if row not in edges]
    runs = runs_of(bands_of(number, [piece for row in rows for piece in row]), continues)
    aligned = [Aligned(number, run[0].middle - run[0].size // 2, tuple(run)) for run in runs]
    spans = [(table.bands[0].middle, table.bands[-1].middle) for table in aligned]
    lines = [
        Line(
            number, page.width, " ".join(piece.text for piece in row), row[0].left, row[-1].right,
            min(piece.first - piece.size // 2 for piece in row), max(piece.size for piece in row),
        )
        for row in rows
        if not any(low - 2 <= row[0].middle <= high + 2 for low, high in spans)
    ]  # fmt: skip
    return sorted([*lines, *ruled_tables(number, page.tables), *aligned], key=lambda item: item.top)


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


def _line(page: int, width: int, entry: Any) -> Line:
    left, right, top, bottom = (round(entry[edge]) for edge in ("x0", "x1", "top", "bottom"))
    return Line(page, width, entry["text"], left, right, top, bottom - top)


def _is_within(mark: Any, box: Sequence[Any]) -> bool:
    middle = (mark["top"] + mark["bottom"]) / 2
    return bool(box[0] <= mark["x0"] and mark["x1"] <= box[2] + 1 and box[1] <= middle <= box[3])


def _placed(items: Sequence[Item], frames: Mapping[int, Frame], sure: Sure) -> tuple[tuple[Block, ...], Place]:
    """Blocks with their page and their line on it."""
    going_on = _going_on([item for item in items if isinstance(item, Line)])
    found: list[Block] = []
    place = Place(1, 0)
    for kind, group in groupby(items, key=type):
        if kind is Line:
            for line in group:
                assert isinstance(line, Line)
                box = line.left, line.top, line.right, line.top + line.size
                place = _next(place, line.page, (frames[line.page].share(box),), sure)
                found.append(Paragraph(line.text, place, line in going_on))
            continue
        rows: list[Row] = []
        printed, flaw = _rows(list(group))
        for page, cells, boxes in printed:
            place = _next(place, page, tuple(map(frames[page].share, boxes)), sure)
            rows.append(Row(cells, place))
        found += [replace(block, flaw=flaw) if isinstance(block, Table) else block for block in settle(rows)]
    return tuple(found), place


def _next(place: Place, page: int, boxes: tuple[Box, ...], sure: Sure) -> Place:
    line = (place.line or 0) + 1 if place.page == page else 1
    words = [confidence for box, confidence in sure.get(page, ()) if any(_is_inside(box, own) for own in boxes)]
    confidence = min(words, default=Decimal(0)) if page in sure else None
    return Place(page, line, None, boxes, confidence)


def _is_inside(box: Box, other: Box) -> bool:
    """Is the middle of a box inside the other?"""
    across, down = (box[0] + box[2]) // 2, (box[1] + box[3]) // 2
    return other[0] <= across <= other[2] and other[1] <= down <= other[3]


_Printed = tuple[int, tuple[str, ...], tuple[Box, ...]]


def _rows(tables: Sequence[Item]) -> tuple[list[_Printed], str | None]:
    """The rows of tables that follow each other, with their pages and the boxes of their printed cells.

    And why their cells are in no columns, if so.
    """
    bands = [band for table in tables if isinstance(table, Aligned) for band in table.bands]
    if not bands:
        ruled = [table for table in tables if isinstance(table, Ruled)]
        return _boxed(rows_on_grid(ruled), [boxes for table in ruled for boxes in table.boxes]), None
    try:
        return _boxed(rows_of(bands), list(map(_boxes, lines_of(bands)))), None
    except DocumentError as error:
        return [(band.page, tuple(piece.text for piece in band.pieces), _boxes(band)) for band in bands], str(error)


def _boxed(rows: Sequence[tuple[int, tuple[str, ...]]], boxes: Sequence[tuple[Box, ...]]) -> list[_Printed]:
    return [(*row, own) for row, own in zip(rows, boxes, strict=True)]


def _boxes(band: Band) -> tuple[Box, ...]:
    return tuple(
        (piece.left, piece.first - piece.size // 2, piece.right, piece.last + piece.size // 2) for piece in band.pieces
    )


def _going_on(lines: Sequence[Line]) -> set[Line]:
    """The lines that end at the right margin and are followed by one that starts at the left margin."""
    return set(_pairs(lines))


def _pairs(lines: Sequence[Line]) -> Iterator[Line]:
    margins = {
        width: _margins([line for line in lines if line.width == width]) for width in {one.width for one in lines}
    }
    for line, following in pairwise(lines):
        right, left = margins[line.width][1], margins[following.width][0]
        is_full = line.right > right - line.size * 5 // 2
        is_flush = following.left < left + following.size
        if is_full and is_flush and abs(line.size - following.size) <= 2:
            yield line


def _margins(lines: Sequence[Line]) -> tuple[int, int]:
    """How far the words of the pages of one width reach."""
    return min(line.left for line in lines), max(line.right for line in lines)
