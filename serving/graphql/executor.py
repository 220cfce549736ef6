"""Running a prepared document over a snapshot, by a plan or by graphql-core, within a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from operator import attrgetter
from typing import Any

import orjson
from graphql import GraphQLError
from graphql.execution import ExecutionResult
from graphql.execution import Executor as CoreExecutor
from graphql.execution.execute import assume_not_async_iterable, assume_not_awaitable
from starlette.responses import Response

from graph_data.core.deadline import OutOfTimeError, until
from graph_data.core.terms import Language
from schema.context import Context
from serving.compiler import Operation, PlanCache
from serving.compiler.fragment_cache import FragmentCache
from serving.graphql.cost import Cost
from serving.graphql.documents import PreparedDocument, Profile
from serving.graphql.request import GraphQLRequest
from serving.http.errors import DEPTH_LIMIT_EXCEEDED, TIMEOUT, formatted, formatted_all, json_reply
from serving.http.middleware import WORTH_COMPRESSING
from serving.http.requests import GRAPHQL_JSON
from serving.process.metrics import COMPUTED, Metrics
from serving.process.settings import Settings
from serving.process.snapshot import Snapshot

SMALL = 1_000  # characters of a document that is looked over, or run for the first time, in the event loop
CHEAP = 500  # cost up to which a question is taken for a short one before it has run
LEASH = 5_000_000  # nanoseconds that a question may keep the event loop waiting; it is then begun anew in a thread
_SHORT = 2_000_000  # nanoseconds of computing up to which a question that has run is taken for a short one
_SECOND = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """The JSON of an answer without errors, its tag, and how it was come by, which the metrics count."""

    tag: str
    body: bytes
    how: str


@dataclass(frozen=True, slots=True)
class Execution:
    """A question that may run: what is asked, of which document, at what cost, of which data, under which tag."""

    request: GraphQLRequest
    document: PreparedDocument
    profile: Profile
    cost: Cost
    snapshot: Snapshot
    tag: str
    media_type: str
    language: Language

    @property
    def is_short(self) -> bool:
        """Is it answered sooner than a thread is begun for it? By its cost, or by how long it took before."""
        usual, is_cheap = self.profile.usual, self.cost.requested <= CHEAP
        if usual is None:
            return is_cheap and len(self.request.query) <= SMALL
        return usual <= (LEASH if is_cheap else _SHORT)

    def context(self) -> Context:
        """What the fields of the question may look at."""
        named, loaded_at = self.request.operation_name, self.snapshot.loaded_at
        return Context(self.snapshot.dataset, named, language=self.language, loaded_at=loaded_at)


@dataclass(slots=True)
class Executor:
    """Runs questions, and forms the replies that hold errors."""

    settings: Settings
    metrics: Metrics
    plans: PlanCache | None = field(init=False)

    def __post_init__(self) -> None:
        self.plans = plan_cache(self.settings.fragment_cache) if self.settings.compiled else None

    def run(self, execution: Execution, nanoseconds: int | None = None) -> Answer | Response:
        """The answer, cached under its tag from then on, or the reply with its errors.

        Raises OutOfTimeError after `nanoseconds`; where none are given, a run that takes too long has a reply too.
        """
        limit = self.settings.execution_timeout
        end = time.monotonic_ns() + (limit * _SECOND if nanoseconds is None else nanoseconds)
        began = time.thread_time_ns()
        try:
            with until(end):
                return self._by_plan(execution, end) or self._by_graphql_core(execution, end)
        except OutOfTimeError:
            if nanoseconds is not None:
                raise
            return self._refused(execution, too_long(limit), TIMEOUT)
        except RecursionError:
            return self._refused(execution, "the question or its reply is nested too deeply", DEPTH_LIMIT_EXCEEDED)
        finally:
            execution.profile.took(time.thread_time_ns() - began)

    def run_plan(self, execution: Execution, nanoseconds: int) -> Answer | None:
        """The answer, by a plan and within a time; None where it takes longer, or graphql-core has to give it."""
        began, end = time.thread_time_ns(), time.monotonic_ns() + nanoseconds
        try:
            with until(end):
                answer = self._by_plan(execution, end)
        except (OutOfTimeError, RecursionError):
            answer = None
        if answer is not None:
            execution.profile.took(time.thread_time_ns() - began)
        return answer

    def _by_plan(self, execution: Execution, end: int) -> Answer | None:
        if self.plans is None:
            return None
        request, document = execution.request, execution.document
        operation = Operation(document.schema, document.document, execution.profile.operation)
        context = execution.context()
        data = self.plans.answer(operation, request.variables, context, end)
        return None if data is None else self._answered(execution, data)

    def _by_graphql_core(self, execution: Execution, end: int) -> Answer | Response:
        request = execution.request
        context = execution.context()
        executor = _TimedExecutor.build(
            execution.document.schema,
            execution.document.document,
            context_value=context,
            raw_variable_values=request.variables,
            operation_name=request.operation_name,
            is_awaitable=assume_not_awaitable,
            is_async_iterable=assume_not_async_iterable,
        )
        if isinstance(executor, list):
            return self.failed(executor, execution.media_type, execution.cost, executing=True)
        assert isinstance(executor, _TimedExecutor)
        executor.end, context.executing = end, True
        result = executor.execute_operation()
        assert isinstance(result, ExecutionResult)
        if result.errors:
            media_type, cost = execution.media_type, execution.cost
            return self.failed(result.errors, media_type, cost, executing=True, data=result.data)
        return self._answered(execution, result.data)

    def _answered(self, execution: Execution, data: Any) -> Answer:
        """Raises RecursionError for an answer that is nested deeper than orjson follows."""
        try:
            body = orjson.dumps({"data": data, "extensions": {"cost": execution.cost.shown()}})
        except orjson.JSONEncodeError as error:
            raise RecursionError from error
        execution.profile.is_long = is_long_reply(body)
        execution.snapshot.store(execution.tag, body)
        return Answer(execution.tag, body, COMPUTED)

    def failed(
        self, errors: Sequence[GraphQLError], media_type: str, cost: Cost, *, executing: bool, **data: Any
    ) -> Response:
        """A reply with errors, and with `data` where any field was reached."""
        return self.uncached({"errors": formatted_all(errors, executing=executing), **data}, media_type, cost)

    def _refused(self, execution: Execution, message: str, code: str) -> Response:
        return self.uncached({"errors": [formatted(message, code)]}, execution.media_type, execution.cost)

    def uncached(self, answer: dict[str, Any], media_type: str, cost: Cost) -> Response:
        """A reply that nobody may store: with errors, or of the cost alone."""
        self.metrics.errors(error["extensions"]["code"] for error in answer.get("errors", ()))
        status = 400 if "data" not in answer and media_type == GRAPHQL_JSON else 200
        body = orjson.dumps({**answer, "extensions": {"cost": cost.shown()}})
        return json_reply(body, media_type, status, {"cache-control": "no-store"})


class _TimedExecutor(CoreExecutor[Any]):
    """Looks at the clock before each field."""

    end: int = 0

    def execute_field(self, *arguments: Any, **options: Any) -> Any:
        if time.monotonic_ns() > self.end:
            raise OutOfTimeError
        return super().execute_field(*arguments, **options)


def too_long(seconds: int) -> str:
    """What is said of a question that ran for longer than it may."""
    return f"the question ran for more than {seconds} s; ask for less"


def is_long_reply(body: bytes) -> bool:
    """Is it sent compressed to a client that takes that?"""
    return len(body) >= WORTH_COMPRESSING


def plan_cache(fragment_bytes: int, *, at_once: bool = False) -> PlanCache:
    """Plans for the schema, which cache so many bytes of parts of answers; `at_once`, from the first time on."""
    fragments = (
        FragmentCache(fragment_bytes, _identity, attrgetter("dataset.state", "language")) if fragment_bytes else None
    )
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
