"""A published table as a grid: its heading rows turned into one path for each column, then its data rows.

In text a merged heading cell prints once and leaves blanks. A blank under nothing is filled from the left where
both columns have the same heading above; otherwise the column simply has no heading at that depth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph_data.core import vocabulary as words
from graph_data.core.errors import DocumentError
from graph_data.reading.layout.blocks import Row


@dataclass(frozen=True, slots=True)
class Grid:
    """`paths`: for each column its headings from the top down; `numbers`: its 栏次 or None; `rows`: the data."""

    paths: tuple[tuple[str, ...], ...]
    numbers: tuple[str | None, ...]
    rows: tuple[Row, ...]

    def heading(self, column: int) -> str:
        return "/".join(self.paths[column])


def read_grid(rows: tuple[Row, ...], is_data: Callable[[Row], bool], title: str) -> Grid:
    """Split rows into headings and data; headings that a page break repeats are dropped.

    `is_data` says which row is the first of the data. Raises DocumentError where there is no heading at all.
    """
    first = next((index for index, row in enumerate(rows) if is_data(row) and not _is_numbering(row)), len(rows))
    headings = [row for row in rows[:first] if not _is_numbering(row)]
    if not headings:
        place = str(rows[0].place) if rows else title
        raise DocumentError(f"{place}, {title}", "no column headings above the figures", "the table's headings")
    width = 1 + max(index for row in rows for index, cell in enumerate(row.cells) if cell)
    repeated = {_bare(row) for row in rows[:first]}
    numbering = next((row for row in rows[:first] if _is_numbering(row)), None)
    return Grid(
        paths=_paths(headings, width),
        numbers=tuple(_number(numbering, column) for column in range(width)),
        rows=tuple(row for row in rows[first:] if _bare(row) not in repeated),
    )


def _bare(row: Row) -> tuple[str, ...]:
    return tuple(words.plain(cell) for cell in row.printed)


def _number(row: Row | None, column: int) -> str | None:
    cell = row.cells[column].strip() if row is not None and column < len(row.cells) else ""
    return cell if cell.isdigit() else None


def _is_numbering(row: Row) -> bool:
    """栏次: its label, or column numbers 1, 2, 3 … in order and nothing else."""
    cells = [cell for cell in _bare(row) if cell != words.COLUMN_NUMBERS]
    return len(_bare(row)) > len(cells) or (len(cells) > 2 and cells == [str(n + 1) for n in range(len(cells))])


def _paths(headings: list[Row], width: int) -> tuple[tuple[str, ...], ...]:
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
