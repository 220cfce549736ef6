"""What is cached never exceeds its bound, and what was used last goes last."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.core.cache import LruCache, MakingCache


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


def doubled(key: int) -> tuple[int, int]:
    return 2 * key, 1


def test_a_value_is_made_once_while_it_is_there() -> None:
    cache: MakingCache[int, int] = MakingCache(10)
    assert [cache.get_or_make(key, doubled) for key in (1, 2, 1, 2)] == [2, 4, 2, 4]
    assert (cache.made, len(cache)) == (2, 2)


def test_a_cache_that_makes_evicts_the_least_recently_used() -> None:
    dropped: list[int] = []
    cache: MakingCache[int, int] = MakingCache(3, lambda: dropped.append(len(cache)))
    for key in (1, 2, 3, 1, 4):
        cache.get_or_make(key, doubled)
    assert (cache.made, dropped) == (4, [3])
    cache.get_or_make(1, doubled)
    cache.get_or_make(4, doubled)
    assert cache.made == 4
    cache.get_or_make(2, doubled)
    assert cache.made == 5


def test_what_was_made_last_stays_whatever_it_weighs() -> None:
    cache: MakingCache[int, int] = MakingCache(3)
    assert [cache.get_or_make(key, lambda each: (each, 100)) for key in (1, 2, 2)] == [1, 2, 2]
    assert (cache.made, len(cache)) == (2, 1)


def test_what_cannot_be_made_is_not_cached() -> None:
    cache: MakingCache[int, int] = MakingCache(3)
    with pytest.raises(ZeroDivisionError):
        cache.get_or_make(1, lambda key: (key // 0, 1))
    assert cache.get_or_make(1, doubled) == 2


def test_threads_that_ask_at_once_get_one_value() -> None:
    cache: MakingCache[int, object] = MakingCache(3)

    def slow(_: int) -> tuple[object, int]:
        time.sleep(0.02)
        return object(), 1

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(lambda _: id(cache.get_or_make(1, slow)), range(16)))) == 1
    assert cache.made == 1
