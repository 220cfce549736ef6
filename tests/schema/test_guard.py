"""What every tool asks for passes the guard; what is beyond it is refused before it costs anything."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import get_introspection_query, parse

from schema.guard import (
    MAX_DEPTH,
    MAX_FIELDS,
    MAX_VALUES,
    TooDeepError,
    TooLargeError,
    extent_of,
    require_few_values,
    require_measure,
)
from serving.process.settings import ROOT


def test_the_introspection_query_of_tools_is_within_the_depth() -> None:
    query = get_introspection_query(descriptions=True, specified_by_url=True, directive_is_repeatable=True)
    assert extent_of(parse(query)).depth <= MAX_DEPTH


def test_every_example_is_far_below_the_limits() -> None:
    for path in (ROOT / "examples").glob("*.graphql"):
        extent = extent_of(parse(path.read_text("utf-8")))
        assert extent.depth < MAX_DEPTH
        assert extent.fields < MAX_FIELDS // 10


def test_one_field_more_or_one_level_more_is_refused() -> None:
    require_measure(parse("{" + " a" * MAX_FIELDS + "}"))
    with pytest.raises(TooLargeError, match=r"10,001 fields.*at most 10,000"):
        require_measure(parse("{" + " a" * (MAX_FIELDS + 1) + "}"))
    require_measure(parse("{ a" * MAX_DEPTH + "}" * MAX_DEPTH))
    with pytest.raises(TooDeepError, match="16 fields deep; ask for at most 15"):
        require_measure(parse("{ a" * (MAX_DEPTH + 1) + "}" * (MAX_DEPTH + 1)))


def test_an_astronomical_number_is_not_written_out() -> None:
    doubling = " ".join(f"fragment f{i} on T {{ ...f{i + 1} ...f{i + 1} }}" for i in range(2_000))
    with pytest.raises(TooLargeError) as error:
        require_measure(parse("{ ...f0 } " + doubling + " fragment f2000 on T { y }"))
    assert len(str(error.value)) < 200


@pytest.mark.parametrize("value", [[[1] * 50] * 95, {"a": [{"b": 1}] * 2_000}, [[[[]]]], None, "x" * 10**6])
def test_variables_of_a_few_thousand_values_pass(value: Any) -> None:
    require_few_values({"v": value})


@pytest.mark.parametrize(
    "value", [[1] * MAX_VALUES, [{"a": {"b": [1]}}] * 2_000, {str(i): i for i in range(MAX_VALUES)}]
)
def test_variables_of_more_are_refused(value: Any) -> None:
    with pytest.raises(TooLargeError, match="at most 5,000"):
        require_few_values({"v": value})
