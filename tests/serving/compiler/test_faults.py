"""Faults planted in the compiler: the comparison of random answers has to notice each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from graphql import GraphQLNonNull, GraphQLObjectType

from serving.compiler import code_writer, plans, scalars
from serving.compiler import fields as compiled_fields
from serving.compiler.selections import Selections
from tests.serving.compiler import test_plans
from tests.serving.compiler.fuzz import asked_both_ways, fields

_Plant = Callable[[pytest.MonkeyPatch], None]


def _dropped_alias(patch: pytest.MonkeyPatch) -> None:
    def unaliased(self: Any, type_: GraphQLObjectType, group: Any) -> Any:
        return {each[0].node.name.value: each for each in inside(self, type_, group).values()}

    inside = Selections.inside
    patch.setattr(Selections, "inside", unaliased)


def _null_leaf_let_through(patch: pytest.MonkeyPatch) -> None:
    completing = scalars.completing
    patch.setattr(scalars, "completing", lambda type_, _: completing(type_, True))


def _null_object_let_through(patch: pytest.MonkeyPatch) -> None:
    def nullable(self: Any, type_: Any, value: str, group: Any) -> str:
        return completed(self, type_.of_type if isinstance(type_, GraphQLNonNull) else type_, value, group)

    completed = code_writer.CodeWriter._completed
    patch.setattr(code_writer.CodeWriter, "_completed", nullable)


def _unverified_object(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(compiled_fields.TypeCheck, "__call__", lambda _self, _value: None)


def _variable_taken_for_a_constant(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(compiled_fields.Arguments, "vary", False)
    made = compiled_fields.Arguments.values
    patch.setattr(
        compiled_fields.Arguments, "values", lambda self, variables: made(self, variables._replace(coerced={}))
    )


def _merged_field_lost(patch: pytest.MonkeyPatch) -> None:
    inside = Selections.inside
    patch.setattr(Selections, "inside", lambda self, type_, group: inside(self, type_, group[:1]))


def _integer_unbounded(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(scalars._UNCHANGED, "Int", (scalars.GraphQLInt, "{0}.__class__ is int"))


def _wrong_typename(patch: pytest.MonkeyPatch) -> None:
    def mistaken(self: Any, variable: str, parent: GraphQLObjectType, group: Any) -> str:
        return "'Thing'" if group[0].node.name.value == "__typename" else field(self, variable, parent, group)

    field = code_writer.CodeWriter._field
    patch.setattr(code_writer.CodeWriter, "_field", mistaken)


FAULTS = (
    _dropped_alias,
    _null_leaf_let_through,
    _null_object_let_through,
    _unverified_object,
    _variable_taken_for_a_constant,
    _merged_field_lost,
    _integer_unbounded,
    _wrong_typename,
)


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__.strip("_"))
def test_a_planted_fault_is_noticed(plant: _Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    small = next(field for field in fields() if field.name == "small")
    plant(monkeypatch)
    assert any(both.differ for _, both in asked_both_ways(small, range(300)))


def test_plans_mixed_up_by_what_is_skipped_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """One plan for both values of a switch: asked one after the other, the second answer is the first's."""
    monkeypatch.setattr(plans, "_switches", lambda _: ())
    with pytest.raises(AssertionError):
        test_plans.test_skipping_and_including_have_a_plan_each()
