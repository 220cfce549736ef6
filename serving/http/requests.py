"""The one request object that all code reads: made once, before the body, of what may decide a reply.

No code behind it looks at anything else of a request, so that a cache that is keyed by it holds nothing that another
request would be answered otherwise. Headers that come after the body (trailers) are no part of it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import NamedTuple

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope

from graph_data.core.terms import Language
from serving.http.errors import BAD_USER_INPUT, BODY_TOO_LARGE, JSON, TIMEOUT, HttpRefusalError

GRAPHQL_JSON = "application/graphql-response+json"
ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE = b"accept", b"accept-encoding", b"accept-language"
CONTENT_TYPE, IF_NONE_MATCH, ORIGIN = b"content-type", b"if-none-match", b"origin"
DATASET_VERSION, COST_ONLY = b"x-dataset-version", b"x-cost-only"
READ_HEADERS = frozenset(
    {ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_TYPE, IF_NONE_MATCH, ORIGIN, DATASET_VERSION, COST_ONLY}
)
NAMED = "juesuan.client"  # of a scope: the NamedClient, where there is one
_OFFERED = {
    JSON: JSON,
    GRAPHQL_JSON: GRAPHQL_JSON,
    "application/*": JSON,
    "*/*": JSON,
}

_LANGUAGES = {"zh": Language.ZH, "en": Language.EN}

Headers = tuple[tuple[bytes, bytes], ...]


class Wishes(NamedTuple):
    """What a client asks for beside its question.

    `media_type` is None where nothing that is offered will do; `shows_pages` says that it is a browser; `language` is
    that of words, Chinese where it names neither; `dataset_version` is the only one that will do.
    """

    media_type: str | None
    shows_pages: bool
    language: Language
    content_type: str
    if_none_match: str
    dataset_version: str | None
    cost_only: bool


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request as code reads it: `headers` are those of READ_HEADERS, as they came; `client` is an address."""

    method: str
    query_string: bytes
    headers: Headers
    client: str

    @staticmethod
    def of(scope: Scope) -> HttpRequest:
        """The request of an ASGI scope, whose headers may be changed afterwards."""
        headers = tuple([header for header in scope["headers"] if header[0] in READ_HEADERS])
        return HttpRequest(scope["method"], scope["query_string"], headers, client_of(scope))

    def wishes(self) -> Wishes:
        """What the headers ask for; values that came apart are joined as HTTP says."""
        values: dict[bytes, str] = {}
        for name, value in self.headers:
            text = value.decode("latin-1")
            values[name] = f"{values[name]}, {text}" if name in values else text
        accept = values.get(ACCEPT, "")
        return Wishes(
            _preferred_type(accept),
            _accepts_html(accept),
            _preferred_language(values.get(ACCEPT_LANGUAGE, "")),
            values.get(CONTENT_TYPE, ""),
            values.get(IF_NONE_MATCH, ""),
            values.get(DATASET_VERSION),
            COST_ONLY in values,
        )


class NamedClient(str):
    """A client that said who it is, told from every address; `rate` is the cost that it may spend in a minute, None for
    what all may."""

    __slots__ = ("name", "rate")

    def __new__(cls, name: str, rate: int | None) -> NamedClient:
        """`name` is that in the file of clients."""
        found = super().__new__(cls, f"client:{name}")
        found.name, found.rate = name, rate
        return found

    name: str
    rate: int | None


def client_of(scope: Scope) -> str:
    """The client that the request names by its token, else the address that it comes from; empty where neither is."""
    named: NamedClient | None = scope.get(NAMED)
    if named is not None:
        return named
    client = scope.get("client")
    return client[0] if client is not None else ""


async def read_body(scope: Scope, receive: Receive, limit: int, seconds: int) -> bytes:
    """The whole body, read no further than the limit. Raises HttpRefusalError 413, 408, or 400 where it ends early."""
    chunks, size = [], 0
    try:
        async with asyncio.timeout(seconds):
            async for chunk in Request(scope, receive).stream():
                size += len(chunk)
                if size > limit:
                    raise HttpRefusalError(413, BODY_TOO_LARGE, f"the body is longer than {limit} bytes")
                chunks.append(chunk)
    except ClientDisconnect as error:
        raise HttpRefusalError(400, BAD_USER_INPUT, "the body ended early") from error
    except TimeoutError as error:
        headers = {"connection": "close"}
        raise HttpRefusalError(408, TIMEOUT, f"the body did not arrive within {seconds} s", headers) from error
    return b"".join(chunks)


def _preferred_type(accept: str) -> str | None:
    """The offered media type that is preferred; JSON where nothing is said, None where none will do."""
    if not accept.strip():
        return JSON
    best: tuple[int, str | None] = (0, None)
    for entry in accept.split(","):
        media_type, *parameters = (part.strip().lower() for part in entry.split(";"))
        weight = _weight(parameters)
        if media_type in _OFFERED and weight > best[0]:
            best = (weight, _OFFERED[media_type])
    return best[1]


def _preferred_language(accept_language: str) -> Language:
    best = (0, Language.ZH)
    for entry in accept_language.split(","):
        name, *parameters = (part.strip().lower() for part in entry.split(";"))
        language, weight = _LANGUAGES.get(name.partition("-")[0]), _weight(parameters)
        if language is not None and weight > best[0]:
            best = (weight, language)
    return best[1]


def _accepts_html(accept: str) -> bool:
    return any(entry.split(";")[0].strip().lower() == "text/html" for entry in accept.split(","))


def _weight(parameters: list[str]) -> int:
    """The q of an entry in thousandths; 1000 where none is given or it cannot be read."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        whole, _, fraction = value.partition(".")
        if name == "q" and whole in ("0", "1") and (fraction.isdecimal() or not fraction):
            return min(1000, int(whole) * 1000 + int(fraction[:3].ljust(3, "0")))
    return 1000
