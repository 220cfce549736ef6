"""Outside of GraphQL too, every error is JSON with a code, and says nothing of the inside."""

from __future__ import annotations

import pytest

from tests.serving.client import Client


def test_an_unknown_address_is_not_found_with_a_code(client: Client) -> None:
    reply = client.get("/nowhere")
    assert (reply.status_code, reply.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")


def test_a_wrong_method_is_told_with_a_code(client: Client) -> None:
    reply = client.post("/readyz")
    assert (reply.status_code, reply.json()["errors"][0]["extensions"]["code"]) == (405, "BAD_USER_INPUT")
    assert "GET" in reply.headers["allow"]


def test_a_fault_of_ours_says_nothing_but_a_request_id(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("serving.pages.site.read_examples", fail)
    reply = client.get("/examples.json")
    assert reply.status_code == 500
    [error] = reply.json()["errors"]
    assert error["extensions"] == {"code": "INTERNAL_SERVER_ERROR", "requestId": reply.headers["x-request-id"]}
    assert "secret" not in reply.text
    assert reply.headers["x-content-type-options"] == "nosniff"
