"""How a field is resolved, with which arguments, and of which type the object is that it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from inspect import Parameter, signature
from typing import Any, cast

import strawberry
from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    ListValueNode,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableNode,
)
from graphql.execution.execute import assume_not_awaitable
from graphql.execution.executor import default_type_resolver
from graphql.execution.values import VariableValues, get_argument_values
from graphql.pyutils import is_iterable
from graphql.type import GraphQLAbstractType
from strawberry.types.arguments import convert_arguments
from strawberry.types.base import StrawberryObjectDefinition, get_object_definition
from strawberry.types.field import StrawberryField

WriteObject = Callable[..., dict[str, Any]]
PATH = "path"  # metadata of a field: the dotted path of the attribute that it reads
MAKE = "make"  # and the function that what it reads is given to, where it is not None


class UncompilableError(Exception):
    """A document that is left to graphql-core: it asks for something that plans do not do."""


class GaveUpError(BaseException):
    """A plan cannot answer: graphql-core has to. No Exception, so that no resolver takes it for its own."""


@dataclass(frozen=True, slots=True)
class ResolverCall:
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
class AttributePath:
    """A field that reads an attribute of its object, or an attribute of that: `record.name`.

    It gives what `make` makes of it.
    """

    path: str
    make: Callable[[Any], Any] | None = None


class PlanInfo:
    """What resolvers are told: the parts of a Strawberry `Info` that are the same in the whole operation.

    Whoever asks for any other gives up. `variable_values` and `schema` are those of Strawberry.
    """

    def __init__(self, **parts: Any) -> None:
        self.__dict__.update(parts)

    def __getattr__(self, name: str) -> Any:
        raise GaveUpError(f"a plan does not know the {name} of a field")


def strawberry_schema(schema: GraphQLSchema) -> strawberry.Schema:
    """The Strawberry schema behind a schema. Raises UncompilableError for one that does more than to call resolvers."""
    found = getattr(schema, "_strawberry_schema", None)
    if not isinstance(found, strawberry.Schema) or found.schema_converter._exception_handler_specs:
        raise UncompilableError("a schema that is not Strawberry's, or has handlers of exceptions")
    if found.config.info_class is not strawberry.Info:
        raise UncompilableError("a schema with an info class of its own")
    return found


def definition_of(field: GraphQLField) -> StrawberryField:
    """Strawberry's side of a field. Raises UncompilableError for fields that do more than to call their resolver."""
    found = field.extensions.get("strawberry-definition")
    if not isinstance(found, StrawberryField) or type(found).get_result is not StrawberryField.get_result:
        raise UncompilableError("a field that is not Strawberry's own")
    if found.extensions or found.is_async or found.is_subscription:
        raise UncompilableError("a field that is async or has extensions")
    return found


def resolution_of(field: GraphQLField) -> ResolverCall | AttributePath:
    """How a field is resolved. Raises UncompilableError as `definition_of` does."""
    definition = definition_of(field)
    resolver = definition.base_resolver
    if MAKE in definition.metadata:
        return AttributePath(definition.metadata[PATH], definition.metadata[MAKE])
    if resolver is None:
        if definition.default_resolver is not getattr:
            raise UncompilableError("a default resolver that is not getattr")
        return AttributePath(str(definition.metadata.get(PATH, definition.python_name)))
    named = (resolver.parent_parameter, resolver.root_parameter)
    return ResolverCall(
        cast(Callable[..., Any], resolver.wrapped_func),
        resolver.self_parameter is not None,
        tuple(parameter.name for parameter in named if parameter is not None),
        None if resolver.info_parameter is None else resolver.info_parameter.name,
    )


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one field of a document.

    Those without a variable are worked out once for a plan, the others once for a run, not once for each object: a
    resolver must not change a list or an input object that it is given.
    """

    schema: GraphQLSchema
    field: GraphQLField
    node: FieldNode

    @property
    def variables(self) -> set[str]:
        """The names of the variables that they depend on."""
        return {name for argument in self.node.arguments or () for name in _variables(argument.value)}

    @property
    def vary(self) -> bool:
        """Do they depend on variables?"""
        return bool(self.variables)

    def values(self, variables: VariableValues) -> dict[str, Any]:
        """By the names that Python has for them. Raises whatever coercing them does."""
        given = get_argument_values(self.field, self.node, variables)
        behind = strawberry_schema(self.schema)
        arguments = definition_of(self.field).arguments
        return convert_arguments(given, arguments, behind.schema_converter.scalar_registry, behind.config)


def _variables(value: ValueNode) -> Iterator[str]:
    match value:
        case VariableNode():
            yield value.name.value
        case ListValueNode():
            for item in value.values:
                yield from _variables(item)
        case ObjectValueNode():
            for field in value.fields:
                yield from _variables(field.value)


def class_of(type_: GraphQLObjectType) -> type:
    """The class whose instances are of a type for certain; one that nothing is of, where each has to be looked at."""
    definition = type_.extensions.get("strawberry-definition")
    if not isinstance(definition, StrawberryObjectDefinition) or definition.is_type_of is not None:
        return _NoClass
    return (definition.concrete_of or definition).origin


class _NoClass:
    """The class of no object."""


@dataclass(frozen=True, slots=True)
class TypeCheck:
    """Gives up on what is not an object of a type."""

    type_: GraphQLObjectType
    schema: GraphQLSchema

    def __call__(self, value: Any) -> None:
        _require_object(value)
        info: Any = PlanInfo(schema=self.schema)
        if self.type_.is_type_of is not None and not self.type_.is_type_of(value, info):
            raise GaveUpError


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Finds the function for an object of an interface or a union: `writers` by type, `by_class` as found before."""

    schema: GraphQLSchema
    type_: GraphQLAbstractType
    field_name: str
    writers: dict[str, WriteObject] = field(default_factory=dict)
    by_class: dict[type, WriteObject] = field(default_factory=dict)

    def __call__(self, value: Any) -> WriteObject:
        _require_object(value)
        resolve = self.type_.resolve_type or default_type_resolver
        info = PlanInfo(schema=self.schema, field_name=self.field_name, is_awaitable=assume_not_awaitable)
        name = resolve(value, info, self.type_)  # type: ignore[arg-type]
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
        return found.concrete_of is None and all(class_of(type_) is not _NoClass for type_ in possible)


def iterated(value: Any) -> Iterable[Any]:
    """Something that is to be a list: what it is iterated by. Gives up on what is no list."""
    if isinstance(value, Exception) or not is_iterable(value):
        raise GaveUpError
    return value


def _require_object(value: Any) -> None:
    if value is None or value is Undefined or isinstance(value, Exception):
        raise GaveUpError
