"""What is kept never exceeds its bound, and what was used last goes last."""

from __future__ import annotations

import tracemalloc

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from serving.kept import Kept, trimmed


def test_the_least_recently_used_goes_first() -> None:
    kept: Kept[str, int] = Kept(2)
    kept.put("a", 1, 1)
    kept.put("b", 2, 1)
    assert kept.get("a") == 1
    kept.put("c", 3, 1)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)


def test_what_is_larger_than_the_bound_is_not_kept() -> None:
    kept: Kept[str, int] = Kept(2)
    kept.put("a", 1, 1)
    kept.put("b", 2, 3)
    assert (kept.get("a"), kept.get("b"), len(kept)) == (1, None, 1)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 6))))
@settings(derandomize=True, max_examples=100)
def test_the_bound_holds_and_the_size_is_the_sum(puts: list[tuple[int, int]]) -> None:
    kept: Kept[int, int] = Kept(10)
    for key, size in puts:
        kept.put(key, size, size)
        assert kept.get(key) == size
        assert kept.size == sum(kept.get(key) or 0 for key in range(6)) <= 10


def test_what_is_trimmed_takes_what_it_needs() -> None:
    tracemalloc.start()
    made = [trimmed(orjson.dumps({"a": number})) for number in range(1_000)]
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert made[7] == b'{"a":7}'
    assert held < 200_000
