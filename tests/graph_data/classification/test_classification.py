"""Codes, divisions and the crosswalk."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import graph_data.classification
from graph_data.classification import (
    counterparts,
    division_name,
    division_of,
    level_of,
    parent_of,
    prefixes,
    subject_level,
)
from graph_data.core.terms import Classification, SubjectLevel


def test_a_code_says_its_level_and_its_parents() -> None:
    assert [level_of(code) for code in ("201", "20103", "2010301")] == [1, 2, 3]
    assert subject_level("20103") is SubjectLevel.SECTION
    assert parent_of("201") is None
    assert list(prefixes("2010301")) == ["20103", "201"]


@pytest.mark.parametrize("code", ["", "20", "2010", "201O3", "２０１", "-01"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="is not a subject code"):
        level_of(code)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("淄博市人民政府办公室", "370300"),
        ("上海市普陀区规划和自然资源局", "310107"),
        ("普陀区规划和自然资源局", None),
        ("山东省淄博市张店区财政局", "370303"),
        ("某某局", None),
        ("", None),
    ],
)
def test_the_longest_division_that_opens_a_name_is_found(name: str, code: str | None) -> None:
    assert division_of(name) == code


def test_divisions_have_their_standard_names() -> None:
    assert division_name("370300") == "淄博市"
    assert division_name("000000") is None


def test_counterparts_are_approximate_below_the_category() -> None:
    (wages,) = counterparts(Classification.ECONOMIC, "301")
    assert (wages.scheme, wages.code, wages.approximate) == ("GFSM 2014", "21", False)
    assert counterparts(Classification.ECONOMIC, "30101")[0].approximate
    assert [each.code for each in counterparts(Classification.FUNCTIONAL, "2210201")] == ["06", "10"]
    assert counterparts(Classification.REVENUE, "301") == ()


def test_no_functional_category_claims_to_be_a_cofog_division() -> None:
    file = Path(graph_data.classification.__file__).with_name("crosswalk.csv")
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert all(row["approximate"] == "true" for row in rows if row["classification"] == "FUNCTIONAL")
