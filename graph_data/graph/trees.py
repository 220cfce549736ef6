"""The forest of all trees in depth-first order: a subtree is a slice, an ancestor a look-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Positions: TypeAlias = NDArray[np.int32]
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Forest:
    """Positions 0 … n-1 in depth-first order.

    The subtree of position p is the slice [p, stops[p]); `parents[p]` is NOWHERE for a root.
    """

    order: tuple[str, ...]
    positions: Mapping[str, int]
    parents: tuple[int, ...]
    stops: tuple[int, ...]

    @classmethod
    def grow(cls, ids: Iterable[str], parents: Mapping[str, str]) -> Forest:
        """From the parent of every node that has one; siblings and roots keep the order of `ids`.

        Raises ValueError where the parents run in a circle.
        """
        ids = list(ids)
        order = _depth_first(ids, parents)
        if len(order) != len(ids):
            raise ValueError(f"{len(ids) - len(order)} of {len(ids)} nodes are their own ancestors; expected trees")
        positions = {id: position for position, id in enumerate(order)}
        above = tuple(positions[parents[id]] if id in parents else NOWHERE for id in order)
        return cls(tuple(order), positions, above, _stops(above))

    def children(self, position: int) -> Iterator[int]:
        """The positions of the children, in order."""
        below, stop = position + 1, self.stops[position]
        while below < stop:
            yield below
            below = self.stops[below]

    def ancestors(self, position: int) -> Iterator[int]:
        """The positions from the parent up to the root."""
        above = self.parents[position]
        while above != NOWHERE:
            yield above
            above = self.parents[above]


def ancestors_at(levels: Positions, parents: Positions, level: int) -> Positions:
    """For every position the nearest of itself and its ancestors whose level is at most `level`, else its root."""
    found = np.arange(len(levels), dtype=np.int32)
    while True:
        above = parents[found]
        climb = (levels[found] > level) & (above != NOWHERE)
        if not climb.any():
            return found
        found = np.where(climb, above, found)


def _depth_first(ids: Sequence[str], parents: Mapping[str, str]) -> list[str]:
    children: dict[str, list[str]] = {}
    for id in ids:
        if id in parents:
            children.setdefault(parents[id], []).append(id)
    order = []
    stack = [id for id in reversed(ids) if id not in parents]
    while stack:
        id = stack.pop()
        order.append(id)
        stack.extend(reversed(children.get(id, ())))
    return order


def _stops(parents: Sequence[int]) -> tuple[int, ...]:
    stops = list(range(1, len(parents) + 1))
    for position in range(len(parents) - 1, -1, -1):
        above = parents[position]
        if above != NOWHERE:
            stops[above] = max(stops[above], stops[position])
    return tuple(stops)
