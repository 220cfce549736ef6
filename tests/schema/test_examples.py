"""The example queries: they run over every dataset, answer something, and between them use every field there is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    FieldNode,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_schema,
    is_introspection_type,
    parse,
    visit,
)

from graph_data import Dataset, load
from schema import schema, sdl
from schema.context import Context
from serving.process.settings import ROOT
from tests.graph_data.example import ARCHIVES, example

EXAMPLES = sorted((ROOT / "examples").glob("*.graphql"))
SHIPPED = ROOT / "graph_data" / "packages"
MAY_BE_EMPTY = {"20-missed-targets", "35-originals"}
MADE_UP: dict[str, Any] = {
    "department": {"id": ARCHIVES},
    "from": ARCHIVES,
    "to": "subject:FUNCTIONAL/2012604",
    "id": ARCHIVES,
    "ids": [ARCHIVES, "unit:nowhere"],
}
LOOK_UPS = {"division": "990100", "department": "101", "unit": "101002", "project": "展览"}
every_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)


def refuse_float(text: str) -> float:
    raise AssertionError(f"{text} went out as a float")


def answer(path: Path, dataset: Dataset, variables: dict[str, Any] | None = None) -> dict[str, Any]:
    result = schema.execute_sync(path.read_text("utf-8"), variable_values=variables, context_value=Context(dataset))
    assert result.errors is None, [error.message for error in result.errors]
    data: dict[str, Any] = json.loads(json.dumps(result.data), parse_float=refuse_float)
    return data


def is_empty(value: Any) -> bool:
    """Does an answer hold nothing: null, an empty list, or only such?"""
    if isinstance(value, dict):
        return all(is_empty(each) for name, each in value.items() if name != "totalCount")
    return value is None or value == []


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    if not any(SHIPPED.glob("*/datapackage.json")):
        pytest.skip("no package is shipped yet")
    return load([SHIPPED], strict=True)


@every_example
def test_it_runs_over_the_made_up_departments(path: Path) -> None:
    named = LOOK_UPS if path.stem == "28-look-ups" else MADE_UP
    operation = path.read_text("utf-8")
    answer(path, example(), {name: value for name, value in named.items() if f"${name}:" in operation})


@every_example
def test_it_answers_something_over_the_shipped_packages(path: Path, shipped: Dataset) -> None:
    data = answer(path, shipped)
    empty = [name for name, value in data.items() if is_empty(value)]
    assert empty == [] or path.stem in MAY_BE_EMPTY


def test_between_them_they_use_every_field() -> None:
    served = build_schema(sdl()).type_map
    shared = set(fields_of(served["TreeNode"])) | set(fields_of(served["UnitConnection"])) | {"cursor", "node"}
    fields = {
        f"{name}.{field}"
        for name, type_ in served.items()
        if isinstance(type_, GraphQLObjectType) and not is_introspection_type(type_)
        for field in fields_of(type_)
        if field not in shared
    }
    assert sorted(fields - set().union(*map(used_fields, EXAMPLES))) == []


def fields_of(type_: GraphQLNamedType) -> Iterable[str]:
    return type_.fields if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) else ()


def used_fields(path: Path) -> set[str]:
    found: set[str] = set()
    types = TypeInfo(build_schema(sdl()))

    class Uses(Visitor):
        def enter_field(self, node: FieldNode, *_: Any) -> None:
            parent = types.get_parent_type()
            found.add(f"{parent.name if parent else ''}.{node.name.value}")

    visit(parse(path.read_text("utf-8")), TypeInfoVisitor(types, Uses()))
    return found
