"""Rows of an answer: put in order as columns, each made into a record when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, overload

import numpy as np

from graph_data.core.terms import Dimension
from graph_data.figures.arrays import Longs
from graph_data.figures.base import OrderKey, RollupOrder, RollupQuestion, RollupRow, RollupTable
from graph_data.figures.groups import GroupRollup, Groups
from graph_data.figures.keys import GroupKey
from graph_data.figures.totals import GivenRollup, Rollup


class Named(Protocol):
    """Tells what a key stands for."""

    def key(self, dimension: Dimension, place: int) -> GroupKey: ...


class Rows(Sequence[RollupRow]):
    """The groups of several depths, in one order. A row is made once."""

    def __init__(self, parts: Sequence[Groups], question: RollupQuestion, names: Named) -> None:
        self._parts, self._names = parts, names
        self._dimensions = tuple(each.dimension for each in question.by)
        numbers = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
        places = np.concatenate([np.arange(len(part)) for part in parts])
        order = _order(parts, len(question.by), question.order_by)
        self._number, self._place = numbers[order].tolist(), places[order].tolist()
        self._made: dict[int, RollupRow] = {}

    def __len__(self) -> int:
        return len(self._number)

    @overload
    def __getitem__(self, at: int) -> RollupRow: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[RollupRow]: ...
    def __getitem__(self, at: int | slice) -> RollupRow | Sequence[RollupRow]:
        if isinstance(at, slice):
            return [self._row(each) for each in range(*at.indices(len(self)))]
        place = at + len(self) if at < 0 else at
        if not 0 <= place < len(self):
            raise IndexError(f"{at} of {len(self)} rows")
        return self._row(place)

    def _row(self, at: int) -> RollupRow:
        made = self._made.get(at)
        if made is None:
            made = self._made[at] = self._make(self._parts[self._number[at]], self._place[at])
        return made

    def _make(self, groups: Groups, at: int) -> RollupRow:
        places = groups.places(at)
        keys = tuple(map(self._names.key, self._dimensions, places))
        return RollupRow(keys, GroupRollup(groups, at), self._dimensions[len(places) :])


def tabulated(parts: Sequence[Groups], whole: Groups, question: RollupQuestion, names: Named) -> RollupTable:
    """The groups of every depth in the order that the question asks for; `whole` is everything in one group."""
    total: Rollup = GroupRollup(whole, 0) if len(whole) else GivenRollup(0, 0, 0, None, whole.coverage(()))
    return RollupTable(Rows(parts, question, names), total)


def _order(parts: Sequence[Groups], dimensions: int, order_by: Sequence[RollupOrder]) -> Longs:
    """By the steps asked for; at last by the keys in tree order, so that it is total."""
    keys = [_places(parts, dimension) for dimension in range(dimensions)]
    by_key = [column for pair in keys for column in pair]
    fen = np.concatenate([part.sums.fen for part in parts])
    columns: list[Longs] = []
    for order in order_by:
        chosen = [fen] if order.by is OrderKey.AMOUNT else by_key
        columns += [-column for column in chosen] if order.descending else chosen
    columns += by_key
    return np.lexsort(columns[::-1]) if columns else np.arange(len(fen))


def _places(parts: Sequence[Groups], dimension: int) -> tuple[Longs, Longs]:
    """Whether a dimension is summed away, which comes after everything, and its places."""
    is_away, places = [], []
    for part in parts:
        away = dimension >= len(part.sums.places)
        is_away.append(np.full(len(part), away, dtype=np.int64))
        places.append(np.zeros(len(part), dtype=np.int64) if away else part.sums.places[dimension])
    return np.concatenate(is_away), np.concatenate(places)
