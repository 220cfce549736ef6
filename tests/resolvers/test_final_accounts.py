"""The year before follows from the stated amounts, exactly; a percent agrees where rounding allows it."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.core.amount import read_number
from graph_data.core.records import Account, BudgetDeviationRecord, ComparisonRecord, FactRecord
from graph_data.core.terms import DeviationReason, Direction, Measure, Role, Topic
from graph_data.dataset import Dataset
from resolvers import final_accounts
from resolvers.final_accounts import YearComparison
from resolvers.paging import Cut
from tests.graph_data.example import ARCHIVES_2022, SOURCE, archives_2022, example


def fact(topic: Topic, item: str, role: Role, text: str, unit: str = "万元") -> FactRecord:
    return FactRecord(ARCHIVES_2022, topic, item, 1, role, item, None, read_number(text, unit), SOURCE)


def account(direction: Direction, current: str, change: str | None, percent: str | None) -> Account:
    facts = [fact(Topic.YEAR_COMPARISON, "BASIC", Role.AMOUNT, current)]
    if change is not None:
        facts.append(fact(Topic.YEAR_COMPARISON, "BASIC", Role.CHANGE, change))
    if percent is not None:
        facts.append(fact(Topic.YEAR_COMPARISON, "BASIC", Role.CHANGE_PERCENT, percent, "%"))
    record = ComparisonRecord(ARCHIVES_2022, "BASIC", 1, "基本支出", Measure.EXPENDITURE, direction, SOURCE)
    return replace(archives_2022(), facts=tuple(facts), comparisons=(record,))


def compared(direction: Direction, current: str, change: str | None, percent: str | None) -> list[YearComparison]:
    one = account(direction, current, change, percent)
    return final_accounts.comparisons(Dataset.of((one,), "one"), one)


def test_a_decrease_is_negative_and_the_year_before_follows() -> None:
    [found] = compared(Direction.DECREASE, "5,510.16", "511.14", "8.49")
    assert (found.change, found.previous) == (-511_140_000, 6_021_300_000)
    assert (found.change_percent, found.consistent) == (Decimal("-8.49"), True)


def test_an_increase_with_trimmed_zeros_agrees_within_its_rounding() -> None:
    [found] = compared(Direction.INCREASE, "10,839.03", "782.6", "7.78")
    assert (found.previous, found.consistent) == (10_056_430_000, True)


def test_a_percent_that_no_rounding_explains_is_inconsistent() -> None:
    [found] = compared(Direction.INCREASE, "10,839.03", "782.60", "8.78")
    assert found.consistent is False


def test_no_change_is_zero_and_tells_nothing_of_percents() -> None:
    [found] = compared(Direction.FLAT, "0", None, None)
    assert (found.change, found.previous, found.change_percent, found.consistent) == (0, 0, None, None)


def test_growth_from_nothing_has_no_percent_to_agree_with() -> None:
    [found] = compared(Direction.INCREASE, "10.00", "10.00", "100")
    assert found.consistent is None


def test_a_change_that_is_not_stated_leaves_the_comparison_out() -> None:
    assert compared(Direction.INCREASE, "10.00", None, "5") == []


@given(previous=st.integers(100, 10**8), change=st.integers(0, 10**7), places=st.integers(0, 2))
@settings(derandomize=True, max_examples=25, deadline=None)
def test_a_percent_rounded_from_the_true_one_always_agrees(previous: int, change: int, places: int) -> None:
    percent = (Decimal(change) * 100 / previous).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    current, grown = (f"{Decimal(number).scaleb(-2):.2f}" for number in (previous + change, change))
    [found] = compared(Direction.INCREASE, current, grown, str(percent))
    assert found.consistent is True
    assert found.previous == previous * 10_000


@pytest.fixture(scope="module")
def deviating() -> tuple[Dataset, Account]:
    stated = {"TOTAL": ("120.00", "100.00", "83.33"), "2012601": ("50.00", "40.00", "80")}
    roles = (Role.INITIAL_BUDGET, Role.FINAL, Role.COMPLETION_PERCENT)
    facts = tuple(
        fact(Topic.BUDGET_DEVIATION, item, role, text, "%" if role is Role.COMPLETION_PERCENT else "万元")
        for item, texts in stated.items()
        for role, text in zip(roles, texts, strict=True)
    )
    records = tuple(
        BudgetDeviationRecord(ARCHIVES_2022, item, 1, code, Direction.DECREASE, (DeviationReason.AUSTERITY,), SOURCE)
        for item, code in (("TOTAL", None), ("2012601", "2012601"), ("2080501", "2080501"))
    )
    one = replace(archives_2022(), facts=facts, budget_deviations=records)
    return Dataset.of((one,), "one"), one


def test_deviations_by_subject_leave_out_the_whole_and_what_states_no_amounts(
    deviating: tuple[Dataset, Account],
) -> None:
    [found] = final_accounts.deviations_by_subject(*deviating, Cut()).items
    assert found.subject.code == "2012601"
    assert (found.deviation.initial_budget, found.deviation.final) == (50_000_000, 40_000_000)
    assert found.deviation.completion_percent == Decimal(80)


def test_the_deviation_of_the_whole_stands_by_itself(deviating: tuple[Dataset, Account]) -> None:
    found = final_accounts.stated_budget(*deviating)
    assert found is not None
    assert (found.initial_budget, found.record.reasons) == (120_000_000, (DeviationReason.AUSTERITY,))
    assert final_accounts.stated_budget(example(), archives_2022()) is None
