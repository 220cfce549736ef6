"""A document is made ready once, and remembers what it costs and how long it took."""

from __future__ import annotations

import gc
import types

import pytest
from graphql import parse
from hypothesis import given, settings
from hypothesis import strategies as st

from schema import schema
from serving.graphql.cost import Measures
from serving.graphql.documents import DocumentCache, PreparedDocument, Profile
from serving.process.settings import Settings

PAGES = "query($n: Int, $text: String!) { subjects(first: $n) { totalCount } search(text: $text) { totalCount } }"


[OPERATION] = parse("{ __typename }").definitions


def documents(**options: int) -> DocumentCache:
    return DocumentCache(schema._schema, Settings(**options), {})  # type: ignore[arg-type]


def test_a_document_is_known_once_it_was_made_ready() -> None:
    made = documents()
    assert made.get("{ __typename }") is None
    assert made.prepare("{ __typename }") is made.get("{ __typename }")


def test_a_long_document_is_cached_when_it_is_asked_again() -> None:
    made, text = documents(), "{ " + " ".join(f"a{number}: __typename" for number in range(90)) + " }"
    assert len(text) > 1_000
    for _ in range(2):
        assert made.get(text) is None
        made.prepare(text)
    assert isinstance(made.get(text), PreparedDocument)


def test_errors_hold_no_document() -> None:
    errors = documents().prepare("{ nothing }")
    assert isinstance(errors, tuple)
    assert [(error.nodes, error.locations and error.locations[0].column) for error in errors] == [(None, 3)]


def test_short_documents_count_more_than_their_letters() -> None:
    made = documents(document_cache=1_000)
    for number in range(200):
        made.prepare(f"{{ a{number}: __typename }}")
    assert len(made._documents) < 40


def test_an_error_that_is_kept_holds_no_frames() -> None:
    made = documents()
    [error] = made.prepare("{ dataset { ")  # type: ignore[misc]
    assert error.__traceback__ is None
    assert not any(isinstance(each, types.FrameType) for each in gc.get_referents(error))


ALIASES = " ".join(f"a{number}: __typename" for number in range(101))


def test_an_error_that_is_ours_holds_no_frames_either() -> None:
    [error] = documents().prepare(f"{{ {ALIASES} }}")  # type: ignore[misc]
    assert error.original_error is not None
    assert error.original_error.__traceback__ is None


@pytest.mark.parametrize(
    "text", [f"{{ {ALIASES} }}", f"{{ {ALIASES} ! }}", "{ a" * 3_000], ids=["long", "broken", "deep"]
)
def test_a_document_that_is_done_with_leaves_nothing_to_the_collector(text: str) -> None:
    made = documents(document_cache=0)
    made.prepare(text)
    gc.collect()
    before = len(gc.get_objects())
    gc.disable()
    try:
        for _ in range(5):
            made.prepare(text)
        assert len(gc.get_objects()) - before < 200
    finally:
        gc.enable()


def test_what_decides_no_size_is_weighed_once() -> None:
    prepared = documents().prepare(PAGES)
    assert isinstance(prepared, PreparedDocument)
    first = prepared.profile(None, {"n": 10, "text": "a"})
    assert prepared.profile(None, {"n": 10, "text": "b"}) is first
    assert prepared.profile(None, {"n": 11, "text": "a"}) is not first


def test_a_document_remembers_few_weights() -> None:
    prepared = documents().prepare("query($n: Int) { subjects(first: $n) { nodes { code } } }")
    assert isinstance(prepared, PreparedDocument)
    for number in range(100):
        prepared.profile(None, {"n": number})
    assert len(prepared._profiles) == 4


@given(st.lists(st.integers(0, 10**9), min_size=1))
@settings(derandomize=True, max_examples=100)
def test_the_longest_of_late_is_never_less_than_the_last(taken: list[int]) -> None:
    profile = Profile(OPERATION, Measures())
    for nanoseconds in taken:
        profile.took(nanoseconds)
        assert profile.usual is not None
        assert nanoseconds <= profile.usual <= max(taken)


def test_a_long_run_is_remembered_for_a_dozen_short_ones() -> None:
    profile = Profile(OPERATION, Measures())
    profile.took(10_000_000)
    for _ in range(12):
        profile.took(1)
        assert profile.usual is not None
        assert profile.usual > 2_000_000
