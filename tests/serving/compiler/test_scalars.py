"""What a reply holds of the value of a scalar."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLBoolean, GraphQLInt, GraphQLLeafType, GraphQLString, Undefined

from serving.compiler.fields import GaveUpError, iterated
from serving.compiler.scalars import completing, unchanged


@pytest.mark.parametrize(
    ("type_", "value"), [(GraphQLInt, 2**31 - 1), (GraphQLInt, -(2**31)), (GraphQLString, ""), (GraphQLBoolean, False)]
)
def test_what_passes_the_test_is_what_the_type_gives(type_: GraphQLLeafType, value: Any) -> None:
    test = unchanged(type_)
    assert test is not None
    assert eval(test.format("value"), {"value": value})
    assert completing(type_, nullable=False)(value) == value


@pytest.mark.parametrize(
    ("type_", "value"), [(GraphQLInt, 2**31), (GraphQLInt, True), (GraphQLString, 1), (GraphQLBoolean, 1)]
)
def test_what_may_need_a_change_does_not_pass(type_: GraphQLLeafType, value: Any) -> None:
    assert not eval(str(unchanged(type_)).format("value"), {"value": value})


@pytest.mark.parametrize("value", [None, Undefined, ValueError("wrong")])
def test_what_is_no_value_is_given_up(value: object) -> None:
    with pytest.raises(GaveUpError):
        completing(GraphQLString, nullable=False)(value)


def test_nothing_is_null_where_it_may_be() -> None:
    assert completing(GraphQLString, nullable=True)(None) is None


def test_lists_are_what_can_be_iterated_but_text() -> None:
    assert iterated((1, 2)) == (1, 2)
    for value in ("text", 1, ValueError("wrong")):
        with pytest.raises(GaveUpError):
            iterated(value)
