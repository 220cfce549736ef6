"""A target is met, missed, or no number to be held against."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from graph_data.core.achievement import is_achieved
from graph_data.core.records import IndicatorRecord
from graph_data.core.terms import Comparator, IndicatorKind
from graph_data.lists.performance import INDICATORS
from resolvers import projects
from resolvers.lists import selected
from resolvers.nodes import entry
from resolvers.paging import Cut
from tests.graph_data.example import ARCHIVES_2022, example

DATASET = example()
PROJECT = DATASET.project_node(ARCHIVES_2022, 1)
LEAF = entry(projects.indicators_of(DATASET, PROJECT, 3, Cut()).items[0], IndicatorRecord)


def held(comparator: Comparator | None, aim: str | None, done: str | None, **more: Any) -> bool | None:
    values: dict[str, Any] = {
        "target_comparator": comparator,
        "target_value": None if aim is None else Decimal(aim),
        "actual_value": None if done is None else Decimal(done),
    }
    return is_achieved(replace(LEAF, **{**values, **more}))


@pytest.mark.parametrize(
    ("comparator", "aim", "done", "met"),
    [
        (Comparator.AT_LEAST, "95", "95", True),
        (Comparator.AT_LEAST, "95", "94.99", False),
        (Comparator.AT_MOST, "706", "706.00", True),
        (Comparator.AT_MOST, "706", "706.01", False),
        (Comparator.GREATER, "1", "1", False),
        (Comparator.LESS, "1", "0.9", True),
        (Comparator.EQUAL, "100", "100.0", True),
        (None, "100", "99", False),
        (Comparator.AT_LEAST, None, "1", None),
        (Comparator.AT_LEAST, "1", None, None),
    ],
)
def test_an_actual_value_is_held_against_its_target(
    comparator: Comparator | None, aim: str | None, done: str | None, met: bool | None
) -> None:
    assert held(comparator, aim, done) is met


def test_different_units_cannot_be_held_against_each_other() -> None:
    assert held(Comparator.AT_LEAST, "365", "365", target_unit="天", actual_unit="元/人") is None
    assert held(Comparator.AT_LEAST, "365", "365", target_unit="天", actual_unit=None) is True


def test_an_actual_value_that_is_itself_a_bound_tells_only_what_it_must() -> None:
    assert held(Comparator.AT_LEAST, "95", "98", actual_comparator=Comparator.AT_LEAST) is True
    assert held(Comparator.AT_LEAST, "95", "90", actual_comparator=Comparator.AT_LEAST) is None
    assert held(Comparator.AT_LEAST, "95", "98", actual_comparator=Comparator.AT_MOST) is None


def test_indicators_of_a_project_by_level() -> None:
    names = {level: len(projects.indicators_of(DATASET, PROJECT, level, Cut()).items) for level in (None, 1, 2, 3, 4)}
    assert names == {None: 2, 1: 2, 2: 2, 3: 3, 4: 0}


def test_indicators_by_name_kind_and_level() -> None:
    def total(**where: object) -> int:
        return selected(DATASET, INDICATORS, where, (), Cut()).total

    assert total(name={"contains": "天数"}) == 1
    assert total(kind={"eq": IndicatorKind.OUTPUT}) == 7
    assert total(kind={"eq": "COST"}) == 0
    assert total(level={"eq": 3}, achieved={"eq": True}) == 0


def test_an_indicator_without_a_note_has_none() -> None:
    assert projects.deviation_note(DATASET, LEAF) is None
