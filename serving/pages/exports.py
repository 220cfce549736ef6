"""GET /export/{what}.{format}: the dataset for other programs, streamed as it is written.

What can be asked for is in `graph_data.exports`; here it meets HTTP: refusals are coded as everywhere, an unchanged
export is a 304, and only so many downloads run at once.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from graph_data.core.errors import QuestionError
from graph_data.exports import NAMES, Export, all_names
from serving.graphql.limits import ClientBudgets
from serving.graphql.request import matches
from serving.http.errors import (
    BAD_USER_INPUT,
    NOT_FOUND,
    RATE_LIMITED,
    HttpRefusalError,
    candidates_of,
    refusal_reply,
    snapshot_or_refusal,
)
from serving.http.requests import client_of
from serving.process.settings import Settings
from serving.process.snapshot import DatasetHolder

ROUTE = "/export/{what}.{format}"
_BOM = "bom"
_MARKS = {"1": True, "true": True, "0": False, "false": False}
_WAIT = "10"


class Exports:
    """Answers GET and HEAD from the dataset that is served when the request begins."""

    def __init__(self, settings: Settings, holder: DatasetHolder) -> None:
        self._settings, self._holder = settings, holder
        self._budgets = ClientBudgets(settings.rate)
        self._slots = anyio.CapacityLimiter(settings.max_exports)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            export = self._asked(request)
            headers = self._headers(export)
            if matches(request.headers.get("if-none-match", ""), headers["etag"]):
                await Response(status_code=304, headers=headers)(scope, receive, send)
                return
            with self.downloading(scope, len(export.dataset.all_figures)):
                response = await self._response(request, export, headers)
                await response(scope, receive, send)
        except HttpRefusalError as refusal:
            await refusal_reply(refusal)(scope, receive, send)

    def _asked(self, request: Request) -> Export:
        if request.method not in ("GET", "HEAD"):
            raise HttpRefusalError(405, BAD_USER_INPUT, "ask with GET", {"allow": "GET, HEAD"})
        what, format = request.path_params["what"], request.path_params["format"]
        if format not in NAMES.get(what, ()):
            raise HttpRefusalError(404, NOT_FOUND, f"no such export; there are {all_names()}")
        dataset = snapshot_or_refusal(self._holder).dataset
        try:
            pairs = [(name, text) for name, text in request.query_params.multi_items() if name != _BOM]
            return Export.of(dataset, what, format, pairs, _bom(request.query_params.get(_BOM, "0")))
        except QuestionError as error:
            raise _bad(error) from error

    def _headers(self, export: Export) -> dict[str, str]:
        return {
            "content-type": export.media_type,
            "content-disposition": f'attachment; filename="{export.file_name}"',
            "etag": f'W/"{export.tag}"',
            "cache-control": self._settings.cache_control,
        }

    async def _response(self, request: Request, export: Export, headers: dict[str, str]) -> Response:
        try:
            chunks = await anyio.to_thread.run_sync(export.chunks)
        except QuestionError as error:
            raise _bad(error) from error
        if request.method == "HEAD":
            return StreamingResponse((), headers=headers)  # and so without a length, which is not known
        return StreamingResponse(_streamed(chunks), headers=headers)

    @contextmanager
    def downloading(self, scope: Scope, figures: int) -> Iterator[None]:
        """One of the downloads that may run at once, from its first byte to its last.

        It counts in a client's budget as much as there are figures, at most half of it. Raises HttpRefusalError where
        the client has asked for too much, or too many are running.
        """
        self._budgets.spend(client_of(scope), max(1, min(figures, self._settings.rate // 2)))
        borrower = object()
        try:
            self._slots.acquire_on_behalf_of_nowait(borrower)
        except anyio.WouldBlock as error:
            message = f"{self._settings.max_exports} exports are being downloaded already; try again later"
            raise HttpRefusalError(429, RATE_LIMITED, message, {"retry-after": _WAIT}) from error
        try:
            yield
        finally:
            self._slots.release_on_behalf_of(borrower)


async def _streamed(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The chunks, each made in a thread when the one before has been sent."""
    while (chunk := await anyio.to_thread.run_sync(next, chunks, None)) is not None:
        if chunk:
            yield chunk


def _bom(text: str) -> bool:
    if text not in _MARKS:
        raise QuestionError(f"bom: {text[:60]!r} is neither 1 nor 0; give bom=1 for Excel, or leave it out")
    return _MARKS[text]


def _bad(error: QuestionError) -> HttpRefusalError:
    return HttpRefusalError(400, BAD_USER_INPUT, str(error), **candidates_of(error))
