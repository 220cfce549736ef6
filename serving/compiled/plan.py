"""A compiled operation, ready to run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from graphql import DocumentNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode
from graphql.execution.execute import assume_not_awaitable
from graphql.execution.values import VariableValues

from serving.compiled.arguments import Arguments
from serving.compiled.calls import strawberry_schema
from serving.compiled.endings import GaveUpError
from serving.compiled.known import Known
from serving.compiled.writing import ROOT, Writer


@dataclass(frozen=True, slots=True)
class Plan:
    """One operation of a document with its @skip and @include decided; `fields` is its size, `source` its text."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]
    source: str
    fields: int
    _root: Callable[..., dict[str, Any]]
    _varying: tuple[Arguments, ...]

    def run(self, variables: VariableValues, context: object, end: int) -> dict[str, Any] | None:
        """The data of the answer; None where graphql-core has to give it.

        `end` is in nanoseconds of the monotonic clock; OutOfTimeError is raised after it.
        """
        try:
            arguments = [each.values(variables) for each in self._varying]
            return self._root(None, self._info(variables, context), arguments, end)
        except (GaveUpError, Exception):  # noqa: BLE001 — graphql-core meets it again, and reports it
            return None

    def _info(self, variables: VariableValues, context: object) -> Any:
        known = Known(
            schema=self.schema,
            fragments=self.fragments,
            root_value=None,
            operation=self.operation,
            variable_values=variables,
            context=context,
            is_awaitable=assume_not_awaitable,
        )
        return strawberry_schema(self.schema).config.info_class(_raw_info=cast(Any, known), _field=cast(Any, Known()))


def compiled(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: VariableValues
) -> Plan:
    """The plan of an operation of a valid document. Raises UncompilableError for what plans do not do."""
    found = (node for node in document.definitions if isinstance(node, FragmentDefinitionNode))
    fragments = {node.name.value: node for node in found}
    strawberry_schema(schema)
    writer = Writer(schema, fragments, operation, variables)
    source = writer.write()
    names = writer.names
    exec(compile(source, "<plan>", "exec"), names)
    for dispatch, functions in writer.dispatches:
        dispatch.writers.update({type_: names[function] for type_, function in functions.items()})
    return Plan(schema, operation, fragments, source, writer.fields, names[ROOT], tuple(writer.varying))
