"""Tables without rules: columns that only alignment shows, found from where the words of all their rows stand.

Between two cells of a row a column ends and another begins somewhere in the gap, and never inside a cell, unless the
cell spans columns: then a gap of another row lies within it. The columns are the fewest that give every gap an edge.
A heading over several columns is centred over them and belongs to the first. What contradicts this is refused.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from graph_data.core.errors import DocumentError
from graph_data.reading.sources.bands import Band, Piece, lines_of
from graph_data.reading.sources.merged import Placed, Stretch, is_sheet, raised

EDGE_COST = 2  # an edge more is as bad as two cells that it cuts
MAX_HEADING_ROWS = 4
FAR = 1 << 30


@dataclass(frozen=True, slots=True)
class Columns:
    """The left edges of the columns, and the stretch that the cells of each fill, in points."""

    starts: tuple[int, ...]
    filled: tuple[Stretch, ...] = ()

    def over(self, piece: Piece) -> range:
        """The columns that a piece stands over; an edge within a point of its ends cuts nothing off."""
        first = max(bisect_right(self.starts, piece.left + 1) - 1, 0)
        return range(first, max(bisect_right(self.starts, piece.right - 2), first + 1))


@dataclass(slots=True)
class Heading:
    """A heading and those under it, from left to right."""

    piece: Piece
    under: list[Heading] = field(default_factory=list)

    @property
    def leaves(self) -> list[Heading]:
        """The headings right over the columns."""
        return [leaf for heading in self.under for leaf in heading.leaves] or [self]


def rows_of(bands: Sequence[Band]) -> list[tuple[int, tuple[str, ...]]]:
    """The rows of a table, over all its pages: page and cells of each, headings first.

    Raises DocumentError for headings that do not stand over the columns, and for a number that stands over two
    columns, beside another cell in one, under no 栏次 where these are printed, or out of line with the pages before.
    """
    rows = lines_of(bands)
    headings = [] if is_sheet(rows) else _headings(rows)
    leaves = [leaf.piece for heading in headings for leaf in heading.leaves]
    columns = _columns([*(row.pieces for row in rows if not row.is_caption), leaves])
    at = _over_columns(headings, columns, rows[0])
    placed = [[(at.get(piece, columns.over(piece)[0]), piece) for piece in row.pieces] for row in rows]
    if is_sheet(rows):
        placed = raised(rows, placed)
    for row, cells in zip(rows, placed, strict=True):
        _refuse_contradictions(row, cells, columns)
    _refuse_unnumbered(rows, placed)
    _refuse_shifted(rows, placed)
    return [(row.page, _cells(cells, len(columns.starts))) for row, cells in zip(rows, placed, strict=True)]


def _cells(placed: Placed, width: int) -> tuple[str, ...]:
    cells = [""] * width
    for column, piece in sorted(placed, key=lambda one: (one[1].first, one[1].left)):
        cells[column] += piece.text
    return tuple(cells)


def _headings(rows: Sequence[Band]) -> list[Heading]:
    """The headings above the data as trees: those of a lower row are each under one of the row above."""
    first = next((index for index, row in enumerate(rows) if row.is_data), len(rows))
    above = [row for row in rows[:first] if not row.is_caption]
    if not 0 < len(above) <= MAX_HEADING_ROWS:
        return []
    top = leaves = [Heading(piece) for piece in above[0].pieces]
    for row in above[1:]:
        _hang(leaves, row, [_stretch(piece, row, rows[first:]) for piece in row.pieces])
        leaves = [leaf for heading in top for leaf in heading.leaves]
    return top


def _hang(leaves: Sequence[Heading], row: Band, stretches: Sequence[Stretch]) -> None:
    """Put a row of headings, which fill these stretches, under those above."""
    groups = divided([leaf.piece for leaf in leaves], stretches, 0)
    if not groups:
        above = "、".join(leaf.piece.text for leaf in leaves)
        raise _error(row, f"headings that do not fit under {above}", "each under one that is centred over it")
    for leaf, group in zip(leaves, groups, strict=True):
        leaf.under = [Heading(piece) for piece in row.pieces[group.start : group.stop]]


def _stretch(piece: Piece, row: Band, data: Sequence[Band]) -> Stretch:
    """What the cells right under a heading fill, and it itself: a narrow heading may be over wide ones."""
    left, right = piece.left, piece.right
    for cell in (cell for line in data for cell in line.pieces):
        if [heading for heading in row.pieces if not heading.is_beside(cell)] == [piece]:
            left, right = min(left, cell.left), max(right, cell.right)
    return left, right


def divided(pieces: Sequence[Piece], stretches: Sequence[Stretch], least: int) -> list[range]:
    """Stretches side by side divided among the pieces above, `least` to each or more, all as centred as can be.

    A group stands between the pieces beside its own. Empty where there is no such division.
    """
    best: dict[int, tuple[int, list[range]]] = {0: (0, [])}
    bounds = [-FAR, *(piece.right - 1 for piece in pieces)], [*(piece.left + 1 for piece in pieces[1:]), FAR]
    for piece, low, high in zip(pieces, *bounds, strict=False):
        following: dict[int, tuple[int, list[range]]] = {}
        for start, (cost, parts) in best.items():
            for stop in range(start + least, len(stretches) + 1):
                group = stretches[start:stop]
                if group and (group[0][0] < low or group[-1][1] > high):
                    continue
                off = cost + (abs(piece.left + piece.right - group[0][0] - group[-1][1]) if group else 0)
                if stop not in following or off < following[stop][0]:
                    following[stop] = off, [*parts, range(start, stop)]
        best = following
    return best.get(len(stretches), (0, []))[1]


def _over_columns(headings: Sequence[Heading], columns: Columns, row: Band) -> dict[Piece, int]:
    """The first of the columns that each heading is over."""
    leaves = [leaf.piece for heading in headings for leaf in heading.leaves]
    groups = divided(leaves, columns.filled, 1) if leaves else []
    if len(groups) < len(leaves):
        found = f"{len(leaves)} headings over {len(columns.starts)} columns"
        raise _error(row, found, "a heading over every column, centred or beside its numbers")
    first = {piece: group.start for piece, group in zip(leaves, groups, strict=True)}
    level = list(headings)
    while level:
        first |= {heading.piece: first[heading.leaves[0].piece] for heading in level}
        level = [lower for heading in level for lower in heading.under]
    return first


def _columns(rows: Sequence[Sequence[Piece]]) -> Columns:
    """The columns of rows of cells that stand side by side."""
    cells = Counter((piece.left, piece.right) for row in rows for piece in row)
    gaps = {(min(a.right, b.left), b.left) for row in rows for a, b in pairwise(row)}
    whole = Counter({cell: n for cell, n in cells.items() if not _spans(cell, gaps)})
    columns = Columns((min((left for left, _ in cells), default=0), *_edges(gaps, whole, {left for left, _ in cells})))
    filled: dict[int, Stretch] = {}
    for row in rows:
        for piece in row:
            first, *others = columns.over(piece)
            left, right = filled.get(first, (piece.left, piece.right))
            if not others:
                filled[first] = min(left, piece.left), max(right, piece.right)
    return replace(columns, filled=tuple(filled.get(n, (start, start)) for n, start in enumerate(columns.starts)))


def _spans(cell: Stretch, gaps: Iterable[Stretch]) -> bool:
    """Does a cell span columns: does a gap of another row lie within it?"""
    return any(cell[0] < left and right < cell[1] for left, right in gaps)


def _edges(gaps: Iterable[Stretch], cells: Counter[Stretch], places: Iterable[int]) -> list[int]:
    """The edges, at places where cells begin, that serve every gap and cost least: few, and few cells cut.

    best[x] holds the least cost of edges up to x, and these. No gap lies wholly between two edges that follow each
    other. Of edges that cost the same the rightmost are taken, since numbers stand at the right of their columns.
    """
    best: dict[int, tuple[int, list[int]]] = {-1: (0, [])}
    for x in (*sorted(places), FAR):
        least = max((left for left, right in gaps if right < x), default=-1)
        _, before = min((best[edge][0], -edge) for edge in best if edge >= least)
        cost, edges = best[-before]
        cut = sum(count for (left, right), count in cells.items() if left + 1 < x < right - 1)
        best[x] = cost + EDGE_COST + cut, [*edges, x]
    return best[FAR][1][:-1]


def _refuse_contradictions(row: Band, placed: Placed, columns: Columns) -> None:
    """A number over two columns, or two cells in one of which either is a number, would be read wrong."""
    taken: dict[int, Piece] = {}
    for column, piece in placed:
        other = taken.setdefault(column, piece)
        if piece.is_numeric and len(columns.over(piece)) > 1:
            raise _error(row, f"{piece.text!r} over two columns", "each number inside its column")
        if other is not piece and (other.is_numeric or piece.is_numeric):
            raise _error(row, f"{other.text!r} and {piece.text!r} in one column", "one number a cell")


def _refuse_unnumbered(rows: Sequence[Band], placed: Sequence[Placed]) -> None:
    """Where 栏次 are printed every amount stands under one."""
    numbering = next((cells for row, cells in zip(rows, placed, strict=True) if row.is_numbering), None)
    numbered = {column for column, piece in numbering or () if piece.is_numeric}
    for row, cells in zip(rows, placed, strict=True):
        for column, piece in cells:
            if numbered and piece.is_amount and column not in numbered:
                raise _error(row, f"{piece.text!r} under no 栏次", "every amount under the number of its column")


def _refuse_shifted(rows: Sequence[Band], placed: Sequence[Placed]) -> None:
    """On every page some number of a column shares an edge, or its middle, with one of the pages before."""
    before: dict[int, list[Piece]] = {}
    for _, page in groupby(zip(rows, placed, strict=True), key=lambda one: one[0].page):
        numbers: dict[int, list[tuple[Band, Piece]]] = {}
        for row, cells in page:
            for column, piece in cells:
                if piece.is_numeric:
                    numbers.setdefault(column, []).append((row, piece))
        for column, found in numbers.items():
            known = before.setdefault(column, [])
            if known and not any(piece.is_in_line(other) for _, piece in found for other in known):
                row, piece = found[0]
                raise _error(row, f"{piece.text!r} in line with no number on the pages before", "the same columns")
            known += [piece for _, piece in found]


def _error(row: Band, found: str, expected: str) -> DocumentError:
    label = row.pieces[0].text
    return DocumentError(f"page {row.page}, a table without rules, row {label}", found, expected)
