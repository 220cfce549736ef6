"""How the Python function behind a field is called, without the wrapping that a general executor needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import Parameter, signature
from typing import Any, cast

from graphql import GraphQLField, GraphQLSchema, Undefined
from strawberry import Schema
from strawberry.types.field import StrawberryField

from serving.endings import UncompilableError


@dataclass(frozen=True, slots=True)
class Call:
    """A resolver: whether it takes the object first, by which names it takes it again, and the name of its info."""

    function: Callable[..., Any]
    takes_source: bool
    source_names: tuple[str, ...]
    info_name: str | None

    def default(self, name: str) -> Any:
        """What a parameter is where it is left out; Undefined where it may not be."""
        found = signature(self.function).parameters[name].default
        return Undefined if found is Parameter.empty else found


@dataclass(frozen=True, slots=True)
class Attribute:
    """A field without a resolver: an attribute of the object."""

    name: str


def strawberry_schema(schema: GraphQLSchema) -> Schema:
    """The Strawberry schema behind a schema. Raises UncompilableError where there is none, or it minds exceptions."""
    found = getattr(schema, "_strawberry_schema", None)
    if not isinstance(found, Schema) or found.schema_converter._exception_handler_specs:
        raise UncompilableError("a schema that is not Strawberry's, or has handlers of exceptions")
    return found


def definition_of(field: GraphQLField) -> StrawberryField:
    """Strawberry's side of a field. Raises UncompilableError for fields that do more than to call their resolver."""
    found = field.extensions.get("strawberry-definition")
    if not isinstance(found, StrawberryField) or type(found).get_result is not StrawberryField.get_result:
        raise UncompilableError("a field that is not Strawberry's own")
    if found.extensions or found.is_async or found.is_subscription:
        raise UncompilableError("a field that is async or has extensions")
    return found


def call_of(field: GraphQLField) -> Call | Attribute:
    """How a field is resolved. Raises UncompilableError as `definition_of` does."""
    definition = definition_of(field)
    resolver = definition.base_resolver
    if resolver is None:
        if definition.default_resolver is not getattr:
            raise UncompilableError("a default resolver that is not getattr")
        return Attribute(definition.python_name)
    named = (resolver.parent_parameter, resolver.root_parameter)
    return Call(
        cast(Callable[..., Any], resolver.wrapped_func),
        resolver.self_parameter is not None,
        tuple(parameter.name for parameter in named if parameter is not None),
        None if resolver.info_parameter is None else resolver.info_parameter.name,
    )
