"""Every limit of the settings holds over HTTP, and each reply tells its cost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from graph_data.core.cache import LruCache
from schema import schema
from server import create_app
from serving.graphql.documents import DocumentCache
from serving.process.settings import Settings
from serving.process.snapshot import Snapshot
from tests.serving.client import Client, unstarted

GRAPHQL = {"accept": "application/graphql-response+json"}


@contextmanager
def bounded(client: Client, **settings: Any) -> Iterator[Client]:
    """A service with other settings over the dataset of a client that is ready."""
    app = create_app(Settings(**settings))
    app.state.holder.snapshot = Snapshot(client.app.state.holder.dataset, LruCache(1 << 20))
    with unstarted(app) as other:
        yield other


def ask(client: Client, query: str, variables: Any = None, **headers: str) -> Any:
    return client.post("/graphql", json={"query": query, "variables": variables}, headers=GRAPHQL | headers)


def code(reply: Any) -> str:
    found: str = reply.json()["errors"][0]["extensions"]["code"]
    return found


@pytest.mark.parametrize(
    ("setting", "query", "expected"),
    [
        ({"max_depth": 3}, "{ divisions { nodes { departments { totalCount } } } }", "DEPTH_LIMIT_EXCEEDED"),
        ({"max_aliases": 2}, "{ a: __typename b: __typename c: __typename }", "COST_LIMIT_EXCEEDED"),
        ({"max_fields": 2}, "{ dataset { version figures } }", "COST_LIMIT_EXCEEDED"),
        ({"max_definitions": 2}, "query($a: Int, $b: Int) { __typename }", "COST_LIMIT_EXCEEDED"),
        ({"max_directives": 1}, "{ a @skip(if: true) @skip(if: false) __typename }", "COST_LIMIT_EXCEEDED"),
        ({"max_cost": 10}, "{ subjects(first: 10) { nodes { name } } }", "COST_LIMIT_EXCEEDED"),
        ({"max_tokens": 5}, "{ dataset { version figures units } }", "GRAPHQL_PARSE_FAILED"),
        ({"max_ids": 1}, '{ nodes(ids: ["unit:1/2/3", "unit:1/2/4"]) { id } }', "BAD_USER_INPUT"),
        ({"introspection": False}, "{ __schema { queryType { name } } }", "GRAPHQL_VALIDATION_FAILED"),
    ],
)
def test_beyond_a_limit_is_a_400_with_its_code(
    client: Client, setting: dict[str, Any], query: str, expected: str
) -> None:
    with bounded(client, **setting) as other:
        reply = ask(other, query)
        assert (reply.status_code, code(reply)) == (400, expected)
        assert "data" not in reply.json()
        assert reply.headers["cache-control"] == "no-store"
        assert ask(other, "{ __typename }").status_code == 200


def test_every_reply_tells_its_cost(client: Client) -> None:
    with bounded(client, max_cost=100) as other:
        cost = {"requested": 8, "limit": 100, "remaining": 92}
        answer = ask(other, "{ subjects(first: 6) { nodes { name } } }").json()
        assert answer["extensions"]["cost"] == cost
        assert ask(other, "query($n: Int) { subjects(first: $n) { nodes { name } } }", {"n": 6}).json() == answer
        costly = ask(other, "{ subjects(first: 120) { nodes { name } } }").json()
        assert costly["extensions"]["cost"] == {"requested": 122, "limit": 100, "remaining": 0}
        assert "cost" in ask(other, "{ nothing }").json()["extensions"]


def test_the_cost_alone_is_told_without_running(client: Client) -> None:
    with bounded(client, max_cost=100) as other:
        reply = ask(other, "{ subjects(first: 120) { nodes { name } } }", **{"x-cost-only": "1"})
        assert (reply.status_code, reply.json()["data"]) == (200, None)
        assert reply.json()["extensions"]["cost"]["requested"] == 122
        assert "etag" not in reply.headers


def test_a_client_that_spent_its_budget_is_a_429(client: Client) -> None:
    questions = [f"{{ subjects(first: {n}) {{ nodes {{ code }} }} }}" for n in (5, 6, 7)]
    with bounded(client, rate=DocumentCache.cost(questions[0]) * 5 // 2) as other:
        replies = [ask(other, question) for question in questions]
        assert [reply.status_code for reply in replies] == [200, 200, 429]
        assert code(replies[-1]) == "RATE_LIMITED"
        assert int(replies[-1].headers["retry-after"]) >= 1


def test_a_question_that_runs_too_long_is_ended(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("serving.graphql.executor._SECOND", 0)
    with bounded(client) as other:
        reply = ask(other, "{ subjects(first: 500) { nodes { name } } }")
        assert (reply.status_code, code(reply)) == (400, "TIMEOUT")
        assert "data" not in reply.json()


def test_get_and_the_page_can_be_switched_off(client: Client) -> None:
    with bounded(client, get=False, playground=False) as other:
        reply = other.get("/graphql", params={"query": "{ __typename }"})
        assert (reply.status_code, reply.headers["allow"]) == (405, "POST")
        assert other.get("/graphql", headers={"accept": "text/html"}).status_code == 406
        assert ask(other, "{ __typename }").status_code == 200


def test_the_weighed_fields_are_fields_of_the_schema() -> None:
    from schema.guard import WEIGHTS  # noqa: PLC0415

    for name in WEIGHTS:
        type_name, _, field = name.partition(".")
        assert field in schema._schema.type_map[type_name].fields  # type: ignore[attr-defined]
