"""A question answered both ways: by graphql-core, and by a plan where one has been made."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    parse,
    specified_rules,
)
from graphql.execution import Executor
from graphql.execution.execute import assume_not_async_iterable, assume_not_awaitable
from strawberry.schema.schema import validate_document

from serving.compiler import Operation, PlanCache
from tests.serving.compiler.asking import Asked

LATE = time.monotonic_ns() + 3_600 * 1_000_000_000


@dataclass(frozen=True, slots=True)
class Answers:
    """What graphql-core says, and what a plan says; None where there is no plan or it gave up."""

    data: Any
    errors: list[GraphQLError]
    planned: dict[str, Any] | None

    @property
    def differ(self) -> bool:
        """A plan must answer whatever has no error, byte for byte, and nothing else."""
        if self.errors:
            return self.planned is not None
        return orjson.dumps(self.planned) != orjson.dumps(self.data)


def answers(schema: GraphQLSchema, asked: Asked, context: object, plans: PlanCache) -> Answers | None:
    """Both answers to a question, the plan's asked twice; None where the document is not valid."""
    document = parse(asked.text)
    if validate_document(schema, document, tuple(specified_rules)):
        return None
    executor = Executor.build(
        schema,
        document,
        context_value=context,
        raw_variable_values=asked.variables,
        operation_name=asked.operation_name,
        is_awaitable=assume_not_awaitable,
        is_async_iterable=assume_not_async_iterable,
    )
    operation = Operation(schema, document, operation_of(document, asked))
    first = plans.answer(operation, asked.variables, context, LATE)
    planned = plans.answer(operation, asked.variables, context, LATE)
    if orjson.dumps(first) != orjson.dumps(planned):
        raise AssertionError(f"the second time, {asked} is answered otherwise than the first")
    if isinstance(executor, list):
        return Answers(None, executor, planned)
    result = executor.execute_operation()
    assert isinstance(result, ExecutionResult)
    return Answers(result.data, list(result.errors or ()), planned)


def operation_of(document: DocumentNode, asked: Asked) -> OperationDefinitionNode:
    found = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    named = [node for node in found if node.name is not None and node.name.value == asked.operation_name]
    return (named or found)[0]
