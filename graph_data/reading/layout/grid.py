"""A published table as a grid: its heading rows turned into one path for each column, then its data rows.

In text a merged heading cell prints once and leaves blanks. A blank under nothing is filled from the left where
both columns have the same heading above; otherwise the column simply has no heading at that depth.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from graph_data.core import vocabulary as words
from graph_data.core.errors import DocumentError
from graph_data.reading.layout.blocks import Row

FEW = 2  # headings that are too few to tell a row of headings


@dataclass(frozen=True, slots=True)
class Grid:
    """`paths`: for each column its headings from the top down; `numbers`: its 栏次 or None; `rows`: the data.

    `headings` are the rows that print the paths and numbers, those that a page break repeats included. `moved` are
    the rows from where headings are repeated in another order on: what stands in them is under other columns.
    """

    paths: tuple[tuple[str, ...], ...]
    numbers: tuple[str | None, ...]
    rows: tuple[Row, ...]
    headings: tuple[Row, ...]
    moved: tuple[Row, ...] = ()

    def heading(self, column: int) -> str:
        return "/".join(self.paths[column])


@dataclass(frozen=True, slots=True)
class Turned(Row):
    """A row of a table that is read sideways; `origins` are the rows whose cells it has, `index` their column."""

    origins: tuple[Row, ...] = ()
    index: int = 0


def origin(row: Row, column: int) -> tuple[Row, int]:
    """Where a cell of a row stands in the document."""
    return (row.origins[column], row.index) if isinstance(row, Turned) else (row, column)


def turned(rows: Sequence[Row]) -> tuple[Row, ...]:
    """A table read sideways: its columns as rows."""
    width = max(len(row.cells) for row in rows)
    filled = [replace(row, cells=row.cells + ("",) * (width - len(row.cells))) for row in rows]
    return tuple(
        Turned(tuple(row.cells[column] for row in filled), rows[0].place, tuple(rows), column)
        for column in range(width)
    )


def read_grid(rows: tuple[Row, ...], is_data: Callable[[Row], bool], title: str) -> Grid:
    """Split rows into headings and data; headings that a page break repeats are dropped.

    `is_data` says which row is the first of the data. Raises DocumentError where there is no heading at all.
    """
    first = next((index for index, row in enumerate(rows) if not is_numbering(row) and is_data(row)), len(rows))
    headings = [_unnumbered(row) if is_numbering(row) else row for row in rows[:first]]
    if not any(row.printed for row in headings):
        place = str(rows[0].place) if rows else title
        raise DocumentError(f"{place}, {title}", "no column headings above the figures", "the table's headings")
    width = 1 + max(index for row in rows for index, cell in enumerate(row.cells) if cell)
    repeated = {_bare(row) for row in rows[:first]}
    numbering = next((row for row in rows[:first] if is_numbering(row)), None)
    orders = {tuple(sorted(cells)) for cells in repeated if len(cells) > FEW}
    end = next((n for n, row in enumerate(rows) if n >= first and _is_moved(_bare(row), repeated, orders)), len(rows))
    data = tuple(row for row in rows[first:end] if _bare(row) not in repeated)
    kept = {*map(id, data), *map(id, rows[end:])}
    return Grid(
        paths=_paths([row for row in headings if row.printed], width),
        numbers=tuple(_number(numbering, column) for column in range(width)),
        rows=data,
        headings=tuple(row for row in rows if id(row) not in kept),
        moved=rows[end:],
    )


def _is_moved(
    cells: tuple[str, ...], repeated: Collection[tuple[str, ...]], orders: Collection[tuple[str, ...]]
) -> bool:
    return cells not in repeated and tuple(sorted(cells)) in orders


def _bare(row: Row) -> tuple[str, ...]:
    return tuple(words.plain(cell) for cell in row.printed)


def _number(row: Row | None, column: int) -> str | None:
    cell = row.cells[column].strip() if row is not None and column < len(row.cells) else ""
    return cell if cell.isdigit() else None


def is_numbering(row: Row) -> bool:
    """栏次: its label, or column numbers 1, 2, 3 … in order and nothing else."""
    cells = [cell for cell in _bare(row) if cell != words.COLUMN_NUMBERS]
    numbers = [cell.partition("=")[0] for cell in cells if not words.UNNUMBERED_COLUMN.fullmatch(cell)]
    return len(_bare(row)) > len(cells) or (len(numbers) > 2 and numbers == [str(n + 1) for n in range(len(numbers))])


def _unnumbered(row: Row) -> Row:
    """A row of column numbers without them: 类, 款 and 项 may stand beside 栏次."""
    plain = (words.plain(cell) for cell in row.cells)
    return replace(row, cells=tuple(cell if cell in words.CODE_PARTS else "" for cell in plain))


def _paths(headings: Sequence[Row], width: int) -> tuple[tuple[str, ...], ...]:
    """One path a column, top down, without blanks and repetitions."""
    filled: list[list[str]] = []
    for row in headings:
        above = filled[-1] if filled else None
        cells = [words.plain(cell) for cell in row.cells[:width]] + [""] * (width - len(row.cells))
        for column in range(1, width):
            same_parent = above is None or (above[column] != "" and above[column] == above[column - 1])
            if not cells[column] and cells[column - 1] and same_parent:
                cells[column] = cells[column - 1]
        filled.append(cells)
    paths = []
    for column in range(width):
        path: list[str] = []
        for cells in filled:
            if cells[column] and (not path or path[-1] != cells[column]):
                path.append(cells[column])
        paths.append(tuple(path))
    return tuple(paths)
