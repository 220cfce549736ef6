"""What everything with an id has, what every member of a tree has, the links between them, and pages of them.

A node of the graph becomes the type of its kind by `any_node`. Modules that point at each other name their types by the
`…Ref` annotations, and make them by `department`, `unit`, …
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar, cast

import strawberry

from graph_data.core.terms import ConclusionKind, Severity
from graph_data.graph import Edge as GraphEdge
from graph_data.graph import LinkDirection, NodeKind
from graph_data.graph import Node as GraphNode
from graph_data.graph.nodes import EdgeKind
from resolvers import findings as found
from resolvers import nodes
from resolvers.paging import DEFAULT_FIRST, MAX_FIRST, Cut, Page
from schema.context import Info
from schema.fields import Cursor, attribute, field, resolved

if TYPE_CHECKING:
    from schema.documents import SourceDocument
    from schema.final_accounts import FinalAccounts
    from schema.findings import Finding
    from schema.organization import Department, Division, Subject, Unit
    from schema.projects import Indicator, Project
    from schema.stated import Term
    from schema.statements import Statement, StatementLine

DepartmentRef = Annotated["Department", strawberry.lazy("schema.organization")]
UnitRef = Annotated["Unit", strawberry.lazy("schema.organization")]
SubjectRef = Annotated["Subject", strawberry.lazy("schema.organization")]
ProjectRef = Annotated["Project", strawberry.lazy("schema.projects")]
FindingRef = Annotated["Finding", strawberry.lazy("schema.findings")]
FinalAccountsRef = Annotated["FinalAccounts", strawberry.lazy("schema.final_accounts")]
StatementLineRef = Annotated["StatementLine", strawberry.lazy("schema.statements")]

_Type = TypeVar("_Type")
_Item = TypeVar("_Item")
_TYPES: dict[NodeKind, Callable[..., Any]] = {}


def shows(kind: NodeKind) -> Callable[[type[_Type]], type[_Type]]:
    """Declare the type that shows nodes of a kind."""

    def declare(type_: type[_Type]) -> type[_Type]:
        _TYPES[kind] = type_
        return type_

    return declare


class _Shown(Generic[_Type]):
    """Makes the type that shows a kind of node, wherever that type is declared."""

    def __init__(self, kind: NodeKind) -> None:
        self._kind = kind

    def __call__(self, node: GraphNode) -> _Type:
        return cast(_Type, _TYPES[self._kind](graph_node=node))


division: _Shown[Division] = _Shown(NodeKind.DIVISION)
department: _Shown[Department] = _Shown(NodeKind.DEPARTMENT)
unit: _Shown[Unit] = _Shown(NodeKind.UNIT)
project: _Shown[Project] = _Shown(NodeKind.PROJECT)
indicator: _Shown[Indicator] = _Shown(NodeKind.INDICATOR)
subject: _Shown[Subject] = _Shown(NodeKind.SUBJECT)
final_accounts: _Shown[FinalAccounts] = _Shown(NodeKind.FINAL_ACCOUNTS)
document: _Shown[SourceDocument] = _Shown(NodeKind.DOCUMENT)
statement: _Shown[Statement] = _Shown(NodeKind.STATEMENT)
line: _Shown[StatementLine] = _Shown(NodeKind.LINE)
term: _Shown[Term] = _Shown(NodeKind.TERM)
finding: _Shown[Finding] = _Shown(NodeKind.FINDING)

First = Annotated[int | None, strawberry.argument(description="How many at most, 0 to 500 (条数上限)")]
After = Annotated[Cursor | None, strawberry.argument(description="Continue after this cursor (续页游标)")]
MaxDepth = Annotated[int | None, strawberry.argument(description="How many levels down at most (最大层数)")]
LeavesOnly = Annotated[bool, strawberry.argument(description="Only nodes without children (仅末级)")]
LinkKinds = Annotated[
    list[EdgeKind] | None, strawberry.argument(description="Only edges of these kinds; all where left out (关系种类)")
]
Direction = Annotated[LinkDirection, strawberry.argument(description="Which way the edges run (方向)")]
ConclusionChoice = Annotated[
    ConclusionKind | None, strawberry.argument(description="Only what the auditor concluded so (审计结论)")
]
SeverityChoice = Annotated[Severity | None, strawberry.argument(description="Only of this severity (严重程度)")]
CheckChoice = Annotated[
    str | None, strawberry.argument(description="Only of the check with this id: table.subjects (核查编号)")
]


@strawberry.type(description="Where a page stands in its list (分页信息).")
class PageInfo:
    page: strawberry.Private[Page[Any]]

    @field("Are there more after this page (是否有下一页)?")
    def has_next_page(self) -> bool:
        return self.page.stop < self.page.total

    @field("Are there some before this page (是否有上一页)?")
    def has_previous_page(self) -> bool:
        return self.page.start > 0

    @field("Cursor of the first item; null for an empty page (首条游标)")
    def start_cursor(self) -> Cursor | None:
        return Cursor(self.page.cursor(0)) if self.page.items else None

    @field("Cursor of the last item: give it as `after` to go on (末条游标)")
    def end_cursor(self) -> Cursor | None:
        return Cursor(self.page.cursor(len(self.page.items) - 1)) if self.page.items else None


@strawberry.type(description="One item of a page and its cursor (条目).")
class Edge(Generic[_Item]):
    page: strawberry.Private[Page[Any]]
    offset: strawberry.Private[int]
    item: strawberry.Private[_Item]

    @field("Cursor of this item (游标)")
    def cursor(self) -> Cursor:
        return Cursor(self.page.cursor(self.offset))

    @field("The item (条目内容)")
    def node(self) -> _Item:
        return self.item


@strawberry.type(description="A page of a list, in a fixed order (分页列表).")
class Connection(Generic[_Item]):
    page: strawberry.Private[Page[Any]]
    wrap: strawberry.Private[Callable[[Any], _Item]]

    @field("The items with their cursors (带游标的条目)")
    def edges(self) -> list[Edge[_Item]]:
        return [Edge(page=self.page, offset=at, item=self.wrap(item)) for at, item in enumerate(self.page.items)]

    @field("The items alone (条目)")
    def nodes(self) -> list[_Item]:
        return [self.wrap(item) for item in self.page.items]

    @field("Where this page stands (分页信息)")
    def page_info(self) -> PageInfo:
        return PageInfo(page=self.page)

    total_count: int = attribute("How many items the whole list has (总数)", "page.total")


@strawberry.interface(description="Whatever has an id that stays the same from load to load (节点).")
class Node:
    id: strawberry.ID = attribute("Stable, readable id such as department:370300/102 (标识)", "graph_node.id")


def any_node(node: GraphNode) -> Node:
    """A node of the graph as the type of its kind."""
    return cast(Node, _TYPES[node.kind](graph_node=node))


@strawberry.type(description="An edge of the graph as seen from one of its ends (关联).")
class Link:
    record: strawberry.Private[GraphEdge]

    kind: EdgeKind = attribute("The kind of the edge (关系种类)")
    label: str = attribute("The edge in words, read in this direction (关系名称)")
    forward: bool = attribute("Does the edge lead away from where it is seen (是否正向)?")

    @field("The other end (另一端)")
    def node(self) -> Node:
        return any_node(self.record.node)


def _links(self: Any, info: Info, kinds: LinkKinds = None, direction: Direction = LinkDirection.OUT) -> list[Link]:
    cut = Cut(MAX_FIRST)
    return [link(edge) for edge in nodes.links(info.context.dataset, self.graph_node.id, kinds, direction, cut).items]


def _link_connection(
    self: Any,
    info: Info,
    kinds: LinkKinds = None,
    direction: Direction = LinkDirection.OUT,
    first: First = DEFAULT_FIRST,
    after: After = None,
) -> Connection[Link]:
    page = nodes.links(info.context.dataset, self.graph_node.id, kinds, direction, Cut(first, after))
    return Connection(page=page, wrap=link)


def link(edge: GraphEdge) -> Link:
    """An edge as the API shows it."""
    return Link(record=edge)


def linked() -> Any:
    """The field `links` of what shows a node of the graph."""
    reason = f"It is not paged, and gives the first {MAX_FIRST} alone: ask for linkConnection."
    return resolved("Edges of the graph that touch it, at most 500 (关联)", _links, deprecation_reason=reason)


def linked_by_page() -> Any:
    """The field `linkConnection` of what shows a node of the graph."""
    return resolved("Every edge of the graph that touches it, by page (关联)", _link_connection)


def _findings(
    self: Any,
    info: Info,
    severity: SeverityChoice = None,
    check: CheckChoice = None,
    first: First = DEFAULT_FIRST,
    after: After = None,
) -> Connection[FindingRef]:
    question = found.FindingQuestion(severity, check)
    page = found.findings_at(info.context.dataset, self.graph_node.id, question, Cut(first, after))
    return Connection(page=page, wrap=finding)


def findings_at(description: str) -> Any:
    """The field `findings` of what shows a node of the graph: a page of those that concern it or a part of it."""
    return resolved(description, _findings)


@strawberry.interface(
    description="A member of one of the hierarchies: organisation, subjects, statement lines, indicators (层级节点)."
)
class TreeNode(Node):
    graph_node: strawberry.Private[GraphNode]

    id: strawberry.ID = attribute("Stable, readable id such as department:370300/102 (标识)", "graph_node.id")
    code: str | None = attribute("Its code, where the document prints one (编码)", "graph_node.code")
    name: str = attribute("Its name as published (名称)", "graph_node.name")
    level: int = attribute(
        "Depth: division 1, department 2, unit 3, project 4; subject 1 to 3; indicator 1 to 3; line: its own (级次)",
        "graph_node.level",
    )

    @field("Has it no children (是否末级)?")
    def is_leaf(self, info: Info) -> bool:
        return nodes.is_leaf(info.context.dataset, self.graph_node)

    @field("The node above; null for a root (上级)")
    def parent_node(self, info: Info) -> TreeNode | None:
        above = nodes.parent(info.context.dataset, self.graph_node)
        return None if above is None else tree_node(above)

    @field("The way down from the root, root first, without the node itself (各级上级)")
    def ancestor_nodes(self, info: Info) -> list[TreeNode]:
        return [tree_node(above) for above in nodes.ancestors(info.context.dataset, self.graph_node)]

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

    links: list[Link] = linked()
    link_connection: Connection[Link] = linked_by_page()
    findings: Connection[FindingRef] = findings_at(
        "What the checks found in it; for a project, unit, department, division or subject, in its parts too (核查发现)"
    )


def tree_node(node: GraphNode) -> TreeNode:
    """A member of a tree as the type of its kind."""
    return cast(TreeNode, _TYPES[node.kind](graph_node=node))
