"""Prefix sums give what adding up gives, and refuse what int64 cannot hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.core.amount import MAX_FEN
from graph_data.figures import PrefixSums
from graph_data.figures.prefix_sums import Totals

members = st.lists(st.tuples(st.integers(0, 40), st.integers(-MAX_FEN, MAX_FEN), st.integers(0, 10**6)), max_size=40)


def sums_of(drawn: list[tuple[int, int, int]]) -> PrefixSums:
    columns = zip(*drawn, strict=True) if drawn else ((), (), ())
    keys, fen, step = (np.array(column, dtype=np.int64) for column in columns)
    return PrefixSums.over(keys, fen, step)


@settings(derandomize=True, deadline=None)
@given(members, st.integers(0, 41), st.integers(0, 41))
def test_a_stretch_is_the_sum_of_its_members(drawn: list[tuple[int, int, int]], start: int, stop: int) -> None:
    start, stop = sorted((start, stop))
    opened = sums_of(drawn).opened(0, 64)
    inside = [(fen, step) for key, fen, step in drawn if start <= key < stop]
    expected = Totals(sum(fen for fen, _ in inside), sum(step for _, step in inside), len(inside))
    assert opened.stretch(start, stop) == expected


@settings(derandomize=True, deadline=None)
@given(members, st.integers(-1, 40), st.integers(0, 42))
def test_what_opens_alike_is_summed_by_itself(drawn: list[tuple[int, int, int]], opening: int, span: int) -> None:
    inside = [fen for key, fen, _ in drawn if opening <= key < opening + span]
    assert sums_of(drawn).opened(opening, span).stretch(0, span).fen == sum(inside)


@settings(derandomize=True, deadline=None)
@given(members)
def test_a_key_stands_once_whatever_shares_it(drawn: list[tuple[int, int, int]]) -> None:
    sums = sums_of(drawn)
    assert sums.keys.tolist() == sorted({key for key, _, _ in drawn})
    assert {len(each) for each in (sums.fen, sums.step, sums.count)} == {len(sums.keys) + 1}


def test_everything_is_int64() -> None:
    sums = sums_of([(1, 2, 3)])
    assert {each.dtype for each in (sums.keys, sums.fen, sums.step, sums.count)} == {np.dtype(np.int64)}


def test_amounts_beyond_int64_are_an_error_and_never_wrap() -> None:
    with pytest.raises(OverflowError, match="expected at most 9223372036854775807"):
        sums_of([(0, MAX_FEN, 1)] * 93)
    assert sums_of([(0, MAX_FEN, 1)] * 92).opened(0, 1).stretch(0, 1).fen == 92 * MAX_FEN
