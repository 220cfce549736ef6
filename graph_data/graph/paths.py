"""A shortest way between two nodes: a search from both ends over edges in either direction, always the same one.

It goes the edges of each node in their order, so that it is the same for every graph that gives the same edges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from graph_data.graph.network import KIND_ORDER, Tie
from graph_data.graph.nodes import Edge, Node

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
