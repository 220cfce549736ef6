"""What is measured, paid and asked for, against the words that say so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from graph_data.checks import message
from graph_data.core.records import Account
from graph_data.core.terms import CheckOutcome, Comparator, Severity
from tests.graph_data.checks.examining import (
    assert_fires,
    assert_silent,
    document,
    leaves_of,
    with_definition,
    with_leaf,
    without_sheets,
)


@pytest.mark.parametrize("check", ["meaning.units", "meaning.directions"])
def test_without_sheets_there_is_not_enough_to_look_at(check: str) -> None:
    assert_silent(check, without_sheets(document()), CheckOutcome.INSUFFICIENT_DATA)


def _unit(name: str, unit: str, kind: str = "1.1") -> Account:
    place = next(n for n, one in enumerate(leaves_of(document())) if one.indicator.startswith(kind))
    return with_leaf(document(), place, name=name, target_unit=unit, actual_unit=unit)


@pytest.mark.parametrize(
    ("name", "unit", "kind"),
    [
        ("租用时间", "元/人", "1.1"),
        ("响应时长", "万元", "1.1"),
        ("绿化面积", "元", "1.1"),
        ("验收合格率", "个", "1.1"),
        ("付款", "万元", "1.2"),
    ],
)
def test_a_unit_that_does_not_fit_is_doubtful(name: str, unit: str, kind: str) -> None:
    finding = assert_fires("meaning.units", _unit(name, unit, kind), Severity.WARNING)
    assert name in message(finding)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("响应时间", "分"),
        ("租用时间", "天"),
        ("改造楼栋", "单元"),
        ("巡检频率", "次/月"),
        ("工作效率", "件/天"),
        ("增长率", "个百分点"),
        ("维护面积", "平方米"),
        ("补助标准", "元/人"),
        ("误工时间补助", "元/天"),
    ],
)
def test_a_unit_that_fits_is_silent(name: str, unit: str) -> None:
    assert_silent("meaning.units", document())
    assert_silent("meaning.units", _unit(name, unit))


def test_money_held_against_another_unit_is_doubtful() -> None:
    mixed = with_leaf(document(), name="预算控制数", target_unit="元", actual_unit="万元")
    assert_fires("meaning.units", mixed, Severity.WARNING)


def test_a_percentage_under_cost_is_an_observation_unless_it_is_said_of_money() -> None:
    assert_fires("meaning.units", _unit("项目落实率", "%", "1.4"), Severity.INFO)
    assert_silent("meaning.units", _unit("成本节约率", "%", "1.4"))


def test_project_money_under_a_definition_of_basic_expenditure_is_doubtful() -> None:
    account = with_definition(document(), "2060103", "反映本级后勤机构的基本支出。")
    finding = assert_fires("meaning.natures", account, Severity.WARNING, reported="3889.29", derived="0")
    assert len(finding.sources) == 2
    account = with_definition(document(), "2060103", "反映本级后勤机构的项目支出。")
    assert_fires("meaning.natures", account, Severity.WARNING, reported="624")


@pytest.mark.parametrize("text", ["反映基本支出和项目支出。", "反映基本支出以外的花费。", "反映后勤机构的花费。"])
def test_a_definition_that_limits_nothing_is_silent(text: str) -> None:
    account = with_definition(document(), "2060103", text)
    assert_silent("meaning.natures", account, CheckOutcome.INSUFFICIENT_DATA)


def test_a_definition_that_the_figures_keep_to_is_passed() -> None:
    assert_silent("meaning.natures", with_definition(document(), "2060101", "反映行政机关的基本支出。"))
    assert_silent("meaning.natures", replace(document(), narratives=()), CheckOutcome.INSUFFICIENT_DATA)


def test_a_target_that_rewards_consumption_is_an_observation() -> None:
    def asked(comparator: Comparator) -> Account:
        return with_leaf(document(), 0, name="每月平均用水量", target_comparator=comparator, target_value=Decimal(5))

    assert_fires("meaning.directions", asked(Comparator.AT_LEAST), Severity.INFO)
    assert_silent("meaning.directions", asked(Comparator.AT_MOST))
