"""Every node of every dataset answers every field; garbage anywhere is the caller's mistake, never ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLError, GraphQLNonNull, get_named_type

from graph_data import Dataset, load
from graph_data.core.errors import QuestionError
from graph_data.graph import NodeKind
from resolvers.search import TYPE_NAMES
from schema import schema
from schema.context import Context
from serving.process.settings import ROOT
from tests.graph_data.example import example
from tests.schema.whole import SERVED, node_types, selection

SHIPPED = ROOT / "graph_data" / "packages"
GARBAGE: dict[str, list[Any]] = {
    "ID": ["", "x", "figure:", "figure:x", "department:1", "planet:earth", "line:a/b/c/d/e", "\x00", "：", "a" * 9_999],
    "String": ["", " ", "'", '"', "\\", "%", "*", "(", "AND OR NOT", "^1:[* TO *]", "费" * 5_000, "\x00", "🙂"],
    "Int": [-(2**31), -1, 0, 1, 4, 501, 2**31 - 1],
    "Cursor": ["", "x", "====", "MTIzNDU2Nzg5MDEyLjAuMA"],
}


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    if not any(SHIPPED.glob("*/datapackage.json")):
        pytest.skip("no package is shipped yet")
    return load([SHIPPED], strict=True)


def ask(dataset: Dataset, query: str, variables: dict[str, Any] | None = None) -> list[GraphQLError]:
    return schema.execute_sync(query, variables, context_value=Context(dataset)).errors or []


def whole_query(depth: int, only: str | None = None) -> str:
    types = (type_ for type_ in node_types() if only in (None, type_.name))
    parts = (f"... on {type_.name} {selection(type_, depth)}" for type_ in types)
    return "query($ids: [ID!]!) { nodes(ids: $ids) { " + " ".join(parts) + " } }"


def test_every_node_of_the_made_up_departments_answers_every_field() -> None:
    dataset = example()
    ids = [node.id for node in dataset.graph.nodes()] + [figure.id for figure in dataset.all_figures]
    for start in range(0, len(ids), 100):
        assert ask(dataset, whole_query(1), {"ids": ids[start : start + 100]}) == []


@pytest.mark.parametrize("kind", NodeKind, ids=lambda kind: kind.name)
def test_one_shipped_node_of_each_kind_answers_every_field_two_levels_down(kind: NodeKind, shipped: Dataset) -> None:
    first = next(iter(shipped.graph.nodes(kind)))
    assert ask(shipped, whole_query(2, TYPE_NAMES[kind]), {"ids": [first.id]}) == []


def arguments_with_garbage() -> Iterator[Any]:
    query = SERVED.query_type
    assert query is not None
    for name, field in query.fields.items():
        for argument, value in field.args.items():
            for garbage in GARBAGE.get(get_named_type(value.type).name, []):
                yield pytest.param(name, argument, garbage, id=f"{name}-{argument}-{str(garbage)[:12]!a}")


@pytest.mark.parametrize(("name", "argument", "garbage"), list(arguments_with_garbage()))
def test_garbage_is_answered_or_refused_with_a_reason(name: str, argument: str, garbage: Any) -> None:
    query = SERVED.query_type
    assert query is not None
    field = query.fields[name]
    value = field.args[argument]
    given = [garbage] if "[" in str(value.type) else garbage
    needed = dict.fromkeys(("search", "documentLines"), 'text: "费"')
    needed |= {"rollup": "measure: EXPENDITURE, by: []", "path": 'from: "unit:x", to: "unit:y"'}
    others = needed.get(name, "") if argument not in needed.get(name, "") else ""
    if name == "path" and argument in ("from", "to"):
        others = 'to: "unit:y"' if argument == "from" else 'from: "unit:x"'
    if name == "finalAccounts":
        others = 'department: {name: "x"}'
    type_ = value.type if isinstance(value.type, GraphQLNonNull) else f"{value.type}"
    errors = ask(example(), f"query($v: {type_}) {{ {name}({argument}: $v {others}) {{ __typename }} }}", {"v": given})
    for error in errors:
        of_variable = error.path is None and error.message.startswith("Variable '$v' has invalid value")
        assert of_variable or isinstance(error.original_error, QuestionError), error
        assert len(error.message) > 10


def test_filters_nested_without_end_are_refused_or_answered() -> None:
    where: dict[str, Any] = {"fiscalYear": {"eq": 2022}}
    for _ in range(600):
        where = {"not": where}
    query = "query($w: FigureWhere) { figures(where: $w) { totalCount } }"
    for error in ask(example(), query, {"w": where}):
        assert isinstance(error.original_error, RecursionError | QuestionError | GraphQLError | None)
