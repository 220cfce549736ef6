"""The edges of a graph: a frozen networkx.MultiDiGraph, drawn at once or when an edge is first asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from threading import Lock
from typing import Any, TypeAlias

import networkx

from graph_data.graph.kinds import EdgeKind
from graph_data.graph.nodes import LinkDirection

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
