"""Which blank cells of a table belong to a printed one beside or above: the merged cells that documents really have.

A merged cell covers only blank cells besides its own, so that a reader which prints it once and leaves the rest
blank finds the same rows again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.made_up.render.parts import Piece, Rows

_LABELLED = ("项目名称", "主管部门", "年度总体目标")
_TREE = "年度绩效指标"
_FUNDS = "项目预算执行情况"


@dataclass(frozen=True, slots=True)
class Merge:
    """A printed cell at (row, column) that spans this many rows and columns, at least two cells together."""

    row: int
    column: int
    rows: int
    columns: int

    @property
    def covered(self) -> frozenset[tuple[int, int]]:
        """All the places it takes, its own included."""
        rows, columns = (range(start, start + n) for start, n in ((self.row, self.rows), (self.column, self.columns)))
        return frozenset((row, column) for row in rows for column in columns)


def merges_of(piece: Piece) -> tuple[Merge, ...]:
    """The merged cells of a piece: of its headings, or of a sheet's labels."""
    grid = tuple(row + ("",) * (piece.width - len(row)) for row in piece.rows)
    found = _of_sheet(grid) if _is_sheet(grid) else _of_headings(grid[: piece.headings])
    return tuple(merge for merge in found if merge.rows * merge.columns > 1)


def clipped(merges: tuple[Merge, ...], first: int, last: int) -> tuple[Merge, ...]:
    """The merges within rows first … last - 1, counted from first; one that goes on from above is dropped."""
    inside = [merge for merge in merges if first <= merge.row < last]
    cut = [Merge(m.row - first, m.column, min(m.rows, last - m.row), m.columns) for m in inside]
    return tuple(merge for merge in cut if merge.rows * merge.columns > 1)


def _is_sheet(grid: Rows) -> bool:
    return any(row[0].startswith((*_LABELLED, _TREE)) for row in grid)


def _of_headings(grid: Rows) -> Iterator[Merge]:
    """From the top down: to the right over blanks under the same heading, then down over blanks."""
    owner: list[int] = [0] * len(grid[0]) if grid else []  # which merged cell of the row above is over a column
    taken: set[tuple[int, int]] = set()
    for n, row in enumerate(grid):
        above, owner = owner, [-1] * len(row)
        for column, cell in enumerate(row):
            if cell:
                columns = _to_the_right(row, column, above)
                owner[column : column + columns] = [column] * columns
                rows = _down(grid, n, column, columns)
                merge = Merge(n, column, rows, columns)
                taken |= merge.covered
                yield merge
            elif (n, column) in taken and owner[column] < 0:
                owner[column] = above[column]


def _to_the_right(row: tuple[str, ...], column: int, above: list[int]) -> int:
    end = column + 1
    while end < len(row) and not row[end] and above[end] == above[column]:
        end += 1
    return end - column


def _down(grid: Rows, row: int, column: int, columns: int) -> int:
    end = row + 1
    while end < len(grid) and not any(grid[end][column : column + columns]):
        end += 1
    return end - row


def _of_sheet(grid: Rows) -> Iterator[Merge]:
    """A sheet's label rows to the right; 项目预算执行情况, 年度绩效指标, 一级 and 二级指标 down."""
    for n, row in enumerate(grid):
        if row[0].startswith(_LABELLED) or (n and grid[n - 1][0].startswith("年度总体目标")):
            for column, cell in enumerate(row):
                if cell and not (column == 0 and row[0].startswith("年度总体目标")):
                    yield Merge(n, column, 1, _run(row, column))
    tree = next((n for n, row in enumerate(grid) if row[0].startswith(_TREE)), len(grid))
    for n, row in enumerate(grid):
        if row[0].startswith(("年度总体目标", _TREE, _FUNDS)):
            yield Merge(n, 0, _down(grid, n, 0, 1), 1)
        if n > tree and not row[0]:
            yield from (Merge(n, column, _within_group(grid, n, column), 1) for column in (1, 2) if row[column])


def _within_group(grid: Rows, row: int, column: int) -> int:
    """Down over blanks, as far as the first column is blank too: 总分 and rows without their first cell end a group."""
    return next((n for n in range(1, _down(grid, row, column, 1)) if grid[row + n][0]), _down(grid, row, column, 1))


def _run(row: tuple[str, ...], column: int) -> int:
    end = column + 1
    while end < len(row) and not row[end]:
        end += 1
    return end - column
