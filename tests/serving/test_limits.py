"""Clients have budgets, questions have a price, and only so many run at once."""

from __future__ import annotations

import threading

import anyio
import pytest

from serving.errors import HttpRefusalError
from serving.limits import INLINE, Budgets, Cost, Runs
from serving.settings import Settings


def test_what_is_left_of_a_cost_is_never_less_than_nothing() -> None:
    assert Cost(3, 10).shown() == {"requested": 3, "limit": 10, "remaining": 7}
    assert Cost(30, 10).shown()["remaining"] == 0


def test_a_client_that_spent_its_budget_is_refused_and_told_when_to_come_back() -> None:
    budgets = Budgets(100)
    budgets.spend("a", 60)
    budgets.spend("b", 60)
    with pytest.raises(HttpRefusalError, match="try again later") as refusal:
        budgets.spend("a", 60)
    assert (refusal.value.status, refusal.value.code) == (429, "RATE_LIMITED")
    assert refusal.value.headers["ratelimit-limit"] == "100"
    assert 1 <= int(refusal.value.headers["retry-after"]) <= 121


def test_answers_sent_again_are_paid_too() -> None:
    budgets = Budgets(100)
    for _ in range(100):
        budgets.spend_little("a")
    with pytest.raises(HttpRefusalError):
        budgets.spend("a", 50)


def test_who_cannot_pay_for_an_answer_sent_again_is_told_so_and_owes_as_before() -> None:
    budgets = Budgets(100)
    budgets.spend("a", 90)
    assert [budgets.afforded("a") for _ in range(63)] == [True] * 63
    assert [budgets.afforded("a") for _ in range(2)] == [False] * 2
    with pytest.raises(HttpRefusalError, match="try again later"):
        budgets.spend_little("a")
    assert budgets.afforded("a")


def test_the_smallest_budget_is_one_answer() -> None:
    budgets = Budgets(1)
    budgets.spend_little("a")
    with pytest.raises(HttpRefusalError):
        budgets.spend_little("a")


def test_a_question_beyond_the_whole_budget_is_told_so() -> None:
    with pytest.raises(HttpRefusalError, match="ask for less"):
        Budgets(100).spend("a", 101)


def test_without_a_rate_nothing_is_counted() -> None:
    for _ in range(10):
        Budgets(0).spend("a", 10**9)
        Budgets(0).spend_little("a")


def test_cheap_questions_run_at_once_and_others_in_a_thread() -> None:
    async def threads() -> list[bool]:
        runs, here = Runs(Settings()), threading.get_ident()
        return [await runs.run(cost, lambda: threading.get_ident() == here) for cost in (INLINE, INLINE + 1)]

    assert anyio.run(threads) == [True, False]


def test_who_waits_too_long_for_a_turn_is_refused() -> None:
    async def crowd() -> HttpRefusalError:
        runs, leave = Runs(Settings(max_executing=1, execution_timeout=1)), threading.Event()
        async with anyio.create_task_group() as group:
            group.start_soon(runs.run, INLINE + 1, leave.wait)
            await anyio.sleep(0.05)
            assert runs.running == 1
            with pytest.raises(HttpRefusalError) as refusal:
                await runs.run(INLINE + 1, lambda: None)
            leave.set()
        return refusal.value

    refusal = anyio.run(crowd)
    assert (refusal.status, refusal.code, refusal.headers["retry-after"]) == (429, "TIMEOUT", "1")
