"""Group-by as table expressions: one statement asks for all groups, all subtotals and their coverage.

Leaves are cut up by group and publisher, beside the printed cells that sum just these (see `printed_totals`). Keys are
columns k0, k1 …; amounts whole 分.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import ibis  # type: ignore[import-untyped]
import numpy as np

from graph_data.core.terms import Dimension, Fund, Measure, ThreePublicItemKind
from graph_data.figures.columns import Trees
from graph_data.figures.filters import Where
from graph_data.figures.group_by import Groups, GroupSums, PrintedSums, rollup_table
from graph_data.figures.ibis.filters import FilterRows, match, tree_column
from graph_data.figures.ibis.pages import Fetch, FigurePages, PagedQuery
from graph_data.figures.ibis.parquet import AXIS_COLUMNS, FUND_COLUMNS, LEVEL_COLUMNS
from graph_data.figures.measures import (
    COLUMN_AXES,
    DEEPEST,
    DIMENSIONS,
    PROJECT_MEASURES,
    ROW_AXES,
    TOTAL,
    UNKNOWN,
    Axis,
    Figure,
)
from graph_data.figures.printed_totals import NamedCell, fund_of, named_cell, narrower_items
from graph_data.figures.rollup import Coverage, GroupBy, KeyCache, RollupQuestion, RollupTable, key_column

_NO_ROW = -3  # below TOTAL and UNKNOWN: no cell stands there


@dataclass(frozen=True, slots=True)
class CellSearch:
    """How the printed cell of a pair is found: by name, or from the lowest row above all its leaves upwards."""

    trees: Trees
    measure: Measure
    by: Sequence[GroupBy]
    named: NamedCell

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
        if row != TOTAL and self._row is Axis.ITEM:
            return keys.cases(*narrower_items(row).items(), else_=row)
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


TOTALS = ("count", "fen", "step", "pairs", "found", "printed_fen", "printed_step")


def figures_of(figures: Any, trees: Trees, measure: Measure, where: Where | None, include_totals: bool) -> Any:
    """The figures of a measure that a filter lets through for certain."""
    conditions = [figures.measure == measure.name]
    if not include_totals:
        conditions.append(~figures.is_total)
    if where is not None:
        conditions.append(match(FilterRows(trees, figures, DIMENSIONS[measure], True), where).certain)
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
        named = named_cell(self.trees, question.measure, self._by, question.where)
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


_ACCOUNT = frozenset({Dimension.DIVISION, Dimension.DEPARTMENT, Dimension.FISCAL_YEAR})
_PROJECT = _ACCOUNT | {Dimension.UNIT, Dimension.PROJECT}
_SCOPE = (Axis.ORGANIZATION, Axis.YEAR)
_COVERAGE = -1  # the depth of the rows that count members; they stand in the columns of TOTALS
_COUNTED = ("fen", "step", "pairs", "found")  # where contributing members stand: of all, then of each fund
_NOBODY = Coverage(0, 0)
_PUBLISHERS = ("division", "publisher")
_BY_PUBLISHER = (*_PUBLISHERS, "rank")


def answer(
    fetch: Fetch, figures: Any, members: Any, trees: Trees, names: KeyCache, question: RollupQuestion
) -> RollupTable:
    """The answer to a checked question."""
    width = len(question.by)
    depths = range(width, -1, -1) if question.subtotals else (width,)
    leaves = figures_of(figures, trees, question.measure, question.where, False)
    groupings = {depth: Grouping(figures, leaves, trees, question, depth) for depth in {0, *depths}}
    statement = [_member_counts(members, trees, question), *(each.totals() for each in groupings.values())]
    rows = sorted(tuple(map(int, row)) for row in fetch(reduce(lambda one, other: one.union(other), statement)))
    covered = CoverageCounts(question, [row[1:] for row in rows if row[0] == _COVERAGE])
    groups = {
        depth: IbisGroups(fetch, grouping, covered, [row[1:] for row in rows if row[0] == depth])
        for depth, grouping in groupings.items()
    }
    return rollup_table([groups[depth] for depth in depths], groups[0], question, names)


class IbisGroups(Groups):
    """The groups of one depth, from the rows that the database gave: keys, then `TOTALS`."""

    def __init__(
        self, fetch: Fetch, grouping: Grouping, covered: CoverageCounts, rows: Sequence[tuple[int, ...]]
    ) -> None:
        width = len(grouping.question.by)
        found = np.array([row for row in rows if row[width]], dtype=np.int64).reshape(-1, width + len(TOTALS))
        columns = {name: found[:, width + place] for place, name in enumerate(TOTALS)}
        places = tuple(found[:, place] for place in range(grouping.depth))
        super().__init__(GroupSums(places, columns["fen"], columns["step"], columns["count"]))
        self._fetch, self._grouping, self._covered, self._columns = fetch, grouping, covered, columns

    def coverage(self, places: tuple[int, ...]) -> Coverage:
        return self._covered.of(places)

    def figures(self, at: int) -> Sequence[Figure]:
        """Publisher by publisher."""
        keys = self.places(at)
        run = PagedQuery(self._fetch, lambda: self._grouping.leaves(keys), _BY_PUBLISHER, int(self.sums.count[at]))
        return FigurePages(run)

    def reported_figures(self, at: int) -> Sequence[Figure]:
        keys = self.places(at)
        run = PagedQuery(
            self._fetch, lambda: self._grouping.printed(keys), _PUBLISHERS, int(self._columns["pairs"][at])
        )
        return FigurePages(run)

    def _reports(self) -> PrintedSums:
        is_reported = self._columns["pairs"] == self._columns["found"]
        return PrintedSums(is_reported, self._columns["printed_fen"], self._columns["printed_step"])


class CoverageCounts:
    """The coverage of every group, by those of its keys that narrow the scope."""

    def __init__(self, question: RollupQuestion, rows: Sequence[tuple[int, ...]]) -> None:
        """A row is its keys, then how many there should be, how many there are, and how many of each fund."""
        self._scope, width = _scope(question), len(question.by)
        axes = [each.axis for each in question.by]
        self._fund_place = axes.index(Axis.FUND) if Axis.FUND in axes else None
        self._fund = fund_of(question.where)
        self._counts: dict[tuple[int, ...], list[int]] = {}
        for row in rows:
            keys, counts = tuple(row[place] for place in self._scope), row[width:]
            for length in range(len(keys) + 1):
                sums = self._counts.setdefault(keys[:length], [0] * len(counts))
                self._counts[keys[:length]] = [one + other for one, other in zip(sums, counts, strict=True)]

    def of(self, keys: Sequence[int]) -> Coverage:
        """The coverage of the group with these keys, one for each dimension."""
        fund = self._fund
        if self._fund_place is not None and self._fund_place < len(keys) and keys[self._fund_place] >= 0:
            fund = list(Fund)[keys[self._fund_place]]
        counts = self._counts.get(tuple(keys[place] for place in self._scope if place < len(keys)))
        if counts is None or not counts[0]:
            return _NOBODY
        return Coverage(counts[1 if fund is None else 2 + list(Fund).index(fund)], counts[0])


def _member_counts(members: Any, trees: Trees, question: RollupQuestion) -> Any:
    """A row for each combination of the keys that narrow the scope: its members, and those that contribute."""
    measure, where = question.measure, question.where
    own = members.filter(members.measure == measure.name)
    if where is not None:
        rows = FilterRows(trees, own, _PROJECT if measure in PROJECT_MEASURES else _ACCOUNT, False)
        own = own.filter(match(rows, where).possible)
    scope = {f"k{place}": key_of(own, trees, question.by[place]) for place in _scope(question)}
    sums = {"count": own.expected.sum(), "fen": own.counted.sum()}
    for name, fund in zip(_COUNTED[1:], FUND_COLUMNS.values(), strict=True):
        sums[name] = own[fund].fill_null(own.counted).sum()
    grouped = own.group_by(**scope).agg(**sums) if scope else own.agg(**sums)
    return answer_row(grouped, _COVERAGE, list(scope), len(question.by), {name: grouped[name] for name in sums})


def _scope(question: RollupQuestion) -> list[int]:
    """Which of the dimensions narrow the scope."""
    return [place for place, each in enumerate(question.by) if each.axis in _SCOPE]
