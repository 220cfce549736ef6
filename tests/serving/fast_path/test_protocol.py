"""What repeats, and what is short, is answered without a task; all else is left to uvicorn, and counted the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import server
from serving.fast_path.protocol import FastConnection, is_plain
from serving.graphql.documents import DocumentCache
from serving.graphql.request import sha256
from serving.http.protocol import Connection
from serving.process.settings import Settings
from tests.graph_data.example import example
from tests.serving.fast_path.raw import LONG, ORIGIN, SHORT, VARIED, Line, head, lines, post, posted

GET = head("GET", "/graphql?query=%7Bdataset%7Bversion%7D%7D", "Host: x")
COSTLY = "query($a: ID!) { node(id: $a) { id } subjects(first: 500) { nodes { code name } } }"
ONLY_TIMES = re.compile(r"(_created|_seconds_sum|_seconds_bucket|juesuan_answer_bytes)")
PIPELINES = {
    "again and again": [post()] * 4,
    "pipelined": [post() * 8],
    "pipelined with others": [post() + head("GET", "/healthz", "Host: x") + post() + post(LONG) + GET + post()],
    "in pieces": [post()[:30], post()[30:-5], post()[-5:] + post()[:60], post()[60:]],
    "the head before the body": [post().partition(b'{"')[0], post()[len(post().partition(b'{"')[0]) :]] * 3,
    "got": [GET] * 3,
    "only the head": [head("HEAD", "/graphql", "Host: x")] * 2,
    "closed": [post(), post(SHORT, "Connection: close"), post()],
    "an older version": [posted(b'{"query": "{ dataset { version } }"}').replace(b"HTTP/1.1", b"HTTP/1.0")],
    "too long": [post(), post("{ dataset { version } }" + " " * 3_000), post()],
    "refused": [posted(b"{"), post("{ nothing }"), head("PUT", "/graphql", "Host: x")],
    "no HTTP": [post(), b"junk\r\n\r\n", post()],
    "no HTTP behind a request": [post() + b"junk\r\n\r\n"],
}


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Line, Line]]:
    (tmp_path / "figures.graphql").write_text("{ dataset { figures } }", "utf-8")
    with lines(cors_origins=(ORIGIN,), trusted_documents=tmp_path, max_body=2_000) as both:
        yield both


def without_tasks(line: Line, request: bytes, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The reply where no task may begin."""

    def fail(*_: object) -> None:
        raise AssertionError("a task was begun")

    with monkeypatch.context() as patch:
        patch.setattr(Connection, "_start_asgi_task", fail)
        return line.talk([request])


def counted(line: Line) -> list[str]:
    text = line.app.state.metrics.exposition().decode()
    return [each for each in text.splitlines() if not ONLY_TIMES.search(each)]


@pytest.mark.parametrize("name", PIPELINES)
def test_a_conversation_is_the_same(pair: tuple[Line, Line], name: str) -> None:
    for _ in range(3):
        heard = [line.talk(PIPELINES[name]) for line in pair]
        assert heard[0] == heard[1]
    assert counted(pair[0]) == counted(pair[1])


REPEATED = {
    "short": post(SHORT),
    "long": post(LONG),
    "compressed": post(LONG, "Accept-Encoding: gzip"),
    "for a browser": post(SHORT, f"Origin: {ORIGIN}", "Accept: */*", "Cookie: a=1", "Sec-Fetch-Site: same-origin"),
    "got": GET,
    "trusted": posted(json.dumps({"documentId": "figures"}).encode()),
}


@pytest.mark.parametrize("name", REPEATED)
def test_what_repeats_begins_no_task(pair: tuple[Line, Line], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast, long = pair
    before = [fast.talk([REPEATED[name]]) for _ in range(3)]
    after = without_tasks(fast, REPEATED[name], monkeypatch)
    assert {after, *before} == {long.talk([REPEATED[name]])}


def test_a_short_question_of_a_known_document_begins_no_task(
    pair: tuple[Line, Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("serving.graphql.executor.LEASH", 10**12)  # whatever else this machine does meanwhile
    monkeypatch.setattr("serving.graphql.endpoint.LEASH", 10**12)
    fast, long = pair
    for number in range(2):
        fast.talk([post(VARIED, variables={"a": f"department:{number}"})])
    request = post(VARIED, variables={"a": "department:9"})
    assert without_tasks(fast, request, monkeypatch) == long.talk([request])


def test_a_costly_question_that_took_no_time_before_begins_no_task(
    pair: tuple[Line, Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("serving.graphql.executor._SHORT", 10**12)  # whatever else this machine does meanwhile
    monkeypatch.setattr("serving.graphql.endpoint.LEASH", 10**12)
    fast, long = pair
    for number in range(2):
        fast.talk([post(COSTLY, variables={"a": f"department:{number}"})])
    request = post(COSTLY, variables={"a": "department:9"})
    assert without_tasks(fast, request, monkeypatch) == long.talk([request])


def test_what_takes_longer_than_its_leash_is_run_in_a_thread_and_paid_once(
    pair: tuple[Line, Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("serving.graphql.endpoint.LEASH", -1)
    request = post(COSTLY, variables={"a": "department:2"})
    for _ in range(3):
        heard = [line.talk([request]) for line in pair]
        assert b"HTTP/1.1 200 OK" in heard[0]
        assert heard[0] == heard[1]
    assert counted(pair[0]) == counted(pair[1])


def test_errors_are_found_and_counted_once(pair: tuple[Line, Line]) -> None:
    for given in ("department:1", "department:2", "nonsense", "nonsense"):
        heard = [line.talk([post(VARIED, variables={"a": given})]) for line in pair]
        assert heard[0] == heard[1]
    assert b"BAD_USER_INPUT" in heard[0]
    assert counted(pair[0]) == counted(pair[1])


def test_a_document_is_registered_each_time(pair: tuple[Line, Line]) -> None:
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": sha256(SHORT)}}
    registering, by_hash = post(SHORT, extensions=extensions), posted(json.dumps({"extensions": extensions}).encode())
    for line in pair:
        for _ in range(3):
            line.talk([registering])
        line.app.state.endpoint.persisted._registered.put(sha256(SHORT), "", 1 << 30)  # it is forgotten
        assert b"PersistedQueryNotFound" in line.talk([by_hash])
        line.talk([registering])
        assert b"example" in line.talk([by_hash])


def test_a_fault_of_ours_is_the_same_error(pair: tuple[Line, Line], monkeypatch: pytest.MonkeyPatch) -> None:
    fast, long = pair
    for number in range(2):
        fast.talk([post(VARIED, variables={"a": f"department:{number}"})])
    monkeypatch.setattr("serving.graphql.executor.Executor._by_plan", None)
    request = post(VARIED, variables={"a": "department:9"})
    masked = [re.sub(rb"[0-9a-f]{16}", b"ID", line.talk([request])) for line in (fast, long)]
    assert masked[0] == masked[1]
    assert b" 500 " in masked[0]


def test_a_reload_forgets_replies(pair: tuple[Line, Line]) -> None:
    fast, _ = pair
    before = [fast.talk([post()]) for _ in range(4)][-1]
    fast.serve(replace(example(), version="another-version"))
    after = {fast.talk([post()]) for _ in range(4)}
    assert len(after) == 1
    assert b"another-version" in after.pop()
    assert b"another-version" not in before


def test_who_has_spent_all_is_refused_at_the_same_request() -> None:
    with lines(rate=DocumentCache.cost(SHORT) + 100) as pair:
        statuses = [[line.talk([post()])[9:12] for _ in range(130)] for line in pair]
        assert statuses[0] == statuses[1]
        assert {b"200", b"429"} == set(statuses[0])
        assert pair[0].talk([post()], client="10.0.0.2")[9:12] == b"200"


def test_the_log_has_a_line_for_each(
    pair: tuple[Line, Line], caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("INFO", "juesuan")
    for number in range(4):
        pair[0].talk([post(SHORT, f"X-Request-Id: mine-{number}")])
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [each["request_id"] for each in told] == [f"mine-{number}" for number in range(4)]
    assert {(each["event"], each["method"], each["path"], each["status"]) for each in told} == {
        ("request", "POST", "/graphql", 200)
    }


ODD_HEADERS = [
    [(b"x-forwarded-for", b"1.2.3.4")], [(b"expect", b"100-continue")], [(b"if-none-match", b"x")],
    [(b"transfer-encoding", b"chunked")], [(b"connection", b"close")], [(b"upgrade", b"h2c")], [(b"range", b"0-1")],
    [(b"cookie", b"a"), (b"cookie", b"b")], [(b"accept", b"a\r\n b")], [(b"x-unheard-of", b"1")],
    [(b"te", b"trailers")], [(b"x-cost-only", b"1")], [(b"x-dataset-version", b"1")], [(b"trailer", b"accept")],
]  # fmt: skip


@pytest.mark.parametrize("odd", ODD_HEADERS, ids=lambda odd: odd[0][0].decode())
def test_what_is_odd_is_not_plain(odd: list[tuple[bytes, bytes]]) -> None:
    usual = [(b"host", b"x"), (b"content-type", b"application/json"), (b"content-length", b"10")]
    assert is_plain("POST", b"/graphql", usual)
    assert not is_plain("POST", b"/graphql", [*usual, *odd])
    for method, url in (("PUT", b"/graphql"), ("POST", b"http://x/graphql"), ("POST", b"/graphql/"), ("POST", b"/%67")):
        assert not is_plain(method, url, usual)


def test_with_traces_or_without_the_setting_everything_goes_the_long_way() -> None:
    app = server.create_app(Settings())
    made: list[Any] = [
        server._config(app, settings).http
        for settings in (Settings(), Settings(fast_path=False), Settings(otlp_endpoint="http://127.0.0.1:1"))
    ]
    assert [each.func for each in made] == [FastConnection, Connection, Connection]
