"""A compiled operation, ready to run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from graphql import DocumentNode, FragmentDefinitionNode, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode
from graphql.execution.execute import assume_not_awaitable
from graphql.execution.values import VariableValues

from serving.compiled.arguments import Arguments
from serving.compiled.calls import strawberry_schema
from serving.compiled.objects import Known, class_of
from serving.compiled.writing import ROOT, Function, Writer
from serving.endings import GaveUpError
from serving.fragments import Fragments, Identify
from serving.selections import Selections


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
    kept = _Remembered(fragments)
    writer = Writer(Selections(operation.schema, defined, operation.node, variables), kept.knows)
    writer.write()
    names, source = writer.names, writer.source
    exec(compile(source, "<plan>", "exec"), names)
    kept.connect(writer)
    return Plan(operation, defined, source, writer.fields, names[ROOT], tuple(writer.varying))


@dataclass(frozen=True, slots=True)
class _Remembered:
    """Which functions of a plan remember their answers, if any."""

    fragments: Fragments | None

    def knows(self, type_: GraphQLObjectType) -> bool:
        return self._identify(type_) is not None

    def _identify(self, type_: GraphQLObjectType) -> Identify | None:
        return None if self.fragments is None else self.fragments.identity(class_of(type_))

    def connect(self, writer: Writer) -> None:
        """Lead every call of a function whose answers are remembered to what remembers them."""
        variables = _variables(writer.functions)
        for name, function in writer.functions.items():
            identify = self._identify(function.type_) if function.kept else None
            if self.fragments is not None and identify is not None:
                writer.names[name] = self.fragments.of(writer.names[name], identify, variables[name])
        for dispatch, functions in writer.dispatches:
            dispatch.writers.update({type_: writer.names[name] for type_, name in functions.items()})


def _variables(functions: Mapping[str, Function]) -> dict[str, tuple[str, ...]]:
    """The variables that the answers of functions depend on, in themselves or in what they call."""
    found = {name: set(each.variables) for name, each in functions.items()}
    changed = True
    while changed:
        changed = False
        for name, each in functions.items():
            new = set().union(*(found[called] for called in each.calls)) - found[name]
            found[name] |= new
            changed |= bool(new)
    return {name: tuple(sorted(each)) for name, each in found.items()}
