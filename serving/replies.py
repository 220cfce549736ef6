"""Replies that hold errors alone, coded as every error is."""

from __future__ import annotations

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from serving.accept import JSON
from serving.errors import BAD_USER_INPUT, INTERNAL, NOT_FOUND, HttpRefusalError, formatted


def reply(body: bytes, media_type: str, status: int, headers: dict[str, str] | None = None) -> Response:
    """JSON bytes of a media type, in UTF-8."""
    response = Response(body, status, headers)
    response.headers["content-type"] = f"{media_type}; charset=utf-8"
    return response


def refused(refusal: HttpRefusalError, media_type: str = JSON) -> Response:
    """What is answered to a request that is refused before any GraphQL."""
    body = orjson.dumps({"errors": [formatted(str(refusal), refusal.code, **refusal.extensions)]})
    return reply(body, media_type, refusal.status, refusal.headers)


def internal(request_id: str) -> Response:
    """What is answered where we fail outside of GraphQL."""
    message = f"internal error; quote request id {request_id}"
    return reply(orjson.dumps({"errors": [formatted(message, INTERNAL, requestId=request_id)]}), JSON, 500)


async def unrouted(_: Request, error: Exception) -> Response:
    """What is answered at an address that is none of ours, or to a method that it does not take."""
    if not isinstance(error, HTTPException) or error.status_code == 404:
        return refused(HttpRefusalError(404, NOT_FOUND, "nothing is served at this address; ask at /graphql"))
    headers = dict(error.headers or {})
    return refused(HttpRefusalError(error.status_code, BAD_USER_INPUT, error.detail, headers))
