"""/export/{what}.{format}: the dataset for other programs, streamed as it is written.

What can be asked for is in `graph_data.exports`; here it meets HTTP: GET with parameters, POST with a JSON object of
the same; `query` takes a GraphQL question of one list or analysis, saved or sent, `analyze` that field's arguments.
Refusals are coded as everywhere, an unchanged export is a 304, and only so many downloads run at once.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

import anyio.to_thread
import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from graph_data.core.deadline import OutOfTimeError, until
from graph_data.core.errors import DamagedError, QuestionError
from graph_data.core.terms import Language
from graph_data.dataset import Dataset
from graph_data.exports import ANALYSIS, NAMES, Asked, Export, all_names, require_marked
from graph_data.exports.formats import TABLE_FORMATS
from schema.exported import ANALYZE, ANALYZE_ARGUMENTS, exported
from serving.graphql import request as asking
from serving.graphql.endpoint import GraphQLEndpoint
from serving.graphql.executor import too_long
from serving.graphql.limits import ClientBudgets
from serving.graphql.request import GraphQLRequest, matches
from serving.http.errors import (
    BAD_USER_INPUT,
    DATA_DAMAGED,
    NOT_FOUND,
    RATE_LIMITED,
    TIMEOUT,
    HttpRefusalError,
    candidates_of,
    formatted_all,
    refusal_reply,
    snapshot_or_refusal,
)
from serving.http.requests import client_of, read_body
from serving.process.settings import Settings
from serving.process.snapshot import DatasetHolder

ROUTE = "/export/{what}.{format}"
QUERY = "query"
_METHODS = ("GET", "HEAD", "POST")
_BOM, _LANGUAGE = "bom", "language"
_MARKS = {"1": True, "true": True, "0": False, "false": False}
_EXCEL = "application/vnd.ms-excel"  # what Excel accepts, and nothing else
_WAIT = "10"
_Result = TypeVar("_Result")
_EXAMPLE = 'send one such as {"where": {"fiscalYear": {"eq": 2022}}}'


class Exports:
    """Answers from the dataset that is served when the request begins.

    What has to be worked out before the first byte takes its turn with the questions of /graphql and as long as one of
    them may; of the downloads that run at once one client has half at most.
    """

    def __init__(self, settings: Settings, holder: DatasetHolder, endpoint: GraphQLEndpoint) -> None:
        self._settings, self._holder, self._endpoint = settings, holder, endpoint
        self._budgets = ClientBudgets(settings.rate)
        self._of_client: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            export = await self._export(request, scope, receive)
            headers = await self.worked_out(scope, lambda: self._headers(export))
            if matches(request.headers.get("if-none-match", ""), headers["etag"]):
                await Response(status_code=304, headers=headers)(scope, receive, send)
                return
            with self.downloading(scope, len(export.dataset.all_figures)):
                response = await self._response(request, export, headers)
                await response(scope, receive, send)
        except HttpRefusalError as refusal:
            await refusal_reply(refusal)(scope, receive, send)
        except DamagedError as error:
            await refusal_reply(HttpRefusalError(500, DATA_DAMAGED, str(error)))(scope, receive, send)

    async def _export(self, request: Request, scope: Scope, receive: Receive) -> Export:
        if request.method not in _METHODS:
            allowed = ", ".join(_METHODS)
            raise HttpRefusalError(405, BAD_USER_INPUT, "ask with GET or POST", {"allow": allowed})
        what, format = request.path_params["what"], request.path_params["format"]
        takes_question = what in (QUERY, ANALYSIS)
        if format not in (TABLE_FORMATS if takes_question else NAMES.get(what, ())):
            raise HttpRefusalError(404, NOT_FOUND, f"no such export; there are {all_names()}, {_questions()}")
        dataset, body = snapshot_or_refusal(self._holder).dataset, None
        if request.method == "POST":
            asking.require_json(request.headers.get("content-type", ""))
            body = await read_body(scope, receive, self._settings.max_body, self._settings.body_timeout)
        try:
            bom = _is_marked(request, format)
            require_marked(format, bom)
            if takes_question:
                return await self._asked(request, body, dataset, bom)
            given: Any = [pair for pair in request.query_params.multi_items() if pair[0] != _BOM]
            if body is not None:
                given = dict(given) | _object(body)
            return Export.of(dataset, what, format, given, bom)
        except QuestionError as error:
            raise _bad(error) from error

    async def _asked(self, request: Request, body: bytes | None, dataset: Dataset, bom: bool) -> Export:
        """The export that a GraphQL question asks for."""
        if request.path_params["what"] == ANALYSIS:
            question = GraphQLRequest(ANALYZE, _analysis_arguments(request, body), None)
        else:
            read = asking.request_of_query(request.scope["query_string"]) if body is None else None
            question = self._endpoint.persisted.resolved(read or asking.request_of_body(body or b""))
        prepared = await self._endpoint.operation(client_of(request.scope), question)
        if isinstance(prepared, list):
            error = formatted_all(prepared, executing=False)[0]
            raise HttpRefusalError(400, error["extensions"]["code"], error["message"])
        operation, variables = prepared
        schema = self._endpoint.schema
        wanted = await self.worked_out(request.scope, lambda: exported(schema, dataset, operation, variables))
        language, asked = _language(request.query_params.get(_LANGUAGE, "ZH")), wanted.asked
        if isinstance(asked, Asked):
            asked = replace(asked, language=language)
        told = orjson.dumps([question.query, question.variables]).decode()
        format = request.path_params["format"]
        return Export(dataset, wanted.what, format, asked, language, bom, told)

    def _headers(self, export: Export) -> dict[str, str]:
        return {
            "content-type": export.media_type,
            "content-disposition": f'attachment; filename="{export.file_name}"',
            "etag": f'W/"{export.tag}"',
            "cache-control": self._settings.cache_control,
            "vary": "accept",
        }

    async def _response(self, request: Request, export: Export, headers: dict[str, str]) -> Response:
        chunks = await self.worked_out(request.scope, export.chunks)
        if request.method == "HEAD":
            return StreamingResponse((), headers=headers)  # and so without a length, which is not known
        return StreamingResponse(_streamed(chunks), headers=headers)

    async def worked_out(self, scope: Scope, work: Callable[[], _Result]) -> _Result:
        """What `work` returns. Raises HttpRefusalError where it refuses, takes too long, or waits too long."""
        seconds = self._settings.execution_timeout

        def timed() -> _Result:
            try:
                with until(time.monotonic_ns() + seconds * 10**9):
                    return work()
            except OutOfTimeError as error:
                raise HttpRefusalError(400, TIMEOUT, too_long(seconds)) from error
            except QuestionError as error:
                raise _bad(error) from error

        return await self._endpoint.slots.run(client_of(scope), timed)

    @contextmanager
    def downloading(self, scope: Scope, figures: int) -> Iterator[None]:
        """One of the downloads that may run at once, from its first byte to its last.

        It counts in a client's budget as much as there are figures, at most half of it. Raises HttpRefusalError where
        the client has asked for too much, or too many are running.
        """
        client, most = client_of(scope), self._settings.max_exports
        self._budgets.spend(client, max(1, min(figures, self._settings.rate // 2)))
        if self._of_client.total() >= most or self._of_client[client] >= max(1, most // 2):
            message = f"{self._of_client[client]} of {most} exports are being downloaded for you; try again later"
            raise HttpRefusalError(429, RATE_LIMITED, message, {"retry-after": _WAIT})
        self._of_client[client] += 1
        try:
            yield
        finally:
            self._of_client[client] -= 1
            if not self._of_client[client]:
                del self._of_client[client]


async def _streamed(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The chunks, each made in a thread when the one before has been sent."""
    while (chunk := await anyio.to_thread.run_sync(next, chunks, None)) is not None:
        if chunk:
            yield chunk


def _questions() -> str:
    """query.csv, analyze.csv, …"""
    return ", ".join(f"{what}.{format}" for what in (QUERY, ANALYSIS) for format in TABLE_FORMATS)


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise QuestionError(f"the body is not JSON ({error}); {_EXAMPLE}") from error
    if not isinstance(found, dict):
        raise QuestionError(f"the body is no JSON object; {_EXAMPLE}")
    return found


def _analysis_arguments(request: Request, body: bytes | None) -> dict[str, Any]:
    """The arguments of `analyze`: a JSON object, or parameters that are each JSON or a bare word."""
    if body is not None:
        given = _object(body)
    else:
        parameters = request.query_params.items()
        given = {name: _json(text) for name, text in parameters if name not in (_BOM, _LANGUAGE)}
    unknown = next((name for name in given if name not in ANALYZE_ARGUMENTS), None)
    if unknown is not None:
        there = ", ".join(ANALYZE_ARGUMENTS)
        raise QuestionError(f"{unknown[:60]!r} is no argument of analyze; there are {there}")
    return given


def _json(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def _language(text: str) -> Language:
    if text.upper() not in Language.__members__:
        raise QuestionError(f"language: {text[:60]!r} is none of {', '.join(Language.__members__)}")
    return Language[text.upper()]


def _is_marked(request: Request, format: str) -> bool:
    """Is CSV to open with a byte order mark? As the parameter says, else where Accept names Excel."""
    wanted = format == "csv" and _EXCEL in request.headers.get("accept", "").lower()
    return _bom(request.query_params.get(_BOM, "1" if wanted else "0"))


def _bom(text: str) -> bool:
    if text not in _MARKS:
        raise QuestionError(f"bom: {text[:60]!r} is neither 1 nor 0; give bom=1 for Excel, or leave it out")
    return _MARKS[text]


def _bad(error: QuestionError) -> HttpRefusalError:
    return HttpRefusalError(400, BAD_USER_INPUT, str(error), **candidates_of(error))
