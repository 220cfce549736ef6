"""What is cached never exceeds its bound, and what was used last goes last."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.core.cache import LruCache


def test_the_least_recently_used_goes_first() -> None:
    cache: LruCache[str, int] = LruCache(2)
    cache.put("a", 1, 1)
    cache.put("b", 2, 1)
    assert cache.get("a") == 1
    cache.put("c", 3, 1)
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (1, None, 3)


def test_what_is_larger_than_the_bound_is_not_stored() -> None:
    cache: LruCache[str, int] = LruCache(2)
    cache.put("a", 1, 1)
    cache.put("b", 2, 3)
    assert (cache.get("a"), cache.get("b"), len(cache)) == (1, None, 1)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 6))))
@settings(derandomize=True, max_examples=100)
def test_the_bound_holds_and_the_size_is_the_sum(puts: list[tuple[int, int]]) -> None:
    cache: LruCache[int, int] = LruCache(10)
    for key, size in puts:
        cache.put(key, size, size)
        assert cache.get(key) == size
        assert cache.size == sum(cache.get(key) or 0 for key in range(6)) <= 10
