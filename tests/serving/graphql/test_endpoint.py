"""GraphQL over HTTP: what is asked well is answered, what is not is refused with a code, and nothing is a 500."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.serving.client import Client

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
VERSION = "{ dataset { version } }"


def ask(client: Client, query: Any, variables: Any = None, accept: str = GRAPHQL, **fields: Any) -> Any:
    body = {"query": query, "variables": variables, **fields}
    return client.post("/graphql", json=body, headers={"accept": accept})


def code(reply: Any) -> str:
    errors = reply.json()["errors"]
    assert all(error["message"] for error in errors)
    found: str = errors[0]["extensions"]["code"]
    return found


def post(client: Client, body: bytes, content_type: str = JSON) -> Any:
    return client.post("/graphql", content=body, headers={"content-type": content_type, "accept": GRAPHQL})


@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
def test_a_question_is_answered_in_the_media_type_asked_for(client: Client, accept: str) -> None:
    reply = ask(client, VERSION, accept=accept)
    assert (reply.status_code, reply.headers["content-type"]) == (200, f"{accept}; charset=utf-8")
    assert len(reply.json()["data"]["dataset"]["version"]) >= 12


def test_chinese_goes_out_as_utf_8(client: Client) -> None:
    reply = ask(client, '{ __type(name: "Department") { description } }')
    assert "部门" in reply.content.decode()


def test_get_answers_queries(client: Client) -> None:
    parameters = {"query": "query($a: ID!) { node(id: $a) { id } }", "variables": '{"a": "department:x"}'}
    assert client.get("/graphql", params=parameters).json()["data"] == {"node": None}


@pytest.mark.parametrize("kind", ["mutation", "subscription"])
@pytest.mark.parametrize(("method", "status"), [("GET", 405), ("POST", 400)])
def test_there_are_only_queries(client: Client, kind: str, method: str, status: int) -> None:
    query = f"{kind} {{ __typename }}"
    reply = client.get("/graphql", params={"query": query}) if method == "GET" else ask(client, query)
    assert (reply.status_code, code(reply)) == (status, "BAD_USER_INPUT")


@pytest.mark.parametrize(
    "body",
    [
        *(b"null", b"1", b'"x"', b"true", b"[]", b"{}", b"", b"{", b"\xff\xfe", b"NaN", b'{"query": NaN}'),
        *(b"[" * 100_000, b'{"a":' * 100_000, b'{"query": 1}', b'{"query": null}', b'{"query": ""}', b'{"query": []}'),
        *(b'{"query": "{__typename}", "variables": []}', b'{"query": "{__typename}", "variables": "{}"}'),
        *(b'{"query": "{__typename}", "operationName": 1}', b'{"query": "{__typename}", "extensions": 1}'),
        *(b'[{"query": "{__typename}"}]', b'{"query": "{ search(text: \\"\\ud800\\") { totalCount } }"}'),
        b'{"query": "query($t: String!) { search(text: $t) { totalCount } }", "variables": {"t": "\\ud800"}}',
    ],
)
def test_a_junk_body_is_a_400_with_a_code(client: Client, body: bytes) -> None:
    reply = post(client, body)
    assert (reply.status_code, code(reply)) == (400, "BAD_USER_INPUT")
    assert "data" not in reply.json()


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk"]
)
def test_another_media_type_is_a_415(client: Client, content_type: str) -> None:
    reply = post(client, b'{"query": "{__typename}"}', content_type)
    assert (reply.status_code, code(reply)) == (415, "BAD_USER_INPUT")


def test_a_body_beyond_the_limit_is_a_413(client: Client) -> None:
    reply = post(client, b'{"query": "' + b" " * (1 << 20) + b'"}')
    assert (reply.status_code, code(reply)) == (413, "BODY_TOO_LARGE")


def test_an_accept_that_nothing_fits_is_a_406(client: Client) -> None:
    assert ask(client, VERSION, accept="text/csv").status_code == 406


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
def test_other_methods_are_a_405(client: Client, method: str) -> None:
    reply = client.request(method, "/graphql")
    assert (reply.status_code, reply.headers["allow"]) == (405, "GET, POST")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ a" * 10_000, "GRAPHQL_PARSE_FAILED"),
        ("{ dataset { version } }" + " x" * 20_000, "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("fragment f on Query { __typename }", "BAD_USER_INPUT"),
        ("query a { __typename } query b { __typename }", "BAD_USER_INPUT"),
        ("query($v: Int) { __typename }", "GRAPHQL_VALIDATION_FAILED"),
        ("query($v: ID!) { node(id: $v) { id } }", "BAD_USER_INPUT"),
        ('{ figures(where: {amount: {gt: "NaN"}}) { totalCount } }', "BAD_USER_INPUT"),
    ],
)
def test_what_cannot_be_executed_has_a_code_and_no_data(client: Client, query: str, expected: str) -> None:
    reply = ask(client, query)
    assert (reply.status_code, code(reply)) == (400, expected)
    assert "data" not in reply.json()
    assert ask(client, query, accept=JSON).status_code == 200


def test_an_operation_that_is_not_there_is_told(client: Client) -> None:
    reply = ask(client, "query a { __typename }", operationName="b")
    assert (reply.status_code, code(reply)) == (400, "BAD_USER_INPUT")


def test_the_named_operation_runs(client: Client) -> None:
    reply = ask(client, "query a { a: __typename } query b { b: __typename }", operationName="b")
    assert reply.json()["data"] == {"b": "Query"}


def test_chained_fragments_do_not_bring_the_server_down(client: Client) -> None:
    chain = "".join(f"fragment f{i} on Query {{ ...f{i + 1} }} " for i in range(800))
    reply = ask(client, "{ ...f0 } " + chain + "fragment f800 on Query { __typename }")
    assert (reply.status_code, code(reply)) == (400, "COST_LIMIT_EXCEEDED")


def test_a_deep_question_does_not_bring_the_server_down(client: Client) -> None:
    deep = "{ parentNode " * 190 + "{ id }" + " }" * 190
    query = "{ divisions { nodes { departments { nodes { childNodes { nodes " + deep + " } } } } } } }"
    reply = ask(client, query)
    assert reply.status_code in (200, 400)
    assert ask(client, VERSION).status_code == 200


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("query($v: ID!) { node(id: $v) { id } }", "nonsense"),
        ("query($v: ID!) { node(id: $v) { id } }", ""),
        ("query($v: ID!) { node(id: $v) { id } }", "planet:earth"),
        ("query($v: ID!) { path(from: $v, to: $v) { kind } }", "nonsense"),
        ("query($v: ID!) { department(by: {id: $v}) { id } }", "nonsense"),
        ("query($v: [ID!]!) { nodes(ids: $v) { id } }", ["department:1"] * 101),
        ("query($v: Int) { divisions(first: $v) { totalCount } }", 501),
        ("query($v: Int) { divisions(first: $v) { totalCount } }", -1),
        ("query($v: Cursor) { divisions(after: $v) { totalCount } }", "garbage"),
        ("query($v: Decimal) { figures(where: {amount: {gte: $v}}) { totalCount } }", "1e5"),
        ("query($v: Decimal) { figures(where: {amount: {gte: $v}}) { totalCount } }", 1.5),
        ("query($v: String) { unit(code: $v, name: $v) { id } }", "x"),
        ('query($v: [String!]) { search(text: "费", kinds: $v) { totalCount } }', ["planet"]),
        ("query($v: Measure!) { rollup(measure: $v, by: [{dimension: UNIT}]) { totalCount } }", "EXPENDITURE"),
        ("query($v: Measure!) { figures(measure: $v) { totalCount } }", "NONE"),
    ],
)
def test_a_wrong_argument_is_bad_user_input_with_a_message(client: Client, query: str, variables: Any) -> None:
    assert code(ask(client, query, {"v": variables})) == "BAD_USER_INPUT"


def test_unknown_ids_are_null(client: Client) -> None:
    query = '{ node(id: "department:nowhere/1") { id } nodes(ids: ["figure:x", "unit:1/2/3"]) { id } }'
    assert ask(client, query).json()["data"] == {"node": None, "nodes": [None, None]}


def test_a_cursor_of_another_version_has_expired(client: Client) -> None:
    query = "query($v: Cursor) { subjects(first: 1, after: $v) { pageInfo { endCursor } } }"
    cursor = ask(client, query).json()["data"]["subjects"]["pageInfo"]["endCursor"]
    assert "errors" not in ask(client, query, {"v": cursor}).json()
    other = base64.urlsafe_b64encode(b"0" * 12 + base64.urlsafe_b64decode(cursor + "==")[12:]).decode().rstrip("=")
    assert code(ask(client, query, {"v": other})) == "CURSOR_EXPIRED"


def test_what_goes_wrong_inside_says_nothing_but_a_request_id(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("resolvers.nodes.path", fail)
    reply = client.post(
        "/graphql",
        json={"query": '{ path(from: "division:1", to: "division:2") { kind } }'},
        headers={"x-request-id": "asked-for"},
    )
    assert reply.status_code == 200
    [error] = reply.json()["errors"]
    assert error["extensions"] == {"code": "INTERNAL_SERVER_ERROR", "requestId": "asked-for"}
    assert "secret" not in reply.text
    assert reply.headers["x-request-id"] == "asked-for"


def test_a_long_message_is_cut(client: Client) -> None:
    reply = ask(client, '{ node(id: "' + "x" * 100_000 + '") { id } }')
    assert len(json.dumps(reply.json())) < 3_000


def test_introspection_is_open(client: Client) -> None:
    assert ask(client, "{ __schema { queryType { name } } }").json()["data"]["__schema"]["queryType"]["name"] == "Query"
