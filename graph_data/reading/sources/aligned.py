"""Tables without rules: columns that only alignment shows, found from where the words of the rows stand.

Pieces of words that are further apart than half a character are cells. The columns are the stretches across the page
that the cells of rows with numbers fill, and those of headings that stand over none of them; a heading over several
belongs to the first. Words alone in a row are the rest of a wrapped name and go to the nearest row with a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_NUMERIC = re.compile(r"[-—(（]?[\d,，.]+%?[)）]?|[-—]")
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|\d+[、.]|[（(][一二三四五六七八九十]+[)）]")
MIN_ROWS = 3
MIN_HEADINGS = 3
MAX_REST = 30


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand close together; edges and the line's middle in points."""

    text: str
    left: int
    right: int
    middle: int

    @property
    def is_numeric(self) -> bool:
        return bool(_NUMERIC.fullmatch(self.text.replace(" ", "")))


@dataclass(slots=True)
class Band:
    """The pieces of one line of a page, from left to right."""

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
    def is_rest(self) -> bool:
        """One piece of words without a number of its own, that opens no item and ends no sentence."""
        text = self.pieces[0].text
        return len(self.pieces) == 1 and not self.is_data and not _NUMBERED.match(text) and not text.endswith("。")


def bands_of(page: int, pieces: Iterable[Piece], height: int) -> list[Band]:
    """Pieces put into lines: those whose middles are within a third of a line of each other."""
    bands: list[Band] = []
    for piece in sorted(pieces, key=lambda one: (one.middle, one.left)):
        if not bands or piece.middle - bands[-1].middle > height // 3:
            bands.append(Band(page, piece.middle))
        bands[-1].pieces.append(piece)
    for band in bands:
        band.pieces.sort(key=lambda one: one.left)
    return bands


def runs_of(bands: Sequence[Band], height: int, continues: bool) -> list[list[Band]]:
    """The tables among the lines of a page: stretches of rows close together, the rests of names between them.

    `continues`: the page before ended with a table, so that a stretch at the top belongs to it however short.
    """
    runs: list[list[Band]] = []
    for index, band in enumerate(bands):
        if not band.is_row and not (band.is_rest and len(band.pieces[0].text) < MAX_REST):
            continue
        if runs and bands[index - 1] is runs[-1][-1] and band.middle - runs[-1][-1].middle < 3 * height:
            runs[-1].append(band)
        else:
            runs.append([band])
    trimmed = [_trimmed(run) for run in runs]
    return [run for run in trimmed if run and (_is_table(run) or (continues and run[0] is bands[0] and run[0].is_data))]


def _trimmed(run: list[Band]) -> list[Band]:
    """A run without the lone lines before its first row and after its last."""
    rows = [index for index, band in enumerate(run) if band.is_row]
    return run[rows[0] : rows[-1] + 1] if rows else []


def _is_table(run: Sequence[Band]) -> bool:
    rows = [band for band in run if band.is_row]
    if any(band.is_data for band in rows):
        return len(rows) >= MIN_ROWS
    return len(rows) > 1 and any(len(band.pieces) >= MIN_HEADINGS for band in rows)


def rows_of(bands: Sequence[Band]) -> list[tuple[int, tuple[str, ...]]]:
    """The rows of a table, over all its pages: page and cells of each, headings first."""
    first = next((index for index, band in enumerate(bands) if band.is_data), len(bands))
    columns = _columns(bands[:first], bands[first:])
    return [(band.page, _cells(band, columns)) for band in (*bands[:first], *_with_rests(bands[first:]))]


def _columns(headings: Sequence[Band], data: Sequence[Band]) -> list[tuple[int, int]]:
    """The stretches that pieces of data fill, and that headings below the topmost fill where there is no data."""
    columns: list[tuple[int, int]] = []
    for left, right in sorted((piece.left, piece.right) for band in data if not band.is_rest for piece in band.pieces):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    for band in reversed(headings[1:] or headings):
        columns += [(p.left, p.right) for p in band.pieces if not any(_is_over(p, column) for column in columns)]
    return sorted(columns)


def _is_over(piece: Piece, column: tuple[int, int]) -> bool:
    return piece.left < column[1] and piece.right > column[0]


def _with_rests(bands: Sequence[Band]) -> list[Band]:
    """The rows, each with what a wrapped name left beside it."""
    rows = [band for band in bands if not band.is_rest]
    for band in bands:
        beside = [row for row in rows if row.page == band.page]
        if band.is_rest and beside:
            nearest = min(beside, key=lambda row: (abs(row.middle - band.middle), row.middle > band.middle))
            nearest.pieces += band.pieces
    return rows


def _cells(band: Band, columns: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    cells = [""] * len(columns)
    for piece in sorted(band.pieces, key=lambda one: (one.middle, one.left)):
        cells[_column(piece, columns)] += piece.text
    return tuple(cells)


def _column(piece: Piece, columns: Sequence[tuple[int, int]]) -> int:
    """The first column that a piece stands over, or the nearest."""
    gaps = [max(left - piece.right, piece.left - right, 0) for left, right in columns]
    return gaps.index(min(gaps))
