"""A graph while it is being drawn: nodes in the order of the forest, tree parents, and all edges."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph_data.graph.graph import DrawnGraph
from graph_data.graph.kinds import EdgeKind
from graph_data.graph.nodes import Node


@dataclass(slots=True)
class Draft:
    """What the builders write to. Siblings stand in the order in which they were added."""

    nodes: dict[str, Node] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    edges: list[tuple[str, str, EdgeKind]] = field(default_factory=list)

    def add(self, node: Node, parent: str | None = None, kind: EdgeKind = EdgeKind.HAS_CHILD) -> None:
        """A node, below its parent in the tree."""
        if node.id in self.nodes:
            raise ValueError(f"{node.id} is added twice; expected one node an id")
        self.nodes[node.id] = node
        if parent is not None:
            self.parents[node.id] = parent
            self.link(parent, kind, node.id)

    def link(self, start: str, kind: EdgeKind, end: str) -> None:
        """An edge; of a tree or not."""
        self.edges.append((start, end, kind))

    def freeze(self) -> DrawnGraph:
        """The finished graph. Raises ValueError where an edge has no node at its end, or a tree is none."""
        return DrawnGraph(self.nodes, self.parents, self.edges)
