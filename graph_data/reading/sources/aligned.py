"""Tables without rules: columns that only alignment shows, found from where the words of the data rows stand.

Pieces of words that are further apart than a character are cells. The columns are the stretches across the page that
the cells of rows with numbers fill; headings, which may span several, belong to the first that they stand over. Words
alone in a row are the rest of a wrapped name and go to the nearest row with a number; numbers alone, half a line
off, go to the nearest row of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_NUMERIC = re.compile(r"[-—(（]?[\d,，.]+%?[)）]?|[-—]")
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|\d+[、.]")
MIN_ROWS = 3


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
    """The pieces of one line of the page, from left to right."""

    middle: int
    pieces: list[Piece] = field(default_factory=list)

    @property
    def is_data(self) -> bool:
        return any(piece.is_numeric for piece in self.pieces)

    @property
    def is_row(self) -> bool:
        return len(self.pieces) > 1


def bands_of(pieces: Iterable[Piece], height: int) -> list[Band]:
    """Pieces put into lines: those whose middles are within half a line of each other."""
    bands: list[Band] = []
    for piece in sorted(pieces, key=lambda one: (one.middle, one.left)):
        if not bands or piece.middle - bands[-1].middle > height // 2:
            bands.append(Band(piece.middle))
        bands[-1].pieces.append(piece)
    for band in bands:
        band.pieces.sort(key=lambda one: one.left)
    return bands


def runs_of(bands: Sequence[Band]) -> list[tuple[int, int]]:
    """Where tables stand among the lines: stretches of rows, a lone piece between two rows included."""
    rows = [index for index, band in enumerate(bands) if band.is_row]
    runs: list[tuple[int, int]] = []
    for index in rows:
        if runs and index - runs[-1][1] <= 2 and all(_is_rest(bands[n]) for n in range(runs[-1][1], index)):
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return [(start, stop) for start, stop in runs if _is_table(bands[start:stop])]


def _is_rest(band: Band) -> bool:
    return len(band.pieces) == 1 and len(band.pieces[0].text) < 30 and not band.pieces[0].text.endswith("。")


def _is_table(bands: Sequence[Band]) -> bool:
    return sum(band.is_row for band in bands) >= MIN_ROWS and any(band.is_data for band in bands)


def rows_of(bands: Sequence[Band]) -> list[tuple[str, ...]]:
    """The rows of a table: headings first, then the data, each cell in the column it stands in."""
    first = next(index for index, band in enumerate(bands) if band.is_data)
    columns = _columns(band for band in bands[first:] if band.is_row or band.is_data)
    data = _with_rests(bands[first:])
    return [_cells(band, columns) for band in (*bands[:first], *data)]


def _columns(bands: Iterable[Band]) -> list[tuple[int, int]]:
    """The stretches across the page that the pieces of the data rows fill."""
    columns: list[tuple[int, int]] = []
    for left, right in sorted((piece.left, piece.right) for band in bands for piece in band.pieces):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _with_rests(bands: Sequence[Band]) -> list[Band]:
    """The rows with what a wrapped name or a number half a line off left beside them."""
    rows = [band for band in bands if not _is_left_beside(band)]
    for band in bands:
        if _is_left_beside(band) and rows:
            nearest = min(rows, key=lambda row: (abs(row.middle - band.middle), row.middle > band.middle))
            nearest.pieces += band.pieces
            nearest.pieces.sort(key=lambda one: (one.left // 4, one.middle))
    return rows


def _is_left_beside(band: Band) -> bool:
    """One piece of words without a number of its own, that does not open with 一、."""
    return len(band.pieces) == 1 and not band.is_data and not _NUMBERED.match(band.pieces[0].text)


def _cells(band: Band, columns: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    cells = [""] * len(columns)
    for piece in sorted(band.pieces, key=lambda one: one.middle):
        cells[_column(piece, columns)] += piece.text
    return tuple(cells)


def _column(piece: Piece, columns: Sequence[tuple[int, int]]) -> int:
    """The first column that a piece stands over, or the nearest."""
    for index, (left, right) in enumerate(columns):
        if piece.left < right and piece.right > left:
            return index
    return min(
        range(len(columns)), key=lambda n: min(abs(columns[n][0] - piece.right), abs(piece.left - columns[n][1]))
    )
