"""Which type an object is of, whether it is what its field promises, and what resolvers are told beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLObjectType, GraphQLSchema, Undefined
from graphql.execution.execute import assume_not_awaitable
from graphql.execution.executor import default_type_resolver
from graphql.type import GraphQLAbstractType
from strawberry.types.base import StrawberryObjectDefinition, get_object_definition

from serving.endings import GaveUpError
from serving.fragments import Write


class Known:
    """The parts of an `info` that are the same wherever it is handed out; whoever asks for any other gets a give-up."""

    def __init__(self, **parts: Any) -> None:
        self.__dict__.update(parts)

    def __getattr__(self, name: str) -> Any:
        raise GaveUpError(f"a plan does not know the {name} of a field")


def class_of(type_: GraphQLObjectType) -> type:
    """The class whose instances are of a type for certain; one that nothing is of, where each has to be looked at."""
    definition = type_.extensions.get("strawberry-definition")
    if not isinstance(definition, StrawberryObjectDefinition) or definition.is_type_of is not None:
        return _Nothing
    return (definition.concrete_of or definition).origin


class _Nothing:
    """The class of no object."""


@dataclass(frozen=True, slots=True)
class Verified:
    """Gives up on what is not an object of a type."""

    type_: GraphQLObjectType
    schema: GraphQLSchema

    def __call__(self, value: Any) -> None:
        _require_object(value)
        known: Any = Known(schema=self.schema)
        if self.type_.is_type_of is not None and not self.type_.is_type_of(value, known):
            raise GaveUpError


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Finds the function for an object of an interface or a union: `writers` by type, `by_class` as found before."""

    schema: GraphQLSchema
    type_: GraphQLAbstractType
    field_name: str
    writers: dict[str, Write] = field(default_factory=dict)
    by_class: dict[type, Write] = field(default_factory=dict)

    def __call__(self, value: Any) -> Write:
        _require_object(value)
        resolve = self.type_.resolve_type or default_type_resolver
        known = Known(schema=self.schema, field_name=self.field_name, is_awaitable=assume_not_awaitable)
        name = resolve(value, known, self.type_)  # type: ignore[arg-type]
        if not isinstance(name, str) or name not in self.writers:
            raise GaveUpError
        if self._is_decided_by(value.__class__):
            self.by_class[value.__class__] = self.writers[name]
        return self.writers[name]

    def _is_decided_by(self, class_: type) -> bool:
        """Are all objects of a class of the same type?"""
        own = self.type_.extensions.get("strawberry-definition")
        found = get_object_definition(class_)
        if found is None or found.is_graphql_generic or getattr(own, "resolve_type", None) is not None:
            return False
        possible = self.schema.get_possible_types(self.type_)
        return found.concrete_of is None and all(class_of(type_) is not _Nothing for type_ in possible)


def _require_object(value: Any) -> None:
    if value is None or value is Undefined or isinstance(value, Exception):
        raise GaveUpError
