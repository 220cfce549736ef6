"""What everything with an id has, what every member of a tree has, and the links between them."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graph_data.core.terms import Severity
from graph_data.graph import Edge as GraphEdge
from graph_data.graph import LinkDirection
from graph_data.graph import Node as GraphNode
from graph_data.graph.nodes import EdgeKind
from resolvers import findings as found
from resolvers import nodes
from resolvers.paging import DEFAULT_FIRST, Cut
from schema.context import Info
from schema.describe import field
from schema.paging import After, Connection, First
from schema.references import FindingRef, any_node, finding, tree_node

MaxDepth = Annotated[int | None, strawberry.argument(description="How many levels down at most (最大层数)")]
LeavesOnly = Annotated[bool, strawberry.argument(description="Only nodes without children (仅末级)")]
LinkKinds = Annotated[
    list[EdgeKind] | None, strawberry.argument(description="Only edges of these kinds; all where left out (关系种类)")
]
Direction = Annotated[LinkDirection, strawberry.argument(description="Which way the edges run (方向)")]

SeverityChoice = Annotated[Severity | None, strawberry.argument(description="Only of this severity (严重程度)")]
CheckChoice = Annotated[
    str | None, strawberry.argument(description="Only of the check with this id: table.subjects (核查编号)")
]


@strawberry.interface(description="Whatever has an id that stays the same from load to load (节点).")
class Node:
    @field("Stable, readable id such as department:370300/102 (标识)")
    def id(self) -> strawberry.ID:
        raise NotImplementedError


@strawberry.type(description="An edge of the graph as seen from one of its ends (关联).")
class Link:
    edge: strawberry.Private[GraphEdge]

    @field("The kind of the edge (关系种类)")
    def kind(self) -> EdgeKind:
        return self.edge.kind

    @field("The edge in words, read in this direction (关系名称)")
    def label(self) -> str:
        return self.edge.label

    @field("Does the edge lead away from where it is seen (是否正向)?")
    def forward(self) -> bool:
        return self.edge.forward

    @field("The other end (另一端)")
    def node(self) -> Node:
        return any_node(self.edge.node)


@strawberry.interface(
    description="A member of one of the hierarchies: organisation, subjects, statement lines, indicators (层级节点)."
)
class TreeNode(Node):
    graph_node: strawberry.Private[GraphNode]

    @field("Stable, readable id such as department:370300/102 (标识)")
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.graph_node.id)

    @field("Its code, where the document prints one (编码)")
    def code(self) -> str | None:
        return self.graph_node.code

    @field("Its name as published (名称)")
    def name(self) -> str:
        return self.graph_node.name

    @field("Depth: division 1, department 2, unit 3, project 4; subject 1 to 3; indicator 1 to 3; line: its own (级次)")
    def level(self) -> int:
        return self.graph_node.level

    @field("Has it no children (是否末级)?")
    def is_leaf(self, info: Info) -> bool:
        return info.context.dataset.graph.is_leaf(self.graph_node.id)

    @field("The node above; null for a root (上级)")
    def parent_node(self, info: Info) -> TreeNode | None:
        found = info.context.dataset.graph.parent(self.graph_node.id)
        return None if found is None else tree_node(found)

    @field("The way down from the root, root first, without the node itself (各级上级)")
    def ancestor_nodes(self, info: Info) -> list[TreeNode]:
        return [tree_node(found) for found in info.context.dataset.graph.ancestors(self.graph_node.id)]

    @field("The nodes directly below (下级)")
    def child_nodes(self, info: Info, first: First = DEFAULT_FIRST, after: After = None) -> Connection[TreeNode]:
        page = nodes.children(info.context.dataset, self.graph_node.id, Cut(first, after))
        return Connection(page=page, wrap=tree_node)

    @field("Everything below, depth first (全部下级)")
    def descendant_nodes(
        self,
        info: Info,
        max_depth: MaxDepth = None,
        leaves_only: LeavesOnly = False,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[TreeNode]:
        cut = Cut(first, after)
        page = nodes.descendants(info.context.dataset, self.graph_node.id, max_depth, leaves_only, cut)
        return Connection(page=page, wrap=tree_node)

    @field("Every edge of the graph that touches it (关联)")
    def links(self, info: Info, kinds: LinkKinds = None, direction: Direction = LinkDirection.OUT) -> list[Link]:
        return links_of(info, self.graph_node, kinds, direction)

    @field(
        "What the checks found in it; for a project, unit, department, division or subject, in its parts too (核查发现)"
    )
    def findings(
        self,
        info: Info,
        severity: SeverityChoice = None,
        check: CheckChoice = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[FindingRef]:
        return findings_of(info, self.graph_node, severity, check, Cut(first, after))


def findings_of(
    info: Info, node: GraphNode, severity: Severity | None, check: str | None, cut: Cut
) -> Connection[FindingRef]:
    """A page of the findings that concern a node or a part of it."""
    page = found.findings_at(info.context.dataset, node.id, found.FindingQuestion(severity, check), cut)
    return Connection(page=page, wrap=finding)


def links_of(info: Info, node: GraphNode, kinds: list[EdgeKind] | None, direction: LinkDirection) -> list[Link]:
    """The edges that touch a node, as links."""
    return [Link(edge=edge) for edge in nodes.links(info.context.dataset, node.id, kinds, direction)]
