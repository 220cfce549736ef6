"""Every reply carries the security headers and an id; the log has a line for it, without the query's variables."""

from __future__ import annotations

import json

import pytest

from tests.serving.client import Client

ADDRESSES = ["/", "/graphql?query={__typename}", "/healthz", "/readyz", "/schema.graphql", "/examples.json", "/nowhere"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_reply_has_the_headers(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert len(headers["x-request-id"]) == 16


def test_a_request_id_that_is_none_is_replaced(client: Client) -> None:
    assert client.get("/healthz", headers={"x-request-id": "a b\tc"}).headers["x-request-id"] != "a b\tc"


def test_the_log_tells_of_the_request_and_nothing_of_its_variables(
    client: Client, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("INFO", "juesuan")
    body = {"query": "query($v: String!) { search(text: $v) { totalCount } }", "variables": {"v": "秘密"}}
    client.post("/graphql", json=body)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    [line] = [line for line in lines if line["event"] == "request"]
    assert (line["method"], line["path"], line["status"]) == ("POST", "/graphql", 200)
    assert "秘密" not in repr(lines)
