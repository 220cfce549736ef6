"""Peer (b): Strawberry with every tuning that its documentation names.

Parser and validation caches, JSON by orjson, uvloop and httptools; every object made once, at start, with plain
attributes for fields, so that the default resolver reads them; totals looked up, never summed.

    PEER_DATA=data.json uvicorn --loop uvloop --http httptools benchmarks.peers.tuned:app
"""
# ruff: noqa: ARG002 (as in the naive peer)

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

import orjson
import strawberry
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache

from benchmarks.peers.inputs import (
    Classification,
    DepartmentBy,
    GroupBy,
    Measure,
    RollupOrder,
    SubjectLevel,
)
from benchmarks.peers.model import load, wan_yuan

DATA = load(Path(os.environ["PEER_DATA"]))


@strawberry.type
class Money:
    amount: str


@strawberry.type
class Rollup:
    derived: Money


def total(fen: int) -> Rollup:
    """A rollup, its money already formatted."""
    return Rollup(derived=Money(amount=wan_yuan(fen)))


NOTHING = total(0)


@strawberry.type
class Target:
    text: str
    comparator: str | None
    value: str | None
    unit: str | None


@strawberry.type
class Indicator:
    name: str
    max_score: str | None
    score: str | None
    target: Target
    actual: Target


@strawberry.type
class IndicatorConnection:
    nodes: list[Indicator]


@strawberry.type
class Project:
    id: strawberry.ID
    name: str
    fiscal_year: int
    own: strawberry.Private[IndicatorConnection]

    @strawberry.field
    def indicators(self, level: int, first: int = 50) -> IndicatorConnection:
        return self.own if len(self.own.nodes) <= first else IndicatorConnection(nodes=self.own.nodes[:first])


@strawberry.type
class ProjectConnection:
    nodes: list[Project]


@strawberry.type
class Unit:
    code: str
    name: str
    executed: strawberry.Private[Rollup]
    by_year: strawberry.Private[dict[int, list[Project]]]

    @strawberry.field
    def rollup(self, measure: Measure) -> Rollup:
        return self.executed

    @strawberry.field
    def projects(self, fiscal_year: int, first: int = 50) -> ProjectConnection:
        return ProjectConnection(nodes=self.by_year.get(fiscal_year, [])[:first])


@strawberry.type
class UnitConnection:
    nodes: list[Unit]


@strawberry.type
class Department:
    name: str
    own: strawberry.Private[list[Unit]]

    @strawberry.field
    def units(self, first: int = 50) -> UnitConnection:
        return UnitConnection(nodes=self.own[:first])


@strawberry.type
class Subject:
    code: str
    name: str
    below: strawberry.Private[list[Subject]]

    @strawberry.field
    def rollup(self, measure: Measure, fiscal_year: int, department: strawberry.ID) -> Rollup:
        return SPENT.get((department, fiscal_year, self.code), NOTHING)

    @strawberry.field
    def children(self, first: int = 50) -> SubjectConnection:
        return SubjectConnection(nodes=self.below[:first])


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


def _projects() -> dict[str, Project]:
    indicators: defaultdict[str, list[Indicator]] = defaultdict(list)
    for row in DATA["indicators"]:
        target = Target(text=row["target_text"], comparator=row["target_comparator"], value=row["target_value"],
                        unit=row["target_unit"])  # fmt: skip
        actual = Target(text=row["actual_text"], comparator=None, value=row["actual_value"], unit=row["actual_unit"])
        indicators[row["project"]].append(
            Indicator(name=row["name"], max_score=row["max_score"], score=row["score"], target=target, actual=actual)
        )
    return {
        row["id"]: Project(id=strawberry.ID(row["id"]), name=row["name"], fiscal_year=row["fiscal_year"],
                           own=IndicatorConnection(nodes=indicators[row["id"]]))
        for row in DATA["projects"]
    }  # fmt: skip


def _units() -> dict[str, Unit]:
    executed: defaultdict[str, int] = defaultdict(int)
    by_year: defaultdict[str, defaultdict[int, list[Project]]] = defaultdict(lambda: defaultdict(list))
    for row in DATA["projects"]:
        executed[row["unit"]] += row["executed"]
        by_year[row["unit"]][row["fiscal_year"]].append(PROJECTS[row["id"]])
    return {
        row["id"]: Unit(code=row["code"], name=row["name"], executed=total(executed[row["id"]]),
                        by_year=by_year[row["id"]])
        for row in DATA["units"]
    }  # fmt: skip


def _subjects() -> dict[str, Subject]:
    subjects = {row["code"]: Subject(code=row["code"], name=row["name"], below=[]) for row in DATA["subjects"]}
    for row in DATA["subjects"]:
        if row["parent"]:
            subjects[row["parent"]].below.append(subjects[row["code"]])
    return subjects


def _spent() -> tuple[dict[tuple[str, int, str], Rollup], dict[tuple[str, int], int]]:
    """What is asked for by department, year and any subject; and category by year."""
    spent: defaultdict[tuple[str, int, str], int] = defaultdict(int)
    categories: defaultdict[tuple[str, int], int] = defaultdict(int)
    for row in DATA["spent"]:
        for length in (3, 5, 7):
            spent[row["department"], row["fiscal_year"], row["code"][:length]] += row["fen"]
        categories[row["code"][:3], row["fiscal_year"]] += row["fen"]
    return {key: total(fen) for key, fen in spent.items()}, categories


PROJECTS = _projects()
UNITS = _units()
SUBJECTS = _subjects()
SPENT, CATEGORIES = _spent()
BY_CODE = {unit.code: unit for unit in UNITS.values()}
DEPARTMENTS = {
    (row["division"], row["code"]): Department(
        name=row["name"], own=[UNITS[unit["id"]] for unit in DATA["units"] if unit["department"] == row["id"]]
    )
    for row in DATA["departments"]
}
LEVELS = {level: [SUBJECTS[row["code"]] for row in DATA["subjects"] if row["level"] == level] for level in (1, 2, 3)}
ROWS = [
    RollupRow(
        keys=[GroupKey(code=code, name=SUBJECTS[code].name), GroupKey(code=str(year), name=str(year))],
        rollup=total(fen),
    )
    for (code, year), fen in sorted(CATEGORIES.items())
]
GRAND_TOTAL = total(sum(CATEGORIES.values()))
RANKED = [PROJECTS[row["id"]] for row in sorted(DATA["projects"], key=lambda row: row["rank"])]


@strawberry.type
class Query:
    @strawberry.field
    def unit(self, code: str) -> Unit | None:
        return BY_CODE.get(code)

    @strawberry.field
    def department(self, by: DepartmentBy) -> Department | None:
        return DEPARTMENTS.get((by.code.division, by.code.code))

    @strawberry.field
    def subjects(self, classification: Classification, level: SubjectLevel, first: int = 50) -> SubjectConnection:
        return SubjectConnection(nodes=LEVELS[level.value][:first])

    @strawberry.field
    def rollup(
        self, measure: Measure, by: list[GroupBy], order_by: list[RollupOrder], first: int = 50
    ) -> RollupRowConnection:
        return RollupRowConnection(total_count=len(ROWS), nodes=ROWS[:first], grand_total=GRAND_TOTAL)

    @strawberry.field
    def search(self, text: str, kinds: list[str], first: int = 20) -> SearchHitConnection:
        found = [project for project in RANKED if text in project.name]
        hits = [SearchHit(kind="Project", name=project.name, node=project) for project in found[:first]]
        return SearchHitConnection(total_count=len(found), nodes=hits)


class Server(GraphQL):
    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)


app = Server(strawberry.Schema(Query, extensions=[ParserCache(), ValidationCache()]))
