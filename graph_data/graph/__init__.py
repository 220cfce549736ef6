"""The graph: `build(accounts)` draws a `Graph` of `Node`s; only this package touches networkx."""

from __future__ import annotations

from graph_data.graph.build import build
from graph_data.graph.graph import DrawnGraph, Graph
from graph_data.graph.identities import Identities
from graph_data.graph.nodes import (
    DepartmentEntry,
    DivisionEntry,
    Edge,
    EdgeKind,
    FindingEntry,
    LinkDirection,
    Node,
    NodeKind,
    SubjectEntry,
    ThreePublicItem,
    UnitEntry,
    is_well_formed,
)

__all__ = [
    "DepartmentEntry",
    "DivisionEntry",
    "DrawnGraph",
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
