"""Lazy sequences of figures behave as the tuples that they stand for."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.figures import FigureSlice
from graph_data.figures.columns import DeferredFigures
from graph_data.figures.federation.divisions import interleaved
from tests.graph_data.example import example

FIGURES = example().figures.all


def pieces(lengths: list[int]) -> list[FigureSlice]:
    stops = np.cumsum([0, *lengths])
    ranges = pairwise(stops)
    return [FigureSlice(FIGURES, np.arange(start, stop)) for start, stop in ranges]


@settings(derandomize=True, deadline=None)
@given(st.lists(st.lists(st.integers(0, 3), max_size=4).map(sorted), min_size=1, max_size=3))
def test_sequences_are_interleaved_by_place_then_by_part(places: list[list[int]]) -> None:
    own = pieces([len(each) for each in places])
    merged_places, merged = interleaved(
        [(np.array(at, dtype=np.int32), part) for at, part in zip(places, own, strict=True)]
    )
    assert merged_places.tolist() == sorted(place for each in places for place in each)
    pairs = [pair for at, part in zip(places, own, strict=True) for pair in zip(at, part, strict=True)]
    expected = [figure for _, figure in sorted(pairs, key=lambda pair: pair[0])]
    assert list(merged) == expected
    assert list(merged[1:3]) == expected[1:3]


def test_what_is_awaited_is_found_when_one_is_asked_for() -> None:
    found = []

    def find() -> FigureSlice:
        found.append(1)
        return pieces([3])[0]

    awaited = DeferredFigures(3, find)
    assert (len(awaited), found) == (3, [])
    assert (awaited[2], tuple(awaited[:2]), tuple(awaited)) == (FIGURES[2], FIGURES[:2], FIGURES[:3])
    assert found == [1]
