"""What is asked of an operation's objects, and how often."""

from __future__ import annotations

import pytest
from graphql import GraphQLObjectType, OperationDefinitionNode, build_schema, parse
from graphql.execution.values import VariableValues

from serving.compiler.fields import UncompilableError
from serving.compiler.selections import MAX_FIELDS, Groups, Selections

SCHEMA = build_schema("type Query { it: Thing } type Thing { name: String next: Thing }")
QUERY, THING = (SCHEMA.get_type(name) for name in ("Query", "Thing"))


def _selections(text: str, located: bool = True) -> Selections:
    (operation,) = parse(text, no_location=not located).definitions
    assert isinstance(operation, OperationDefinitionNode)
    return Selections(SCHEMA, {}, operation, VariableValues({}, {}))


def _root(selections: Selections) -> Groups:
    assert isinstance(QUERY, GraphQLObjectType)
    return selections.root(QUERY)


def test_what_is_asked_in_the_same_words_is_alike() -> None:
    selections = _selections("{ a: it { name next { name } } b: it { name next { name } } c: it { next { name } } }")
    groups = _root(selections)
    assert isinstance(THING, GraphQLObjectType)
    keys = [selections.key(THING, groups[name]) for name in "abc"]
    assert keys[0] == keys[1] != keys[2]
    assert [selections.is_shared(THING, groups[name], 3) for name in "abc"] == [True, True, False]
    assert not selections.is_shared(THING, groups["a"], 4)


def test_merged_fields_are_asked_together() -> None:
    selections = _selections("{ it { name } it { next { name } } }")
    groups = _root(selections)
    assert isinstance(THING, GraphQLObjectType)
    assert list(selections.inside(THING, groups["it"])) == ["name", "next"]


def test_too_many_fields_are_refused_unless_they_are_alike() -> None:
    alike = " ".join(f"a{place}: it {{ name next {{ name }} }}" for place in range(MAX_FIELDS // 2))
    other = " ".join(f"a{place}: it {{ b{place}: name }}" for place in range(MAX_FIELDS // 2 + 1))
    assert len(_root(_selections(f"{{ {alike} }}"))) == MAX_FIELDS // 2
    with pytest.raises(UncompilableError, match="fields"):
        _root(_selections(f"{{ {other} }}"))


def test_a_document_must_tell_the_places_of_its_parts() -> None:
    with pytest.raises(UncompilableError, match="places"):
        _root(_selections("{ it { name } }", located=False))
