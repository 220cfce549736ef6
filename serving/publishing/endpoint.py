"""GET, POST and DELETE under /accounts: who may do what, how much at once, and the reply, in one or as it goes."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import anyio
import anyio.to_thread
import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from graph_data.core.errors import JuesuanError, QuestionError
from graph_data.core.records import AccountKey
from graph_data.store.clients import Client, Clients
from graph_data.store.store import Store
from serving.graphql.limits import ClientBudgets
from serving.graphql.request import VERSION_HEADER, matches
from serving.http.errors import (
    BAD_USER_INPUT,
    INTERNAL,
    JSON,
    NOT_FOUND,
    RATE_LIMITED,
    HttpRefusalError,
    formatted,
    json_reply,
    refusal_reply,
    snapshot_or_refusal,
)
from serving.http.requests import client_of
from serving.process.logs import REQUEST_ID, logger
from serving.process.settings import Settings
from serving.process.snapshot import DatasetHolder
from serving.publishing import packages, uploads
from serving.publishing.publication import (
    CONFLICT,
    FORBIDDEN,
    UNREADABLE,
    Publication,
    Readers,
    Wish,
    account_id,
)

ROUTE, ACCOUNT_ROUTE = "/accounts", "/accounts/{division}/{department:path}/{year}"
UNAUTHENTICATED = "UNAUTHENTICATED"
_BEARER = "bearer "
_EVENTS = "text/event-stream"
_OF_ONE_CLIENT = 2  # publications at once
_COST = 1_000  # of an account's package, and of a list of them
_REASON = 500  # characters
_SERVED_SECONDS = 60  # that a reply waits for what was published to be served
_Result = TypeVar("_Result")
_STATUS = {FORBIDDEN: 403, CONFLICT: 409, UNREADABLE: 422}


@dataclass(slots=True)
class AccountsEndpoint:
    """Answers from the snapshot that is served when a request begins; without a store it only reads."""

    settings: Settings
    holder: DatasetHolder
    store: Store | None
    clients: Clients | None
    readers: Readers = field(default_factory=Readers)
    _budgets: ClientBudgets = field(init=False)
    _running: Counter[str] = field(default_factory=Counter)
    _tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._budgets = ClientBudgets(self.settings.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._response(request)
        except HttpRefusalError as refusal:
            response = refusal_reply(refusal)
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        parameters = request.path_params
        if not parameters:
            if request.method in ("GET", "HEAD"):
                return await self._list(request)
            return await self._publish(request)
        if request.method in ("GET", "HEAD"):
            return await self._fetch(request)
        return await self._withdraw(request)

    # -------------------------------------------------------------------------------------------------------- reading

    async def _list(self, request: Request) -> Response:
        snapshot = snapshot_or_refusal(self.holder)
        self._budgets.spend(client_of(request.scope), _COST)
        headers = self._caching(snapshot.dataset.version)
        if matches(request.headers.get("if-none-match", ""), headers["etag"]):
            return Response(status_code=304, headers=headers)
        told = await anyio.to_thread.run_sync(lambda: orjson.dumps(packages.listing(snapshot)))
        return json_reply(told, JSON, 200, headers | {VERSION_HEADER: snapshot.dataset.version})

    async def _fetch(self, request: Request) -> Response:
        snapshot = snapshot_or_refusal(self.holder)
        self._budgets.spend(client_of(request.scope), _COST)
        key, is_package = _key(request)
        if not is_package:
            return json_reply(orjson.dumps(packages.history(snapshot, key)), JSON, 200)
        digest = request.query_params.get("version")
        try:
            found = await anyio.to_thread.run_sync(packages.archive, snapshot, self.store, key, digest)
        except QuestionError as error:
            raise HttpRefusalError(400, BAD_USER_INPUT, str(error)) from error
        except OSError as error:
            raise packages.unknown(key) from error
        name = quote(account_id(key).replace("/", "-"))
        headers = self._caching(found[0]) | {"content-disposition": f"attachment; filename*=UTF-8''{name}.zip"}
        if matches(request.headers.get("if-none-match", ""), headers["etag"]):
            return Response(status_code=304, headers=headers)
        return Response(found[1], headers=headers, media_type="application/zip")

    def _caching(self, tag: str) -> dict[str, str]:
        return {"etag": f'W/"{tag}"', "cache-control": self.settings.cache_control}

    # ----------------------------------------------------------------------------------------------------- publishing

    async def _publish(self, request: Request) -> Response:
        store, client = self._allowed(request, "POST", "GET, HEAD, POST")
        wish_fields = dict(request.query_params)
        snapshot = snapshot_or_refusal(self.holder)
        with ExitStack() as opened:
            opened.enter_context(self._slot(client))
            folder = await anyio.to_thread.run_sync(opened.enter_context, store.workshop())
            upload = await uploads.receive(request, folder, self.settings.max_upload, self.settings.upload_timeout)
            wish = Wish.of(wish_fields | dict(upload.fields))
            published = snapshot.published or store.published()
            publication = Publication(store, client, self.readers, snapshot.dataset, published)
            work, done = partial(self._work, publication, upload, wish, folder), opened.pop_all().close
        if _EVENTS in request.headers.get("accept", ""):
            return StreamingResponse(self._events(work, done), media_type=_EVENTS, headers={"x-accel-buffering": "no"})
        status, told = await self._finished(work, done, lambda _what, _done, _all: None)
        return json_reply(orjson.dumps(told), JSON, status)

    def _work(
        self, publication: Publication, upload: uploads.Upload, wish: Wish, folder: Path, progress: Callable[..., None]
    ) -> tuple[int, dict[str, Any]]:
        """The status and the body of the reply; nothing is raised."""
        try:
            told = publication.run(upload, wish, folder, progress)
        except HttpRefusalError as refusal:
            return refusal.status, {"errors": [formatted(str(refusal), refusal.code)]}
        except Exception as error:  # noqa: BLE001 - a fault of ours: nothing was published, or all of it
            logger().error("internal error", exc_info=error)
            return 500, {"errors": [formatted(f"internal error; quote request id {REQUEST_ID.get()}", INTERNAL)]}
        stops = [each for each in told["accounts"] if each["state"] == "REFUSED"]
        if told["published"] or wish.dry_run:
            return (201 if told["published"] else 200), told
        if all(each["state"] in ("UNCHANGED", "REFUSED") for each in told["accounts"]) and len(stops) < len(
            told["accounts"]
        ):
            return 200, told
        errors = [formatted(f"{' + '.join(each['documents'])}: {each['reason']}", each["code"]) for each in stops]
        return min((_STATUS.get(each["code"], 422) for each in stops), default=422), {"errors": errors, **told}

    async def _finished(
        self, work: Callable[..., tuple[int, dict[str, Any]]], done: Callable[[], None], progress: Callable[..., None]
    ) -> tuple[int, dict[str, Any]]:
        """What came of the work, which goes on to its end whether or not the client waits for it."""

        async def run() -> tuple[int, dict[str, Any]]:
            try:
                status, told = await anyio.to_thread.run_sync(work, progress)
            finally:
                await anyio.to_thread.run_sync(done)
            if told.get("number") is not None:
                told["version"] = await self._served(told["number"])
            return status, told

        return await asyncio.shield(self._begin(run()))

    async def _served(self, number: int) -> str | None:
        """The version of the dataset in which a publication is served; None where that takes long."""
        for _ in range(_SERVED_SECONDS * 10):
            snapshot = self.holder.snapshot
            if snapshot is not None and snapshot.published is not None and snapshot.published.number >= number:
                return snapshot.dataset.version
            await asyncio.sleep(0.1)
        return None

    def _events(self, work: Callable[..., Any], done: Callable[[], None]) -> AsyncIterator[bytes]:
        """How far it is, and in the end the reply, as Server-Sent Events; the work begins whoever listens."""
        loop, queue = asyncio.get_running_loop(), asyncio.Queue[bytes | None]()

        def progress(what: str, number: int, of: int) -> None:
            told = orjson.dumps({"what": what, "done": number, "of": of})
            loop.call_soon_threadsafe(queue.put_nowait, _event("progress", told))

        async def run() -> None:
            status, told = await self._finished(work, done, progress)
            queue.put_nowait(_event("result", orjson.dumps({"status": status, **told})))
            queue.put_nowait(None)

        async def events() -> AsyncIterator[bytes]:
            while (event := await queue.get()) is not None:
                yield event

        self._begin(run())
        return events()

    def _begin(self, work: Coroutine[Any, Any, _Result]) -> asyncio.Task[_Result]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    # ---------------------------------------------------------------------------------------------------- withdrawing

    async def _withdraw(self, request: Request) -> Response:
        store, client = self._allowed(request, "DELETE", "GET, HEAD, DELETE")
        key, is_package = _key(request)
        reason = request.query_params.get("reason", "").strip()
        if is_package or not reason or len(reason) > _REASON or not reason.isprintable():
            message = f"say why in at most {_REASON} characters: DELETE /accounts/370300/102/2022?reason=…"
            raise HttpRefusalError(400, BAD_USER_INPUT, message)
        snapshot = snapshot_or_refusal(self.holder)
        published = await anyio.to_thread.run_sync(store.published)
        last = published.versions.get(key, ())
        account = snapshot.dataset.account(key)
        if account is None and not any(each.digest for each in last[-1:]):
            raise packages.unknown(key)
        if not client.may_publish(key.division, (key.department,)):
            message = f"{client.name} does not publish for {key.division} {key.department}"
            raise HttpRefusalError(403, FORBIDDEN, message[:200])
        versions = await anyio.to_thread.run_sync(store.withdraw, [key], client.name, reason)
        number = versions[0].number if versions else published.number
        told = {"id": account_id(key), "withdrawn": reason, "number": number, "version": await self._served(number)}
        return json_reply(orjson.dumps(told), JSON, 200)

    # ------------------------------------------------------------------------------------------------ who and how

    def _allowed(self, request: Request, method: str, methods: str) -> tuple[Store, Client]:
        """The store and who asks. Raises HttpRefusalError for another method, and for whoever has no token."""
        if self.store is None or self.clients is None:
            if request.method == method:
                raise HttpRefusalError(404, NOT_FOUND, "nothing is published here; this service only reads")
            raise HttpRefusalError(405, BAD_USER_INPUT, "ask with GET", {"allow": "GET, HEAD"})
        if request.method != method:
            raise HttpRefusalError(405, BAD_USER_INPUT, f"ask with {methods}", {"allow": methods})
        given = request.headers.get("authorization", "")
        try:
            is_bearer = given.lower().startswith(_BEARER)
            client = self.clients.named_by(given[len(_BEARER) :].strip()) if is_bearer else None
        except JuesuanError as error:
            logger().error("clients cannot be read", reason=str(error))
            client = None
        if client is None or not client.divisions:
            status, code = (401, UNAUTHENTICATED) if client is None else (403, FORBIDDEN)
            message = "send the token of a client that publishes as Authorization: Bearer …"
            raise HttpRefusalError(status, code, message, {"www-authenticate": "Bearer", "connection": "close"})
        return self.store, client

    @contextmanager
    def _slot(self, client: Client) -> Iterator[None]:
        """One of the publications that may run at once. Raises HttpRefusalError 429 where there is none left."""
        is_full = self._running.total() >= self.settings.max_publishing
        if is_full or self._running[client.name] >= _OF_ONE_CLIENT:
            message = "as many publications as may are being taken in already; try again"
            raise HttpRefusalError(429, RATE_LIMITED, message, {"retry-after": "2", "connection": "close"})
        self._running[client.name] += 1
        try:
            yield
        finally:
            self._running[client.name] -= 1


def _key(request: Request) -> tuple[AccountKey, bool]:
    """The account that an address names, and whether its package is asked for. HttpRefusalError for what names none."""
    parameters = request.path_params
    year = parameters["year"].removesuffix(".zip")
    division, department = parameters["division"], parameters["department"]
    if not (year.isascii() and year.isdigit() and len(year) == 4 and division.isascii() and division.isdigit()):
        raise HttpRefusalError(404, NOT_FOUND, "an account is addressed as /accounts/370300/102/2022")
    return AccountKey(division, department, int(year)), parameters["year"].endswith(".zip")


def _event(name: str, data: bytes) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (name.encode(), data)
