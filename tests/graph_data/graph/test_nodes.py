"""The form of an id, told apart from whether it names anything."""

from __future__ import annotations

import pytest

from graph_data.graph import is_well_formed


@pytest.mark.parametrize("id", ["department:370300/102", "figure:x", "unit:370300/102/某中心", "finding:sum/1"])
def test_kind_and_key_are_well_formed(id: str) -> None:
    assert is_well_formed(id)


@pytest.mark.parametrize(
    "id", ["", "department", "department:", ":102", "animal:1", "Department:1", "unit:a\nb", "unit:\ud800"]
)
def test_anything_else_is_not(id: str) -> None:
    assert not is_well_formed(id)
