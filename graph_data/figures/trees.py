"""What figures ask of the trees that they stand in: `Graph` is that, and so is a part of one."""

from __future__ import annotations

from typing import Protocol

from graph_data.figures.arrays import Ints
from graph_data.graph import Node, NodeKind


class Trees(Protocol):
    """Organisation and subjects in depth-first order: positions 0 … n-1, a subtree is a stretch of them."""

    def __len__(self) -> int:
        """How many positions."""

    def node(self, id: str) -> Node | None:
        """The node of this id; None where there is none."""

    def coded(self, kind: NodeKind, code: str) -> tuple[Node, ...]:
        """The nodes of a kind with this code, in depth-first order."""

    def interval(self, id: str) -> tuple[int, int]:
        """(start, stop) of a node's subtree. Raises KeyError where there is no such node."""

    def at(self, position: int) -> Node:
        """The node at a position."""

    def parent_at(self, position: int) -> int:
        """The position of the parent of the node at a position; -1 for a root."""

    def stop_at(self, position: int) -> int:
        """Where the subtree of the node at a position ends."""

    def ancestors_at(self, level: int) -> Ints:
        """For every position the nearest of itself and its ancestors at `level` (1-4) or above it, else its root."""
