"""From a question to its answer or its errors: made ready, weighed, run."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.responses import Response
from starlette.types import Scope
from strawberry import Schema

from schema.context import Context
from schema.guard import WEIGHTS, require_few_values
from serving.accept import GRAPHQL_JSON
from serving.compiler import PlanCache
from serving.documents import Documents, Prepared, Weighed
from serving.errors import DEPTH_LIMIT_EXCEEDED, TIMEOUT, Situation, formatted, formatted_all
from serving.execution import OutOfTimeError, execute, plans
from serving.limits import INLINE, Cost, Runs
from serving.loading import Edition
from serving.metrics import COMPUTED, Metrics
from serving.replies import reply
from serving.requests import Question
from serving.sent import Answer
from serving.settings import Settings

_NANOSECONDS = 1_000_000_000
_SHORT = 2_000_000  # nanoseconds that others may be kept waiting for an answer


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the request that it came in, and the media type of the reply."""

    question: Question
    scope: Scope
    media_type: str

    @property
    def client(self) -> str:
        """Whose budget pays: the address that the request comes from."""
        return client_of(self.scope)

    def situation(self, executing: bool) -> Situation:
        return Situation(self.scope["state"]["request_id"], executing)


@dataclass(frozen=True, slots=True)
class Weighty:
    """A question that may run: its document, and what it costs."""

    prepared: Prepared
    weighed: Weighed
    cost: Cost

    @property
    def is_short(self) -> bool:
        """Is it answered sooner than a thread is begun for it? By its cost, or by how long it took before."""
        usual = self.weighed.usual
        return self.cost.requested <= INLINE or (usual is not None and usual <= _SHORT)


def client_of(scope: Scope) -> str:
    client = scope.get("client")
    return client[0] if client is not None else ""


@dataclass(slots=True)
class Answering:
    """Answers questions over an edition, and forms the replies that hold errors."""

    schema: Schema
    settings: Settings
    runs: Runs
    metrics: Metrics
    documents: Documents = field(init=False)
    plans: PlanCache | None = field(init=False)

    def __post_init__(self) -> None:
        self.documents = Documents(self.schema._schema, self.settings, WEIGHTS)
        self.plans = plans(self.settings.fragment_cache) if self.settings.compiled else None

    async def prepared(self, text: str) -> Prepared | tuple[GraphQLError, ...]:
        """A document made ready, in a thread where that takes long. Raises NotAQueryError."""
        known = self.documents.known(text)
        if known is not None:
            return known
        return await self.runs.run(self.documents.effort(text), lambda: self.documents.prepare(text))

    def weigh(self, asked: Asked, prepared: Prepared) -> Weighed:
        """What is asked for; QuestionError where that cannot be told."""
        variables = asked.question.variables or {}
        require_few_values(variables)
        return prepared.weigh(prepared.operation(asked.question.operation_name), variables)

    def cost(self, weighed: Weighed) -> Cost:
        return Cost(weighed.weight.cost, self.settings.max_cost)

    def run(self, asked: Asked, edition: Edition, question: Weighty, tag: str) -> Answer | Response:
        """The answer, kept under its tag from then on; or the reply that tells of its errors."""
        seconds = self.settings.execution_timeout
        try:
            return self.run_within(seconds * _NANOSECONDS, asked, edition, question, tag)
        except OutOfTimeError:
            message = f"the question ran for more than {seconds} s; ask for less"
            return self._refused(asked, message, TIMEOUT, question.cost)

    def run_within(
        self, nanoseconds: int, asked: Asked, edition: Edition, question: Weighty, tag: str
    ) -> Answer | Response:
        """The same within a time; OutOfTimeError after it."""
        began = time.thread_time_ns()
        try:
            return self._run(nanoseconds, asked, edition, question, tag)
        except RecursionError:
            message = "the question or its reply is nested too deeply"
            return self._refused(asked, message, DEPTH_LIMIT_EXCEEDED, question.cost)
        finally:
            question.weighed.took(time.thread_time_ns() - began)

    def _run(self, nanoseconds: int, asked: Asked, edition: Edition, question: Weighty, tag: str) -> Answer | Response:
        name, variables = asked.question.operation_name, asked.question.variables or {}
        context = Context(edition.dataset, name)
        outcome = execute(question.prepared, name, variables, context, nanoseconds, self.plans)
        if outcome.errors:
            data = {"data": outcome.data} if outcome.executed else {}
            return self.failed(asked, outcome.errors, question.cost, executing=True, **data)
        body = _dumped({"data": outcome.data, "extensions": {"cost": question.cost.shown()}})
        edition.keep(tag, body)
        return Answer(tag, body, COMPUTED)

    def failed(
        self, asked: Asked, errors: Sequence[GraphQLError], cost: Cost, *, executing: bool, **data: Any
    ) -> Response:
        """A reply with errors, and with `data` where any field was reached."""
        return self._sent(asked, {"errors": formatted_all(errors, asked.situation(executing)), **data}, cost)

    def costs(self, asked: Asked, cost: Cost) -> Response:
        """The reply to one who asks for the cost alone."""
        return self._sent(asked, {"data": None}, cost)

    def _refused(self, asked: Asked, message: str, code: str, cost: Cost) -> Response:
        return self._sent(asked, {"errors": [formatted(message, code)]}, cost)

    def _sent(self, asked: Asked, answer: dict[str, Any], cost: Cost) -> Response:
        self.metrics.errors(error["extensions"]["code"] for error in answer.get("errors", ()))
        status = 400 if "data" not in answer and asked.media_type == GRAPHQL_JSON else 200
        body = orjson.dumps({**answer, "extensions": {"cost": cost.shown()}})
        return reply(body, asked.media_type, status, {"cache-control": "no-store"})


def _dumped(answer: dict[str, Any]) -> bytes:
    """As JSON; RecursionError where it is nested deeper than orjson follows."""
    try:
        return orjson.dumps(answer)
    except orjson.JSONEncodeError as error:
        raise RecursionError from error
