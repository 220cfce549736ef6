"""The arguments of a field as its resolver takes them.

Those without a variable in them are worked out once for a plan, the others once for a run, not once for each object:
a resolver must not change a list or an input object that it is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLSchema, ListValueNode, ObjectValueNode, ValueNode, VariableNode
from graphql.execution.values import VariableValues, get_argument_values
from strawberry.types.arguments import convert_arguments

from serving.compiled.calls import definition_of, strawberry_schema


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one field of a document."""

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
