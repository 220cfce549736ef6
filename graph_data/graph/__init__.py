"""The graph: `build(accounts)` draws a `Graph` of `Node`s; only this package touches networkx."""

from __future__ import annotations

from graph_data.graph.base import Graph
from graph_data.graph.build import build
from graph_data.graph.graph import DrawnGraph
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
from graph_data.graph.wanted import Wanted

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
    "Wanted",
    "build",
    "is_well_formed",
]
