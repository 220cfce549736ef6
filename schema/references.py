"""Types that point at each other across modules, and how a node of the graph becomes the type of its kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

import strawberry

from graph_data.graph import Node as GraphNode
from graph_data.graph import NodeKind

if TYPE_CHECKING:
    from schema.classification import Subject
    from schema.final_accounts import FinalAccounts
    from schema.findings import Finding
    from schema.indicators import Indicator
    from schema.nodes import Node, TreeNode
    from schema.organization import Department, Division, Unit
    from schema.projects import Project
    from schema.sources import SourceDocument
    from schema.statements import Statement, StatementLine
    from schema.terms import Term
    from schema.three_public import ThreePublicItem

DepartmentRef = Annotated["Department", strawberry.lazy("schema.organization")]
UnitRef = Annotated["Unit", strawberry.lazy("schema.organization")]
ProjectRef = Annotated["Project", strawberry.lazy("schema.projects")]
SubjectRef = Annotated["Subject", strawberry.lazy("schema.classification")]
FindingRef = Annotated["Finding", strawberry.lazy("schema.findings")]
FinalAccountsRef = Annotated["FinalAccounts", strawberry.lazy("schema.final_accounts")]
StatementLineRef = Annotated["StatementLine", strawberry.lazy("schema.statements")]

_Type = TypeVar("_Type", bound=type[Any])
_WRAPPERS: dict[NodeKind, Callable[..., object]] = {}


def wraps(kind: NodeKind) -> Callable[[_Type], _Type]:
    """Declare the type that shows nodes of a kind."""

    def declare(type_: _Type) -> _Type:
        _WRAPPERS[kind] = type_
        return type_

    return declare


def wrapped(node: GraphNode) -> object:
    """The node as the type of its kind."""
    return _WRAPPERS[node.kind](graph_node=node)


def any_node(node: GraphNode) -> Node:
    return cast("Node", wrapped(node))


def tree_node(node: GraphNode) -> TreeNode:
    return cast("TreeNode", wrapped(node))


def division(node: GraphNode) -> Division:
    return cast("Division", _WRAPPERS[NodeKind.DIVISION](graph_node=node))


def department(node: GraphNode) -> Department:
    return cast("Department", _WRAPPERS[NodeKind.DEPARTMENT](graph_node=node))


def unit(node: GraphNode) -> Unit:
    return cast("Unit", _WRAPPERS[NodeKind.UNIT](graph_node=node))


def project(node: GraphNode) -> Project:
    return cast("Project", _WRAPPERS[NodeKind.PROJECT](graph_node=node))


def indicator(node: GraphNode) -> Indicator:
    return cast("Indicator", _WRAPPERS[NodeKind.INDICATOR](graph_node=node))


def subject(node: GraphNode) -> Subject:
    return cast("Subject", _WRAPPERS[NodeKind.SUBJECT](graph_node=node))


def final_accounts(node: GraphNode) -> FinalAccounts:
    return cast("FinalAccounts", _WRAPPERS[NodeKind.FINAL_ACCOUNTS](graph_node=node))


def document(node: GraphNode) -> SourceDocument:
    return cast("SourceDocument", _WRAPPERS[NodeKind.DOCUMENT](graph_node=node))


def statement(node: GraphNode) -> Statement:
    return cast("Statement", _WRAPPERS[NodeKind.STATEMENT](graph_node=node))


def line(node: GraphNode) -> StatementLine:
    return cast("StatementLine", _WRAPPERS[NodeKind.LINE](graph_node=node))


def three_public_item(node: GraphNode) -> ThreePublicItem:
    return cast("ThreePublicItem", _WRAPPERS[NodeKind.THREE_PUBLIC_ITEM](graph_node=node))


def term(node: GraphNode) -> Term:
    return cast("Term", _WRAPPERS[NodeKind.TERM](graph_node=node))


def finding(node: GraphNode) -> Finding:
    return cast("Finding", _WRAPPERS[NodeKind.FINDING](graph_node=node))
