"""Errors as replies: each with a code, and of what went wrong inside nothing but a request id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import orjson
from graphql import GraphQLError, GraphQLSyntaxError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from graph_data.core.errors import CursorExpiredError, DamagedError, MemberError, QuestionError
from schema.guard import TooDeepError, TooLargeError
from serving.process.logs import REQUEST_ID, logger
from serving.process.snapshot import DatasetHolder, NotReadyError, Snapshot

JSON = "application/json"

PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
BAD_USER_INPUT = "BAD_USER_INPUT"
CURSOR_EXPIRED = "CURSOR_EXPIRED"
DATASET_CHANGED = "DATASET_CHANGED"
DATA_DAMAGED = "DATA_DAMAGED"
COST_LIMIT_EXCEEDED = "COST_LIMIT_EXCEEDED"
DEPTH_LIMIT_EXCEEDED = "DEPTH_LIMIT_EXCEEDED"
BODY_TOO_LARGE = "BODY_TOO_LARGE"
RATE_LIMITED = "RATE_LIMITED"
TIMEOUT = "TIMEOUT"
PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
NOT_FOUND = "NOT_FOUND"
NOT_READY = "NOT_READY"
INTERNAL = "INTERNAL_SERVER_ERROR"

_LONGEST_MESSAGE = 1_000
_ABORTED = "Validation aborted."  # all that graphql-core says where a document exhausts what validation may cost
_TOO_REPETITIVE = "the document repeats the same fields, or nests fragments, too often to be validated; ask for less"
_TOO_DEEP = "the document is nested too deeply; ask for fewer levels, or for descendantNodes in one go"


class HttpRefusalError(Exception):
    """A request that is refused before any GraphQL: its HTTP status, code, message and further extensions."""

    def __init__(
        self, status: int, code: str, message: str, headers: dict[str, str] | None = None, **extensions: object
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.headers, self.extensions = status, code, headers or {}, extensions


def formatted(message: str, code: str, **extensions: object) -> dict[str, Any]:
    """One error of a reply, as the GraphQL specification shapes it."""
    shown = message if len(message) <= _LONGEST_MESSAGE else message[: _LONGEST_MESSAGE - 1] + "…"
    return {"message": shown, "extensions": {"code": code, **extensions}}


def formatted_all(errors: Sequence[GraphQLError], *, executing: bool) -> list[dict[str, Any]]:
    """Every error of a reply; what is not the caller's doing is logged and hidden. `executing`: had execution begun?"""
    return [_formatted(error, executing) for error in errors]


def _formatted(error: GraphQLError, executing: bool) -> dict[str, Any]:
    cause = _cause(error)
    code = _code(error, cause, executing)
    if code == INTERNAL:
        logger().error("internal error", path=error.path, exc_info=cause)
        entry = _internal()
    else:
        entry = formatted(_message(error, cause), code, **candidates_of(cause))
    if error.locations:
        entry["locations"] = [location.formatted for location in error.locations]
    if error.path:
        entry["path"] = error.path
    return entry


def candidates_of(cause: Exception | None) -> dict[str, Any]:
    """What an error about an unknown or ambiguous member offers instead: id, code and name of each."""
    return {"candidates": [asdict(each) for each in cause.candidates]} if isinstance(cause, MemberError) else {}


def _message(error: GraphQLError, cause: Exception | None) -> str:
    if isinstance(cause, RecursionError):
        return _TOO_DEEP
    return _TOO_REPETITIVE if error.message == _ABORTED else error.message


def _cause(error: GraphQLError) -> Exception | None:
    """The exception behind a GraphQL error, through the errors that only carry it."""
    cause: Exception | None = error.original_error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause


def _code(error: GraphQLError, cause: Exception | None, executing: bool) -> str:
    match cause:
        case CursorExpiredError():
            return CURSOR_EXPIRED
        case TooLargeError():
            return COST_LIMIT_EXCEEDED
        case TooDeepError():
            return DEPTH_LIMIT_EXCEEDED
        case QuestionError():
            return BAD_USER_INPUT
        case DamagedError():
            return DATA_DAMAGED
        case RecursionError():
            return DEPTH_LIMIT_EXCEEDED
        case None if isinstance(error, GraphQLSyntaxError):
            return PARSE_FAILED
        case None:
            return BAD_USER_INPUT if executing else VALIDATION_FAILED
        case _:
            return INTERNAL if executing else VALIDATION_FAILED


def json_reply(body: bytes, media_type: str, status: int, headers: dict[str, str] | None = None) -> Response:
    """JSON bytes of a media type, in UTF-8."""
    response = Response(body, status, headers)
    response.headers["content-type"] = f"{media_type}; charset=utf-8"
    return response


def refusal_reply(refusal: HttpRefusalError, media_type: str = JSON) -> Response:
    """What is answered to a request that is refused before any GraphQL."""
    body = orjson.dumps({"errors": [formatted(str(refusal), refusal.code, **refusal.extensions)]})
    return json_reply(body, media_type, refusal.status, refusal.headers)


def internal_reply() -> Response:
    """What is answered where we fail outside of GraphQL."""
    return json_reply(orjson.dumps({"errors": [_internal()]}), JSON, 500)


def _internal() -> dict[str, Any]:
    request_id = REQUEST_ID.get()
    return formatted(f"internal error; quote request id {request_id}", INTERNAL, requestId=request_id)


async def unrouted(_: Request, error: Exception) -> Response:
    """What is answered at an address that is none of ours, or to a method that it does not take."""
    if not isinstance(error, HTTPException) or error.status_code == 404:
        return refusal_reply(HttpRefusalError(404, NOT_FOUND, "nothing is served at this address; ask at /graphql"))
    headers = dict(error.headers or {})
    return refusal_reply(HttpRefusalError(error.status_code, BAD_USER_INPUT, error.detail, headers))


def snapshot_or_refusal(holder: DatasetHolder) -> Snapshot:
    """What is served at this moment. Raises HttpRefusalError 503 where nothing is."""
    try:
        return holder.current()
    except NotReadyError as error:
        raise HttpRefusalError(503, NOT_READY, str(error), {"retry-after": "1"}) from error
