"""What the documents print for exactly the figures of a group: the `reported` of every rollup.

A group's leaves are taken publisher by publisher (one account's table, or the statement of one fund, or one side of
the basic detail). In each the cell is named by the group's own keys and filter: its row, and its column. A filter
that no cell is named by (an amount, a list, a negation) is answered only where the leaves that it leaves over are
just those of one printed cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from graph_data.core.terms import Dimension, Fund, Measure, ThreePublicItemKind
from graph_data.figures.columns import Columns, Ints, Longs, Mask, MeasureTable, Trees, fixed
from graph_data.figures.filters import TreeFilter, Where, find_members, item_path
from graph_data.figures.measures import (
    AXES,
    CLASSIFICATIONS,
    COLUMN_AXES,
    PROJECT_MEASURES,
    ROW_AXES,
    TOTAL,
    UNKNOWN,
    Axis,
    ordinal,
)
from graph_data.figures.rollup import GroupBy
from graph_data.graph import NodeKind


@dataclass(frozen=True, slots=True)
class NamedCell:
    """The cell that the question itself names, whatever the group.

    `row` and `column` are TOTAL where it names none; `row` may be narrowed by a group's key. `exactly` is False
    where the filter selects in a way that names no cell. `is_printed` is False where documents print no totals for
    such groups at all.
    """

    row: int = TOTAL
    column: int = TOTAL
    exactly: bool = True
    is_printed: bool = True


def named_cell(graph: Trees, measure: Measure, by: Sequence[GroupBy], where: Where | None) -> NamedCell:
    """The cell that every group of a question shares: what its filter names."""
    parts = tuple(conjunction(where)) if where is not None else ()
    rows = [
        _named_row(graph, dimension, tree) for part in parts for dimension, tree in part.trees() if _is_row(dimension)
    ]
    chosen = [(AXES[dimension], member) for part in parts for dimension, member in part.choices()]
    rows += [ordinal(member) for axis, member in chosen if axis is ROW_AXES.get(measure)]
    single = [row for row in rows if row is not None]
    columns = [ordinal(member) for axis, member in chosen if axis is COLUMN_AXES.get(measure)]
    return NamedCell(
        _lowest(measure, single),
        columns[0] if columns else TOTAL,
        len(single) == len(rows) and all(_is_plain(part) for part in parts),
        measure not in PROJECT_MEASURES or _is_one_project(graph, by, parts),
    )


def _lowest(measure: Measure, rows: Sequence[int]) -> int:
    """The lowest of rows that are one below the other."""
    if ROW_AXES.get(measure) is Axis.ITEM:
        return max(rows, key=lambda row: len(_WAYS[row]), default=TOTAL)
    return max(rows, default=TOTAL)


def narrower_items(row: int) -> Mapping[int, int]:
    """For each “三公” item, by its ordinal, the lower of it and the item of a row."""
    return {each: max(each, row, key=lambda one: len(_WAYS[one])) for each in _WAYS}


def fund_of(where: Where | None) -> Fund | None:
    """The one fund that a filter asks for."""
    parts = conjunction(where) if where is not None else ()
    return next((part.fund for part in parts if part.fund is not None), None)


def conjunction(where: Where) -> Iterator[Where]:
    """The filters that must all hold."""
    yield where
    for inner in where.all_of:
        yield from conjunction(inner)


def _is_plain(part: Where) -> bool:
    """Does a filter, apart from its trees and choices, select whole accounts or projects only?"""
    negated = () if part.negated is None else (part.negated,)
    return part.amount is None and all(_selects_publishers(each) for each in (*(part.any_of or ()), *negated))


def _selects_publishers(where: Where) -> bool:
    """Does a filter, all the way in, ask for nothing but years and organisation?"""
    own = where.amount is None and not any(True for _ in where.choices())
    return own and not any(_is_row(each) for each, _ in where.trees()) and all(map(_selects_publishers, where.inner()))


def _is_row(dimension: Dimension) -> bool:
    return dimension in CLASSIFICATIONS


def _named_row(graph: Trees, dimension: Dimension, tree: TreeFilter) -> int | None:
    """The position of the one subject that a filter names; None where it names several, or otherwise."""
    if tree.any_of is not None or tree.under_any is not None or tree.level is not None:
        return None
    given = {each for each in (tree.eq, tree.under) if each is not None}
    nodes = {node.id for each in given for node in find_members(graph, dimension, each)}
    return graph.interval(nodes.pop())[0] if len(nodes) == 1 else None


def _is_one_project(graph: Trees, by: Sequence[GroupBy], parts: Sequence[Where]) -> bool:
    """Is every group of one project: by a key, or by the filter?"""
    if any(each.dimension is Dimension.PROJECT and each.level in (None, 4) for each in by):
        return True
    wanted = (part.project.eq or part.project.under for part in parts if part.project is not None)
    found = [find_members(graph, Dimension.PROJECT, each) for each in wanted if each is not None]
    return any(len(nodes) == 1 and nodes[0].kind is NodeKind.PROJECT for nodes in found)


_MISSING = -1
_ROW_BITS, _COLUMN_BITS = 24, 4


@dataclass(frozen=True, slots=True, eq=False)
class PublisherGroups:
    """Groups cut up by publisher: where each pair starts in the sorted leaves, and the cell that it names."""

    starts: Longs
    counts: Longs
    publishers: Ints
    rows: Ints
    columns: Ints


def find_cells(table: MeasureTable, graph: Trees, leaves: Longs, pairs: PublisherGroups, exactly: bool) -> Longs:
    """For each pair the index of the cell that prints just its leaves, or -1.

    `leaves` are the sorted indexes that `pairs.starts` points into.
    """
    index = _Index.over(table)
    if exactly:
        return index.look_up(pairs.publishers, pairs.rows, pairs.columns, pairs.counts)
    return _search(index, table, graph, leaves, pairs)


@dataclass(frozen=True, slots=True, eq=False)
class _Index:
    """The cells by (publisher, row, column)."""

    keys: Longs
    order: Longs
    cover: Longs

    @classmethod
    def over(cls, table: MeasureTable) -> _Index:
        cells = table.cells
        keys = _cell_key(
            cells.publisher, _axis_or_total(cells, table.row_axis), _axis_or_total(cells, table.column_axis)
        )
        order = np.argsort(keys, kind="stable").astype(np.int64)
        return cls(keys[order], order, table.cover)

    def look_up(self, publishers: Ints, rows: Ints, columns: Ints, counts: Longs) -> Longs:
        """The cell of each, where it covers as many leaves as asked for; else -1."""
        if not len(self.keys):
            return np.full(len(counts), _MISSING, dtype=np.int64)
        keys = _cell_key(publishers, rows, columns)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        found = self.order[at]
        right = (self.keys[at] == keys) & (self.cover[found] == counts) & (rows != UNKNOWN)
        return np.where(right, found, _MISSING)


def _search(index: _Index, table: MeasureTable, graph: Trees, leaves: Longs, pairs: PublisherGroups) -> Longs:
    """From the lowest row above all leaves of a pair upwards, in their one column and in the total's."""
    found = np.full(len(pairs.counts), _MISSING, dtype=np.int64)
    rows = _common_rows(table, graph, leaves, pairs)
    columns = _shared_place(_axis_or_total(table.leaves, table.column_axis)[leaves], pairs)
    while True:
        for each in (columns, np.full_like(columns, TOTAL)):
            cells = index.look_up(pairs.publishers, rows, each, pairs.counts)
            found = np.where(found == _MISSING, cells, found)
        if (rows == TOTAL).all():
            return found
        rows = _parents(table, graph, rows)


def _common_rows(table: MeasureTable, graph: Trees, leaves: Longs, pairs: PublisherGroups) -> Ints:
    """The lowest row that all leaves of a pair stand in or below."""
    places = _axis_or_total(table.leaves, table.row_axis)[leaves]
    if table.row_axis is not Axis.SUBJECT:
        return _shared_place(places, pairs)
    low, high = np.minimum.reduceat(places, pairs.starts), np.maximum.reduceat(places, pairs.starts)
    rows = np.where(low < 0, TOTAL, low).astype(np.int32)
    while (climb := (rows != TOTAL) & (_stops(graph, rows) <= high)).any():
        rows = np.where(climb, _parents(table, graph, rows), rows).astype(np.int32)
    return rows


def _shared_place(places: Ints, pairs: PublisherGroups) -> Ints:
    """The place that all leaves of a pair share, else TOTAL."""
    low, high = np.minimum.reduceat(places, pairs.starts), np.maximum.reduceat(places, pairs.starts)
    return np.where(low == high, low, TOTAL).astype(np.int32)


def _parents(table: MeasureTable, graph: Trees, rows: Ints) -> Ints:
    above = graph.parent_at if table.row_axis is Axis.SUBJECT else lambda _: TOTAL
    return np.array([above(row) if row >= 0 else TOTAL for row in rows.tolist()], dtype=np.int32)


def _stops(graph: Trees, rows: Ints) -> Ints:
    return np.array([graph.stop_at(row) if row >= 0 else 0 for row in rows.tolist()], dtype=np.int32)


def _axis_or_total(columns: Columns, axis: Axis | None) -> Ints:
    return np.full(len(columns), TOTAL, dtype=np.int32) if axis is None else columns.axes[axis]


def _cell_key(publishers: Ints, rows: Ints, columns: Ints) -> Longs:
    key = (publishers.astype(np.int64) << _ROW_BITS) + (rows - UNKNOWN)
    return np.asarray((key << _COLUMN_BITS) + (columns - TOTAL), dtype=np.int64)


class HasAxes(Protocol):
    """Anything in columns that has places."""

    @property
    def axes(self) -> Mapping[Axis, Ints]: ...
    def __len__(self) -> int: ...


ROW_ALONE, ONE_COLUMN = 1, 2  # added up, these name one of four uses; its bit is 1 << that
AS_PRINTED = 1 << 4  # the bit of every cell: all that are printed
_SHIFT = 32  # of publishers above the places along the rows
_COLUMNS = 8  # of a publisher: more than any measure has
_FIRST, _LAST = -UNKNOWN, 2**30  # so that no place is negative, and beyond all of them


def cell_uses(table: MeasureTable, trees: Trees) -> Ints:
    """The bits of each cell. Where a publisher prints a cell twice, the first is asked for."""
    cells = table.cells
    bits = np.full(len(cells), AS_PRINTED, dtype=np.int32)
    axis = table.row_axis or Axis.SUBJECT  # of a table of one row everything stands in the total's
    rows, columns = column_places(cells, table.row_axis), column_places(cells, table.column_axis)
    below, alone = _stretches(trees, axis, rows), _places(axis, rows)
    is_named = _firsts(cells.publisher, rows, columns) & (rows != UNKNOWN)
    leaves = _LeafCounts(table)
    for use in range(4):
        first, last = (alone, alone + 1) if use & ROW_ALONE else below
        found = leaves.counted(cells.publisher, columns if use & ONE_COLUMN else None, first, last)
        is_asked = is_named & (found == table.cover) & ((columns == TOTAL) | bool(use & ONE_COLUMN))
        bits |= is_asked.astype(np.int32) << use
    return fixed(bits)


def column_places(columns: HasAxes, axis: Axis | None) -> Ints:
    """The places down the rows or across the columns of published tables; the total's where there is but one."""
    return np.full(len(columns), TOTAL, dtype=np.int32) if axis is None else columns.axes[axis]


class _LeafCounts:
    """The leaves of a table by publisher and place, in all columns and in each."""

    def __init__(self, table: MeasureTable) -> None:
        leaves = table.leaves
        places = _places(table.row_axis or Axis.SUBJECT, column_places(leaves, table.row_axis))
        columns = column_places(leaves, table.column_axis)
        self._in_all = np.sort(_place_key(leaves.publisher, places))
        self._in_one = np.sort(_place_key(_apart(leaves.publisher, columns), places))

    def counted(self, publishers: Ints, columns: Ints | None, first: Longs, last: Longs) -> Longs:
        """How many leaves of each publisher have first ≤ place < last, in a column each, or in all."""
        keys = self._in_all if columns is None else self._in_one
        own = publishers if columns is None else _apart(publishers, columns)
        return np.searchsorted(keys, _place_key(own, last)) - np.searchsorted(keys, _place_key(own, first))


def _apart(publishers: Ints, columns: Ints) -> Longs:
    return publishers.astype(np.int64) * _COLUMNS + (columns - TOTAL)


def _place_key(publishers: Ints | Longs, places: Longs) -> Longs:
    return (publishers.astype(np.int64) << _SHIFT) + places + _FIRST


def _firsts(*columns: Ints) -> Mask:
    """The first of the rows that are alike."""
    stacked = np.stack([column.astype(np.int64) for column in columns], axis=1)
    mask = np.zeros(len(stacked), dtype=np.bool_)
    mask[np.unique(stacked, axis=0, return_index=True)[1]] = True
    return mask


def _places(axis: Axis, rows: Ints) -> Longs:
    """Where each row stands in depth-first order: below a row is a stretch."""
    if axis is Axis.SUBJECT:
        return rows.astype(np.int64)
    return np.array([_ITEMS[row][0] for row in rows.tolist()], dtype=np.int64)


def _stretches(trees: Trees, axis: Axis, rows: Ints) -> tuple[Longs, Longs]:
    """The places of everything below each row; of everything, for the total's."""
    own, of = np.unique(rows, return_inverse=True)
    pairs = [_stretch(trees, axis, row) for row in own.tolist()]
    starts, stops = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return starts[of], stops[of]


def _stretch(trees: Trees, axis: Axis, row: int) -> tuple[int, int]:
    if row < 0:
        return UNKNOWN, _LAST
    return (row, trees.stop_at(row)) if axis is Axis.SUBJECT else _ITEMS[row]


def _items() -> Mapping[int, tuple[int, int]]:
    """The stretch of each “三公” item; the total's place is its own, and everything else stands apart from it."""
    ways = {item: [ordinal(each) for each in item_path(item)] for item in ThreePublicItemKind}
    order = sorted(ThreePublicItemKind, key=lambda item: ways[item])
    below = {item: sum(item in item_path(each) for each in order) for item in order}
    found = {ordinal(item): (place, place + below[item]) for place, item in enumerate(order)}
    return found | {TOTAL: (TOTAL, TOTAL + 1)}


_ITEMS = _items()
_WAYS = {ordinal(item): item_path(item) for item in ThreePublicItemKind}
