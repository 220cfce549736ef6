"""A document is made ready once, and remembers what it costs and how long it took."""

from __future__ import annotations

import gc
import types

from hypothesis import given, settings
from hypothesis import strategies as st

from schema import schema
from serving.documents import Documents, Prepared, Weighed
from serving.settings import Settings
from serving.weighing import Weight

PAGES = "query($n: Int, $text: String!) { subjects(first: $n) { totalCount } search(text: $text) { totalCount } }"


def documents(**options: int) -> Documents:
    return Documents(schema._schema, Settings(**options), {})  # type: ignore[arg-type]


def test_a_document_is_known_once_it_was_made_ready() -> None:
    made = documents()
    assert made.known("{ __typename }") is None
    assert made.prepare("{ __typename }") is made.known("{ __typename }")


def test_short_documents_count_more_than_their_letters() -> None:
    made = documents(document_cache=1_000)
    for number in range(200):
        made.prepare(f"{{ a{number}: __typename }}")
    assert len(made._kept) < 40


def test_an_error_that_is_kept_holds_no_frames() -> None:
    made = documents()
    [error] = made.prepare("{ dataset { ")  # type: ignore[misc]
    assert error.__traceback__ is None
    assert not any(isinstance(each, types.FrameType) for each in gc.get_referents(error))


def test_what_decides_no_size_is_weighed_once() -> None:
    prepared = documents().prepare(PAGES)
    assert isinstance(prepared, Prepared)
    operation = prepared.operation(None)
    first = prepared.weigh(operation, {"n": 10, "text": "a"})
    assert prepared.weigh(operation, {"n": 10, "text": "b"}) is first
    assert prepared.weigh(operation, {"n": 11, "text": "a"}) is not first


def test_a_document_remembers_few_weights() -> None:
    prepared = documents().prepare("query($n: Int) { subjects(first: $n) { nodes { code } } }")
    assert isinstance(prepared, Prepared)
    for number in range(100):
        prepared.weigh(prepared.operation(None), {"n": number})
    assert len(prepared._weighed) == 4


@given(st.lists(st.integers(0, 10**9), min_size=1))
@settings(derandomize=True, max_examples=100)
def test_the_longest_of_late_is_never_less_than_the_last(taken: list[int]) -> None:
    weighed = Weighed(Weight())
    for nanoseconds in taken:
        weighed.took(nanoseconds)
        assert weighed.usual is not None
        assert nanoseconds <= weighed.usual <= max(taken)


def test_a_long_run_is_remembered_for_a_dozen_short_ones() -> None:
    weighed = Weighed(Weight())
    weighed.took(10_000_000)
    for _ in range(12):
        weighed.took(1)
        assert weighed.usual is not None
        assert weighed.usual > 2_000_000
