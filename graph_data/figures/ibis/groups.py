"""Group-by as table expressions: leaves, cut up by group and publisher, beside the printed cells that sum just these.

Keys are columns k0, k1 …; amounts whole 分.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis  # type: ignore[import-untyped]
import numpy as np

from graph_data.core.terms import Measure, ThreePublicItemKind
from graph_data.figures.axes import DEEPEST, DIMENSIONS, TOTAL, Axis
from graph_data.figures.base import RollupQuestion
from graph_data.figures.ibis.cells import CellSearch
from graph_data.figures.ibis.filters import Rows, match, tree_column
from graph_data.figures.ibis.schema import AXIS_COLUMNS
from graph_data.figures.keys import GroupBy, key_column
from graph_data.figures.naming import named_by
from graph_data.figures.trees import Trees
from graph_data.figures.where import Where

TOTALS = ("count", "fen", "step", "pairs", "found", "printed_fen", "printed_step")


def figures_of(figures: Any, trees: Trees, measure: Measure, where: Where | None, include_totals: bool) -> Any:
    """The figures of a measure that a filter lets through for certain."""
    conditions = [figures.measure == measure.name]
    if not include_totals:
        conditions.append(~figures.is_total)
    if where is not None:
        conditions.append(match(Rows(trees, figures, DIMENSIONS[measure], True), where).certain)
    return figures.filter(*conditions)


def key_of(table: Any, trees: Trees, by: GroupBy) -> Any:
    """The key of each row: a position, a year, or an ordinal."""
    if by.axis is Axis.ITEM and by.level is not None:
        return _items(table.item_ordinal, trees, by)
    is_tree = by.axis is not Axis.ITEM and by.dimension in DEEPEST
    return tree_column(table, by.dimension, by.level) if is_tree else table[AXIS_COLUMNS[by.axis]]


def _items(ordinals: Any, trees: Trees, by: GroupBy) -> Any:
    places = np.arange(TOTAL, len(ThreePublicItemKind), dtype=np.int32)
    keys = key_column(trees, {Axis.ITEM: places}, by)
    return ordinals.cases(*zip(places.tolist(), keys.tolist(), strict=True), else_=TOTAL)


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """The groups of a question by the first `depth` of its dimensions. `selected` are the leaves that it asks for."""

    figures: Any
    selected: Any
    trees: Trees
    question: RollupQuestion
    depth: int

    @property
    def _by(self) -> tuple[GroupBy, ...]:
        return self.question.by[: self.depth]

    @property
    def _names(self) -> list[str]:
        return [f"k{place}" for place in range(self.depth)]

    def leaves(self, keys: Sequence[int]) -> Any:
        """The leaves of the group with these keys."""
        wanted = [key_of(self.selected, self.trees, by) == key for by, key in zip(self._by, keys, strict=True)]
        return self.selected.filter(*wanted) if wanted else self.selected

    def printed(self, keys: Sequence[int]) -> Any:
        """The printed figures that make up what is reported for a group, each with its publisher."""
        pairs = self._pairs(self.leaves(keys))
        cells = pairs.filter(pairs.cell >= 0).select("cell", cell_division="division")
        figures = self.figures.filter(self.figures.measure == self.question.measure.name)
        return figures.inner_join(cells, [figures.division == cells.cell_division, figures["rank"] == cells.cell])

    def totals(self) -> Any:
        """A row a group: its depth, its keys, 0 for each dimension that is summed away, and `TOTALS`."""
        pairs = self._pairs(self.selected)
        sums = {
            "count": pairs.leaves.sum(),
            "fen": pairs.fen.sum(),
            "step": pairs.step.sum(),
            "pairs": pairs.count(),
            "found": (pairs.cell >= 0).sum(),
            "printed_fen": pairs.printed_fen.sum(),
            "printed_step": pairs.printed_step.sum(),
        }
        grouped = pairs.group_by(self._names).agg(**sums) if self._names else pairs.agg(**sums)
        values = {name: grouped[name] for name in TOTALS}
        return answer_row(grouped, self.depth, self._names, len(self.question.by), values)

    def _pairs(self, leaves: Any) -> Any:
        """A row a group and publisher: how many leaves and what they add up to, and the cell that prints just these."""
        question = self.question
        named = named_by(self.trees, question.measure, self._by, question.where)
        search = CellSearch(self.trees, question.measure, self._by, named)
        keys = {name: key_of(leaves, self.trees, by) for name, by in zip(self._names, self._by, strict=True)}
        sums = {"leaves": leaves.count(), "fen": leaves.fen.sum(), "step": leaves.step.sum()}
        pairs = leaves.group_by(**keys, division=leaves.division, publisher=leaves.publisher).agg(
            **sums, **search.bounds(leaves)
        )
        return search.found(pairs, self.figures, self._names)


def answer_row(table: Any, depth: int, names: Sequence[str], width: int, values: dict[str, Any]) -> Any:
    """Every part of an answer in the same columns: `depth`, k0 …, TOTALS; so that one statement asks them all."""
    zero = ibis.literal(0, "int64")
    keys = {f"k{place}": zero for place in range(width)} | {name: table[name].cast("int64") for name in names}
    sums = {name: values[name].cast("int64").fill_null(0) if name in values else zero for name in TOTALS}
    return table.select(depth=ibis.literal(depth), **keys, **sums)
