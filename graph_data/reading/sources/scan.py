"""Pages without text: words by recognition, cells by the ruled lines of the picture, in points as pages with text give.

The recognition (rapidocr-onnxruntime, its models in the wheel) is an optional group of dependencies, `make ocr`. A page
is put upright by its long lines first: a sheet of paper rarely lies straight. What was recognised carries how sure that
was; whether an amount is taken is decided by the sums of its table (`statements.confirm`).
"""

from __future__ import annotations

import importlib
import importlib.util
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pypdfium2
from pdfplumber.table import Table, cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from graph_data.core.records import Box
from graph_data.reading.sources.bands import Piece

EXPECTED = "a page with text; `make ocr` installs the recognition of text in pictures"
DPI, POINTS = 150, 72  # of the picture that is read, and of a page
LEAST_LINE = 32  # pixels of a ruled line; strokes of characters are shorter, and no line crosses them
NEAR = 6  # pixels within which two lines meet
MOST_SKEW = 5  # degrees
FEW = 3  # words that are too few to tell how a page lies
DOUBTFUL = Decimal("0.7")  # how sure the words of a page are that may stand on its head
_GAP = re.compile(r"(?<=\d[.,]) +(?=\d)")
_MODULE = "rapidocr_onnxruntime"


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised piece of words: its box in pixels, and how sure the recognition is."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: Decimal

    @property
    def middle(self) -> int:
        return (self.top + self.bottom) // 2


class RecognisedTable:
    """A ruled table of a picture, as pdfplumber gives those of a page with text."""

    def __init__(self, table: Table, words: Sequence[Word]) -> None:
        self._table, self._words = table, words
        self.bbox = tuple(map(_points, table.bbox))
        self.rows = [_Row([None if cell is None else _in_points(cell) for cell in row.cells]) for row in table.rows]

    def extract(self) -> list[list[str | None]]:
        """The words of each cell, a line of them a line."""
        return [
            [None if cell is None else "\n".join(_lines(self._words, cell)) for cell in row.cells]
            for row in self._table.rows
        ]


@dataclass(frozen=True, slots=True)
class _Row:
    cells: list[Box | None]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a picture holds, in points: its size, its ruled tables, the words around them, and how sure each word is."""

    width: int
    height: int
    tables: list[RecognisedTable]
    pieces: list[Piece]
    sure: list[tuple[Box, Decimal]]


def is_installed() -> bool:
    """Is the recognition there?"""
    return importlib.util.find_spec(_MODULE) is not None


@lru_cache(1)
def _engine() -> Any:
    return importlib.import_module(_MODULE).RapidOCR(use_cls=False, intra_op_num_threads=2)


def recognise(data: bytes, index: int) -> Recognised:
    """The words and tables of a page of a PDF by its picture."""
    import cv2  # noqa: PLC0415 - there only where the recognition is
    import numpy as np  # noqa: PLC0415

    document = pypdfium2.PdfDocument(data)
    picture = np.asarray(document[index].render(scale=DPI / POINTS).to_pil().convert("L"))
    document.close()
    picture, found = _upright(cv2, np, picture)
    lines = _rules(cv2, np, picture)
    cells = intersections_to_cells(edges_to_intersections(lines, NEAR, NEAR))
    no_page: Any = None
    tables = [Table(no_page, own) for own in cells_to_tables(cells)]
    tables = [table for table in tables if len(table.rows[0].cells) > 1]
    words = list(_words(cv2, picture, found, [cell for table in tables for cell in table.cells]))
    height, width = picture.shape
    outside = [word for word in words if not any(_holds(table.bbox, word) for table in tables)]
    return Recognised(
        _points(width), _points(height),
        [RecognisedTable(table, words) for table in tables],
        [_piece(word) for word in outside],
        [(_in_points((word.left, word.top, word.right, word.bottom)), word.confidence) for word in words],
    )  # fmt: skip


def _upright(cv2: Any, np: Any, picture: Any) -> tuple[Any, list[Word]]:
    """The picture by quarter turns so that its words stand upright, and these words.

    Of a sideways page most are higher than wide; of the ways to turn it, and of a page that may stand on its head, the
    one is taken in which they are read most surely.
    """
    picture = _straight(cv2, np, picture)
    found = _found(cv2, picture)
    is_sideways = 2 * sum(word.bottom - word.top > word.right - word.left for word in found) > len(found)
    if len(found) < FEW or (not is_sideways and _sureness(found) > DOUBTFUL):
        return picture, found
    turned = [
        _straight(cv2, np, np.ascontiguousarray(np.rot90(picture, turn))) for turn in ((1, 3) if is_sideways else (2,))
    ]
    ways = [(one, _found(cv2, one)) for one in turned]
    return max([*ways, *([] if is_sideways else [(picture, found)])], key=lambda way: _sureness(way[1]))


def _sureness(words: Sequence[Word]) -> Decimal:
    """How sure the recognition of some words is, on average by their length."""
    letters = sum(len(word.text) for word in words)
    return sum((word.confidence * len(word.text) for word in words), Decimal(0)) / max(letters, 1)


def _straight(cv2: Any, np: Any, picture: Any) -> Any:
    """The picture turned so that its long lines lie level; where it has none, its lines of words."""
    dark = cv2.threshold(picture, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    width = picture.shape[1]
    words = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, width // 40), np.uint8))
    for marks in (dark, words):
        found = cv2.HoughLinesP(marks, 1, math.pi / 3600, 200, minLineLength=width // 4, maxLineGap=8)
        slopes = sorted(
            math.degrees(math.atan2(int(y1) - int(y0), int(x1) - int(x0)))
            for x0, y0, x1, y1 in (found.reshape(-1, 4) if found is not None else ())
            if abs(int(y1) - int(y0)) * 10 < abs(int(x1) - int(x0))
        )
        if slopes:
            skew = slopes[len(slopes) // 2]
            break
    else:
        return picture
    if not 1 / 20 < abs(skew) < MOST_SKEW:
        return picture
    turn = cv2.getRotationMatrix2D((width / 2, picture.shape[0] / 2), skew, 1)
    return cv2.warpAffine(picture, turn, (width, picture.shape[0]), flags=cv2.INTER_CUBIC, borderValue=255)


def _rules(cv2: Any, np: Any, picture: Any) -> list[dict[str, Any]]:
    """The ruled lines of a picture, as pdfplumber has edges."""
    dark = cv2.adaptiveThreshold(picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15)
    edges: list[dict[str, Any]] = []
    for orientation, kernel, bridge in (("h", (1, LEAST_LINE), (3, 5)), ("v", (LEAST_LINE, 1), (5, 3))):
        lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones(kernel, np.uint8))
        lines = cv2.dilate(lines, np.ones(bridge, np.uint8))
        count, _, boxes, _ = cv2.connectedComponentsWithStats(lines)
        for left, top, width, height, _ in boxes[1:count].tolist():
            x, y = left + width // 2, top + height // 2
            level = orientation == "h"
            x0, x1 = (left, left + width) if level else (x, x)
            y0, y1 = (y, y) if level else (top, top + height)
            edges.append({
                "orientation": orientation, "x0": x0, "x1": x1, "top": y0, "bottom": y1, "doctop": y0,
                "width": x1 - x0, "height": y1 - y0,
            })  # fmt: skip
    return list(merge_edges(edges, NEAR, NEAR, NEAR, NEAR))


def _found(cv2: Any, picture: Any) -> list[Word]:
    """The words of a picture as they are recognised."""
    found, _ = _engine()(cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB))
    words = []
    for corners, text, confidence in found or ():
        xs, ys = [round(x) for x, _ in corners], [round(y) for _, y in corners]
        words.append(Word(_closed(text), min(xs), min(ys), max(xs), max(ys), _decimal(confidence)))
    return words


def _words(cv2: Any, picture: Any, found: Sequence[Word], cells: Sequence[Any]) -> Iterator[Word]:
    """The words of a picture; what was found over several cells is recognised again within each."""
    colored = cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB)
    for word in found:
        over = sorted({(cell[0], cell[2]) for cell in cells if _is_over(word, cell)})
        if len(over) < 2:
            yield word
            continue
        for left, right in over:
            part = max(word.left, round(left) + 3), min(word.right, round(right) - 3)
            if part[1] - part[0] > NEAR:
                yield from _part(colored, word, *part)


def _part(colored: Any, word: Word, left: int, right: int) -> Iterator[Word]:
    crop = colored[max(word.top, 0) : word.bottom, left:right]
    found, _ = _engine()(crop, use_det=False, use_rec=True)
    for text, confidence in found or ():
        if text.strip():
            yield Word(_closed(text), left, word.top, right, word.bottom, _decimal(confidence))


def _closed(text: str) -> str:
    """Words without the space that is recognised behind the point of a number: 3832. 36."""
    return _GAP.sub("", text.strip())


def _is_over(word: Word, cell: Any) -> bool:
    """Does a word reach into a cell by more than its edge?"""
    across = min(word.right, cell[2]) - max(word.left, cell[0])
    return bool(cell[1] <= word.middle <= cell[3] and across > 2 * NEAR)


def _decimal(confidence: Any) -> Decimal:
    """How sure a recognition is, in hundredths, rounded down."""
    return Decimal(int(confidence * 100)) / 100


def _holds(box: Any, word: Word) -> bool:
    return bool(box[0] <= (word.left + word.right) / 2 <= box[2] and box[1] <= word.middle <= box[3])


def _lines(words: Sequence[Word], cell: Any) -> Iterator[str]:
    """The lines of words within a cell, from the top down."""
    inside = sorted((word for word in words if _holds(cell, word)), key=lambda word: word.middle)
    lines: list[list[Word]] = []
    for word in inside:
        if lines and word.middle - lines[-1][0].middle < (word.bottom - word.top) // 2:
            lines[-1].append(word)
        else:
            lines.append([word])
    for line in lines:
        yield "".join(word.text for word in sorted(line, key=lambda word: word.left))


def lines_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stand beside each other, from the top down and from left to right."""
    ordered = sorted(pieces, key=lambda piece: piece.middle)
    lines: list[list[Piece]] = []
    for piece in ordered:
        if lines and piece.middle - lines[-1][0].middle < piece.size // 2:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda piece: piece.left) for line in lines]


def _piece(word: Word) -> Piece:
    top, bottom = _points(word.top), _points(word.bottom)
    middle = (top + bottom) // 2
    return Piece(word.text, _points(word.left), _points(word.right), middle, middle, bottom - top)


def _points(pixels: Any) -> int:
    return int(pixels) * POINTS // DPI


def _in_points(box: Any) -> Box:
    left, top, right, bottom = map(_points, box)
    return left, top, right, bottom
