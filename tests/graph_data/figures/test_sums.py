"""Prefix sums give what adding up gives, and refuse what int64 cannot hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.amount import MAX_FEN
from graph_data.figures import SubtreeSums

members = st.lists(st.tuples(st.integers(0, 40), st.integers(-MAX_FEN, MAX_FEN), st.integers(0, 10**6)), max_size=40)


def sums_of(drawn: list[tuple[int, int, int]]) -> SubtreeSums:
    columns = zip(*drawn, strict=True) if drawn else ((), (), ())
    keys, fen, step = (np.array(column, dtype=np.int64) for column in columns)
    return SubtreeSums.over(keys, fen, step)


@settings(derandomize=True, deadline=None)
@given(members, st.integers(0, 41), st.integers(0, 41))
def test_a_stretch_is_the_sum_of_its_members(drawn: list[tuple[int, int, int]], start: int, stop: int) -> None:
    start, stop = sorted((start, stop))
    sums = sums_of(drawn)
    inside = [place for place, (key, _, _) in enumerate(drawn) if start <= key < stop]
    assert sums.total(start, stop) == sum(drawn[place][1] for place in inside)
    assert sums.step_total(start, stop) == sum(drawn[place][2] for place in inside)
    assert sorted(sums.members(start, stop).tolist()) == inside
    assert sums.stretch(start, stop).count == len(inside)


def test_everything_is_int64() -> None:
    sums = sums_of([(1, 2, 3)])
    assert {sums.keys.dtype, sums.fen.dtype, sums.step.dtype, sums.order.dtype} == {np.dtype(np.int64)}


def test_amounts_beyond_int64_are_an_error_and_never_wrap() -> None:
    with pytest.raises(OverflowError, match="expected at most 9223372036854775807"):
        sums_of([(0, MAX_FEN, 1)] * 93)
    assert sums_of([(0, MAX_FEN, 1)] * 92).total(0, 1) == 92 * MAX_FEN
