"""The graph of everything published: a thin frozen class over a frozen networkx.MultiDiGraph."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import TypeVar

import networkx
import numpy as np

from graph_data.graph.kinds import EdgeKind, NodeKind
from graph_data.graph.nodes import Edge, LinkDirection, Node
from graph_data.graph.paths import shortest_path
from graph_data.graph.trees import NOWHERE, Forest, Positions, ancestors_at

_KIND_ORDER = {kind: place for place, kind in enumerate(EdgeKind)}
_MAX_LEVEL = 4
K = TypeVar("K", bound=Hashable)


class Graph:
    """Nodes by id, trees in depth-first order, and links of every kind; nothing in it ever changes."""

    __slots__ = ("_ancestors_at", "_by_code", "_by_kind", "_forest", "_network", "_nodes")

    def __init__(
        self, nodes: Mapping[str, Node], parents: Mapping[str, str], edges: Iterable[tuple[str, str, EdgeKind]]
    ) -> None:
        """Raises ValueError where an edge ends at no node, or where the parents are no forest."""
        self._forest = Forest.grow(nodes, parents)
        self._nodes = tuple(nodes[id] for id in self._forest.order)
        self._by_kind = _grouped(self._nodes, lambda node: node.kind)
        coded = (node for node in self._nodes if node.code)
        self._by_code = _grouped(coded, lambda node: (node.kind, node.code))
        self._ancestors_at = _level_tables(self._nodes, self._forest)
        network = networkx.MultiDiGraph()
        network.add_nodes_from(self._forest.order)
        network.add_edges_from((start, end, kind.name, {"kind": kind}) for start, end, kind in edges)
        if len(network) != len(self._nodes):
            strays = sorted(set(network) - set(nodes))
            raise ValueError(f"{len(strays)} ends of edges are no nodes, such as {strays[0]}; expected known ids")
        self._network = networkx.freeze(network)

    def node(self, id: str) -> Node | None:
        """The node of this id; None where there is none."""
        position = self._forest.positions.get(id)
        return None if position is None else self._nodes[position]

    def __getitem__(self, id: str) -> Node:
        """The node of this id; KeyError where there is none."""
        return self._nodes[self._forest.positions[id]]

    def __contains__(self, id: str) -> bool:
        return id in self._forest.positions

    def __len__(self) -> int:
        """How many nodes."""
        return len(self._nodes)

    def nodes(self, kind: NodeKind | None = None) -> tuple[Node, ...]:
        """Every node (of a kind), in depth-first order of the forest."""
        return self._nodes if kind is None else self._by_kind.get(kind, ())

    def coded(self, kind: NodeKind, code: str) -> tuple[Node, ...]:
        """The nodes of a kind with this code, in depth-first order: a code may be used in several trees."""
        return self._by_code.get((kind, code), ())

    def parent(self, id: str) -> Node | None:
        """The parent in the node's tree; None for a root and for what stands in no tree."""
        above = self._forest.parents[self._forest.positions[id]]
        return None if above == NOWHERE else self._nodes[above]

    def children(self, id: str) -> tuple[Node, ...]:
        """The children in the node's tree, in order (by code, printed order, or path)."""
        return tuple(self._nodes[below] for below in self._forest.children(self._forest.positions[id]))

    def ancestors(self, id: str) -> tuple[Node, ...]:
        """The way from the root of the tree down to the node's parent."""
        return tuple(self._nodes[above] for above in self._forest.ancestors(self._forest.positions[id]))[::-1]

    def descendants(self, id: str, max_depth: int | None = None, leaves_only: bool = False) -> tuple[Node, ...]:
        """Everything below a node in depth-first order: at most `max_depth` steps down, or its leaves alone."""
        start, stop = self.interval(id)
        if max_depth is None:
            below: Iterable[int] = range(start + 1, stop)
        else:
            below = self._within(start, stop, max_depth)
        return tuple(self._nodes[each] for each in below if not leaves_only or self._forest.stops[each] == each + 1)

    def _within(self, start: int, stop: int, max_depth: int) -> Iterable[int]:
        depths = {start: 0}
        position = start + 1
        while position < stop:
            depth = depths[self._forest.parents[position]] + 1
            if depth > max_depth:
                position = self._forest.stops[position]
                continue
            depths[position] = depth
            yield position
            position += 1

    def interval(self, id: str) -> tuple[int, int]:
        """(start, stop): the node is at `start` of the depth-first order, its subtree is order[start:stop].

        Raises KeyError for an unknown id.
        """
        start = self._forest.positions[id]
        return start, self._forest.stops[start]

    def at(self, position: int) -> Node:
        """The node at a position of the depth-first order."""
        return self._nodes[position]

    def parent_at(self, position: int) -> int:
        """The position of the parent of the node at a position; -1 for a root."""
        return self._forest.parents[position]

    def stop_at(self, position: int) -> int:
        """Where the subtree of the node at a position ends in the depth-first order."""
        return self._forest.stops[position]

    def ancestors_at(self, level: int) -> Positions:
        """For every position the nearest of itself and its ancestors at `level` (1-4) or above it. Read-only."""
        return self._ancestors_at[level]

    def is_leaf(self, id: str) -> bool:
        """Has the node no children in its tree?"""
        start, stop = self.interval(id)
        return stop == start + 1

    def links(
        self, id: str, kinds: Collection[EdgeKind] | None = None, direction: LinkDirection = LinkDirection.OUT
    ) -> tuple[Edge, ...]:
        """Every edge that touches a node: outgoing first, by kind as declared, then by the depth-first order."""
        found: list[Edge] = []
        if direction is not LinkDirection.IN:
            found += self._edges(id, True, kinds)
        if direction is not LinkDirection.OUT:
            found += self._edges(id, False, kinds)
        return tuple(found)

    def _edges(self, id: str, forward: bool, kinds: Collection[EdgeKind] | None) -> list[Edge]:
        near = self._network.succ[id] if forward else self._network.pred[id]
        positions = self._forest.positions
        found = [
            (_KIND_ORDER[data["kind"]], positions[other], data["kind"])
            for other, edges in near.items()
            for data in edges.values()
            if kinds is None or data["kind"] in kinds
        ]
        return [Edge(kind, forward, self._nodes[position]) for _, position, kind in sorted(found)]

    def path(self, start: str, end: str) -> tuple[Edge, ...] | None:
        """A shortest way, walking edges both ways; the same way every time. () where start is end; None: no way.

        Raises KeyError for an unknown id.
        """
        if start not in self or end not in self:
            raise KeyError(start if start not in self else end)
        way = shortest_path(lambda id: (*self._network.succ[id], *self._network.pred[id]), start, end)
        return None if way is None else tuple(self._step(here, there) for here, there in pairwise(way))

    def _step(self, here: str, there: str) -> Edge:
        """The edge between two neighbours: forwards where there is one, of the kind that is declared first."""
        forward = there in self._network.succ[here]
        edges = self._network.succ[here][there] if forward else self._network.pred[here][there]
        kind = min((data["kind"] for data in edges.values()), key=_KIND_ORDER.__getitem__)
        return Edge(kind, forward, self[there])

    @property
    def counts(self) -> Mapping[NodeKind, int]:
        """How many nodes of each kind."""
        return {kind: len(self.nodes(kind)) for kind in NodeKind}


def _grouped(nodes: Iterable[Node], key: Callable[[Node], K]) -> Mapping[K, tuple[Node, ...]]:
    grouped: dict[K, list[Node]] = {}
    for node in nodes:
        grouped.setdefault(key(node), []).append(node)
    return MappingProxyType({each: tuple(members) for each, members in grouped.items()})


def _level_tables(nodes: tuple[Node, ...], forest: Forest) -> Mapping[int, Positions]:
    levels = np.array([node.level for node in nodes], dtype=np.int32)
    parents = np.array(forest.parents, dtype=np.int32)
    tables = {level: ancestors_at(levels, parents, level) for level in range(1, _MAX_LEVEL + 1)}
    for table in tables.values():
        table.setflags(write=False)
    return MappingProxyType(tables)
