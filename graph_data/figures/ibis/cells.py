"""What the documents print for exactly the leaves of a group and publisher, as table expressions: see `reported`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis  # type: ignore[import-untyped]

from graph_data.core.terms import Measure
from graph_data.figures.axes import COLUMN_AXES, ROW_AXES, TOTAL, UNKNOWN, Axis
from graph_data.figures.ibis.schema import AXIS_COLUMNS, LEVEL_COLUMNS
from graph_data.figures.keys import GroupBy
from graph_data.figures.naming import Named
from graph_data.figures.trees import Trees

_NO_ROW = -3  # below TOTAL and UNKNOWN: no cell stands there


@dataclass(frozen=True, slots=True)
class CellSearch:
    """How the printed cell of a pair is found: by name, or from the lowest row above all its leaves upwards."""

    trees: Trees
    measure: Measure
    by: Sequence[GroupBy]
    named: Named

    @property
    def _row(self) -> Axis | None:
        return ROW_AXES.get(self.measure)

    @property
    def _column(self) -> Axis | None:
        return COLUMN_AXES.get(self.measure)

    def bounds(self, leaves: Any) -> dict[str, Any]:
        """What the leaves of a pair have in common: nothing is asked where the question names the cell."""
        if self.named.exactly or not self.named.is_printed:
            return {}
        found: dict[str, Any] = {}
        if self._column is not None:
            found["column"] = _common(leaves[AXIS_COLUMNS[self._column]], TOTAL)
        for place, name in enumerate(_row_columns(self._row)):
            # A leaf in the total's row, or in one without a code: only the total is above them all.
            in_total = leaves[name].min() < 0
            found[f"row{place}"] = in_total.ifelse(_NO_ROW, _common(leaves[name], _NO_ROW))
        return found

    def found(self, pairs: Any, figures: Any, keys: Sequence[str]) -> Any:
        """The pairs (their keys, leaves, fen, step), each with the rank, 分 and step of its cell, -1 and 0 for none."""
        kept = {name: pairs[name] for name in (*keys, "division", "publisher", "leaves", "fen", "step")}
        if not self.named.is_printed:
            zero = ibis.literal(0, "int64")
            return pairs.select(**kept, cell=ibis.literal(-1), printed_fen=zero, printed_step=zero)
        cells = self._cells(figures)
        same = [pairs[name] == cells[f"cell_{name}"] for name in ("division", "publisher")]
        same.append(pairs.leaves == cells.cell_cover)
        same += self._named(pairs, cells) if self.named.exactly else self._above(pairs, cells)
        joined = pairs.left_join(cells, same)
        columns = {
            **{name: joined[name] for name in kept},
            "cell": joined.cell_rank.fill_null(-1),
            "printed_fen": joined.cell_fen.fill_null(0),
            "printed_step": joined.cell_step.fill_null(0),
        }
        if self.named.exactly:
            return joined.select(**columns)
        lowest = [joined[name].desc() for name in ("cell_row", "cell_column") if name in joined.columns]
        group = [joined[name] for name in (*keys, "division", "publisher")]
        ordered = joined.select(**columns, nth=ibis.row_number().over(group_by=group, order_by=lowest or None))
        return ordered.filter(ordered.nth == 0)

    def _cells(self, figures: Any) -> Any:
        """The cells that questions name."""
        own = figures.filter((figures.measure == self.measure.name) & figures.is_first)
        columns = {name: name for name in ("division", "publisher", "cover", "fen", "step", "rank")}
        if self._row is not None:
            columns["row"] = AXIS_COLUMNS[self._row]
            own = own.filter(own[columns["row"]] != UNKNOWN)
        if self._column is not None:
            columns["column"] = AXIS_COLUMNS[self._column]
        return own.select(**{f"cell_{name}": own[column] for name, column in columns.items()})

    def _named(self, pairs: Any, cells: Any) -> list[Any]:
        """Does a cell stand in the row and the column that the pair names?"""
        places: dict[Axis, Any] = {}
        for place, by in enumerate(self.by):
            if by.axis in (self._row, self._column):
                places[by.axis] = pairs[f"k{place}"]
        stands = []
        if self._row is not None:
            row = self._narrowed(places[self._row]) if self._row in places else self.named.row
            stands.append(cells.cell_row == row)
        if self._column is not None:
            stands.append(cells.cell_column == places.get(self._column, self.named.column))
        return stands

    def _narrowed(self, keys: Any) -> Any:
        """The lower of a group's row and the row that the filter names."""
        row = self.named.row
        return keys if row == TOTAL else keys.between(row, self.trees.stop_at(row) - 1).ifelse(keys, row)

    def _above(self, pairs: Any, cells: Any) -> list[Any]:
        """Does a cell stand above all leaves of the pair, and in their column or the total's?"""
        stands = []
        if self._row is not None:
            above = cells.cell_row == TOTAL
            for place in range(len(_row_columns(self._row))):
                above = above | (cells.cell_row == pairs[f"row{place}"])
            stands.append(above)
        if self._column is not None:
            stands.append((cells.cell_column == pairs.column) | (cells.cell_column == TOTAL))
        return stands


def _row_columns(axis: Axis | None) -> list[str]:
    """The columns that hold a row and the rows above it."""
    return [] if axis is None else [AXIS_COLUMNS[axis], *LEVEL_COLUMNS.get(axis, {}).values()]


def _common(column: Any, otherwise: int) -> Any:
    """The place that all leaves of a pair share."""
    return (column.min() == column.max()).ifelse(column.min(), otherwise)
