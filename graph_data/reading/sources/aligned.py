"""Tables without rules: columns that only alignment shows, found from where the words of all their rows stand.

Between two cells of a row a column ends and another begins somewhere in the gap, and never inside a cell, unless the
cell spans columns: then a gap of another row lies within it. The columns are the fewest that give every gap an edge.
A heading over several columns is centred over them and belongs to the first. What contradicts this is refused.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from graph_data import vocabulary as words
from graph_data.errors import DocumentError
from graph_data.reading.sources.bands import Band, Piece, lines_of

EDGE_COST = 2  # an edge more is as bad as two cells that it cuts
FAR = 1 << 30


@dataclass(frozen=True, slots=True)
class Columns:
    """The left edges of the columns, and the stretch that the cells of each fill, in points."""

    starts: tuple[int, ...]
    filled: tuple[tuple[int, int], ...] = field(default=())

    def over(self, piece: Piece) -> range:
        """The columns that a piece stands over; an edge within a point of its ends cuts nothing off."""
        first = max(bisect_right(self.starts, piece.left + 1) - 1, 0)
        return range(first, max(bisect_right(self.starts, piece.right - 2), first + 1))


Placed = list[tuple[int, Piece]]


def rows_of(bands: Sequence[Band]) -> list[tuple[int, tuple[str, ...]]]:
    """The rows of a table, over all its pages: page and cells of each, headings first.

    Raises DocumentError for a number that stands over two columns, beside another cell in one, or under no 栏次
    where these are printed.
    """
    rows = lines_of(bands)
    columns = _columns([row for row in rows if not row.is_caption])
    is_sheet = _is_sheet(rows)
    placed: list[Placed] = [[(columns.over(piece)[0], piece) for piece in row.pieces] for row in rows]
    if is_sheet:
        placed = _raised(rows, placed)
    else:
        placed = [*_headed(rows, columns), *placed[_first_data(rows) :]]
    for row, cells in zip(rows, placed, strict=True):
        _refuse_contradictions(row, cells, columns)
    _refuse_unnumbered(rows, placed)
    return [(row.page, _cells(cells, len(columns.starts))) for row, cells in zip(rows, placed, strict=True)]


def _cells(placed: Placed, width: int) -> tuple[str, ...]:
    cells = [""] * width
    for column, piece in sorted(placed, key=lambda one: (one[1].first, one[1].left)):
        cells[column] += piece.text
    return tuple(cells)


def _columns(rows: Sequence[Band]) -> Columns:
    cells = Counter((piece.left, piece.right) for row in rows for piece in row.pieces)
    gaps = {(min(a.right, b.left), b.left) for row in rows for a, b in pairwise(row.pieces)}
    whole = Counter({cell: n for cell, n in cells.items() if not _spans(cell, gaps)})
    columns = Columns((min((left for left, _ in cells), default=0), *_edges(sorted(gaps), whole)))
    filled = [[FAR, 0] for _ in columns.starts]
    for row in rows:
        for piece in row.pieces:
            if len(over := columns.over(piece)) == 1:
                stretch = filled[over[0]]
                stretch[:] = min(stretch[0], piece.left), max(stretch[1], piece.right)
    return replace(columns, filled=tuple((left, max(left, right)) for left, right in filled))


def _spans(cell: tuple[int, int], gaps: Iterable[tuple[int, int]]) -> bool:
    """Does a cell span columns: does a gap of another row lie within it?"""
    return any(cell[0] < left and right < cell[1] for left, right in gaps)


def _edges(gaps: Sequence[tuple[int, int]], cells: Counter[tuple[int, int]]) -> tuple[int, ...]:
    """The edges, at left ends of cells, that serve every gap and cost least: few, and few cells cut.

    best[x] is the least cost of edges up to x, and the edge before: no gap may lie wholly between two edges.
    """
    best: dict[int, tuple[int, int | None]] = {-1: (0, None)}
    for x in (*sorted({right for _, right in gaps}), FAR):
        closed = max((left for left, right in gaps if right < x), default=-1)  # an edge before stands here or later
        cost, before = min((best[other][0], -other) for other in best if other >= closed)
        cut = sum(n for (left, right), n in cells.items() if left + 1 < x < right - 1)
        best[x] = (cost + EDGE_COST + cut, -before)
    chain: list[int] = []
    edge = best[FAR][1]
    while edge is not None and edge >= 0:
        chain.append(edge)
        edge = best[edge][1]
    return tuple(reversed(chain))


def _first_data(rows: Sequence[Band]) -> int:
    return next((index for index, row in enumerate(rows) if row.is_data), len(rows))


def _headed(rows: Sequence[Band], columns: Columns) -> Iterator[Placed]:
    """The heading rows, each heading at the first of the columns it is centred over, within those of the one above."""
    groups = [range(len(columns.starts))]
    for row in rows[: _first_data(rows)]:
        if row.is_caption:
            yield [(columns.over(piece)[0], piece) for piece in row.pieces]
            continue
        parts: list[range] = []
        placed: Placed = []
        for group in groups:
            inside = [piece for piece in row.pieces if _middle_column(piece, columns) in group]
            divided = _divided(inside, group, columns)
            parts += divided or [group]
            placed += [(part[0], piece) for part, piece in zip(divided, inside, strict=True)]
        groups = parts
        yield placed


def _middle_column(piece: Piece, columns: Columns) -> int:
    over = columns.over(piece)
    return over[len(over) // 2]


def _divided(pieces: Sequence[Piece], group: range, columns: Columns) -> list[range]:
    """A group of columns divided among the headings over it, so that all are as near as can be to their middles."""
    best: dict[int, tuple[int, list[range]]] = {group.start: (0, [])}
    for index, piece in enumerate(pieces):
        over = columns.over(piece)
        is_last = index == len(pieces) - 1
        following: dict[int, tuple[int, list[range]]] = {}
        for start, (cost, parts) in best.items():
            for stop in [group.stop] if is_last else range(start + 1, group.stop):
                if start > over[0] or stop <= min(over[-1], group.stop - 1):
                    continue
                off = cost + abs(piece.left + piece.right - columns.filled[start][0] - columns.filled[stop - 1][1])
                if stop not in following or off < following[stop][0]:
                    following[stop] = off, [*parts, range(start, stop)]
        best = following
    return best[group.stop][1] if pieces and group.stop in best else []


def _is_sheet(rows: Sequence[Band]) -> bool:
    """A 项目支出绩效自评表: its labels are merged over rows, and it has no headings of its own."""
    return any(words.plain(row.pieces[0].text) in words.SHEET_PROJECT for row in rows if not row.is_data)


def _raised(rows: Sequence[Band], placed: list[Placed]) -> list[Placed]:
    """The rows of a sheet, its labels that stand in the middle of several rows at the first of these.

    They are where the first column's labels divide the rows of every page exactly; those of 一级指标 then do too.
    """
    level = next((column for row in placed for column, piece in row
                  if words.plain(piece.text) in words.INDICATOR_COLUMNS["level_1"]), 0)  # fmt: skip
    pages = [[index for index, row in enumerate(rows) if row.page == page] for page in sorted({r.page for r in rows})]
    moves = [_moves(rows, placed, page, 0) for page in pages]
    if any(move is None for move in moves):
        return placed
    moves += [_moves(rows, placed, page, level) for page in pages]
    target = {id(piece): index for move in moves if move for piece, index in move}
    raised: list[Placed] = [[] for _ in rows]
    for index, cells in enumerate(placed):
        for column, piece in cells:
            raised[target.get(id(piece), index)].append((column, piece))
    return raised


def _moves(
    rows: Sequence[Band], placed: Sequence[Placed], page: Sequence[int], column: int
) -> list[tuple[Piece, int]] | None:
    """Where the labels of a column on a page belong, from the last up; None where they do not divide its rows."""
    labels = [(index, piece) for index in page for at, piece in placed[index] if at == column]
    last = len(page) - 1
    moves: list[tuple[Piece, int]] = []
    for index, piece in reversed(labels):
        covered = next((n for n in range(last + 1)
                        if abs(rows[page[n]].middle + rows[page[last]].middle - 2 * piece.middle) <= 2), None)  # fmt: skip
        if covered is None:
            return moves if column else None
        moves.append((piece, page[covered]))
        last = covered - 1
    return moves


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


def _error(row: Band, found: str, expected: str) -> DocumentError:
    label = row.pieces[0].text
    return DocumentError(f"page {row.page}, a table without rules, row {label}", found, expected)
