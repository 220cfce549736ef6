"""From accounts to measured figures: every published number of a measure, leaves told from totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from graph_data.core.records import Account
from graph_data.core.terms import Measure
from graph_data.figures.cells import WHOLE, Cell
from graph_data.figures.leaves import find_leaves
from graph_data.figures.published import published_cells
from graph_data.figures.table import MeasureTable, Published
from graph_data.figures.trees import Trees
from graph_data.graph import Identities


def tables_of(published: Sequence[Published], graph: Trees) -> Mapping[Measure, MeasureTable]:
    """A table a measure. Raises OverflowError where the amounts could add up to more than int64 holds."""
    by_measure: dict[Measure, list[Published]] = {measure: [] for measure in Measure}
    for each in published:
        by_measure[each.figure.measure].append(each)
    tables = {measure: MeasureTable.of(measure, figures, graph) for measure, figures in by_measure.items()}
    return MappingProxyType(tables)


def published_figures(accounts: Sequence[Account], graph: Trees, identities: Identities) -> list[Published]:
    """Every figure, in the order of accounts, statements, lines, columns."""
    found: list[Published] = []
    publishers: dict[tuple[int, Measure, int], int] = {}
    for number, account in enumerate(accounts):
        department = identities.department_of[account.key]
        cells = list(published_cells(account, graph, identities))
        leaves, covers = _leaves(cells)
        for cell in cells:
            publisher = publishers.setdefault((number, cell.measure, cell.block), len(publishers))
            figure = cell.figure(account.key, department, cell.id not in leaves)
            found.append(Published(figure, publisher, cell.row == WHOLE, covers.get(cell.id)))
    return found


def _leaves(cells: Sequence[Cell]) -> tuple[set[str], dict[str, int | None]]:
    """The leaves of an account, grid by grid, and what each cell covers."""
    grids: dict[tuple[Measure, int], list[Cell]] = {}
    for cell in cells:
        if not cell.is_extra:
            grids.setdefault((cell.measure, cell.block), []).append(cell)
    leaves: set[str] = set()
    covers: dict[str, int | None] = {}
    for grid in grids.values():
        found = find_leaves(grid)
        leaves |= found.leaves
        covers |= found.covers
    return leaves, covers
