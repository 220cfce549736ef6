"""What is answered in front of the framework is, to the byte, what the framework would have answered."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.types import ASGIApp

from serving.front import Front
from serving.persisted import sha256
from tests.serving.exchange import JSON, Exchange, Header, Request, fronted, other_dataset, unfronted

SHORT = "{ dataset { version } }"
LONG = "{ __schema { types { name fields { name } } } }"
ORIGIN = b"https://data.example.gov.cn"
TIMES = 4


def body(query: str, **fields: Any) -> bytes:
    return json.dumps({"query": query, **fields}).encode()


def post(query: str, *headers: Header, **fields: Any) -> Request:
    return Request(body(query, **fields), (JSON, *headers))


def get(**parameters: str) -> Request:
    return Request(method="GET", query=urlencode(parameters).encode(), headers=())


def persisted(query: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": sha256(query)}}


ENCODINGS = {
    f"{kind}, {encoding.decode() or 'none named'}": post(query, (b"accept-encoding", encoding))
    for kind, query in (("short", SHORT), ("long", LONG))
    for encoding in (b"", b"gzip", b"br", b"zstd", b"identity", b"gzip, br;q=0", b"*")
}
ACCEPTED = {
    f"accept {accept.decode()}": post(SHORT, (b"accept", accept))
    for accept in (b"application/json", b"application/graphql-response+json", b"*/*", b"text/html", b"text/plain")
}
REQUESTS = {
    **ENCODINGS,
    **ACCEPTED,
    "accept twice": post(SHORT, (b"accept", b"text/plain"), (b"accept", b"application/json")),
    "get": get(query=SHORT),
    "get with variables": get(query="query($a: ID!) { node(id: $a) { id } }", variables='{"a": "department:x"}'),
    "get a page": replace(get(), headers=((b"accept", b"text/html"),)),
    "variables": post("query($n: Int) { subjects(first: $n) { nodes { code } } }", variables={"n": 3}),
    "expensive": post("{ subjects(first: 500) { nodes { code name children(first: 9) { nodes { code } } } } }"),
    "trusted": Request(json.dumps({"documentId": "figures"}).encode()),
    "registering": post("{ dataset { figures } }", extensions=persisted("{ dataset { figures } }")),
    "registered": Request(json.dumps({"extensions": persisted("{ dataset { figures } }")}).encode()),
    "unregistered": Request(json.dumps({"extensions": persisted("{ dataset { units } }")}).encode()),
    "had by nobody": post(SHORT, (b"if-none-match", b'"other"')),
    "had by all": post(SHORT, (b"if-none-match", b"*")),
    "origin": post(SHORT, (b"origin", ORIGIN)),
    "another origin": post(LONG, (b"origin", b"https://x.example")),
    "origin of a long reply": post(LONG, (b"origin", ORIGIN), (b"accept-encoding", b"gzip")),
    "preflight": Request(method="OPTIONS", headers=((b"origin", ORIGIN), (b"access-control-request-method", b"POST"))),
    "head": Request(method="HEAD", headers=(), query=urlencode({"query": SHORT}).encode()),
    "put": replace(post(SHORT), method="PUT"),
    "the cost alone": post(SHORT, (b"x-cost-only", b"1")),
    "waiting to be let": post(SHORT, (b"expect", b"100-continue")),
    "text": Request(body(SHORT), ((b"content-type", b"text/plain"),)),
    "another charset": Request(body(SHORT), ((b"content-type", b"application/json; charset=gbk"),)),
    "no JSON": Request(b"{"),
    "no query": Request(b"{}"),
    "no field": post("{ nothing }"),
    "an error beside data": post('{ dataset { version } node(id: "nonsense") { id } }'),
    "a mutation": post("mutation { a }"),
    "two operations": post("query a { __typename } query b { __typename }"),
    "one of two": post("query a { __typename } query b { __typename }", operationName="b"),
    "in parts": replace(post(SHORT, variables={"in": "parts"}), parts=3),
    "too long": Request(body(SHORT, variables={"a": "x" * 3_000})),
    "too long in parts": Request(body(SHORT, variables={"a": "x" * 3_000}), parts=5),
    "unheard of headers": post(SHORT, (b"cookie", b"a=1"), (b"user-agent", b"x"), (b"traceparent", b"00-1-2-01")),
    "another address": post(SHORT, (b"x-forwarded-for", b"1.2.3.4")),
}
ONLY_TIMES = re.compile(r"(_created|_seconds_sum|_seconds_bucket|juesuan_answer_bytes)")


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "figures.graphql").write_text("{ dataset { figures } }", "utf-8")
    return {"cors_origins": (ORIGIN.decode(),), "trusted_documents": tmp_path, "max_body": 2_000}


@pytest.fixture
def pair(settings: dict[str, Any]) -> Iterator[tuple[Exchange, Exchange]]:
    both = fronted(**settings), unfronted(**settings)
    yield both
    for each in both:
        each.runner.close()


def test_every_request_is_replied_to_the_same_to_the_byte_and_counted_the_same(pair: tuple[Exchange, Exchange]) -> None:
    ours, theirs = pair
    for _ in range(TIMES):
        for name, request in REQUESTS.items():
            assert ours.ask(request) is not None
            wanted = theirs.ask(request)
            found = ours.ask(request)
            again = theirs.ask(request)
            assert _plain(found) == _plain(again) == _plain(wanted), name
    told = [each.metrics(lambda line: bool(ONLY_TIMES.search(line))) for each in pair]
    assert told[0] == told[1]


def _plain(reply: Any) -> tuple[Any, ...]:
    """All but the time in the head of a gzip."""
    packed = reply.header(b"content-encoding") == b"gzip"
    return reply.status, reply.headers, reply.body[:4] + reply.body[8:] if packed else reply.body


def _without_the_framework(exchange: Exchange, request: Request, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The reply where the framework must not be asked."""
    front = exchange.app.middleware_stack
    assert isinstance(front, Front)

    async def fail(*_: object) -> None:
        raise AssertionError("the framework was asked")

    with monkeypatch.context() as patch:
        patch.setattr(front, "app", fail)
        return exchange.ask(request)


@pytest.mark.parametrize(
    "name",
    [*ENCODINGS, "get", "trusted", "registered", "origin", "variables", "in parts", "another address", "expensive"],
)
def test_what_repeats_needs_no_framework(
    pair: tuple[Exchange, Exchange], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, _ = pair
    ours.ask(REQUESTS["registering"])
    before = [ours.ask(REQUESTS[name]) for _ in range(2)]
    other = replace(
        REQUESTS[name], headers=(*REQUESTS[name].headers, (b"cookie", b"a=1"), (b"traceparent", b"00-1-2-01"))
    )
    after = _without_the_framework(ours, other, monkeypatch)
    assert _plain(after) == _plain(before[0])
    assert len({reply.request_id for reply in (*before, after)}) == 3


def test_what_a_client_has_is_told_without_the_framework(
    pair: tuple[Exchange, Exchange], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = pair
    tag = ours.ask(post(SHORT)).header(b"etag")
    request = post(SHORT, (b"if-none-match", tag))
    assert ours.ask(request).status == 304
    after = _without_the_framework(ours, request, monkeypatch)
    assert _plain(after) == _plain(theirs.ask(request))


def test_a_short_question_of_a_known_document_needs_no_framework(
    pair: tuple[Exchange, Exchange], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = pair
    query = "query($a: ID!) { node(id: $a) { id } dataset { version } }"
    ours.ask(post(query, variables={"a": "department:1"}))
    request = post(query, variables={"a": "department:2"})
    assert _plain(_without_the_framework(ours, request, monkeypatch)) == _plain(theirs.ask(request))


COSTLY = "query($a: ID!) { node(id: $a) { id } subjects(first: 500) { nodes { code name } } }"


def test_a_costly_question_that_took_no_time_before_needs_no_framework(
    pair: tuple[Exchange, Exchange], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("serving.answering._SHORT", 10**12)  # whatever else this machine does meanwhile
    monkeypatch.setattr("serving.view.LEASH", 10**12)
    ours, theirs = pair
    ours.ask(post(COSTLY, variables={"a": "department:1"}))
    ours.ask(post(LONG))  # shows what a long reply looks like to this client
    request = post(COSTLY, variables={"a": "department:2"})
    assert _plain(_without_the_framework(ours, request, monkeypatch)) == _plain(theirs.ask(request))


def test_one_that_takes_longer_than_it_did_is_run_in_a_thread_and_paid_once(
    pair: tuple[Exchange, Exchange], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("serving.answering._SHORT", 10**12)
    for each in pair:
        each.ask(post(COSTLY, variables={"a": "department:1"}))
    monkeypatch.setattr("serving.view.LEASH", -1)
    request = post(COSTLY, variables={"a": "department:2"})
    replies = [each.ask(request) for each in pair]
    assert replies[0].status == 200
    assert _plain(replies[0]) == _plain(replies[1])
    told = [each.metrics(lambda line: bool(ONLY_TIMES.search(line))) for each in pair]
    assert told[0] == told[1]


def test_its_errors_go_through_the_framework_and_are_found_once(pair: tuple[Exchange, Exchange]) -> None:
    query = "query($a: ID!) { node(id: $a) { id } }"
    for each in pair:
        each.ask(post(query, variables={"a": "department:1"}))
    request = post(query, variables={"a": "nonsense"})
    replies = [each.ask(request) for each in pair]
    assert _plain(replies[0]) == _plain(replies[1])
    assert b"BAD_USER_INPUT" in replies[0].body
    told = [each.metrics(lambda line: bool(ONLY_TIMES.search(line))) for each in pair]
    assert told[0] == told[1]


def test_a_fault_of_ours_is_the_same_error_with_the_id_of_the_request(
    pair: tuple[Exchange, Exchange], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, _ = pair
    query = "query($a: ID!) { node(id: $a) { id } }"
    ours.ask(post(query, variables={"a": "department:1"}))
    monkeypatch.setattr("serving.answering.execute", None)
    reply = ours.ask(post(query, variables={"a": "department:2"}))
    assert reply.status == 500
    assert json.loads(reply.body)["errors"][0]["extensions"]["requestId"].encode() == reply.request_id


def test_a_reload_forgets_what_was_sent(pair: tuple[Exchange, Exchange]) -> None:
    ours, _ = pair
    before = [ours.ask(post(SHORT)) for _ in range(3)][-1]
    ours.serve(other_dataset())
    after = [ours.ask(post(SHORT)) for _ in range(3)]
    assert {reply.body for reply in after} == {before.body.replace(*_versions(before.body, b"another-version"))}
    assert before.header(b"etag") not in {reply.header(b"etag") for reply in after}


def _versions(text: bytes, new: bytes) -> tuple[bytes, bytes]:
    return json.loads(text)["data"]["dataset"]["version"].encode(), new


def test_who_has_spent_all_is_refused_at_the_same_request(settings: dict[str, Any]) -> None:
    both = fronted(rate=100, **settings), unfronted(rate=100, **settings)
    statuses = [[each.ask(post(SHORT)).status for _ in range(130)] for each in both]
    assert statuses[0] == statuses[1]
    assert {200, 429} == set(statuses[0])
    assert both[0].ask(replace(post(SHORT), client="10.0.0.2")).status == 200
    for each in both:
        each.runner.close()


def test_a_request_id_is_taken_over_where_it_is_one(pair: tuple[Exchange, Exchange]) -> None:
    ours, _ = pair
    for _ in range(3):
        assert ours.ask(post(SHORT, (b"x-request-id", b"from.the-proxy_1"))).request_id == b"from.the-proxy_1"
        assert len(ours.ask(post(SHORT, (b"x-request-id", b"no id"), (b"x-request-id", b"second"))).request_id) == 16


def test_the_log_has_a_line_for_each(
    pair: tuple[Exchange, Exchange], caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("INFO", "juesuan")
    replies = [pair[0].ask(post(SHORT)) for _ in range(3)]
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    told = [(line["event"], line["method"], line["path"], line["status"]) for line in lines]
    assert told == [("request", "POST", "/graphql", 200)] * 3
    assert [line["request_id"].encode() for line in lines] == [reply.request_id for reply in replies]


def test_what_is_answered_here_has_a_span_too(pair: tuple[Exchange, Exchange]) -> None:
    front, spans = pair[0].app.middleware_stack, []
    assert isinstance(front, Front)

    def traced(app: ASGIApp) -> ASGIApp:
        async def spanned(scope: Any, receive: Any, send: Any) -> None:
            spans.append(scope["path"])
            await app(scope, receive, send)

        return spanned

    front.traced = traced
    replies = {_plain(pair[0].ask(post(SHORT))) for _ in range(3)}
    assert (len(replies), spans) == (1, ["/graphql"] * 2)
