"""The labels of a self-evaluation sheet without rules, which stand in the middle of the rows they are merged over.

Nothing but that shows which rows: from the last label up, each covers as many as have it in their middle, and all
rows are covered. Labels that divide them otherwise are refused; where those of the first column stand each in a row
of its own and leave rows without, they are at the first of their rows and stay there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graph_data.core import vocabulary as words
from graph_data.core.errors import DocumentError
from graph_data.reading.sources.bands import Band, Piece

Placed = list[tuple[int, Piece]]
Stretch = tuple[int, int]
LEVELS = ("level_1", "level_2")


def is_sheet(rows: Sequence[Band]) -> bool:
    """Is it a 项目支出绩效自评表, which opens with the project's name and has no headings over all its columns?"""
    return any(row.opens_sheet for row in rows)


def raised(rows: Sequence[Band], placed: Sequence[Placed]) -> list[Placed]:
    """The cells of a sheet, each label moved to the first of the rows it covers.

    Raises DocumentError for a label between two rows whose rows do not show.
    """
    levels = _levels(placed)
    pages = [[n for n, row in enumerate(rows) if row.page == page] for page in sorted({row.page for row in rows})]
    spans = _spans(placed, {0, *levels})
    first = [_moves(placed, spans, page, 0, page != pages[0]) for page in pages]
    if any(moves is None for moves in first):
        _refuse_between(rows, placed, spans)
        return list(placed)
    cells = _moved(placed, [move for moves in first for move in moves or ()])
    for level in levels:
        for group in _groups(cells, pages):
            moves = _moves(cells, spans, group, level, any(page[0] == group[0] for page in pages))
            if moves is None:
                row = rows[group[0]]
                found = f"labels in column {level + 1} that are not in the middle of rows"
                raise DocumentError(f"page {row.page}, a sheet without rules", found, "every row under its 一级指标")
            cells = _moved(cells, moves)
    return cells


def _levels(placed: Sequence[Placed]) -> list[int]:
    """The columns of 一级指标 and 二级指标."""
    labels = [words.INDICATOR_COLUMNS[level] for level in LEVELS]
    return [
        column for cells in placed for column, piece in cells if any(words.is_label(piece.text, one) for one in labels)
    ]


def _spans(placed: Sequence[Placed], labels: set[int]) -> list[Stretch]:
    """The middles of the first and last line of each row, as its cells other than labels show them."""
    spans = []
    for cells in placed:
        pieces = [piece for column, piece in cells if column not in labels] or [piece for _, piece in cells]
        spans.append((min(piece.first for piece in pieces), max(piece.last for piece in pieces)))
    return spans


def _moves(
    placed: Sequence[Placed], spans: Sequence[Stretch], rows: Sequence[int], column: int, goes_on: bool
) -> list[tuple[Piece, int]] | None:
    """The labels of a column with the first row that each covers; None where they do not divide the rows.

    `goes_on`: rows above the first label may belong to one on the page before.
    """
    labels = [piece for n in rows for at, piece in placed[n] if at == column]
    moves: list[tuple[Piece, int]] = []
    last = len(rows) - 1
    for piece in reversed(labels):
        if column == 0 and _is_displaced(piece):
            last = next(n for n, row in enumerate(rows) if (0, piece) in placed[row]) - 1
            continue
        low, high = 2 * piece.middle - piece.size // 2, 2 * piece.middle + piece.size // 2
        start = next((n for n in range(last + 1) if low <= spans[rows[n]][0] + spans[rows[last]][1] <= high), None)
        if start is None:
            return None
        moves.append((piece, rows[start]))
        last = start - 1
    return moves if last < 0 or goes_on or not labels else None


def _is_displaced(piece: Piece) -> bool:
    """Is it the label of a 一级指标, in a row that lost its first cell? Such a row is not merged with those below."""
    match = words.WEIGHT_IN_LABEL.match(words.plain(piece.text))
    return words.meaning(match["name"] if match else piece.text, words.INDICATOR_GROUPS) is not None


def _moved(placed: Sequence[Placed], moves: Sequence[tuple[Piece, int]]) -> list[Placed]:
    target: Mapping[int, int] = {id(piece): row for piece, row in moves}
    moved: list[Placed] = [[] for _ in placed]
    for row, cells in enumerate(placed):
        for column, piece in cells:
            moved[target.get(id(piece), row)].append((column, piece))
    return moved


def _groups(placed: Sequence[Placed], pages: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The rows of the indicators, apart at page breaks and at rows that the first column labels, as 总分."""
    label = words.INDICATOR_COLUMNS[LEVELS[0]]
    tree = next((n for n, cells in enumerate(placed) if any(words.is_label(p.text, label) for _, p in cells)), None)
    for page in pages:
        group: list[int] = []
        for row in page:
            if tree is None or row <= tree or any(column == 0 for column, _ in placed[row]):
                if group:
                    yield group
                group = []
            else:
                group.append(row)
        if group:
            yield group


def _refuse_between(rows: Sequence[Band], placed: Sequence[Placed], spans: Sequence[Stretch]) -> None:
    """A label that stands between two rows is not at the first of its rows."""
    for row, cells, (first, last) in zip(rows, placed, spans, strict=True):
        for column, piece in cells:
            if column == 0 and not first - piece.size // 3 <= piece.middle <= last + piece.size // 3:
                place = f"page {row.page}, a sheet without rules, row {piece.text}"
                raise DocumentError(place, "a label between two rows", "labels in the middle of the rows they cover")
