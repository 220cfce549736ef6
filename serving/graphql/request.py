"""What a client asks: GraphQL over HTTP, read strictly, with its persisted document, and the tag of its answer."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson
from starlette.datastructures import QueryParams

from graph_data.core.cache import LruCache
from graph_data.core.terms import Language
from serving.http.errors import (
    BAD_USER_INPUT,
    DATASET_CHANGED,
    DEPTH_LIMIT_EXCEEDED,
    PERSISTED_QUERY_NOT_FOUND,
    HttpRefusalError,
)
from serving.process.settings import Settings

EXAMPLE = 'send a JSON object such as {"query": "{ dataset { version } }"}'
VERSION_HEADER = "x-dataset-version"  # of a reply: what it was answered from; of a request: what it has to be

_SHA256 = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)
_NOT_FOUND = "PersistedQueryNotFound"  # the protocol's own word, which clients look for
_OVERHEAD = 400  # bytes that a document takes beside its text
_ONLY_TRUSTED = "only trusted documents are answered; give the name or SHA-256 of one as documentId"


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """One GraphQL request: the document or the name of one, its variables, and which operation is meant.

    `query` is empty where only `document_id` is given: the name or SHA-256 of a document that the service knows.
    """

    query: str
    variables: dict[str, Any]
    operation_name: str | None
    document_id: str | None = None

    @property
    def registers(self) -> bool:
        """Does it give a document with its SHA-256, to be asked for by that from then on?"""
        return bool(self.query) and self.document_id is not None


def request_of_body(body: bytes) -> GraphQLRequest:
    """The request of a body that is JSON; HttpRefusalError for what is none."""
    return _request(_loaded(body, "the body"))


def request_of_query(query_string: bytes) -> GraphQLRequest:
    """The request of the parameters of an address; HttpRefusalError for what is none."""
    fields: dict[str, Any] = dict(QueryParams(query_string))
    for name in ("variables", "extensions"):
        if name in fields:
            fields[name] = _loaded(fields[name].encode("utf-8", "surrogatepass"), name)
    return _request(fields)


def require_json(content_type: str) -> None:
    """Raises HttpRefusalError 415 for a body that is not JSON in UTF-8."""
    media_type, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charsets = {part.partition("=")[2].strip('"') for part in parameters if part.startswith("charset=")}
    if media_type != "application/json" or charsets - {"utf-8", "utf8"}:
        raise HttpRefusalError(415, BAD_USER_INPUT, "the body must be application/json in UTF-8; " + EXAMPLE)


def _loaded(raw: bytes, what: str) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise HttpRefusalError(400, BAD_USER_INPUT, f"{what} is not JSON ({error}); {EXAMPLE}") from error


def _request(fields: Any) -> GraphQLRequest:
    if not isinstance(fields, dict):
        raise HttpRefusalError(400, BAD_USER_INPUT, f"one request is one JSON object; {EXAMPLE}")
    query, extensions = _typed(fields, "query", str), _typed(fields, "extensions", dict) or {}
    document_id = _typed(fields, "documentId", str) or _persisted(extensions.get("persistedQuery"))
    if not query and document_id is None:
        raise HttpRefusalError(400, BAD_USER_INPUT, f"query is missing; {EXAMPLE}")
    variables, operation_name = _typed(fields, "variables", dict), _typed(fields, "operationName", str)
    return GraphQLRequest(query or "", variables or {}, operation_name or None, document_id)


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


@dataclass(slots=True)
class PersistedQueries:
    """Finds the text of a request that names its document, and stores the text that a client registers."""

    settings: Settings
    _trusted: dict[str, str] = field(init=False)
    _texts: frozenset[str] = field(init=False)
    _registered: LruCache[str, str] = field(init=False)

    def __post_init__(self) -> None:
        folder = self.settings.trusted_documents
        self._trusted = {} if folder is None else read_trusted(folder)
        self._texts = frozenset(self._trusted.values())
        self._registered = LruCache(0 if self.settings.only_trusted else self.settings.persisted_cache)

    def resolved(self, request: GraphQLRequest) -> GraphQLRequest:
        """The request with its text. Raises HttpRefusalError where it has none, or one that is not to be answered."""
        name = request.document_id
        if name is None and not self.settings.only_trusted and request.query:
            return request
        if name is not None and name in self._trusted:
            return replace(request, query=self._trusted[name])
        if self.settings.only_trusted and request.query not in self._texts:
            raise HttpRefusalError(400, BAD_USER_INPUT, _ONLY_TRUSTED)
        if name is None:
            return request
        return self._automatic(request, name)

    def _automatic(self, request: GraphQLRequest, digest: str) -> GraphQLRequest:
        if request.query:
            if sha256(request.query) != digest:
                raise HttpRefusalError(400, BAD_USER_INPUT, "sha256Hash is not the SHA-256 of query")
            self._registered.put(digest, request.query, sys.getsizeof(request.query) + _OVERHEAD)
            return request
        text = self._registered.get(digest)
        if text is None:
            raise HttpRefusalError(200, PERSISTED_QUERY_NOT_FOUND, _NOT_FOUND)
        return replace(request, query=text)


def read_trusted(folder: Path) -> dict[str, str]:
    """The documents of a folder, each under its file's name without the ending and under its SHA-256."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.graphql"))}
    return texts | {sha256(text): text for text in texts.values()}


def sha256(text: str) -> str:
    """The SHA-256 of a document, as clients compute it."""
    return hashlib.sha256(text.encode()).hexdigest()


def require_version(wanted: str, served: str) -> None:
    """Raises HttpRefusalError 412 for a client that wants another dataset than this service has."""
    if wanted.strip() != served:
        message = f"this service has dataset {served}, not {wanted.strip()[:64]!r}; ask another one, or begin anew"
        raise HttpRefusalError(412, DATASET_CHANGED, message, {VERSION_HEADER: served})


def etag(state: str, request: GraphQLRequest, language: Language = Language.ZH) -> str:
    """A weak entity tag: the same for equal questions in one language to one state, however the reply is encoded.

    Raises HttpRefusalError for variables that are nested deeper than any argument.
    """
    asked: tuple[str, str, str, str | None, Mapping[str, Any]]
    asked = state, language.name, request.query, request.operation_name, request.variables
    try:
        text = orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as error:
        raise HttpRefusalError(400, DEPTH_LIMIT_EXCEEDED, "the variables are nested too deeply") from error
    return f'W/"{hashlib.blake2b(text, digest_size=16).hexdigest()}"'


def matches(if_none_match: str, tag: str) -> bool:
    """Does the client say that it has the answer of this tag? `*` names no answer and is no match."""
    return any(entry.strip().removeprefix("W/") == tag.removeprefix("W/") for entry in if_none_match.split(","))
