"""An answer has a tag, is given again from memory, and is not sent to a client that has it."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from graph_data.core.terms import Language
from serving.graphql.executor import Executor
from serving.graphql.request import GraphQLRequest, etag, matches, sha256
from tests.serving.client import Client
from tests.serving.test_bounds import ask, bounded, code

QUERY = "{ dataset { version figures } }"


def test_equal_questions_have_equal_tags() -> None:
    question = GraphQLRequest("{a}", {"x": 1, "y": 2}, None)
    assert etag("v", question) == etag("v", GraphQLRequest("{a}", {"y": 2, "x": 1}, None))
    others = [
        GraphQLRequest("{b}", {}, None),
        GraphQLRequest("{a}", {"x": 1}, None),
        GraphQLRequest("{a}", {}, "o"),
    ]
    tags = {etag("v", question), etag("w", question), *(etag("v", other) for other in others)}
    assert len(tags) == 5


def test_a_tag_is_found_among_others() -> None:
    assert matches('"a", W/"b"', 'W/"b"')
    assert matches('"b"', 'W/"b"')
    assert not matches("*", 'W/"b"')
    assert not matches("", 'W/"b"')


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_a_client_has_is_not_sent_again_nor_computed(
    client: Client, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    options: dict[str, Any] = {"params": {"query": QUERY}} if method == "GET" else {"json": {"query": QUERY}}
    first = client.request(method, "/graphql", **options)
    assert (first.headers["cache-control"], first.headers["vary"]) == ("no-cache", "accept, accept-language")
    monkeypatch.setattr(Executor, "run", None)
    headers = {"if-none-match": first.headers["etag"]}
    again = client.request(method, "/graphql", headers=headers, **options)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])


def test_an_answer_is_computed_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with bounded(client) as other:
        first = ask(other, QUERY)
        monkeypatch.setattr(Executor, "run", None)
        assert ask(other, QUERY).content == first.content


def test_answers_with_errors_are_neither_kept_nor_tagged(client: Client) -> None:
    reply = ask(client, '{ dataset { version } node(id: "nonsense") { id } }')
    assert reply.json()["data"] == {"dataset": {"version": reply.json()["data"]["dataset"]["version"]}, "node": None}
    assert ("etag" in reply.headers, reply.headers["cache-control"]) == (False, "no-store")


def test_cache_control_is_a_setting(client: Client) -> None:
    with bounded(client, cache_control="public, max-age=60") as other:
        assert ask(other, QUERY).headers["cache-control"] == "public, max-age=60"


def persisted(query: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": sha256(query)}}


def test_automatic_persisted_queries(client: Client) -> None:
    with bounded(client) as other:
        parameters = {"extensions": json.dumps(persisted(QUERY))}
        unknown = other.get("/graphql", params=parameters)
        assert unknown.status_code == 200
        assert unknown.json()["errors"][0]["message"] == "PersistedQueryNotFound"
        assert code(unknown) == "PERSISTED_QUERY_NOT_FOUND"
        registered = other.get("/graphql", params=parameters | {"query": QUERY})
        assert registered.json()["data"]["dataset"]["figures"] > 0
        assert other.get("/graphql", params=parameters).content == registered.content
        assert other.post("/graphql", json={"extensions": persisted(QUERY)}).content == registered.content


NONE: list[dict[str, Any]] = [
    {"persistedQuery": given} for given in (1, {"version": 1}, {"version": 2, "sha256Hash": "0" * 64})
]


@pytest.mark.parametrize("extensions", [*NONE, persisted("{ other }")])
def test_a_persisted_query_that_is_none_is_a_400(client: Client, extensions: dict[str, Any]) -> None:
    reply = client.post("/graphql", json={"query": QUERY, "extensions": extensions})
    assert (reply.status_code, code(reply)) == (400, "BAD_USER_INPUT")


def test_trusted_documents_go_by_name_or_digest(client: Client, tmp_path: Path) -> None:
    (tmp_path / "figures.graphql").write_text(QUERY, "utf-8")
    with bounded(client, trusted_documents=tmp_path) as other:
        for name in ("figures", sha256(QUERY)):
            assert other.post("/graphql", json={"documentId": name}).json()["data"]["dataset"]["figures"] > 0
        assert other.get("/graphql", params={"documentId": "figures"}).status_code == 200
        assert code(other.post("/graphql", json={"documentId": "others"})) == "PERSISTED_QUERY_NOT_FOUND"
        assert ask(other, "{ __typename }").status_code == 200


def test_only_trusted_documents_can_be_all_there_is(client: Client, tmp_path: Path) -> None:
    (tmp_path / "figures.graphql").write_text(QUERY, "utf-8")
    with bounded(client, trusted_documents=tmp_path, only_trusted=True) as other:
        assert other.post("/graphql", json={"documentId": "figures"}).status_code == 200
        assert ask(other, QUERY).status_code == 200
        for body in (
            {"query": "{ __typename }"},
            {"query": "{ __typename }", "extensions": persisted("{ __typename }")},
        ):
            reply = other.post("/graphql", json=body)
            assert (reply.status_code, code(reply)) == (400, "BAD_USER_INPUT")


def test_what_many_ask_at_once_is_computed_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    computed = []

    def slowly(*arguments: Any, **options: Any) -> Any:
        computed.append(1)
        time.sleep(0.2)
        return run(*arguments, **options)

    run = Executor.run
    monkeypatch.setattr(Executor, "run", slowly)
    query = "{ subjects(first: 500) { nodes { code name } } }"
    with bounded(client) as other, ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: ask(other, query).content, range(8)))
    assert (len(computed), len(set(replies))) == (1, 1)


def test_another_language_is_another_answer() -> None:
    question = GraphQLRequest("{a}", {}, None)
    assert etag("v", question, Language.EN) != etag("v", question, Language.ZH)
