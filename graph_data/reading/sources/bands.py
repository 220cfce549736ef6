"""Words on a page put into lines, the lines of its tables into runs, and the lines of a run into rows.

Pieces are words that stand closer than a third of a character. A row may take several lines: a wrapped name, numbers
half a line above or below it, a heading that stands between the two lines of its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from graph_data.core import vocabulary as words
from graph_data.reading.layout.regions import opens_region

_NUMERIC = re.compile(r"[-—(（]?[\d,，.]+%?[)）]?|[-—]")
_AMOUNT = re.compile(r"-?[\d,，]+\.\d+")
MIN_ROWS = 2
MIN_HEADINGS = 3
MAX_LONE = 30


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a cell; edges, the middles of its first and last line, and the height of its characters, in points."""

    text: str
    left: int
    right: int
    first: int
    last: int
    size: int

    @property
    def middle(self) -> int:
        return (self.first + self.last) // 2

    @property
    def is_numeric(self) -> bool:
        return bool(_NUMERIC.fullmatch(self.text.replace(" ", "")))

    @property
    def is_amount(self) -> bool:
        """Is it a number with decimals? Codes, line numbers and counts have none."""
        return bool(_AMOUNT.fullmatch(self.text.replace(" ", "")))

    def is_beside(self, other: Piece) -> bool:
        """Do the two stand side by side, apart from a point that printing may have lost?"""
        return self.right <= other.left + 1 or other.right <= self.left + 1

    def is_in_line(self, other: Piece) -> bool:
        """Do the two share their left edge, their right edge or their middle, to two points?"""
        left, right = self.left - other.left, self.right - other.right
        return min(abs(left), abs(right), abs(left + right) // 2) <= 2


@dataclass(slots=True)
class Band:
    """The pieces of one line of a page, or of the lines of one row, from left to right; `middle` of its main line."""

    page: int
    middle: int
    pieces: list[Piece] = field(default_factory=list)

    @property
    def is_data(self) -> bool:
        return any(piece.is_numeric for piece in self.pieces)

    @property
    def is_row(self) -> bool:
        return len(self.pieces) > 1

    @property
    def is_wide(self) -> bool:
        """Is there room of a character between two of its pieces, as between cells and hardly in prose?"""
        return any(other.left - one.right >= one.size for one, other in pairwise(self.pieces))

    @property
    def is_caption(self) -> bool:
        """部门 and 金额单位, which stand above the headings and in no column."""
        patterns = (words.AMOUNT_UNIT_LINE, words.DEPARTMENT_LINE, words.PRINTED_NUMBER)
        return any(pattern.match(words.plain(piece.text)) for piece in self.pieces for pattern in patterns)

    @property
    def is_numbering(self) -> bool:
        """栏次, or the numbers 1, 2, 3 … alone."""
        texts = [words.plain(piece.text) for piece in self.pieces]
        return words.COLUMN_NUMBERS in texts or (len(texts) > 2 and texts == [str(n + 1) for n in range(len(texts))])

    @property
    def opens_sheet(self) -> bool:
        """Is it the first row of a 项目支出绩效自评表, which names the project?"""
        return words.is_label(self.pieces[0].text, words.SHEET_PROJECT) and not self.is_data

    @property
    def is_lone(self) -> bool:
        """One short piece that may belong to a row of the table, not a sentence or a title between two tables."""
        text = self.pieces[0].text
        is_short = len(self.pieces) == 1 and len(text) < MAX_LONE
        return is_short and not text.endswith("。") and not self.is_caption and not opens_region(text)

    @property
    def size(self) -> int:
        return min(piece.size for piece in self.pieces)


def bands_of(page: int, pieces: Iterable[Piece]) -> list[Band]:
    """Pieces put into lines: those whose middles are within a third of a line of each other."""
    bands: list[Band] = []
    for piece in sorted(pieces, key=lambda one: (one.middle, one.left)):
        if not bands or piece.middle - bands[-1].middle > piece.size // 3:
            bands.append(Band(page, piece.middle))
        bands[-1].pieces.append(piece)
    for band in bands:
        band.pieces.sort(key=lambda one: one.left)
    return bands


def runs_of(bands: Sequence[Band], continues: bool) -> list[list[Band]]:
    """The tables among the lines of a page: stretches of rows close together, with the lone words among them.

    `continues`: the page before ended with a table, so that a stretch at the top belongs to it however short.
    """
    runs: list[list[Band]] = []
    for index, band in enumerate(bands):
        if not band.is_row and not band.is_lone:
            continue
        if runs and bands[index - 1] is runs[-1][-1] and band.middle - bands[index - 1].middle < 3 * band.size:
            runs[-1].append(band)
        else:
            runs.append([band])
    trimmed = [_trimmed(run) for run in runs]
    return [run for run in trimmed if run and (
        _is_table(run, run[-1] is bands[-1]) or (continues and run[0] is bands[0] and _is_rest(run))
    )]  # fmt: skip


def _trimmed(run: list[Band]) -> list[Band]:
    """A run without the lone lines before its first row and after its last that are no lines of these."""
    rows = [index for index, band in enumerate(run) if band.is_row]
    if not rows:
        return []
    first, last, near = rows[0], rows[-1], _pitch(run) - 1
    while first and run[first].middle - run[first - 1].middle < near:
        first -= 1
    while last < len(run) - 1 and run[last + 1].middle - run[last].middle < near:
        last += 1
    return run[first : last + 1]


def _is_table(run: Sequence[Band], is_last: bool) -> bool:
    """Rows with room between their cells, and numbers, a caption or headings; a page break may leave these alone."""
    rows = [band for band in run if band.is_wide]
    if len(rows) < MIN_ROWS:
        return is_last and _has_headings(rows)
    return _has_headings(rows) or any(band.is_data or band.is_caption for band in rows)


def _is_rest(run: Sequence[Band]) -> bool:
    """What a page break may leave of a table: a row of numbers, or of headings."""
    rows = [band for band in run if band.is_wide]
    return _has_headings(rows) or (bool(rows) and any(band.is_data for band in run))


def _has_headings(rows: Sequence[Band]) -> bool:
    return any(len(band.pieces) >= MIN_HEADINGS or band.opens_sheet for band in rows)


def _pitch(bands: Sequence[Band]) -> int:
    """The height of a row of one line: the least distance of two numbers over each other, else a line and a half."""
    distances = []
    for index, band in enumerate(bands):
        for piece in (piece for piece in band.pieces if piece.is_numeric):
            above = (other for before in reversed(bands[:index]) if before.page == band.page for other in before.pieces
                     if other.is_numeric and not other.is_beside(piece))  # fmt: skip
            distances += [piece.middle - other.middle for other in [next(above, None)] if other is not None]
    return min(distances, default=min(band.size for band in bands) * 3 // 2)


def lines_of(bands: Sequence[Band]) -> list[Band]:
    """The rows of a table, each with all the lines it takes, its wrapped cells in one piece each."""
    pitch = _pitch(bands)
    rows: list[Band] = []
    anchor, last = 0, 0
    for band in bands:
        near = rows and rows[-1].page == band.page and not rows[-1].is_caption and band.middle - last < pitch - 1
        joined = _joined(rows[-1], band, anchor, pitch - 1) if near else None
        if joined is None:
            rows.append(Band(band.page, band.middle, list(band.pieces)))
            anchor = band.middle
        else:
            is_main = len(band.pieces) >= len(rows[-1].pieces)
            rows[-1] = Band(band.page, band.middle if is_main else rows[-1].middle, joined)
            anchor = anchor if len(joined) > len(band.pieces) else band.middle
        last = band.middle
    return rows


def _joined(row: Band, band: Band, anchor: int, near: int) -> list[Piece] | None:
    """The pieces of a row with those of the next line, None where that line is a row of its own.

    A piece right under one of words goes on with it; others need a free place, and to be near the row's first line.
    """
    pieces = list(row.pieces)
    is_open = len(row.pieces) == 1 and not row.is_data
    for piece in band.pieces:
        above = [other for other in row.pieces if not other.is_beside(piece)]
        if not above and (is_open or band.middle - anchor < near):
            pieces.append(piece)
        elif len(above) == 1 and above[0] in pieces and _goes_on(above[0], piece, near):
            pieces[pieces.index(above[0])] = _wrapped(above[0], piece)
        else:
            return None
    return sorted(pieces, key=lambda one: one.left)


def _goes_on(above: Piece, piece: Piece, near: int) -> bool:
    return piece.first - above.last < near and not above.is_numeric and not piece.is_numeric


def _wrapped(above: Piece, piece: Piece) -> Piece:
    left, right = min(above.left, piece.left), max(above.right, piece.right)
    return replace(above, text=above.text + piece.text, left=left, right=right, last=piece.last)
