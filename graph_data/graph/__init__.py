"""The graph: `build(accounts)` makes a frozen `Graph` of `Node`s; only this package touches networkx."""

from __future__ import annotations

from graph_data.graph.build import build
from graph_data.graph.graph import Graph
from graph_data.graph.identities import Identities
from graph_data.graph.kinds import EdgeKind, NodeKind
from graph_data.graph.nodes import (
    DepartmentEntry,
    DivisionEntry,
    Edge,
    FindingEntry,
    LinkDirection,
    Node,
    SubjectEntry,
    ThreePublicItem,
    UnitEntry,
    is_well_formed,
)

__all__ = [
    "DepartmentEntry",
    "DivisionEntry",
    "Edge",
    "EdgeKind",
    "FindingEntry",
    "Graph",
    "Identities",
    "LinkDirection",
    "Node",
    "NodeKind",
    "SubjectEntry",
    "ThreePublicItem",
    "UnitEntry",
    "build",
    "is_well_formed",
]
