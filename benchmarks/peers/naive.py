"""Peer (a): Strawberry over a networkx graph, written as their tutorials write it; nothing tuned.

PEER_DATA=data.json uvicorn benchmarks.peers.naive:app

The data has one measure, one classification and one level of indicators: arguments that choose among them are taken
and not looked at, which only makes this peer faster.
"""
# ruff: noqa: ARG002

from __future__ import annotations

import os
from pathlib import Path

import networkx
import strawberry
from strawberry.asgi import GraphQL

from benchmarks.peers.inputs import (
    Classification,
    DepartmentBy,
    GroupBy,
    Measure,
    RollupOrder,
    SubjectLevel,
)
from benchmarks.peers.model import Row, load, wan_yuan

DATA = load(Path(os.environ["PEER_DATA"]))


def build() -> networkx.MultiDiGraph:
    """Nodes with their rows as attributes, edges by kind; a figure is an edge from its department to its subject."""
    graph = networkx.MultiDiGraph()
    for kind, key, above, edge in (
        ("department", "departments", None, ""), ("unit", "units", "department", "HAS_UNIT"),
        ("project", "projects", "unit", "RUNS_PROJECT"), ("indicator", "indicators", "project", "HAS_INDICATOR"),
    ):  # fmt: skip
        for row in DATA[key]:
            graph.add_node(row["id"], kind=kind, **{name: row[name] for name in row if name != "id"})
            if above:
                graph.add_edge(row[above], row["id"], kind=edge)
    for row in DATA["subjects"]:
        graph.add_node(row["code"], kind="subject", **row)
        if row["parent"]:
            graph.add_edge(row["parent"], row["code"], kind="HAS_CHILD")
    for row in DATA["spent"]:
        graph.add_edge(row["department"], row["code"], kind="SPENDS", year=row["fiscal_year"], fen=row["fen"])
    return graph


GRAPH = build()


def below(node: str, kind: str) -> list[str]:
    """The ends of a node's edges of one kind."""
    return [end for _, end, data in GRAPH.out_edges(node, data=True) if data["kind"] == kind]


def all_of(kind: str) -> list[str]:
    """Every node of a kind."""
    return [node for node, data in GRAPH.nodes(data=True) if data["kind"] == kind]


@strawberry.type
class Money:
    fen: strawberry.Private[int]

    @strawberry.field
    def amount(self) -> str:
        return wan_yuan(self.fen)


@strawberry.type
class Rollup:
    fen: strawberry.Private[int]

    @strawberry.field
    def derived(self) -> Money:
        return Money(fen=self.fen)


@strawberry.type
class Target:
    text: str
    comparator: str | None
    value: str | None
    unit: str | None


@strawberry.type
class Indicator:
    row: strawberry.Private[Row]

    @strawberry.field
    def name(self) -> str:
        return self.row["name"]

    @strawberry.field
    def max_score(self) -> str | None:
        return self.row["max_score"]

    @strawberry.field
    def score(self) -> str | None:
        return self.row["score"]

    @strawberry.field
    def target(self) -> Target:
        row = self.row
        return Target(text=row["target_text"], comparator=row["target_comparator"], value=row["target_value"],
                      unit=row["target_unit"])  # fmt: skip

    @strawberry.field
    def actual(self) -> Target:
        row = self.row
        return Target(text=row["actual_text"], comparator=None, value=row["actual_value"], unit=row["actual_unit"])


@strawberry.type
class IndicatorConnection:
    nodes: list[Indicator]


@strawberry.type
class Project:
    node: strawberry.Private[str]

    @strawberry.field
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.node)

    @strawberry.field
    def name(self) -> str:
        return GRAPH.nodes[self.node]["name"]

    @strawberry.field
    def fiscal_year(self) -> int:
        return GRAPH.nodes[self.node]["fiscal_year"]

    @strawberry.field
    def indicators(self, level: int, first: int = 50) -> IndicatorConnection:
        found = below(self.node, "HAS_INDICATOR")[:first]
        return IndicatorConnection(nodes=[Indicator(row=GRAPH.nodes[each]) for each in found])


@strawberry.type
class ProjectConnection:
    nodes: list[Project]


@strawberry.type
class Unit:
    node: strawberry.Private[str]

    @strawberry.field
    def code(self) -> str:
        return GRAPH.nodes[self.node]["code"]

    @strawberry.field
    def name(self) -> str:
        return GRAPH.nodes[self.node]["name"]

    @strawberry.field
    def rollup(self, measure: Measure) -> Rollup:
        return Rollup(fen=sum(GRAPH.nodes[each]["executed"] for each in below(self.node, "RUNS_PROJECT")))

    @strawberry.field
    def projects(self, fiscal_year: int, first: int = 50) -> ProjectConnection:
        found = [each for each in below(self.node, "RUNS_PROJECT") if GRAPH.nodes[each]["fiscal_year"] == fiscal_year]
        return ProjectConnection(nodes=[Project(node=each) for each in found[:first]])


@strawberry.type
class UnitConnection:
    nodes: list[Unit]


@strawberry.type
class Department:
    node: strawberry.Private[str]

    @strawberry.field
    def name(self) -> str:
        return GRAPH.nodes[self.node]["name"]

    @strawberry.field
    def units(self, first: int = 50) -> UnitConnection:
        return UnitConnection(nodes=[Unit(node=each) for each in below(self.node, "HAS_UNIT")[:first]])


@strawberry.type
class Subject:
    node: strawberry.Private[str]

    @strawberry.field
    def code(self) -> str:
        return self.node

    @strawberry.field
    def name(self) -> str:
        return GRAPH.nodes[self.node]["name"]

    @strawberry.field
    def rollup(self, measure: Measure, fiscal_year: int, department: strawberry.ID) -> Rollup:
        inside = networkx.descendants(GRAPH, self.node) | {self.node}
        edges = GRAPH.out_edges(department, data=True)
        return Rollup(fen=sum(
            data["fen"] for _, end, data in edges
            if data["kind"] == "SPENDS" and data["year"] == fiscal_year and end in inside
        ))  # fmt: skip

    @strawberry.field
    def children(self, first: int = 50) -> SubjectConnection:
        return SubjectConnection(nodes=[Subject(node=each) for each in below(self.node, "HAS_CHILD")[:first]])


@strawberry.type
class SubjectConnection:
    nodes: list[Subject]


@strawberry.type
class GroupKey:
    code: str
    name: str


@strawberry.type
class RollupRow:
    keys: list[GroupKey]
    rollup: Rollup


@strawberry.type
class RollupRowConnection:
    total_count: int
    nodes: list[RollupRow]
    grand_total: Rollup


@strawberry.type
class SearchHit:
    kind: str
    name: str
    node: Project


@strawberry.type
class SearchHitConnection:
    total_count: int
    nodes: list[SearchHit]


@strawberry.type
class Query:
    @strawberry.field
    def unit(self, code: str) -> Unit | None:
        return next((Unit(node=each) for each in all_of("unit") if GRAPH.nodes[each]["code"] == code), None)

    @strawberry.field
    def department(self, by: DepartmentBy) -> Department | None:
        wanted = (by.code.division, by.code.code)
        found = (each for each in all_of("department")
                 if (GRAPH.nodes[each]["division"], GRAPH.nodes[each]["code"]) == wanted)  # fmt: skip
        return next((Department(node=each) for each in found), None)

    @strawberry.field
    def subjects(self, classification: Classification, level: SubjectLevel, first: int = 50) -> SubjectConnection:
        found = [each for each in all_of("subject") if GRAPH.nodes[each]["level"] == level.value]
        return SubjectConnection(nodes=[Subject(node=each) for each in found[:first]])

    @strawberry.field
    def rollup(
        self, measure: Measure, by: list[GroupBy], order_by: list[RollupOrder], first: int = 50
    ) -> RollupRowConnection:
        totals: dict[tuple[str, int], int] = {}
        for _, code, data in GRAPH.edges(data=True):
            if data["kind"] == "SPENDS":
                key = code[:3], data["year"]
                totals[key] = totals.get(key, 0) + data["fen"]
        rows = [
            RollupRow(
                keys=[GroupKey(code=code, name=GRAPH.nodes[code]["name"]), GroupKey(code=str(year), name=str(year))],
                rollup=Rollup(fen=fen),
            )
            for (code, year), fen in sorted(totals.items())
        ]
        return RollupRowConnection(
            total_count=len(rows), nodes=rows[:first], grand_total=Rollup(fen=sum(totals.values()))
        )

    @strawberry.field
    def search(self, text: str, kinds: list[str], first: int = 20) -> SearchHitConnection:
        found = [each for each in all_of("project") if text in GRAPH.nodes[each]["name"]]
        found.sort(key=lambda each: GRAPH.nodes[each]["rank"])
        hits = [SearchHit(kind="Project", name=GRAPH.nodes[each]["name"], node=Project(node=each))
                for each in found[:first]]  # fmt: skip
        return SearchHitConnection(total_count=len(found), nodes=hits)


app = GraphQL(strawberry.Schema(Query))
