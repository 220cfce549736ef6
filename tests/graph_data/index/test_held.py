"""What is held is made once, the least recently used goes first, and what was made last always stays."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from graph_data.index.held import Held


def doubled(key: int) -> tuple[int, int]:
    return 2 * key, 1


def test_a_value_is_made_once_while_it_is_held() -> None:
    held: Held[int, int] = Held(10)
    assert [held.get(key, doubled) for key in (1, 2, 1, 2)] == [2, 4, 2, 4]
    assert (held.made, len(held)) == (2, 2)


def test_the_least_recently_used_goes_first() -> None:
    dropped: list[int] = []
    held: Held[int, int] = Held(3, lambda: dropped.append(len(held)))
    for key in (1, 2, 3, 1, 4):
        held.get(key, doubled)
    assert (held.made, dropped) == (4, [2])
    held.get(1, doubled)
    held.get(4, doubled)
    assert held.made == 4
    held.get(2, doubled)
    assert held.made == 5


def test_what_was_made_last_stays_whatever_it_weighs() -> None:
    held: Held[int, int] = Held(3)
    assert [held.get(key, lambda each: (each, 100)) for key in (1, 2, 2)] == [1, 2, 2]
    assert (held.made, len(held)) == (2, 1)


def test_what_cannot_be_made_is_not_held() -> None:
    held: Held[int, int] = Held(3)
    with pytest.raises(ZeroDivisionError):
        held.get(1, lambda key: (key // 0, 1))
    assert held.get(1, doubled) == 2


def test_threads_that_ask_at_once_get_one_value() -> None:
    held: Held[int, object] = Held(3)

    def slow(_: int) -> tuple[object, int]:
        time.sleep(0.02)
        return object(), 1

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(lambda _: id(held.get(1, slow)), range(16)))) == 1
    assert held.made == 1
