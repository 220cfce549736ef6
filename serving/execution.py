"""Running a prepared document over a dataset, within a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from operator import attrgetter
from typing import Any

from graphql import GraphQLError
from graphql.execution import ExecutionResult, Executor
from graphql.execution.execute import assume_not_async_iterable, assume_not_awaitable

from schema.context import Context
from serving.compiler import Operation, PlanCache
from serving.compiler.errors import OutOfTimeError
from serving.compiler.fragment_cache import FragmentCache
from serving.documents import Prepared

__all__ = ["OutOfTimeError", "Outcome", "execute", "plans"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What execution gave; `executed` is whether any field was reached."""

    executed: bool
    data: Any = None
    errors: tuple[GraphQLError, ...] = ()


def plans(fragment_cache: int, *, at_once: bool = False) -> PlanCache:
    """PlanCache for the schema, which keep so many bytes of parts of answers; `at_once`, from the first time on."""
    fragments = FragmentCache(fragment_cache, _identity, attrgetter("dataset.version")) if fragment_cache else None
    return PlanCache(at_once, fragments=fragments)


def _identity(class_: type) -> Callable[[Any], str] | None:
    """Objects that hold a node of the graph and nothing else answer alike where their nodes are the same.

    What holds nothing, as the root of all questions does, always answers alike.
    """
    if not is_dataclass(class_):
        return None
    held = [each.name for each in fields(class_) if each.init]
    return _nothing if not held else attrgetter("graph_node.id") if held == ["graph_node"] else None


def _nothing(_: object) -> str:
    return ""


class _Timed(Executor[Any]):
    """Looks at the clock once for each object."""

    deadline: int = 0

    def execute_fields(self, *arguments: Any, **options: Any) -> Any:
        if time.monotonic_ns() > self.deadline:
            raise OutOfTimeError
        return super().execute_fields(*arguments, **options)


def execute(
    prepared: Prepared,
    operation_name: str | None,
    variables: Mapping[str, Any],
    context: Context,
    nanoseconds: int,
    compiled: PlanCache | None = None,
) -> Outcome:
    """The outcome of one question, by a plan where there is one. Raises OutOfTimeError after longer than allowed."""
    deadline = time.monotonic_ns() + nanoseconds
    if compiled is not None:
        operation = Operation(prepared.schema, prepared.document, prepared.operation(operation_name))
        data = compiled.answer(operation, variables, context, deadline)
        if data is not None:
            return Outcome(executed=True, data=data)
    executor = _Timed.build(
        prepared.schema,
        prepared.document,
        context_value=context,
        raw_variable_values=dict(variables),
        operation_name=operation_name,
        is_awaitable=assume_not_awaitable,
        is_async_iterable=assume_not_async_iterable,
    )
    if isinstance(executor, list):
        return Outcome(executed=False, errors=tuple(executor))
    assert isinstance(executor, _Timed)
    executor.deadline = deadline
    context.executing = True
    result = executor.execute_operation()
    assert isinstance(result, ExecutionResult)
    return Outcome(executed=True, data=result.data, errors=tuple(result.errors or ()))
