"""GraphQL over HTTP: one ASGI endpoint over a Strawberry schema.

Strawberry executes; the transport is ours, because its own view answers junk bodies with 500, escapes Chinese, runs
the first of several operations, and does not speak application/graphql-response+json.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry import Schema
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.graphql import OperationType

from schema.context import Context
from serving.accept import GRAPHQL_JSON, JSON, wanted, wants_page
from serving.errors import (
    BAD_USER_INPUT,
    DEPTH_LIMIT_EXCEEDED,
    HttpRefusalError,
    Situation,
    formatted,
    formatted_all,
)
from serving.loading import Served
from serving.playground import page
from serving.replies import refused, reply
from serving.requests import Question, read_question

_QUERIES_ONLY = "this service answers queries only: it has no mutations and no subscriptions"
_NO_OPERATION = "the document holds no operation of the name that operationName gives"


@dataclass(frozen=True, slots=True)
class GraphQLView:
    """Answers POST and GET /graphql from the dataset that is served when the request begins."""

    schema: Schema
    served: Served
    max_body: int

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = await self._respond(request)
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        accept = request.headers.get("accept", "")
        if request.method == "GET" and wants_page(accept) and "query" not in request.query_params:
            return page()
        media_type = wanted(accept)
        try:
            if media_type is None:
                raise HttpRefusalError(406, BAD_USER_INPUT, f"Accept must allow {JSON} or {GRAPHQL_JSON}")
            if request.method not in ("GET", "POST"):
                raise HttpRefusalError(405, BAD_USER_INPUT, "ask with POST or GET", {"allow": "GET, POST"})
            question = await read_question(request, self.max_body)
            return self._answer(question, media_type, request)
        except HttpRefusalError as refusal:
            return refused(refusal, media_type or JSON)

    def _answer(self, question: Question, media_type: str, request: Request) -> Response:
        context = Context(self.served.dataset_or_refusal(), question.operation_name)
        answer = self._execute(question, context, request)
        status = 400 if "data" not in answer and media_type == GRAPHQL_JSON else 200
        try:
            body = orjson.dumps(answer)
        except orjson.JSONEncodeError:
            body = orjson.dumps({"errors": [formatted("the reply is nested too deeply", DEPTH_LIMIT_EXCEEDED)]})
        return reply(body, media_type, status)

    def _execute(self, question: Question, context: Context, request: Request) -> dict[str, Any]:
        """The reply: no `data` key where nothing was executed."""
        try:
            result = self.schema.execute_sync(
                question.query,
                variable_values=question.variables,
                operation_name=question.operation_name,
                context_value=context,
                allowed_operation_types=(OperationType.QUERY,),
            )
        except InvalidOperationTypeError as error:
            status = 405 if request.method == "GET" else 400
            raise HttpRefusalError(status, BAD_USER_INPUT, _QUERIES_ONLY, {"allow": "POST"}) from error
        except CannotGetOperationTypeError:
            return {"errors": [formatted(_NO_OPERATION, BAD_USER_INPUT)]}
        situation = Situation(request.state.request_id, context.executing)
        answer: dict[str, Any] = {}
        if result.errors:
            answer["errors"] = formatted_all(result.errors, situation)
        if context.executing and not _before_fields(result.errors):
            answer["data"] = result.data
        return answer


def _before_fields(errors: list[GraphQLError] | None) -> bool:
    """Did variables fail to coerce, so that no field was reached?"""
    return bool(errors) and all(error.path is None for error in errors or ())
