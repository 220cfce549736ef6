"""What a client asks: GraphQL over HTTP, read strictly. Everything that is no such request is refused with a 4xx."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request

from serving.errors import BAD_USER_INPUT, BODY_TOO_LARGE, TIMEOUT, HttpRefusalError
from serving.receiving import due

EXAMPLE = 'send a JSON object such as {"query": "{ dataset { version } }"}'

_SHA256 = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Question:
    """One GraphQL request: the document or the name of one, its variables, and which operation is meant.

    `query` is empty where only `document_id` is given: the name or SHA-256 of a document that the service knows.
    """

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None
    document_id: str | None = None


async def read_question(request: Request, max_body: int, seconds: int) -> Question:
    """The question of a GET or POST request, whose body must come within a time; HttpRefusalError for what is none."""
    if request.method == "GET":
        return _question(_from_address(request.query_params))
    _require_json(request.headers.get("content-type", ""))
    try:
        async with asyncio.timeout_at(due(request.scope, seconds)):
            body = await _body(request, max_body)
    except TimeoutError as error:
        headers = {"connection": "close"}
        raise HttpRefusalError(408, TIMEOUT, f"the body did not arrive within {seconds} s", headers) from error
    return question_of(body)


def question_of(body: bytes) -> Question:
    """The question of a body that is JSON; HttpRefusalError for what is none."""
    return _question(_loaded(body, "the body"))


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
        raise HttpRefusalError(415, BAD_USER_INPUT, "the body must be application/json in UTF-8; " + EXAMPLE)


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
        raise HttpRefusalError(400, BAD_USER_INPUT, f"{what} is not JSON ({error}); {EXAMPLE}") from error


def _question(fields: Any) -> Question:
    if not isinstance(fields, dict):
        raise HttpRefusalError(400, BAD_USER_INPUT, f"one request is one JSON object; {EXAMPLE}")
    query, extensions = _typed(fields, "query", str), _typed(fields, "extensions", dict) or {}
    document_id = _typed(fields, "documentId", str) or _persisted(extensions.get("persistedQuery"))
    if not query and document_id is None:
        raise HttpRefusalError(400, BAD_USER_INPUT, f"query is missing; {EXAMPLE}")
    variables, operation_name = _typed(fields, "variables", dict), _typed(fields, "operationName", str)
    return Question(query or "", variables, operation_name or None, document_id)


def _persisted(extension: Any) -> str | None:
    """The SHA-256 that Apollo's protocol gives in `extensions.persistedQuery`."""
    if extension is None:
        return None
    digest = extension.get("sha256Hash") if isinstance(extension, dict) else None
    if not isinstance(digest, str) or not _SHA256.fullmatch(digest) or extension.get("version") != 1:
        raise HttpRefusalError(
            400, BAD_USER_INPUT, 'persistedQuery must be such as {"version": 1, "sha256Hash": "64 hexadecimal digits"}'
        )
    return digest.lower()


def _typed(fields: dict[str, Any], name: str, kind: type) -> Any:
    value = fields.get(name)
    if value is not None and not isinstance(value, kind):
        expected = "text" if kind is str else "a JSON object"
        raise HttpRefusalError(400, BAD_USER_INPUT, f"{name} must be {expected}; {EXAMPLE}")
    return value
