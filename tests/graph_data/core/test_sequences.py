"""Long lists are read like tuples, and make no more than is read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph_data.core.sequences import Chain, Each, Numbers

parts = st.lists(st.lists(st.integers(), max_size=4), max_size=5)
bounds = st.none() | st.integers(-12, 12)


def single(items: Sequence[int], at: int) -> Sequence[int]:
    return items[at : at + 1]


def nested(lists: Sequence[Sequence[int]]) -> Chain[int]:
    """A chain whose parts are chains of one."""
    chains = [Chain([1] * len(each), partial(single, each)) for each in lists]
    return Chain(map(len, chains), chains.__getitem__)


@given(parts, bounds, bounds, st.none() | st.integers(1, 3))
def test_a_chain_reads_like_the_tuple_of_its_members(
    lists: list[list[int]], start: int | None, stop: int | None, step: int | None
) -> None:
    flat = tuple(number for each in lists for number in each)
    for chain in (Chain(map(len, lists), lists.__getitem__), nested(lists)):
        assert (len(chain), tuple(chain), tuple(reversed(chain))) == (len(flat), flat, flat[::-1])
        assert chain[start:stop:step] == flat[start:stop:step]
        assert [chain[at] for at in range(-len(flat), len(flat))] == [*flat, *flat]


def test_a_chain_asks_for_no_part_that_is_not_read() -> None:
    asked: list[int] = []

    def part(at: int) -> list[int]:
        asked.append(at)
        return [at] * 10

    assert Chain([10] * 5, part)[18:22] == (1, 1, 2, 2)
    assert asked == [1, 2]


def test_each_makes_what_is_read() -> None:
    made: list[int] = []

    def negated(number: int) -> int:
        made.append(number)
        return -number

    each = Each(range(100), negated)
    assert (each[7], each[3:5], len(each), made) == (-7, (-3, -4), 100, [7, 3, 4])


def test_numbers_of_an_array_are_ints() -> None:
    numbers = Numbers(np.array([3, 1, 2], np.int32))
    assert (list(numbers), numbers[-1], list(numbers[1:]), type(numbers[0])) == ([3, 1, 2], 2, [1, 2], int)
