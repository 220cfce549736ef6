"""Pages go through a list once, whole and in order; a cursor is good for its own list and version alone."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.core.errors import CursorExpiredError, QuestionError
from resolvers.paging import Cut, page

VERSION = "0123456789abcdef"
ITEMS = tuple(range(10))


@given(length=st.integers(0, 40), size=st.integers(1, 12))
@settings(derandomize=True)
def test_pages_together_are_the_list(length: int, size: int) -> None:
    items, after = tuple(range(length)), None
    seen: list[int] = []
    while True:
        found = page(VERSION, ("list",), items, Cut(size, after))
        seen += found.items
        assert (found.start, found.total) == (len(seen) - len(found.items), length)
        if found.stop == length:
            break
        after = found.cursor(len(found.items) - 1)
    assert seen == list(items)


def test_a_null_size_is_the_default_and_zero_is_an_empty_page() -> None:
    assert len(page(VERSION, (), tuple(range(80)), Cut(None)).items) == 50
    assert page(VERSION, (), ITEMS, Cut(0)).items == ()


@pytest.mark.parametrize("size", [-1, 501])
def test_a_size_out_of_bounds_is_refused_with_an_example(size: int) -> None:
    with pytest.raises(QuestionError, match="first: 50"):
        page(VERSION, (), ITEMS, Cut(size))


def test_a_cursor_of_another_version_has_expired() -> None:
    cursor = page("another version", ("list",), ITEMS, Cut(1)).cursor(0)
    with pytest.raises(CursorExpiredError):
        page(VERSION, ("list",), ITEMS, Cut(1, cursor))


def test_a_cursor_of_another_list_is_refused() -> None:
    cursor = page(VERSION, ("list", "by amount"), ITEMS, Cut(1)).cursor(0)
    with pytest.raises(QuestionError, match="another list"):
        page(VERSION, ("list", "by key"), ITEMS, Cut(1, cursor))


def test_a_cursor_beyond_the_list_is_refused() -> None:
    cursor = page(VERSION, ("list",), ITEMS, Cut(10)).cursor(9)
    with pytest.raises(QuestionError):
        page(VERSION, ("list",), ITEMS[:5], Cut(1, cursor))


@given(st.one_of(st.text(max_size=40), st.binary(max_size=40).map(lambda raw: base64.urlsafe_b64encode(raw).decode())))
@settings(derandomize=True)
def test_garbage_is_refused_whatever_it_is(garbage: str) -> None:
    with pytest.raises(QuestionError, match="not a cursor"):
        page(VERSION, ("list",), ITEMS, Cut(1, garbage))


def test_cursors_are_safe_in_addresses() -> None:
    cursor = page(VERSION, ("列表",), ITEMS, Cut(1)).cursor(0)
    assert cursor.replace("-", "").replace("_", "").isalnum()
