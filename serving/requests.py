"""What a client asks: GraphQL over HTTP, read strictly. Everything that is no such request is refused with a 4xx."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request

from serving.errors import BAD_USER_INPUT, BODY_TOO_LARGE, HttpRefusalError

_EXAMPLE = 'send a JSON object such as {"query": "{ dataset { version } }"}'


@dataclass(frozen=True, slots=True)
class Question:
    """One GraphQL request: the document, its variables, and which operation is meant."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None


async def read_question(request: Request, max_body: int) -> Question:
    """The question of a GET or POST request; HttpRefusalError where it is not one."""
    if request.method == "GET":
        return _question(_from_address(request.query_params))
    _require_json(request.headers.get("content-type", ""))
    return _question(_loaded(await _body(request, max_body), "the body"))


def _from_address(parameters: Mapping[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = dict(parameters)
    for name in ("variables", "extensions"):
        if name in fields:
            fields[name] = _loaded(fields[name].encode("utf-8", "surrogatepass"), name)
    return fields


def _require_json(content_type: str) -> None:
    media_type, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charsets = {part.partition("=")[2].strip('"') for part in parameters if part.startswith("charset=")}
    if media_type != "application/json" or charsets - {"utf-8", "utf8"}:
        raise HttpRefusalError(415, BAD_USER_INPUT, "the body must be application/json in UTF-8; " + _EXAMPLE)


async def _body(request: Request, limit: int) -> bytes:
    """The body, read no further than the limit."""
    chunks, size = [], 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > limit:
                raise HttpRefusalError(413, BODY_TOO_LARGE, f"the body is longer than {limit} bytes")
            chunks.append(chunk)
    except ClientDisconnect as error:
        raise HttpRefusalError(400, BAD_USER_INPUT, "the body ended early") from error
    return b"".join(chunks)


def _loaded(raw: bytes, what: str) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise HttpRefusalError(400, BAD_USER_INPUT, f"{what} is not JSON ({error}); {_EXAMPLE}") from error


def _question(fields: Any) -> Question:
    if not isinstance(fields, dict):
        raise HttpRefusalError(400, BAD_USER_INPUT, f"one request is one JSON object; {_EXAMPLE}")
    query = _typed(fields, "query", str)
    if not query:
        raise HttpRefusalError(400, BAD_USER_INPUT, f"query is missing; {_EXAMPLE}")
    _typed(fields, "extensions", dict)
    return Question(query, _typed(fields, "variables", dict), _typed(fields, "operationName", str))


def _typed(fields: dict[str, Any], name: str, kind: type) -> Any:
    value = fields.get(name)
    if value is not None and not isinstance(value, kind):
        expected = "text" if kind is str else "a JSON object"
        raise HttpRefusalError(400, BAD_USER_INPUT, f"{name} must be {expected}; {_EXAMPLE}")
    return value
