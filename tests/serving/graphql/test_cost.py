"""What a document asks for is counted as if its fragments were written out and its pages were full."""

from __future__ import annotations

import time

import pytest
from graphql import OperationDefinitionNode, build_schema, get_introspection_query, parse
from hypothesis import given, settings
from hypothesis import strategies as st

from schema import schema
from serving.graphql.cost import CEILING, LIST, PAGE, CostAnalysis, Measures

PEOPLE = build_schema("""
    type Query { me: Person people(first: Int): PersonConnection nodes(ids: [ID!]!): [Person] }
    type Person { name: String friends(first: Int): PersonConnection names: [Name!]! }
    type Name { text: String }
    type PersonConnection { nodes: [Person!]! edges: [PersonEdge!]! pageInfo: PageInfo totalCount: Int }
    type PersonEdge { node: Person }
    type PageInfo { hasNextPage: Boolean }
""")


def weigh(text: str, **variables: object) -> Measures:
    document = parse(text)
    [operation] = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    return CostAnalysis(PEOPLE, document, {"Query.me": 7}, variables).measure(operation)


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("{ people(first: 3) { totalCount } }", 2),
        ("{ people(first: 3) { nodes { name } } }", 2 + 3),
        ("{ people(first: 3) { edges { node { name } } pageInfo { hasNextPage } } }", 2 + 3 * 2 + 2),
        ("{ people { nodes { name } } }", 2 + PAGE),
        ("{ people(first: 3) { nodes { friends(first: 4) { nodes { name } } } } }", 2 + 3 * (2 + 4)),
        ("{ me { names { text } } }", 7 + 1 + LIST),
        ('{ nodes(ids: ["a", "b", "c"]) { name } }', 1 + 3),
        ("{ people(first: 3) { ...f } } fragment f on PersonConnection { nodes { name } }", 2 + 3),
        ("{ people(first: 3) { ... on PersonConnection { nodes { name } } } }", 2 + 3),
        ("{ people(first: -1) { nodes { name } } }", 2 + PAGE),
        ("query($n: Int = 7) { people(first: $n) { nodes { name } } }", 2 + 7),
        ("{ people(first: null) { nodes { name } } }", 2 + PAGE),
    ],
)
def test_lists_multiply_what_lies_in_them(text: str, cost: int) -> None:
    assert weigh(text).cost == cost


def test_variables_say_how_long_lists_are() -> None:
    document = parse("query($n: Int, $ids: [ID!]!) { people(first: $n) { nodes { name } } nodes(ids: $ids) { name } }")
    [operation] = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    scale = CostAnalysis(PEOPLE, document, {}, {"n": 20, "ids": ["a"] * 30})
    weight = scale.measure(operation)
    assert (weight.cost, weight.ids, scale.sized) == (2 + 20 + 1 + 30, 30, {"n", "ids"})


@pytest.mark.parametrize("first", [20, 20.0])
def test_a_number_is_read_as_graphql_reads_it(first: object) -> None:
    text = "query($n: Int = 500) { people(first: $n) { nodes { name } } }"
    assert weigh(text, n=first).cost == 2 + 20
    assert weigh(text).cost == 2 + 500
    assert weigh(text, n=None).cost == 2 + PAGE


def test_one_fragment_costs_by_the_page_that_it_is_spread_in() -> None:
    fragment = "fragment f on PersonConnection { nodes { name } }"
    weight = weigh("{ a: people(first: 2) { ...f } b: people(first: 100) { ...f } } " + fragment)
    assert (weight.cost, weight.aliases, weight.depth, weight.fields) == (4 + 2 + 100, 2, 3, 6)


def test_aliases_and_directives_are_counted_where_they_are_spread() -> None:
    weight = weigh("query @a { me { ...f ...f @b } } fragment f on Person { n: name @c m: name }")
    assert (weight.aliases, weight.directives) == (4, 4)


def test_sixty_fragments_that_double_are_weighed_at_once() -> None:
    chain = " ".join(f"fragment f{i} on Query {{ ...f{i + 1} ...f{i + 1} }}" for i in range(60))
    began = time.process_time()
    weight = weigh("{ ...f0 } " + chain + " fragment f60 on Query { me { name } }")
    assert time.process_time() - began < 0.1
    assert (weight.fields, weight.cost, weight.depth) == (CEILING, CEILING, 2)


def test_a_chain_of_fragments_needs_no_recursion() -> None:
    chain = " ".join(f"fragment f{i} on Query {{ ...f{i + 1} }}" for i in range(5_000))
    assert weigh("{ ...f0 } " + chain + " fragment f5000 on Query { me { name } }").fields == 2


def test_what_is_not_valid_is_weighed_as_far_as_it_makes_sense() -> None:
    text = (
        "{ nothing(first: 3) { nodes { a } } ...gone ...g } fragment g on Nowhere { x ...h } fragment h on Q { ...g y }"
    )
    assert weigh(text).fields == 5


def test_introspection_is_within_the_depth() -> None:
    document = parse(get_introspection_query())
    [operation] = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    assert CostAnalysis(schema._schema, document, {}).measure(operation).depth == 15


def _friends(parts: tuple[int, str, str]) -> str:
    first, one, other = parts
    return f"friends(first: {first}) {{ totalCount nodes {{ {one} }} edges {{ node {{ {other} }} }} }}"


INSIDES = st.recursive(
    st.just("name"), lambda inner: st.tuples(st.integers(0, 9), inner, inner).map(_friends), max_leaves=8
)


@given(INSIDES)
@settings(derandomize=True, max_examples=60, deadline=None)
def test_fragments_weigh_what_their_text_weighs(inside: str) -> None:
    written = weigh(f"{{ me {{ {inside} }} }}")
    spread = weigh(f"{{ me {{ ...f }} }} fragment f on Person {{ {inside} }}")
    assert spread == written
