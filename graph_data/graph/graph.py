"""What a graph answers (`Graph`), and one drawn whole in memory: nodes in depth-first order over a network of edges."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from types import MappingProxyType
from typing import Protocol, TypeVar

import numpy as np

from graph_data.graph.network import Network, Tie, shortest_way
from graph_data.graph.nodes import Edge, EdgeKind, LinkDirection, Node, NodeKind
from graph_data.graph.trees import NOWHERE, Forest, Positions, ancestors_at


class Graph(Protocol):
    """Nodes by id, trees in depth-first order, and links of every kind; nothing in it ever changes.

    What is given back in order may be made only when it is read: ask for its length and for the stretch you need.
    """

    def node(self, id: str) -> Node | None:
        """The node of this id; None where there is none."""

    def __getitem__(self, id: str) -> Node:
        """The node of this id; KeyError where there is none."""

    def __contains__(self, id: str) -> bool: ...

    def __len__(self) -> int:
        """How many nodes."""

    def nodes(self, kind: NodeKind | None = None) -> Sequence[Node]:
        """Every node (of a kind), in depth-first order of the forest."""

    def coded(self, kind: NodeKind, code: str) -> tuple[Node, ...]:
        """The nodes of a kind with this code, in depth-first order: a code may be used in several trees."""

    def parent(self, id: str) -> Node | None:
        """The parent in the node's tree; None for a root and for what stands in no tree."""

    def children(self, id: str) -> Sequence[Node]:
        """The children in the node's tree, in order (by code, printed order, or path)."""

    def ancestors(self, id: str) -> tuple[Node, ...]:
        """The way from the root of the tree down to the node's parent."""

    def descendants(
        self, id: str, max_depth: int | None = None, leaves_only: bool = False, kind: NodeKind | None = None
    ) -> Sequence[Node]:
        """Everything below a node in depth-first order: at most `max_depth` steps down, its leaves, or of one kind."""

    def interval(self, id: str) -> tuple[int, int]:
        """(start, stop): the node is at `start` of the depth-first order, its subtree is order[start:stop].

        A graph over an index counts the organisation and the subjects alone. Raises KeyError for an unknown id.
        """

    def at(self, position: int) -> Node:
        """The node at a position of the depth-first order."""

    def parent_at(self, position: int) -> int:
        """The position of the parent of the node at a position; -1 for a root."""

    def stop_at(self, position: int) -> int:
        """Where the subtree of the node at a position ends in the depth-first order."""

    def ancestors_at(self, level: int) -> Positions:
        """For every position the nearest of itself and its ancestors at `level` (1-4) or above it. Read-only."""

    def is_leaf(self, id: str) -> bool:
        """Has the node no children in its tree?"""

    def links(
        self, id: str, kinds: Collection[EdgeKind] | None = None, direction: LinkDirection = LinkDirection.OUT
    ) -> Sequence[Edge]:
        """Every edge that touches a node: outgoing first, by kind as declared, then by the depth-first order."""

    def ties(
        self, id: str, kinds: Collection[EdgeKind] | None = None, direction: LinkDirection = LinkDirection.BOTH
    ) -> Iterator[Tie]:
        """The same edges without their nodes, in the same order."""

    def path(self, start: str, end: str) -> tuple[Edge, ...] | None:
        """A shortest way, walking edges both ways; the same way every time. () where start is end; None: no way.

        Raises KeyError for an unknown id.
        """

    @property
    def counts(self) -> Mapping[NodeKind, int]:
        """How many nodes of each kind."""


K = TypeVar("K", bound=Hashable)


class DrawnGraph:
    """A Graph of all its nodes. Its network is drawn when an edge is first asked for, or by `draw`."""

    __slots__ = ("_ancestors_at", "_before", "_by_code", "_by_kind", "_forest", "_network", "_nodes")

    def __init__(
        self, nodes: Mapping[str, Node], parents: Mapping[str, str], edges: Iterable[tuple[str, str, EdgeKind]]
    ) -> None:
        """Raises ValueError where an edge ends at no node, or where the parents are no forest."""
        self._forest = Forest.grow(nodes, parents)
        self._nodes = tuple(nodes[id] for id in self._forest.order)
        self._before: dict[NodeKind, array[int]] = {}
        self._by_kind = _grouped(self._nodes, lambda node: node.kind)
        coded = (node for node in self._nodes if node.code)
        self._by_code = _grouped(coded, lambda node: (node.kind, node.code))
        self._ancestors_at: dict[int, Positions] = {}
        self._network = Network(self._forest.positions, edges)

    def draw(self) -> DrawnGraph:
        """The same graph, its network drawn now."""
        self._network.draw()
        return self

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

    def descendants(
        self, id: str, max_depth: int | None = None, leaves_only: bool = False, kind: NodeKind | None = None
    ) -> tuple[Node, ...]:
        """Everything below a node in depth-first order: at most `max_depth` steps down, its leaves, or of one kind."""
        if kind is not None and max_depth is None and not leaves_only:
            start = self._forest.positions[id]
            before = self._before.get(kind) or self._counted(kind)
            return self._by_kind[kind][before[start + 1] : before[self._forest.stops[start]]] if before else ()
        start, stop = self.interval(id)
        if max_depth is None:
            below: Iterable[int] = range(start + 1, stop)
        else:
            below = self._within(start, stop, max_depth)
        stops, nodes = self._forest.stops, self._nodes
        found = tuple(nodes[each] for each in below if not leaves_only or stops[each] == each + 1)
        return found if kind is None else tuple(node for node in found if node.kind is kind)

    def _counted(self, kind: NodeKind) -> array[int]:
        """For every position and the end, how many nodes of a kind stand before it; empty where there are none."""
        counts = accumulate((node.kind is kind for node in self._nodes), initial=0)
        found = self._before[kind] = array("i", counts if kind in self._by_kind else ())
        return found

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
        if level not in self._ancestors_at:
            levels = np.array([node.level for node in self._nodes], dtype=np.int32)
            table = ancestors_at(levels, np.array(self._forest.parents, dtype=np.int32), level)
            table.setflags(write=False)
            self._ancestors_at[level] = table
        return self._ancestors_at[level]

    def is_leaf(self, id: str) -> bool:
        """Has the node no children in its tree?"""
        start, stop = self.interval(id)
        return stop == start + 1

    def links(
        self, id: str, kinds: Collection[EdgeKind] | None = None, direction: LinkDirection = LinkDirection.OUT
    ) -> tuple[Edge, ...]:
        """Every edge that touches a node: outgoing first, by kind as declared, then by the depth-first order."""
        ties = self._network.ties(id, kinds, direction)
        return tuple(Edge(kind, forward, self[other]) for kind, forward, other in ties)

    def ties(
        self, id: str, kinds: Collection[EdgeKind] | None = None, direction: LinkDirection = LinkDirection.BOTH
    ) -> Iterator[Tie]:
        """The same edges without their nodes."""
        return self._network.ties(id, kinds, direction)

    def path(self, start: str, end: str) -> tuple[Edge, ...] | None:
        """A shortest way, walking edges both ways; the same way every time. () where start is end; None: no way.

        Raises KeyError for an unknown id.
        """
        if start not in self or end not in self:
            raise KeyError(start if start not in self else end)
        return shortest_way(self.ties, self.__getitem__, start, end)

    @property
    def counts(self) -> Mapping[NodeKind, int]:
        """How many nodes of each kind."""
        return {kind: len(self.nodes(kind)) for kind in NodeKind}


def _grouped(nodes: Iterable[Node], key: Callable[[Node], K]) -> Mapping[K, tuple[Node, ...]]:
    grouped: dict[K, list[Node]] = {}
    for node in nodes:
        grouped.setdefault(key(node), []).append(node)
    return MappingProxyType({each: tuple(members) for each, members in grouped.items()})
