"""GET /documents/{sha256} and /documents/{sha256}/pages/{number}.png: the published files that packages keep.

No path comes from a client: what is served is one of the originals of the dataset, by its SHA-256, with a media type
of ours. A file is only ever downloaded, never shown as a page of this origin. Pages are drawn in a process of their
own, bounded in memory and time, one at a time, and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from threading import Lock

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from graph_data.commands.confined import Confined
from graph_data.core.cache import LruCache
from graph_data.core.errors import DamagedError, JuesuanError
from graph_data.package.originals import Originals
from serving.graphql.limits import ClientBudgets
from serving.graphql.request import matches
from serving.http.errors import (
    BAD_USER_INPUT,
    DATA_DAMAGED,
    NOT_FOUND,
    RATE_LIMITED,
    HttpRefusalError,
    refusal_reply,
    snapshot_or_refusal,
)
from serving.http.requests import client_of
from serving.pages import rendering
from serving.process.settings import Settings
from serving.process.snapshot import DatasetHolder

FILE_ROUTE = "/documents/{sha256}"
PAGE_ROUTE = "/documents/{sha256}/pages/{number}.png"
PDF = "application/pdf"
MOST_WAITING = 16  # pages to be drawn; whoever comes then is told to wait
A_MINUTE = 600  # files and pages that one client may have in a minute, where there is a limit at all
_REMEMBERED = 64 << 20  # bytes of pictures
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
_FOREVER = "public, max-age=31536000, immutable"  # the address is a hash of the content
_MODULE = "serving.pages.rendering"

_Answer = Callable[[Request, Originals, str], Awaitable[tuple[bytes, dict[str, str]]]]


class KeptDocuments:
    """Answers from the dataset that is served when the request begins."""

    def __init__(self, settings: Settings, holder: DatasetHolder) -> None:
        self._settings, self._holder = settings, holder
        self._budgets = ClientBudgets(settings.rate)
        self._pictures: LruCache[tuple[str, int], bytes] = LruCache(_REMEMBERED)
        self._drawing = anyio.CapacityLimiter(1)
        self._process: Confined | None = None
        self._lock = Lock()

    @contextmanager
    def running(self) -> Iterator[None]:
        """While the service runs; the process that draws is begun when a page is asked for."""
        try:
            yield
        finally:
            self._end()

    async def file(self, request: Request) -> Response:
        """GET /documents/{sha256}: the file as it was published, to be saved."""
        return await self._answered(request, self._file)

    async def page(self, request: Request) -> Response:
        """GET /documents/{sha256}/pages/{number}.png: a page of a PDF, as it is read."""
        return await self._answered(request, self._page)

    async def _answered(self, request: Request, answer: _Answer) -> Response:
        try:
            originals, sha256 = self._asked(request)
            tag = f'"{sha256[:16]}-{request.path_params.get("number", 0)}"'
            if matches(request.headers.get("if-none-match", ""), tag):
                return Response(status_code=304, headers={"etag": tag, "cache-control": _FOREVER})
            self._budgets.spend(client_of(request.scope), max(1, self._settings.rate // A_MINUTE))
            body, headers = await answer(request, originals, sha256)
            return Response(body, headers={"etag": tag, "cache-control": _FOREVER} | headers)
        except HttpRefusalError as refusal:
            return refusal_reply(refusal)
        except DamagedError as error:
            return refusal_reply(HttpRefusalError(500, DATA_DAMAGED, str(error)))

    def _asked(self, request: Request) -> tuple[Originals, str]:
        sha256 = request.path_params["sha256"]
        originals = snapshot_or_refusal(self._holder).dataset.originals
        if _SHA256.fullmatch(sha256) is None or sha256 not in originals.files:
            raise HttpRefusalError(404, NOT_FOUND, "no document with this SHA-256 is kept here")
        return originals, sha256

    async def _file(self, _: Request, originals: Originals, sha256: str) -> tuple[bytes, dict[str, str]]:
        data = await anyio.to_thread.run_sync(originals.data, sha256)
        suffix = originals.files[sha256].suffix
        return data or b"", {
            "content-type": "application/pdf" if suffix == ".pdf" else "application/octet-stream",
            "content-disposition": f'attachment; filename="{sha256[:16]}{suffix}"',
        }

    async def _page(self, request: Request, originals: Originals, sha256: str) -> tuple[bytes, dict[str, str]]:
        number = _number(request.path_params["number"])
        if originals.media_type(sha256) != PDF:
            raise HttpRefusalError(404, NOT_FOUND, "the document has no pages; its lines are at /graphql")
        picture = self._pictures.get((sha256, number))
        if picture is None:
            if self._drawing.statistics().tasks_waiting >= MOST_WAITING:
                message = f"{MOST_WAITING} pages wait to be drawn already; try again later"
                raise HttpRefusalError(429, RATE_LIMITED, message, {"retry-after": "5"})
            async with self._drawing:
                picture = self._pictures.get((sha256, number))
                if picture is None:
                    picture = await anyio.to_thread.run_sync(self._drawn, originals, sha256, number)
                    self._pictures.put((sha256, number), picture, len(picture))
        return picture, {"content-type": "image/png"}

    def _drawn(self, originals: Originals, sha256: str, number: int) -> bytes:
        lines = originals.lines(sha256)
        turn = next((line.turn for line in lines.lines if line.page == number), 0) if lines is not None else 0
        originals.data(sha256)
        with self._lock:
            try:
                self._process = self._process or Confined(_MODULE)
                found: bytes | None = self._process.run(
                    f"page {number}", rendering.render, originals.files[sha256], number, turn,
                    on_page=lambda _done, _total: None,
                )  # fmt: skip
            except (JuesuanError, OSError) as error:
                self._end()
                message = f"page {number} cannot be drawn: {error}"
                raise HttpRefusalError(422, BAD_USER_INPUT, message) from error
        if found is None:
            raise HttpRefusalError(404, NOT_FOUND, f"the document has no page {number}")
        return found

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.__exit__(None, None, None)


def _number(text: str) -> int:
    if _NUMBER.fullmatch(text) is None:
        raise HttpRefusalError(404, NOT_FOUND, "pages are counted from 1, as in /documents/…/pages/1.png")
    return int(text)
