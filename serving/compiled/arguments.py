"""The arguments of a field as its resolver takes them.

Those without a variable in them are worked out once for a plan, the others once for a run, not once for each object:
a resolver must not change a list or an input object that it is given.
"""

from __future__ import annotations

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
    def vary(self) -> bool:
        """Do they depend on variables?"""
        return any(_has_variable(argument.value) for argument in self.node.arguments or ())

    def values(self, variables: VariableValues) -> dict[str, Any]:
        """By the names that Python has for them. Raises whatever coercing them does."""
        given = get_argument_values(self.field, self.node, variables)
        behind = strawberry_schema(self.schema)
        arguments = definition_of(self.field).arguments
        return convert_arguments(given, arguments, behind.schema_converter.scalar_registry, behind.config)


def _has_variable(value: ValueNode) -> bool:
    match value:
        case VariableNode():
            return True
        case ListValueNode():
            return any(_has_variable(item) for item in value.values)
        case ObjectValueNode():
            return any(_has_variable(field.value) for field in value.fields)
        case _:
            return False
