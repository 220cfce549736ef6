"""Every rule of execution, on a small schema: a plan says what graphql-core says, or leaves it to say it."""

from __future__ import annotations

from typing import Any

import pytest

from serving.compiler import PlanCache
from tests.serving.compiler import small
from tests.serving.compiler.asking import Asked
from tests.serving.compiler.compared import Answers, answers

ANSWERED = {
    "aliases": "{ a: keeper { n: name } b: keeper { name } name: keeper { number } }",
    "merged fields": "{ keeper { name } keeper { keeps { __typename } } ... { keeper { name number } } }",
    "merged lists": "{ animals { name } animals { legs } ... on Query { animals { legs mood } } }",
    "the order of the document": "{ must { number } keeper { name } must { name } }",
    "a fragment spread twice": "{ keeper { ...K ...K } } fragment K on Keeper { name keeps { ... on Dog { barks } } }",
    "fragments in fragments": "{ ...Q } fragment Q on Query { keeper { ...K } } fragment K on Keeper { oldest: name }",
    "a condition of its own type": "{ keeper { ... on Keeper { name } } }",
    "conditions of other types": "{ animals { ... on Dog { barks } ... on Cat { lives } ... on Animal { name } } }",
    "an interface": "{ animals { __typename name mood legs } }",
    "a union": "{ pets { __typename ... on Dog { name } ... on Animal { legs } } }",
    "a union of which a type is not selected": "{ pets { ... on Dog { name } } }",
    "__typename of the root, aliased": "{ t: __typename keeper { __typename } }",
    "null where it may be": '{ keeper(name: "nobody") { name } must { keeps(by: {name: "nobody"}) { __typename } } }',
    "null in a list": "{ animals { friends(first: 3) { name } } }",
    "a list of lists": "{ pets { ... on Cat { grid } } }",
    "a list that is an iterator": "{ pets { ... on Cat { words } } }",
    "an enumeration in and out": "{ animals(mood: CALM) { mood } none: animals(mood: WILD) { name } }",
    "defaults of arguments": "{ animals { friends { name } parentName } }",
    "null for an argument with a default": '{ animals { ... on Dog { face(face: null) other: face(face: "x") } } }',
    "input objects, their defaults, and what is left out": "{ animals { ... on Dog { heights(size: {}) } } }",
    "a custom scalar": "{ animals { ... on Dog { face heights(size: {least: 3, most: 4}) } } }",
    "one of": '{ keeper { a: keeps(by: {name: "Rex"}) { __typename } b: keeps(by: {number: 1}) { __typename } } }',
    "literal directives": "{ keeper @skip(if: false) { name @skip(if: true) number @include(if: true) } }",
    "everything skipped": "{ keeper { name @skip(if: true) } }",
    "a skipped fragment": "{ keeper { ...K @include(if: false) name } } fragment K on Keeper { number }",
    "skip before include": "{ keeper { name @include(if: true) @skip(if: true) number } }",
}
LEFT = {
    "an exception": "{ animals { name friends(first: -1) { name } } }",
    "exceptions, in order": "{ a: animals { friends(first: -1) { name } } b: animals { friends(first: -2) { name } } }",
    "null for a leaf that may not be": "{ keeper { name silent } must { name } }",
    "null for an object that may not be": "{ keeper { ghost { name } } }",
    "null at the root": '{ keeper { name } must(name: "nobody") { name } }',
    "null under an interface": "{ keeper { oldest { name } } }",
    "null in a list that may not hold it": "{ keeper { nicknames(holes: true) } }",
    "an integer past 32 bits": "{ keeper { name tooLarge } }",
    "something that is no list": "{ keeper { noList } }",
    "an exception that is returned": "{ keeper { returnsError } }",
    "an object of another type": "{ keeper { wrongType { name } } }",
    "a scalar that gives null": '{ animals { ... on Dog { certainFace(face: "none") } } }',
    "an argument that is refused when it is asked": "{ animals { ... on Dog { heights(size: {most: null}) } } }",
}
_TWO = "query($n: String!, $m: Mood!) { keeper(name: $n) { name } animals(mood: $m) { name } }"
VARIED: list[tuple[str, str, dict[str, Any], bool]] = [
    ("given", "query($n: String!) { keeper(name: $n) { name } }", {"n": "Tom"}, True),
    ("left out", "query($n: String! = \"Mia\") { keeper(name: $n) { name } }", {}, True),
    ("left out, a default", "query($n: Int! = 1) { animals { friends(first: $n) { name } } }", {}, True),
    ("null", "query($f: Face) { animals { ... on Dog { face(face: $f) } } }", {"f": None}, True),
    ("left out, nullable", "query($f: Face) { animals { ... on Dog { face(face: $f) } } }", {}, True),
    ("in a list", "query($n: Int!) { keeper { numbers(numbers: [1, $n]) } }", {"n": 2}, True),
    ("one for a list", "query($n: [Int!]) { keeper { numbers(numbers: $n) } }", {"n": 2}, True),
    ("in an object", "query($n: Int) { animals { ... on Dog { heights(size: {most: $n}) } } }", {"n": 2}, True),
    ("an object", "query($s: Size!) { animals { ... on Dog { heights(size: $s) } } }", {"s": {"most": 7}}, True),
    ("an enumeration", "query($m: Mood!) { animals(mood: $m) { name } }", {"m": "WILD"}, True),
    ("missing", "query($n: String!) { keeper(name: $n) { name } }", {}, False),
    ("of wrong types", _TWO, {"n": 1, "m": 2}, False),
    ("skip", "query($b: Boolean!) { keeper { name @skip(if: $b) a: name @include(if: $b) } }", {"b": True}, True),
    ("keep", "query($b: Boolean!) { keeper { name @skip(if: $b) a: name @include(if: $b) } }", {"b": False}, True),
    ("a switch with a default", "query($b: Boolean = true) { keeper { name @skip(if: $b) number } }", {}, True),
    ("a switch that is null", "query($b: Boolean = true) { keeper { name @skip(if: $b) number } }", {"b": None}, False),
    ("neither of one of", "query($b: By) { keeper { keeps(by: $b) { __typename } } }", {"b": {}}, False),
]  # fmt: skip


def _both(text: str, variables: dict[str, Any], operation_name: str | None = None) -> Answers:
    found = answers(
        small.schema._schema, Asked(text, variables, operation_name), small.CONTEXT, PlanCache(at_once=True)
    )
    assert found is not None, "the document is not valid"
    return found


@pytest.mark.parametrize("text", ANSWERED.values(), ids=ANSWERED.keys())
def test_a_plan_answers_as_graphql_core_does(text: str) -> None:
    both = _both(text, {})
    assert both.errors == []
    assert both.planned is not None
    assert not both.differ


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT.keys())
def test_what_goes_wrong_is_left_to_graphql_core(text: str) -> None:
    both = _both(text, {})
    assert both.errors
    assert both.planned is None


@pytest.mark.parametrize(("text", "variables", "fine"), [case[1:] for case in VARIED], ids=[case[0] for case in VARIED])
def test_variables(text: str, variables: dict[str, Any], fine: bool) -> None:
    both = _both(text, variables)
    assert bool(both.errors) is not fine
    assert not both.differ


@pytest.mark.parametrize("name", ["A", "B"])
def test_the_operation_that_is_meant_is_the_one_that_runs(name: str) -> None:
    both = _both("query A { keeper { name } } query B { keeper { number } }", {}, name)
    assert both.planned is not None
    assert not both.differ
