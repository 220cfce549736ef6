"""Synthetic numbers: drawn as Random draws them, printed as documents print them, for ever the same for a seed."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.core.amount import read_number
from graph_data.package import digest
from graph_data.synthesis import SCALES, account
from graph_data.synthesis.draft import Body
from graph_data.synthesis.printing import below, between, count, money, percent, points

CALM = settings(derandomize=True, max_examples=200, deadline=None)


@CALM
@given(st.integers(0, 2**32), st.integers(-(10**6), 10**6), st.integers(0, 10**9))
def test_numbers_are_drawn_as_random_draws_them(seed: int, low: int, width: int) -> None:
    ours, theirs = Random(seed), Random(seed)
    assert [between(ours, low, low + width) for _ in range(5)] == [theirs.randint(low, low + width) for _ in range(5)]
    assert [below(ours, width + 1) for _ in range(5)] == [theirs.randrange(width + 1) for _ in range(5)]
    assert "abcdefg"[below(ours, 7)] == theirs.choice("abcdefg")


@CALM
@given(st.integers(-(10**9), 10**9), st.integers(1, 10**9))
def test_numbers_are_what_their_text_reads(part: int, whole: int) -> None:
    for printed in (money(part), money(whole), percent(part, whole), count(whole, "个"), points(whole)):
        assert printed == read_number(printed.text, printed.unit, printed.decimals)


def test_seed_1_gives_the_accounts_that_it_has_always_given() -> None:
    made = [
        account(1, SCALES["department"], Body("980100", "云岫市", number), year)
        for number, year in ((0, 2024), (13, 2020))
    ]
    assert digest(made) == "d856b4711773232a84fa6565e9f78245ac7edb9f129b4f496ed4f12a8badfbab"
