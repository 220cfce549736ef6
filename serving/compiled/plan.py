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
from serving.compiled.fragments import ROOT, Fragments, remembered
from serving.compiled.objects import Known, class_of
from serving.compiled.writing import Writer


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of a valid document of a schema."""

    schema: GraphQLSchema
    document: DocumentNode
    node: OperationDefinitionNode


@dataclass(frozen=True, slots=True)
class Plan:
    """An operation with its @skip and @include decided; `fields` is its size, `source` its text."""

    operation: Operation
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
            schema=self.operation.schema,
            fragments=self.fragments,
            root_value=None,
            operation=self.operation.node,
            variable_values=variables,
            context=context,
            is_awaitable=assume_not_awaitable,
        )
        config = strawberry_schema(self.operation.schema).config
        return config.info_class(_raw_info=cast(Any, known), _field=cast(Any, Known()))


def compiled(operation: Operation, variables: VariableValues, fragments: Fragments | None = None) -> Plan:
    """The plan of an operation. Raises UncompilableError for what plans do not do."""
    strawberry_schema(operation.schema)
    found = (node for node in operation.document.definitions if isinstance(node, FragmentDefinitionNode))
    defined = {node.name.value: node for node in found}
    writer = Writer(operation.schema, defined, operation.node, variables)
    writer.write()
    names, source = writer.names, writer.source
    exec(compile(source, "<plan>", "exec"), names)
    _connect(writer, fragments)
    return Plan(operation, defined, source, writer.fields, names[ROOT], tuple(writer.varying))


def _connect(writer: Writer, fragments: Fragments | None) -> None:
    """Lead every call between functions to the function, or to what remembers its answers."""
    called = {name: writer.names[name] for name in writer.functions}
    if fragments is not None:
        for name in remembered(writer.functions, lambda type_: fragments.identity(class_of(type_))):
            identify = fragments.identity(class_of(writer.functions[name].type_))
            called[name] = fragments.of(called[name], identify) if identify is not None else called[name]
    for function in writer.functions.values():
        writer.names |= {function.call(name): called[name] for name in tuple(function.calls)}
    for dispatch, functions in writer.dispatches:
        dispatch.writers.update({type_: called[name] for type_, name in functions.items()})
