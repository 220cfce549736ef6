"""Group keys: what a dimension (at a level) makes of the columns, and what a key is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph_data.core.terms import Dimension, ThreePublicItemKind
from graph_data.figures.arrays import Ints
from graph_data.figures.axes import AXES, DEEPEST, ENUMERATIONS, TOTAL, UNKNOWN, Axis, ordinal
from graph_data.figures.matching import members_at
from graph_data.figures.trees import Trees
from graph_data.graph import Node
from graph_data.graph.draft import THREE_PUBLIC_PARENTS


@dataclass(frozen=True, slots=True)
class GroupBy:
    """A dimension to group by; `level` rolls it up to that level of its tree, None leaves it as printed."""

    dimension: Dimension
    level: int | None = None

    @property
    def axis(self) -> Axis:
        return AXES[self.dimension]


@dataclass(frozen=True, slots=True)
class GroupKey:
    """The member of a dimension that a group stands for; `node` is None for what is no node.

    What no part is printed for has the code TOTAL; a printed row without a code has None.
    """

    dimension: Dimension
    code: str | None
    name: str
    node: Node | None


def key_column(graph: Trees, axes: Mapping[Axis, Ints], by: GroupBy) -> Ints:
    """The keys of a dimension: positions of nodes, years, or ordinals."""
    places = axes[by.axis]
    if by.axis is Axis.ITEM:
        return places if by.level is None else _items_at(by.level)[places]
    if by.dimension in DEEPEST:
        return members_at(graph, places, by.dimension, by.level)
    return places


def group_key(graph: Trees, dimension: Dimension, place: int) -> GroupKey:
    """What a key stands for."""
    axis = AXES[dimension]
    if axis is Axis.YEAR:
        return GroupKey(dimension, str(place), str(place), None)
    if place == UNKNOWN:
        return GroupKey(dimension, None, "无科目编码", None)
    if axis in ENUMERATIONS and place != TOTAL:
        member = list(ENUMERATIONS[axis])[place]
        return GroupKey(dimension, member.name, str(member.value), None)
    if place == TOTAL:
        return GroupKey(dimension, "TOTAL", "合计", None)
    node = graph.at(place)
    return GroupKey(dimension, node.code, node.name, node)


class Names:
    """What keys stand for, each found out once: the rows of all answers share them."""

    def __init__(self, trees: Trees) -> None:
        self._trees = trees
        self._known: dict[tuple[Dimension, int], GroupKey] = {}

    def key(self, dimension: Dimension, place: int) -> GroupKey:
        """The member of a dimension at a place."""
        pair = (dimension, place)
        found = self._known.get(pair)
        if found is None:
            found = self._known[pair] = group_key(self._trees, dimension, place)
        return found


def _items_at(level: int) -> Ints:
    """For each “三公” item its ancestor at a level; the last entry, reached by TOTAL's -1, is TOTAL's own."""
    table = np.full(len(ThreePublicItemKind) + 1, TOTAL, dtype=np.int32)
    for item in ThreePublicItemKind:
        way = item_way(item)
        table[ordinal(item)] = ordinal(way[min(level, len(way)) - 1])
    return table


def item_way(item: ThreePublicItemKind) -> list[ThreePublicItemKind]:
    """The way from the total of the “三公” expenses down to an item."""
    above = THREE_PUBLIC_PARENTS[item]
    return [item] if above is None else [*item_way(above), item]
