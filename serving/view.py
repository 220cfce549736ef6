"""GraphQL over HTTP: one ASGI endpoint over the schema.

Strawberry builds the schema; the transport is ours, because its own view answers junk bodies with 500, escapes Chinese,
runs the first of several operations, and does not speak application/graphql-response+json. A question goes through
here: read, resolved to its text, known or unchanged?, prepared, weighed, paid for, run.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry import Schema

from graph_data.core.errors import QuestionError
from serving.accept import GRAPHQL_JSON, JSON, wanted, wants_page
from serving.answering import Answering, Asked, Weighty, client_of
from serving.caching import VERSION_HEADER, holds, require_version, tag_of
from serving.documents import NotAQueryError, Prepared
from serving.errors import BAD_USER_INPUT, HttpRefusalError
from serving.execution import OutOfTimeError
from serving.limits import INLINE, Budgets, Cost, Runs, require_affordable
from serving.loading import Edition, Served
from serving.logs import REQUEST_ID
from serving.metrics import COMPUTED, FOUND, UNCHANGED, Metrics
from serving.persisted import Persisted
from serving.playground import page
from serving.replies import refused, reply
from serving.requests import Question, question_of, read_question
from serving.sent import Answer, Seen, note, taken_ready
from serving.settings import Settings

COST_ONLY = "x-cost-only"
LEASH = 10_000_000  # nanoseconds after which a question that was taken for a short one is begun anew in a thread
_PAID = "paid"


@dataclass(slots=True)
class GraphQLView:
    """Answers POST and GET /graphql from the edition that is served when the request begins."""

    schema: Schema
    settings: Settings
    served: Served
    runs: Runs
    metrics: Metrics
    _answering: Answering = field(init=False)
    _persisted: Persisted = field(init=False)
    _budgets: Budgets = field(init=False)

    def __post_init__(self) -> None:
        self._answering = Answering(self.schema, self.settings, self.runs, self.metrics)
        self._persisted, self._budgets = Persisted(self.settings), Budgets(self.settings.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = taken_ready(scope) or await self._respond(Request(scope, receive))
        await response(scope, receive, send)

    def sends_again(self, scope: Scope, how: str) -> bool:
        """Pay for and count a reply that is sent again; False, and nothing done, for a client that cannot pay."""
        if not self._budgets.afforded(client_of(scope)):
            return False
        self.metrics.answer(how)
        return True

    def at_once(self, scope: Scope, body: bytes, media_type: str, edition: Edition) -> Answer | Response | None:
        """The answer to a POST of JSON that takes neither waiting nor long, or the reply that tells of its errors.

        None where it takes that, or the request is to be refused; nothing has been done then.
        """
        if len(body) > self.settings.max_body:
            return None
        try:
            question = question_of(body)
            if registers(question):
                return None
            asked = Asked(self._persisted.resolved(question), scope, media_type)
            return self._at_once(asked, edition, tag_of(edition.dataset.version, asked.question))
        except (HttpRefusalError, QuestionError):
            return None

    def _at_once(self, asked: Asked, edition: Edition, tag: str) -> Answer | Response | None:
        known = edition.at_hand(tag)
        if known is not None:
            return Answer(tag, known, FOUND) if self.sends_again(asked.scope, FOUND) else None
        prepared = self._answering.documents.known(asked.question.query)
        if not isinstance(prepared, Prepared) or tag in edition.computing:
            return None
        weighed = self._answering.weigh(asked, prepared)
        question = Weighty(prepared, weighed, self._answering.cost(weighed))
        require_affordable(question.cost, weighed.weight, self.settings.max_ids)
        if not question.is_short:
            return None
        self._pay(asked, question.cost)
        named = REQUEST_ID.set(asked.scope["state"]["request_id"])
        try:
            if question.cost.requested <= INLINE:
                return self._answering.run(asked, edition, question, tag)
            return self._answering.run_within(LEASH, asked, edition, question, tag)
        except OutOfTimeError:
            asked.scope["state"][_PAID] = True
            return None
        finally:
            REQUEST_ID.reset(named)

    async def _respond(self, request: Request) -> Response:
        accept = request.headers.get("accept", "")
        if self.settings.playground and _wants_page(request, accept):
            return page(self.settings.web)
        media_type = wanted(accept)
        try:
            if media_type is None:
                raise HttpRefusalError(406, BAD_USER_INPUT, f"Accept must allow {JSON} or {GRAPHQL_JSON}")
            self._require_method(request.method)
            question = await read_question(request, self.settings.max_body, self.settings.body_timeout)
            asked = Asked(self._persisted.resolved(question), request.scope, media_type)
            return await self._answer(asked, request, again=not registers(question))
        except NotAQueryError as error:
            status = 405 if request.method == "GET" else 400
            return refused(HttpRefusalError(status, BAD_USER_INPUT, str(error), {"allow": "POST"}), media_type or JSON)
        except HttpRefusalError as refusal:
            self.metrics.errors([refusal.code])
            return refused(refusal, media_type or JSON)

    def _require_method(self, method: str) -> None:
        allowed = ("GET", "POST") if self.settings.get else ("POST",)
        if method not in allowed:
            headers = {"allow": ", ".join(allowed)}
            raise HttpRefusalError(405, BAD_USER_INPUT, f"ask with {' or '.join(reversed(allowed))}", headers)

    async def _answer(self, asked: Asked, request: Request, *, again: bool) -> Response:
        """The reply, of which is noted whether the same request may have it `again`."""
        edition = self.served.edition_or_refusal()
        require_version(request.headers.get(VERSION_HEADER), edition.dataset.version)
        if COST_ONLY in request.headers:
            return await self._computed(asked, edition, "")
        tag = tag_of(edition.dataset.version, asked.question)
        if holds(request.headers.get("if-none-match", ""), tag):
            self._budgets.spend_little(asked.client)
            self.metrics.answer(UNCHANGED)
            note(asked.scope, Seen(edition, UNCHANGED, asked.media_type, again))
            return Response(status_code=304, headers=self._caching(tag, edition))
        known = await edition.known(tag)
        if known is not None:
            self._budgets.spend_little(asked.client)
            self.metrics.answer(FOUND)
            return self.reply(asked.scope, Answer(tag, known, FOUND), asked.media_type, edition, again=again)
        return await self._computed(asked, edition, tag)

    async def _computed(self, asked: Asked, edition: Edition, tag: str) -> Response:
        """The reply to a question that nothing is known of; without a tag, to what it costs."""
        answering, cost = self._answering, Cost(0, self.settings.max_cost)
        prepared = await answering.prepared(asked.question.query)
        if not isinstance(prepared, Prepared):
            return answering.failed(asked, prepared, cost, executing=False)
        try:
            weighed = answering.weigh(asked, prepared)
            cost = answering.cost(weighed)
            if not tag:
                return answering.costs(asked, cost)
            require_affordable(cost, weighed.weight, self.settings.max_ids)
        except QuestionError as error:
            return answering.failed(asked, [GraphQLError(str(error), original_error=error)], cost, executing=True)
        self._pay(asked, cost)
        question = Weighty(prepared, weighed, cost)
        with edition.computed(tag):
            made = await self.runs.run(cost.requested, lambda: answering.run(asked, edition, question, tag))
        if isinstance(made, Response):
            return made
        return self.reply(asked.scope, made, asked.media_type, edition, again=False)

    def _pay(self, asked: Asked, cost: Cost) -> None:
        """Take what is about to be computed from the client's budget, and count it. Raises HttpRefusalError 429."""
        if asked.scope["state"].pop(_PAID, False):
            return
        self._budgets.spend(asked.client, cost.requested)
        self.metrics.answer(COMPUTED)
        self.metrics.cost(cost.requested)

    def reply(self, scope: Scope, answer: Answer, media_type: str, edition: Edition, *, again: bool) -> Response:
        """What an answer goes out as; whoever asks the same may have it `again`."""
        note(scope, Seen(edition, answer.how, media_type, again))
        return reply(answer.body, media_type, 200, self._caching(answer.tag, edition))

    def _caching(self, tag: str, edition: Edition) -> dict[str, str]:
        version = edition.dataset.version
        return {"etag": tag, "cache-control": self.settings.cache_control, "vary": "accept", VERSION_HEADER: version}


def registers(question: Question) -> bool:
    """Does it give a document with its SHA-256, to be asked for by that from then on?"""
    return bool(question.query) and question.document_id is not None


def _wants_page(request: Request, accept: str) -> bool:
    parameters = request.query_params
    asks = any(name in parameters for name in ("query", "documentId", "extensions"))
    return request.method == "GET" and wants_page(accept) and not asks
