"""Errors on the wire: each with a code, and of what went wrong inside nothing but a request id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from graphql import GraphQLError, GraphQLSyntaxError

from graph_data.core.errors import CursorExpiredError, DamagedError, MemberError, QuestionError
from schema.guard import TooDeepError, TooLargeError
from serving.logs import logger

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


@dataclass(frozen=True, slots=True)
class Situation:
    """When an error arose: in which request, and whether execution had begun."""

    request_id: str
    executing: bool


def formatted(message: str, code: str, **extensions: object) -> dict[str, Any]:
    """One error of a reply, as the GraphQL specification shapes it."""
    shown = message if len(message) <= _LONGEST_MESSAGE else message[: _LONGEST_MESSAGE - 1] + "…"
    return {"message": shown, "extensions": {"code": code, **extensions}}


def formatted_all(errors: Sequence[GraphQLError], situation: Situation) -> list[dict[str, Any]]:
    """Every error of a reply; what is not the caller's doing is logged and hidden."""
    return [_formatted(error, situation) for error in errors]


def _formatted(error: GraphQLError, situation: Situation) -> dict[str, Any]:
    cause = _cause(error)
    code = _code(error, cause, situation)
    if code == INTERNAL:
        logger().error("internal error", path=error.path, exc_info=cause)
        message = f"internal error; quote request id {situation.request_id}"
        entry = formatted(message, code, requestId=situation.request_id)
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


def _code(error: GraphQLError, cause: Exception | None, situation: Situation) -> str:
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
            return BAD_USER_INPUT if situation.executing else VALIDATION_FAILED
        case _:
            return INTERNAL if situation.executing else VALIDATION_FAILED
