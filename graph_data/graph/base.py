"""What a graph answers, be it drawn whole in memory or put together on demand from the shards of an index."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from graph_data.graph.kinds import EdgeKind, NodeKind
from graph_data.graph.network import Tie
from graph_data.graph.nodes import Edge, LinkDirection, Node
from graph_data.graph.trees import Positions
from graph_data.graph.wanted import Wanted


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

    def where(self, wanted: Wanted) -> Sequence[Node]:
        """The nodes that are wanted, in depth-first order."""

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
