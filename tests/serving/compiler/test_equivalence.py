"""Random questions answered by plans as graphql-core answers them; `fuzz` asks any number more."""

from __future__ import annotations

import pytest

from tests.sampled import rounds
from tests.serving.compiler.fuzz import asked_both_ways, described, fields

_PARTS = {"example": rounds(120), "shipped": rounds(80), "small": rounds(80)}


@pytest.mark.parametrize("field", fields(), ids=lambda field: field.name)
def test_plans_answer_random_questions_as_graphql_core_does(field) -> None:  # type: ignore[no-untyped-def]
    found = list(asked_both_ways(field, range(_PARTS[field.name])))
    different = [described(asked, both) for asked, both in found if both.differ]
    assert not different, different[0]
    assert len(found) > 0.9 * _PARTS[field.name], "the questions are mostly not valid"
    assert sum(1 for _, both in found if both.planned is not None) > 0.2 * _PARTS[field.name]
    assert any(both.errors for _, both in found)
