"""A graph's edges, a frozen networkx.MultiDiGraph drawn when one is first asked for; and a shortest way along them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from threading import Lock
from typing import Any, TypeAlias

import networkx

from graph_data.graph.nodes import Edge, EdgeKind, LinkDirection, Node

KIND_ORDER = {kind: place for place, kind in enumerate(EdgeKind)}
Tie: TypeAlias = tuple[EdgeKind, bool, str]
"""An edge as seen from one of its ends: its kind, whether it leads away from that end, and the other end."""


class Network:
    """Edges between ids. `positions` gives their depth-first order; an edge of one kind stands once."""

    __slots__ = ("_drawn", "_edges", "_lock", "_positions")

    def __init__(self, positions: Mapping[str, int], edges: Iterable[tuple[str, str, EdgeKind]]) -> None:
        """Raises ValueError where an edge ends at no id."""
        self._positions = positions
        self._edges = tuple(edges)
        self._drawn: Any = None
        self._lock = Lock()
        strays = sorted({end for edge in self._edges for end in edge[:2] if end not in positions})
        if strays:
            raise ValueError(f"{len(strays)} ends of edges are no nodes, such as {strays[0]}; expected known ids")

    def draw(self) -> Any:
        """The network itself; from now on it is there."""
        if self._drawn is None:
            with self._lock:
                if self._drawn is None:
                    network = networkx.MultiDiGraph()
                    network.add_nodes_from(self._positions)
                    network.add_edges_from((start, end, kind.name, {"kind": kind}) for start, end, kind in self._edges)
                    self._drawn, self._edges = networkx.freeze(network), ()
        return self._drawn

    def ties(self, id: str, kinds: Collection[EdgeKind] | None, direction: LinkDirection) -> Iterator[Tie]:
        """Every edge that touches an id: outgoing first, by kind as declared, then by the depth-first order."""
        network = self.draw()
        if direction is not LinkDirection.IN:
            yield from self._ties(network.succ[id], True, kinds)
        if direction is not LinkDirection.OUT:
            yield from self._ties(network.pred[id], False, kinds)

    def _ties(self, near: Any, forward: bool, kinds: Collection[EdgeKind] | None) -> Iterator[Tie]:
        found = [
            (KIND_ORDER[data["kind"]], self._positions[other], data["kind"], other)
            for other, edges in near.items()
            for data in edges.values()
            if kinds is None or data["kind"] in kinds
        ]
        found.sort(key=lambda each: each[:2])
        return ((kind, forward, other) for _, _, kind, other in found)


Ties = Callable[[str], Iterable[Tie]]
Neighbours = Callable[[str], Iterable[str]]


def shortest_way(ties: Ties, node: Callable[[str], Node], start: str, end: str) -> tuple[Edge, ...] | None:
    """The edges of a shortest way; None where there is none. `ties` gives every edge of a node, outgoing first."""
    way = shortest_path(lambda id: (other for _, _, other in ties(id)), start, end)
    return None if way is None else tuple(_step(ties, node, here, there) for here, there in pairwise(way))


def _step(ties: Ties, node: Callable[[str], Node], here: str, there: str) -> Edge:
    """The edge between two neighbours: forwards where there is one, of the kind that is declared first."""
    found = ((forward, kind) for kind, forward, other in ties(here) if other == there)
    forward, kind = min(found, key=lambda each: (not each[0], KIND_ORDER[each[1]]))
    return Edge(kind, forward, node(there))


def shortest_path(neighbours: Neighbours, start: str, end: str) -> list[str] | None:
    """The ids on a shortest way from start to end, both included; None where there is no way."""
    if start == end:
        return [start]
    from_start: dict[str, str | None] = {start: None}
    from_end: dict[str, str | None] = {end: None}
    front, back = [start], [end]
    while front and back:
        if len(front) <= len(back):
            front, meeting = _walk(neighbours, front, from_start, from_end)
        else:
            back, meeting = _walk(neighbours, back, from_end, from_start)
        if meeting is not None:
            return _trail(from_start, meeting)[::-1] + _trail(from_end, meeting)[1:]
    return None


def _walk(
    neighbours: Neighbours, fringe: list[str], seen: dict[str, str | None], other: dict[str, str | None]
) -> tuple[list[str], str | None]:
    """One step outwards: the next fringe, and the node where the two searches meet."""
    following: list[str] = []
    for id in fringe:
        for near in neighbours(id):
            if near in seen:
                continue
            seen[near] = id
            if near in other:
                return following, near
            following.append(near)
    return following, None


def _trail(came_from: dict[str, str | None], id: str | None) -> list[str]:
    trail = []
    while id is not None:
        trail.append(id)
        id = came_from[id]
    return trail
