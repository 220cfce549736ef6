"""Running a prepared document over a dataset, within a time."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError
from graphql.execution import ExecutionResult, Executor
from graphql.execution.execute import assume_not_async_iterable, assume_not_awaitable

from schema.context import Context
from serving.documents import Prepared

_NANOSECONDS = 1_000_000_000


class OutOfTimeError(BaseException):
    """Execution has run for too long. No Exception, so that no field takes it for its own failure and goes on."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What execution gave; `executed` is whether any field was reached."""

    executed: bool
    data: Any = None
    errors: tuple[GraphQLError, ...] = ()


class _Timed(Executor[Any]):
    """Looks at the clock once for each object."""

    deadline: int = 0

    def execute_fields(self, *arguments: Any, **options: Any) -> Any:
        if time.monotonic_ns() > self.deadline:
            raise OutOfTimeError
        return super().execute_fields(*arguments, **options)


def execute(
    prepared: Prepared, operation_name: str | None, variables: Mapping[str, Any], context: Context, seconds: int
) -> Outcome:
    """The outcome of one question. Raises OutOfTimeError where it takes longer than allowed."""
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
    executor.deadline = time.monotonic_ns() + seconds * _NANOSECONDS
    context.executing = True
    result = executor.execute_operation()
    assert isinstance(result, ExecutionResult)
    return Outcome(executed=True, data=result.data, errors=tuple(result.errors or ()))
