"""GraphQL over HTTP: one ASGI endpoint over the schema.

Strawberry builds the schema; the transport is ours, because its own view answers junk bodies with 500, escapes Chinese,
runs the first of several operations, and does not speak application/graphql-response+json. A question goes through
here: read, resolved to its text, known or unchanged?, prepared, weighed, paid for, run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry import Schema

from graph_data.errors import QuestionError
from schema.context import Context
from schema.guard import WEIGHTS, require_few_values
from serving.accept import GRAPHQL_JSON, JSON, wanted, wants_page
from serving.caching import holds, tag_of
from serving.compiled import Plans
from serving.documents import Documents, NotAQueryError, Prepared
from serving.errors import (
    BAD_USER_INPUT,
    DEPTH_LIMIT_EXCEEDED,
    TIMEOUT,
    HttpRefusalError,
    Situation,
    formatted,
    formatted_all,
)
from serving.execution import OutOfTimeError, execute, plans
from serving.limits import Budgets, Cost, Runs, require_affordable
from serving.loading import Edition, Served
from serving.metrics import COMPUTED, FOUND, UNCHANGED, Metrics
from serving.persisted import Persisted
from serving.playground import page
from serving.replies import refused, reply
from serving.requests import Question, read_question
from serving.settings import Settings

COST_ONLY = "x-cost-only"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, who asks it and how the reply is to be."""

    question: Question
    request: Request
    media_type: str

    @property
    def client(self) -> str:
        return self.request.client.host if self.request.client is not None else ""

    def situation(self, executing: bool) -> Situation:
        return Situation(self.request.state.request_id, executing)


@dataclass(slots=True)
class GraphQLView:
    """Answers POST and GET /graphql from the edition that is served when the request begins."""

    schema: Schema
    settings: Settings
    served: Served
    runs: Runs
    metrics: Metrics
    _documents: Documents = field(init=False)
    _persisted: Persisted = field(init=False)
    _budgets: Budgets = field(init=False)
    _plans: Plans | None = field(init=False)

    def __post_init__(self) -> None:
        self._documents = Documents(self.schema._schema, self.settings, WEIGHTS)
        self._persisted, self._budgets = Persisted(self.settings), Budgets(self.settings.rate)
        self._plans = plans(self.settings.fragment_cache) if self.settings.compiled else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = await self._respond(request)
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        accept = request.headers.get("accept", "")
        if self.settings.playground and _wants_page(request, accept):
            return page(self.settings.web)
        media_type = wanted(accept)
        try:
            if media_type is None:
                raise HttpRefusalError(406, BAD_USER_INPUT, f"Accept must allow {JSON} or {GRAPHQL_JSON}")
            self._require_method(request.method)
            question = await read_question(request, self.settings.max_body, self.settings.body_timeout)
            return await self._answer(Asked(self._persisted.resolved(question), request, media_type))
        except NotAQueryError as error:
            status = 405 if request.method == "GET" else 400
            return refused(HttpRefusalError(status, BAD_USER_INPUT, str(error), {"allow": "POST"}), media_type or JSON)
        except HttpRefusalError as refusal:
            self.metrics.errors([refusal.code])
            return refused(refusal, media_type or JSON)

    def _require_method(self, method: str) -> None:
        allowed = ("GET", "POST") if self.settings.get else ("POST",)
        if method not in allowed:
            headers = {"allow": ", ".join(allowed)}
            raise HttpRefusalError(405, BAD_USER_INPUT, f"ask with {' or '.join(reversed(allowed))}", headers)

    async def _answer(self, asked: Asked) -> Response:
        edition = self.served.edition_or_refusal()
        if COST_ONLY in asked.request.headers:
            return await self._computed(asked, edition, "")
        tag = tag_of(edition.dataset.version, asked.question)
        if holds(asked.request.headers.get("if-none-match", ""), tag):
            self._budgets.spend_little(asked.client)
            self.metrics.answer(UNCHANGED)
            return Response(status_code=304, headers=self._caching(tag))
        known = await edition.known(tag)
        if known is not None:
            self._budgets.spend_little(asked.client)
            self.metrics.answer(FOUND)
            return reply(known, asked.media_type, 200, self._caching(tag))
        return await self._computed(asked, edition, tag)

    async def _computed(self, asked: Asked, edition: Edition, tag: str) -> Response:
        """The reply to a question that nothing is known of; it is kept under its tag where it holds no error."""
        text = asked.question.query
        prepared = await self.runs.run(self._documents.effort(text), lambda: self._documents.prepare(text))
        cost = Cost(0, self.settings.max_cost)
        if not isinstance(prepared, Prepared):
            return self._failed(asked, prepared, cost, executing=False)
        variables = asked.question.variables or {}
        try:
            require_few_values(variables)
            operation = prepared.operation(asked.question.operation_name)
            weight = prepared.weigh(operation, variables)
            cost = Cost(weight.cost, self.settings.max_cost)
            if not tag:
                return self._costs(asked, cost)
            require_affordable(cost, weight, self.settings.max_ids)
        except QuestionError as error:
            return self._failed(asked, [GraphQLError(str(error), original_error=error)], cost, executing=True)
        self._budgets.spend(asked.client, cost.requested)
        self.metrics.answer(COMPUTED)
        self.metrics.cost(cost.requested)
        with edition.computed(tag):
            return await self.runs.run(cost.requested, lambda: self._run(asked, edition, prepared, cost, tag))

    def _run(self, asked: Asked, edition: Edition, prepared: Prepared, cost: Cost, tag: str) -> Response:
        question, context = asked.question, Context(edition.dataset, asked.question.operation_name)
        seconds, variables = self.settings.execution_timeout, question.variables or {}
        try:
            outcome = execute(prepared, question.operation_name, variables, context, seconds, self._plans)
            if outcome.errors:
                data = {"data": outcome.data} if outcome.executed else {}
                return self._failed(asked, outcome.errors, cost, executing=True, **data)
            body = orjson.dumps({"data": outcome.data, "extensions": {"cost": cost.shown()}})
        except OutOfTimeError:
            return self._refused(asked, f"the question ran for more than {seconds} s; ask for less", TIMEOUT, cost)
        except (RecursionError, orjson.JSONEncodeError):
            return self._refused(asked, "the question or its reply is nested too deeply", DEPTH_LIMIT_EXCEEDED, cost)
        edition.answers.put(tag, body, len(body) + len(tag))
        return reply(body, asked.media_type, 200, self._caching(tag))

    def _failed(
        self, asked: Asked, errors: Sequence[GraphQLError], cost: Cost, *, executing: bool, **data: Any
    ) -> Response:
        """A reply with errors, and with `data` where any field was reached."""
        return self._sent(asked, {"errors": formatted_all(errors, asked.situation(executing)), **data}, cost)

    def _refused(self, asked: Asked, message: str, code: str, cost: Cost) -> Response:
        return self._sent(asked, {"errors": [formatted(message, code)]}, cost)

    def _costs(self, asked: Asked, cost: Cost) -> Response:
        """The reply to one who asks for the cost alone."""
        return self._sent(asked, {"data": None}, cost)

    def _sent(self, asked: Asked, answer: dict[str, Any], cost: Cost) -> Response:
        self.metrics.errors(error["extensions"]["code"] for error in answer.get("errors", ()))
        status = 400 if "data" not in answer and asked.media_type == GRAPHQL_JSON else 200
        body = orjson.dumps({**answer, "extensions": {"cost": cost.shown()}})
        return reply(body, asked.media_type, status, {"cache-control": "no-store"})

    def _caching(self, tag: str) -> dict[str, str]:
        return {"etag": tag, "cache-control": self.settings.cache_control, "vary": "accept"}


def _wants_page(request: Request, accept: str) -> bool:
    parameters = request.query_params
    asks = any(name in parameters for name in ("query", "documentId", "extensions"))
    return request.method == "GET" and wants_page(accept) and not asks
