"""What of an answer is remembered, for how long, and what never is."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
import strawberry
from graphql import parse

from serving.compiler import Operation, PlanCache
from serving.compiler.fragment_cache import FragmentCache
from tests.serving.compiler.asking import Asked
from tests.serving.compiler.compared import LATE, answers, operation_of

ASKED: Counter[str] = Counter()


@strawberry.type
class Leaf:
    text: str


@strawberry.type
class Thing:
    key: strawberry.Private[str]

    @strawberry.field
    def name(self, times: int = 1) -> str:
        ASKED[self.key] += 1
        return self.key * times

    @strawberry.field
    def names(self, times: list[int] | None = None) -> list[str]:
        return [self.key * each for each in times or ()]

    @strawberry.field
    def leaf(self, text: str = "x") -> Leaf:
        return Leaf(text=f"{text} of {self.key}")

    @strawberry.field
    def broken(self) -> Leaf | None:
        raise ValueError("broken")

    @strawberry.field
    def next(self) -> Thing:
        return Thing(key=self.key + "'")


@strawberry.type
class Query:
    @strawberry.field
    def thing(self, key: str = "a") -> Thing | None:
        return Thing(key=key) if key else None

    @strawberry.field
    def things(self) -> list[Thing]:
        return [Thing(key=key) for key in "abc"]


SCHEMA = strawberry.Schema(query=Query)._schema


def _plans(bound: int = 100_000) -> PlanCache:
    ASKED.clear()
    identity = {Thing: attrgetter("key")}
    return PlanCache(at_once=True, fragments=FragmentCache(bound, identity.get, lambda context: context["version"]))


def _answer(plans: PlanCache, text: str, version: int = 1, **variables: Any) -> Any:
    document = parse(text)
    operation = Operation(SCHEMA, document, operation_of(document, Asked(text, {}, None)))
    data = plans.answer(operation, variables, {"version": version}, LATE)
    return None if data is None else orjson.loads(orjson.dumps(data))


def test_what_is_said_of_an_object_is_said_again_without_asking() -> None:
    plans, text = _plans(), "{ things { name leaf { text } } }"
    first = _answer(plans, text)
    assert first["things"][1] == {"name": "b", "leaf": {"text": "x of b"}}
    assert _answer(plans, text) == first
    assert ASKED == {"a": 1, "b": 1, "c": 1}


def test_another_question_of_the_same_document_shares_what_is_alike() -> None:
    plans, text = _plans(), "query($k: String!) { thing(key: $k) { name leaf { text } } }"
    assert [_answer(plans, text, k=key)["thing"]["name"] for key in "aba"] == ["a", "b", "a"]
    assert ASKED == {"a": 1, "b": 1}


def test_another_version_is_asked_anew() -> None:
    plans, text = _plans(), "{ thing { name leaf { text } } }"
    _answer(plans, text, version=1)
    _answer(plans, text, version=2)
    assert ASKED == {"a": 2}


def test_what_depends_on_a_variable_is_remembered_for_each_of_its_values() -> None:
    plans = _plans()
    text = "query($n: Int = 3) { thing { name(times: $n) next { name leaf { text } } } }"
    assert [_answer(plans, text, n=times)["thing"]["name"] for times in (1, 2, 1, 2)] == ["a", "aa", "a", "aa"]
    assert ASKED == {"a": 2, "a'": 2}
    assert _answer(plans, text)["thing"]["name"] == "aaa"


def test_variables_that_are_no_plain_values_are_asked_anew() -> None:
    plans, text = _plans(), "query($n: [Int!]) { thing { names(times: $n) next { leaf { text } } } }"
    assert [_answer(plans, text, n=times)["thing"]["names"] for times in ([1], [1, 2])] == [["a"], ["a", "aa"]]
    assert plans.fragments is not None
    assert len(plans.fragments._cache) == 0


def test_one_and_true_share_no_fragment() -> None:
    cache = FragmentCache(1_000, lambda _: attrgetter("key"), lambda _: 1)
    asked: list[Any] = []
    cached = cache.caching(lambda _, info, __, ___: {"n": asked.append(info.variable_values["n"])}, len, ("n",))
    for value in (1, True, 1, True):
        cached("a", SimpleNamespace(context=None, variable_values={"n": value}), (), 0)
    assert [type(each) for each in asked] == [int, bool]


def test_a_variable_deep_inside_counts() -> None:
    plans, text = _plans(), "query($t: String!) { thing { name next { next { leaf(text: $t) { text } } } } }"
    assert _answer(plans, text, t="x")["thing"]["next"]["next"]["leaf"]["text"] == "x of a''"
    assert _answer(plans, text, t="y")["thing"]["next"]["next"]["leaf"]["text"] == "y of a''"


def test_only_the_outermost_is_kept() -> None:
    plans = _plans()
    _answer(plans, "{ thing { name next { name next { name leaf { text } } } } }")
    assert plans.fragments is not None
    assert len(plans.fragments._cache) == 1


def test_leaves_alone_are_not_worth_remembering() -> None:
    plans = _plans()
    _answer(plans, "{ things { name } }")
    assert plans.fragments is not None
    assert len(plans.fragments._cache) == 0


def test_what_goes_wrong_is_not_remembered() -> None:
    plans = _plans()
    assert _answer(plans, "{ things { name broken { text } } }") is None
    assert plans.fragments is not None
    assert len(plans.fragments._cache) == 0


def test_null_is_no_object() -> None:
    assert _answer(_plans(), '{ thing(key: "") { name leaf { text } } }') == {"thing": None}


def test_fragments_take_no_more_than_their_bound() -> None:
    plans = _plans(bound=1_000)
    for key in "abcdefghijkl":
        _answer(plans, "query($k: String!) { thing(key: $k) { name leaf { text } } }", k=key)
    assert plans.fragments is not None
    assert 0 < plans.fragments._cache.size <= 1_000


def test_objects_taken_for_each_other_are_noticed() -> None:
    """The planted fault: an identity that does not tell two objects apart."""
    confused = PlanCache(at_once=True, fragments=FragmentCache(10_000, lambda _: lambda _: 1, lambda _: 1))
    both = answers(SCHEMA, Asked("{ things { name leaf { text } } }", {}, None), {"version": 1}, confused)
    assert both is not None
    assert both.differ


@pytest.mark.parametrize("spread", ["...T next { ...T }", "next { next { ...T } ...T }"])
def test_the_same_fragment_in_two_places_stands_in_both(spread: str) -> None:
    text = f"{{ thing {{ {spread} }} }} fragment T on Thing {{ name leaf {{ text }} }}"
    both = answers(SCHEMA, Asked(text, {}, None), {"version": 1}, _plans())
    assert both is not None
    assert both.planned is not None
    assert not both.differ
