"""GraphQL over HTTP: one ASGI endpoint over the schema.

Strawberry builds the schema; the transport is ours, because its own view answers junk bodies with 500, escapes Chinese,
runs the first of several operations, and does not speak application/graphql-response+json. A question goes through
here: read, resolved to its text, cached or unchanged?, prepared, measured, paid for, run.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graphql import GraphQLError, OperationDefinitionNode
from starlette.datastructures import QueryParams
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry import Schema

from graph_data.core.deadline import OutOfTimeError
from graph_data.core.errors import QuestionError
from graph_data.core.terms import Language
from schema.guard import WEIGHTS, require_few_values
from serving.graphql import request as asking
from serving.graphql.cost import Cost, require_affordable
from serving.graphql.documents import DocumentCache, NotAQueryError, PreparedDocument, Profile
from serving.graphql.executor import LEASH, SMALL, Answer, Execution, Executor, is_long_reply
from serving.graphql.limits import ClientBudgets, ExecutionSlots
from serving.graphql.request import VERSION_HEADER, GraphQLRequest, PersistedQueries
from serving.http.errors import (
    BAD_USER_INPUT,
    JSON,
    HttpRefusalError,
    json_reply,
    refusal_reply,
    snapshot_or_refusal,
)
from serving.http.requests import (
    GRAPHQL_JSON,
    HttpRequest,
    Wishes,
    read_body,
)
from serving.process.metrics import CACHED, COMPUTED, UNCHANGED, Metrics
from serving.process.settings import Settings
from serving.process.snapshot import DatasetHolder, Snapshot

PATH = "/graphql"
_SHORT = 250  # characters of a document that is prepared in a millisecond or two, whatever it says
_PAGE_UNLESS = ("query", "documentId", "extensions")  # parameters that make a browser's request a question


class _Asked(NamedTuple):
    """A question, who asks it, how it is to be answered, and of which data."""

    client: str
    question: GraphQLRequest
    media_type: str
    language: Language
    snapshot: Snapshot


@dataclass(slots=True)
class GraphQLEndpoint:
    """Answers POST and GET /graphql from the snapshot that is served when the request begins.

    `page` is what a browser is shown that asks nothing.
    """

    schema: Schema
    settings: Settings
    holder: DatasetHolder
    slots: ExecutionSlots
    metrics: Metrics
    page: Callable[[], Response]
    documents: DocumentCache = field(init=False)
    executor: Executor = field(init=False)
    persisted: PersistedQueries = field(init=False)
    budgets: ClientBudgets = field(init=False)

    def __post_init__(self) -> None:
        self.documents = DocumentCache(self.schema._schema, self.settings, WEIGHTS)
        self.executor = Executor(self.settings, self.metrics)
        self.persisted, self.budgets = PersistedQueries(self.settings), ClientBudgets(self.settings.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._response(HttpRequest.of(scope), scope, receive)
        await response(scope, receive, send)

    def answer_at_once(
        self, request: HttpRequest, body: bytes, snapshot: Snapshot, sendable: Container[bool]
    ) -> Answer | None:
        """The answer to a POST of JSON that is cached, or short and its document known: paid for and counted.

        None, and nothing done, where it is neither, or has errors, or is to be refused: `__call__` has to answer.
        `sendable` says whether the caller can send long replies, short ones, or both; an answer that turns out to be of
        the other kind is paid for and given, and found by `__call__` in the cache.
        """
        if len(body) > self.settings.max_body:
            return None
        try:
            question = asking.request_of_body(body)
            if question.registers:
                return None
            question = self.persisted.resolved(question)
            wishes = request.wishes()
            tag = asking.etag(snapshot.dataset.state, question, wishes.language)
            if (cached := snapshot.answer(tag)) is not None:
                may = is_long_reply(cached) in sendable and self.pays_for_cached(request.client)
                return Answer(tag, cached, CACHED) if may else None
            document = self.documents.get(question.query)
            if not isinstance(document, PreparedDocument) or tag in snapshot.computing:
                return None
            if len(question.query) > SMALL and not document.known_profile(question.operation_name, question.variables):
                return None
            profile = self._profile(question, document)
            cost = Cost(profile.measures.cost, self.settings.max_cost)
            require_affordable(cost, profile.measures, self.settings.max_ids)
            media_type = wishes.media_type or JSON
            execution = Execution(question, document, profile, cost, snapshot, tag, media_type, wishes.language)
        except (HttpRefusalError, QuestionError):
            return None
        is_long = execution.profile.is_long
        fits = (True in sendable and False in sendable) if is_long is None else is_long in sendable
        if not fits or not execution.is_short:
            return None
        answer = self.executor.run_plan(execution, LEASH)
        if answer is None or not self.budgets.has_spent(request.client, execution.cost.requested):
            return None
        self.metrics.answer(COMPUTED, execution.cost.requested)
        return answer

    def pays_for_cached(self, client: str) -> bool:
        """Pay for and count a cached answer; False, and nothing done, for a client that cannot pay."""
        if not self.budgets.has_spent_one(client):
            return False
        self.metrics.answer(CACHED)
        return True

    async def _response(self, request: HttpRequest, scope: Scope, receive: Receive) -> Response:
        wishes = request.wishes()
        if self.settings.playground and wishes.shows_pages and _asks_nothing(request):
            return self.page()
        media_type = wishes.media_type
        try:
            if media_type is None:
                raise HttpRefusalError(406, BAD_USER_INPUT, f"Accept must allow {JSON} or {GRAPHQL_JSON}")
            question = await self._question(request, wishes, scope, receive)
            return await self._answered(request.client, question, wishes, media_type)
        except NotAQueryError as error:
            status = 405 if request.method == "GET" else 400
            refusal = HttpRefusalError(status, BAD_USER_INPUT, str(error), {"allow": "POST"})
            return refusal_reply(refusal, media_type or JSON)
        except HttpRefusalError as refusal:
            self.metrics.errors([refusal.code])
            return refusal_reply(refusal, media_type or JSON)

    async def _question(self, request: HttpRequest, wishes: Wishes, scope: Scope, receive: Receive) -> GraphQLRequest:
        allowed = ("GET", "POST") if self.settings.get else ("POST",)
        if request.method not in allowed:
            headers = {"allow": ", ".join(allowed)}
            raise HttpRefusalError(405, BAD_USER_INPUT, f"ask with {' or '.join(reversed(allowed))}", headers)
        if request.method == "GET":
            question = asking.request_of_query(request.query_string)
        else:
            asking.require_json(wishes.content_type)
            body = await read_body(scope, receive, self.settings.max_body, self.settings.body_timeout)
            question = asking.request_of_body(body)
        return self.persisted.resolved(question)

    async def _answered(self, client: str, question: GraphQLRequest, wishes: Wishes, media_type: str) -> Response:
        snapshot = snapshot_or_refusal(self.holder)
        if wishes.dataset_version is not None:
            asking.require_version(wishes.dataset_version, snapshot.dataset.version)
        asked = _Asked(client, question, media_type, wishes.language, snapshot)
        if wishes.cost_only:
            return await self._computed(asked, "")
        tag = asking.etag(snapshot.dataset.state, question, wishes.language)
        if wishes.if_none_match and asking.matches(wishes.if_none_match, tag):
            self.budgets.spend_one(client)
            self.metrics.answer(UNCHANGED)
            return Response(status_code=304, headers=self._caching(tag, snapshot))
        cached = await snapshot.answer_when_computed(tag)
        if cached is None:
            return await self._computed(asked, tag)
        self.budgets.spend_one(client)
        self.metrics.answer(CACHED)
        return json_reply(cached, media_type, 200, self._caching(tag, snapshot))

    async def _computed(self, asked: _Asked, tag: str) -> Response:
        """The reply to a question that nothing is cached of; without a tag, to what it costs."""
        client, question, media_type, language, snapshot = asked
        cost = Cost(0, self.settings.max_cost)
        document = await self._document(client, question.query)
        if not isinstance(document, PreparedDocument):
            return self.executor.failed(document, media_type, cost, executing=False)
        try:
            profile = await self._measured(client, question, document)
            cost = Cost(profile.measures.cost, self.settings.max_cost)
            if not tag:
                return self.executor.uncached({"data": None}, media_type, cost)
            require_affordable(cost, profile.measures, self.settings.max_ids)
        except QuestionError as error:
            errors = [GraphQLError(str(error), original_error=error)]
            return self.executor.failed(errors, media_type, cost, executing=True)
        self.budgets.spend(client, cost.requested)
        self.metrics.answer(COMPUTED, cost.requested)
        execution = Execution(question, document, profile, cost, snapshot, tag, media_type, language)
        with snapshot.computing_answer(tag):
            made = await self._run(client, execution)
        if isinstance(made, Response):
            return made
        return json_reply(made.body, media_type, 200, self._caching(tag, snapshot))

    async def operation(
        self, client: str, question: GraphQLRequest
    ) -> tuple[OperationDefinitionNode, Mapping[str, Any]] | list[GraphQLError]:
        """The operation that a question means and its variables, or every error that keeps it from being answered.

        Its document is paid for as here; its answer is not made. Raises QuestionError, HttpRefusalError.
        """
        document = await self._document(client, question.query)
        if not isinstance(document, PreparedDocument):
            return list(document)
        profile = await self._measured(client, question, document)
        return profile.operation, question.variables

    async def _run(self, client: str, execution: Execution) -> Answer | Response:
        """Run at once what is short, on a leash; in a thread what is not, or turns out not to be."""
        if execution.is_short:
            try:
                return self.executor.run(execution, LEASH)
            except OutOfTimeError:
                pass
        return await self.slots.run(client, lambda: self.executor.run(execution))

    async def _document(self, client: str, text: str) -> PreparedDocument | tuple[GraphQLError, ...]:
        """A document prepared, which a client pays for that asks it first: nobody knows how long it takes.

        Raises NotAQueryError.
        """
        document = self.documents.get(text)
        if document is not None:
            return document
        self.budgets.spend(client, self.documents.cost(text))
        if len(text) <= _SHORT:
            return self.documents.prepare(text)
        return await self.slots.run(client, lambda: self.documents.prepare(text))

    def _profile(self, question: GraphQLRequest, document: PreparedDocument) -> Profile:
        """What is asked for; QuestionError where that cannot be told."""
        if question.variables:
            require_few_values(question.variables)
        return document.profile(question.operation_name, question.variables)

    async def _measured(self, client: str, question: GraphQLRequest, document: PreparedDocument) -> Profile:
        """The same, in a thread where that takes long."""
        if len(question.query) <= SMALL or document.known_profile(question.operation_name, question.variables):
            return self._profile(question, document)
        return await self.slots.run(client, lambda: self._profile(question, document))

    def _caching(self, tag: str, snapshot: Snapshot) -> dict[str, str]:
        version = snapshot.dataset.version
        caching = {"etag": tag, "cache-control": self.settings.cache_control, "vary": "accept, accept-language"}
        return caching | {VERSION_HEADER: version}


def _asks_nothing(request: HttpRequest) -> bool:
    if request.method != "GET":
        return False
    parameters = QueryParams(request.query_string)
    return not any(name in parameters for name in _PAGE_UNLESS)
