"""What is made to break or to hang the service is refused at once, with a code, and the next question is answered."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.serving.client import Client

GRAPHQL = {"accept": "application/graphql-response+json"}
DEPARTMENT = 'department(by: {name: "淄博市人民政府办公室"})'
PATIENCE = 1.0


def ask(client: Client, query: str, variables: Any = None) -> tuple[int, str]:
    """Status and code of the reply, which has to come at once and to leave the service well."""
    began = time.process_time()
    reply = client.post("/graphql", json={"query": query, "variables": variables}, headers=GRAPHQL)
    assert time.process_time() - began < PATIENCE
    healthy = client.post("/graphql", json={"query": "{ dataset { version } }"})
    assert healthy.json()["data"]["dataset"]["version"]
    errors = reply.json().get("errors", [])
    assert len(reply.content) < 20_000
    return reply.status_code, errors[0]["extensions"]["code"] if errors else ""


def fragments(count: int, body: str, type_: str = "Query", last: str = "__typename") -> str:
    """f0 … as many as `count`, each with `body`, where # stands for the next one."""
    chain = (f"fragment f{i} on {type_} {{ {body.replace('#', f'f{i + 1}')} }}" for i in range(count))
    return " ".join([*chain, f"fragment f{count} on {type_} {{ {last} }}"])


def test_sixty_fragments_that_spread_each_other_twice(client: Client) -> None:
    assert ask(client, "{ ...f0 } " + fragments(60, "...# ...#")) == (400, "COST_LIMIT_EXCEEDED")


def test_sixty_fragments_that_ask_each_other_under_two_names(client: Client) -> None:
    body = "a: finalAccounts { department { ...# } } b: finalAccounts { department { ...# } }"
    bomb = f"{{ {DEPARTMENT} {{ ...f0 }} }} " + fragments(60, body, "Department", "name")
    assert ask(client, bomb) == (400, "DEPTH_LIMIT_EXCEEDED")


def test_fragments_that_double_within_the_depth(client: Client) -> None:
    body = " ".join(f"a{i}: division {{ departments {{ nodes {{ ...# }} }} }}" for i in range(22))
    bomb = f"{{ {DEPARTMENT} {{ ...f0 }} }} " + fragments(4, body, "Department", "name")
    assert ask(client, bomb) == (400, "COST_LIMIT_EXCEEDED")


def test_eighty_fragments_that_spread_all_that_follow(client: Client) -> None:
    rest = (
        f"fragment f{i} on Query {{ __typename {' '.join(f'...f{j}' for j in range(i + 1, 80))} }}" for i in range(80)
    )
    assert ask(client, "{ ...f0 } " + " ".join(rest)) == (400, "COST_LIMIT_EXCEEDED")


@pytest.mark.parametrize(
    ("count", "code"),
    [(300, "GRAPHQL_VALIDATION_FAILED"), (800, "COST_LIMIT_EXCEEDED"), (2_000, "GRAPHQL_PARSE_FAILED")],
)
def test_chained_fragments(client: Client, count: int, code: str) -> None:
    assert ask(client, "{ ...f0 } " + fragments(count, "...#")) == (400, code)


def test_fragments_in_a_circle(client: Client) -> None:
    circle = " ".join(f"fragment f{i} on Query {{ __typename ...f{(i + 1) % 400} }}" for i in range(400))
    assert ask(client, "{ ...f0 } " + circle) == (400, "GRAPHQL_VALIDATION_FAILED")


def test_ten_thousand_aliases(client: Client) -> None:
    aliases = " ".join(f"a{i}: __typename" for i in range(10_000))
    assert ask(client, "{ " + aliases + " }") == (400, "GRAPHQL_PARSE_FAILED")


@pytest.mark.parametrize(("field", "code"), [("__typename ", "GRAPHQL_PARSE_FAILED"), ("dataset { version } ", "")])
def test_the_same_field_thousands_of_times(client: Client, field: str, code: str) -> None:
    status, found = ask(client, "{ " + field * (14_000 if code else 1_800) + "}")
    assert (status, found) == (400, code or "GRAPHQL_VALIDATION_FAILED")


def test_a_deep_question(client: Client) -> None:
    deep = "{ parentNode " * 100 + "{ id }" + " }" * 100
    assert ask(client, f"{{ {DEPARTMENT} {deep} }}") == (400, "DEPTH_LIMIT_EXCEEDED")


def test_a_filter_that_doubles_in_the_variables(client: Client) -> None:
    where: dict[str, Any] = {"fiscalYear": {"eq": 2022}}
    for _ in range(14):
        where = {"and": [where, where]}
    query = "query($w: FigureWhere) { figures(where: $w) { totalCount } }"
    assert ask(client, query, {"w": where}) == (400, "COST_LIMIT_EXCEEDED")


@pytest.mark.parametrize(
    ("argument", "type_", "value"),
    [
        ("check", "String", ""),
        ("check", "String", "table.subject"),
        ("check", "String", "x" * 100_000),
        ("check", "String", "\x00"),
        ("department", "ID", "nonsense"),
        ("department", "ID", "project:370300/102/2022/1"),
        ("department", "ID", "department:\x00"),
        ("severity", "Severity", "GRAVE"),
        ("after", "Cursor", "nonsense"),
        ("first", "Int", 501),
    ],
)
def test_nonsense_about_findings_is_bad_user_input(client: Client, argument: str, type_: str, value: Any) -> None:
    query = f"query($v: {type_}) {{ findings({argument}: $v) {{ totalCount }} }}"
    _, code = ask(client, query, {"v": value})
    assert code == "BAD_USER_INPUT"


def test_an_unknown_department_is_told_with_those_that_there_are(client: Client) -> None:
    reply = client.post("/graphql", json={"query": '{ findings(department: "department:1/2") { totalCount } }'})
    [error] = reply.json()["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "department:370300/102" in {each["id"] for each in error["extensions"]["candidates"]}
