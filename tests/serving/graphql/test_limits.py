"""Clients have budgets, questions have a price, and only so many run at once."""

from __future__ import annotations

import threading

import anyio
import pytest

from serving.graphql.cost import Cost
from serving.graphql.limits import ClientBudgets, ExecutionSlots
from serving.http.errors import HttpRefusalError
from serving.http.requests import NamedClient
from serving.process.settings import Settings


def test_what_is_left_of_a_cost_is_never_less_than_nothing() -> None:
    assert Cost(3, 10).shown() == {"requested": 3, "limit": 10, "remaining": 7}
    assert Cost(30, 10).shown()["remaining"] == 0


def test_a_client_that_spent_its_budget_is_refused_and_told_when_to_come_back() -> None:
    budgets = ClientBudgets(100)
    budgets.spend("a", 60)
    budgets.spend("b", 60)
    with pytest.raises(HttpRefusalError, match="try again later") as refusal:
        budgets.spend("a", 60)
    assert (refusal.value.status, refusal.value.code) == (429, "RATE_LIMITED")
    assert refusal.value.headers["ratelimit-limit"] == "100"
    assert 1 <= int(refusal.value.headers["retry-after"]) <= 121


def test_answers_sent_again_are_paid_too() -> None:
    budgets = ClientBudgets(100)
    for _ in range(100):
        budgets.spend_one("a")
    with pytest.raises(HttpRefusalError):
        budgets.spend("a", 50)


def test_who_cannot_pay_for_an_answer_sent_again_is_told_so_and_owes_as_before() -> None:
    budgets = ClientBudgets(100)
    budgets.spend("a", 90)
    assert [budgets.has_spent_one("a") for _ in range(63)] == [True] * 63
    assert [budgets.has_spent_one("a") for _ in range(2)] == [False] * 2
    with pytest.raises(HttpRefusalError, match="try again later"):
        budgets.spend_one("a")
    assert budgets.has_spent_one("a")


def test_the_smallest_budget_is_one_answer() -> None:
    budgets = ClientBudgets(1)
    budgets.spend_one("a")
    with pytest.raises(HttpRefusalError):
        budgets.spend_one("a")


def test_a_question_beyond_the_whole_budget_is_told_so() -> None:
    with pytest.raises(HttpRefusalError, match="ask for less"):
        ClientBudgets(100).spend("a", 101)


def test_without_a_rate_nothing_is_counted() -> None:
    for _ in range(10):
        ClientBudgets(0).spend("a", 10**9)
        ClientBudgets(0).spend_one("a")


async def _crowd(settings: Settings, clients: str) -> list[str]:
    """The clients of questions that run once all have asked, in the order in which they asked."""
    slots, leave, running = ExecutionSlots(settings), threading.Event(), []
    async with anyio.create_task_group() as group:
        for client in clients:
            group.start_soon(slots.run, client, lambda client=client: (running.append(client), leave.wait()))
        await anyio.sleep(0.1)
        seen = sorted(running)
        leave.set()
    assert slots.running == 0
    assert not slots._of_clients
    return seen


def test_questions_run_in_threads_and_only_so_many_at_once() -> None:
    assert anyio.run(_crowd, Settings(max_executing=4), "abcdef") == ["a", "b", "c", "d"]


def test_one_client_has_half_of_the_turns_at_most() -> None:
    assert anyio.run(_crowd, Settings(max_executing=4), "aaaaab") == ["a", "a", "b"]


def test_who_waits_too_long_for_a_turn_is_refused() -> None:
    async def crowd() -> HttpRefusalError:
        slots, leave = ExecutionSlots(Settings(max_executing=1, execution_timeout=1)), threading.Event()
        async with anyio.create_task_group() as group:
            group.start_soon(slots.run, "a", leave.wait)
            await anyio.sleep(0.05)
            assert slots.running == 1
            with pytest.raises(HttpRefusalError) as refusal:
                await slots.run("b", lambda: None)
            leave.set()
        assert not slots._of_clients
        return refusal.value

    refusal = anyio.run(crowd)
    assert (refusal.status, refusal.code, refusal.headers["retry-after"]) == (429, "TIMEOUT", "1")


def test_a_client_by_name_has_a_budget_of_its_own_apart_from_every_address() -> None:
    budgets = ClientBudgets(100)
    budgets.spend(NamedClient("10.0.0.1", None), 100)
    budgets.spend("10.0.0.1", 100)
    small, large = NamedClient("small", 10), NamedClient("large", 1_000)
    budgets.spend(large, 900)
    with pytest.raises(HttpRefusalError, match="may spend 10 in") as refusal:
        budgets.spend(small, 11)
    assert refusal.value.headers["ratelimit-limit"] == "10"
    ClientBudgets(0).spend(NamedClient("large", None), 10**9)
    with pytest.raises(HttpRefusalError):
        ClientBudgets(0).spend(small, 11)
