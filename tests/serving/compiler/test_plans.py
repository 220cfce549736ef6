"""When there is a plan, and when there is none."""

from __future__ import annotations

import time
from typing import Any

import pytest
import strawberry
from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode, parse
from graphql.execution.values import VariableValues
from strawberry.extensions import FieldExtension

from graph_data.core.deadline import OutOfTimeError
from serving.compiler import Operation, PlanCache
from serving.compiler.plans import compile_plan
from serving.compiler.selections import MAX_FIELDS
from tests.serving.compiler import small
from tests.serving.compiler.asking import Asked
from tests.serving.compiler.compared import LATE, operation_of


class Shouting(FieldExtension):
    def resolve(self, next_: Any, source: Any, info: strawberry.Info, **arguments: Any) -> Any:
        return next_(source, info, **arguments).upper()


@strawberry.type
class Query:
    plain: str = "plain"

    @strawberry.field
    async def later(self) -> int:
        return 1

    @strawberry.field(extensions=[Shouting()])
    def shouted(self) -> str:
        return "aloud"

    @strawberry.field
    def own_name(self, info: strawberry.Info) -> str:
        return info.field_name

    @strawberry.field
    def known(self, info: strawberry.Info) -> str:
        return f"{info.context} {info.root_value} {info.variable_values} {info.operation.name} {info.schema is ODD}"


@strawberry.type
class Mutation:
    @strawberry.mutation
    def change(self) -> int:
        return 1


ODD = strawberry.Schema(query=Query, mutation=Mutation)
SMALL = small.schema._schema
_NO_VARIABLES = VariableValues({}, {})


def _answer(plans: PlanCache, text: str, schema: GraphQLSchema = SMALL, end: int = LATE, **variables: Any) -> Any:
    document = parse(text)
    return plans.answer(Operation(schema, document, _node(text, document)), variables, small.CONTEXT, end)


def _node(text: str, document: DocumentNode) -> OperationDefinitionNode:
    return operation_of(document, Asked(text, {}, None))


@pytest.mark.parametrize(
    "text", ["{ later }", "{ shouted }", "{ ownName }", "{ __schema { types { name } } }", "mutation { change }"]
)
def test_what_plans_do_not_do_is_left_to_graphql_core(text: str) -> None:
    assert _answer(PlanCache(at_once=True), text, ODD._schema) is None


def test_a_resolver_is_told_what_is_the_same_for_the_whole_execution() -> None:
    assert _answer(PlanCache(at_once=True), "{ known }", ODD._schema) == {
        "known": f"{small.CONTEXT} None {{}} None True"
    }


def test_a_schema_that_is_not_strawberrys_is_left_to_graphql_core() -> None:
    bare = GraphQLSchema(SMALL.query_type)
    assert _answer(PlanCache(at_once=True), "{ keeper { name } }", bare) is None


def test_a_document_is_compiled_when_it_is_asked_again() -> None:
    plans, text = PlanCache(), "{ keeper { name } }"
    assert _answer(plans, text) is None
    assert _answer(plans, text) == {"keeper": {"name": "Ann"}}


def test_skipping_and_including_have_a_plan_each() -> None:
    plans, text = PlanCache(at_once=True), "query($b: Boolean!) { keeper { name @skip(if: $b) number } }"
    assert _answer(plans, text, b=True) == {"keeper": {"number": None}}
    assert _answer(plans, text, b=False) == {"keeper": {"name": "Ann", "number": None}}
    assert _answer(plans, text, b=True) == {"keeper": {"number": None}}


def test_variables_that_switch_nothing_share_a_plan() -> None:
    plans, text = PlanCache(at_once=True), "query($n: Int!) { animals { friends(first: $n) { name } } }"
    assert _answer(plans, text, n=0) != _answer(plans, text, n=1)
    assert len(plans) == 1


def test_plans_that_are_not_used_are_forgotten() -> None:
    plans = PlanCache(at_once=True, bound=20_000)
    for number in range(30):
        _answer(plans, f"{{ a{number}: keeper {{ name }} }}")
    assert plans.size <= 20_000
    assert 0 < len(plans) < 30


def test_a_plan_stops_when_its_time_is_over() -> None:
    with pytest.raises(OutOfTimeError):
        _answer(PlanCache(at_once=True), "{ animals { name } }", end=time.monotonic_ns() - 1)


def test_a_document_of_too_many_fields_is_left_to_graphql_core() -> None:
    many = " ".join(f"a{number}: name" for number in range(MAX_FIELDS))
    assert _answer(PlanCache(at_once=True), f"{{ keeper {{ {many} }} }}") is None


def test_the_same_selection_of_a_type_that_is_found_out_is_written_once() -> None:
    text = "{ a: keeper { ...K } } fragment K on Keeper { keeps { ... on Animal { friends { ... on Dog { name } } } } }"
    document = parse(text)
    plan = compile_plan(Operation(SMALL, document, _node(text, document)), _NO_VARIABLES)
    assert plan.source.count("def ") == len({"root", "Dog", "Cat", "friend Dog", "friend Cat"})


def test_arguments_without_variables_are_worked_out_once() -> None:
    text = '{ animals { ... on Dog { face(face: "x") } } }'
    document = parse(text)
    plan = compile_plan(Operation(SMALL, document, _node(text, document)), _NO_VARIABLES)
    assert "face='x'" in plan.source
    assert plan._varying == ()
