"""Every reply carries the security headers and an id; the log has a line for it, without the query's variables."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from graph_data.package import write_package
from graph_data.store.clients import Clients
from server import create_app
from serving.process.settings import Settings
from tests.graph_data.test_sources import WEATHER
from tests.serving.client import Client, started

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


def test_a_client_by_name_has_its_budget_and_its_name_in_log_and_metrics_and_its_token_nowhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    clients = Clients(tmp_path / "clients.json")
    tokens = {"small": clients.add("small", rate=1_500), "财政": clients.add("财政", rate=10**6)}
    write_package([WEATHER], tmp_path / "packages")
    settings = Settings(
        packages=(tmp_path / "packages",), publish=tmp_path / "store", clients=clients.path,
        client_header="X-Client", rate=2_500,
    )  # fmt: skip
    caplog.set_level("INFO", "juesuan")

    def refused(**headers: str) -> list[int]:
        """Which of four requests, each of a cost of 1,000, are refused."""
        sent = {name.replace("_", "-").encode(): value.encode() for name, value in headers.items()}
        replies = [client.get("/changes.json", headers=list(sent.items())) for _ in range(4)]
        return [number for number, reply in enumerate(replies) if reply.status_code == 429]

    with started(create_app(settings)) as client:
        client.wait_until_ready()
        assert refused(authorization=f"Bearer {tokens['small']}") == [1, 2, 3]
        assert refused(authorization=f"bearer {tokens['财政']}") == []
        assert refused(x_client="财政") == []
        assert refused(x_client="small") == [0, 1, 2, 3]
        assert refused(authorization="Bearer juesuan_unknown", x_client="unknown") == [2, 3]
        assert refused() == [0, 1, 2, 3]
        metrics = client.get("/metrics").text
    assert 'juesuan_client_requests_total{client="财政"} 8.0' in metrics
    log = capsys.readouterr().err
    lines = [json.loads(line) for line in log.splitlines() if '"request"' in line]
    told = Counter(line.get("client") for line in lines if line["path"] == "/changes.json")
    assert told == {"small": 8, "财政": 8, None: 8}
    assert not any(token in log + metrics + caplog.text for token in (*tokens.values(), "juesuan_unknown"))


@pytest.mark.parametrize(("forwarded_by", "is_believed"), [("127.0.0.1", True), ("10.0.0.0/8", False), ("", False)])
def test_only_a_proxy_of_the_settings_is_believed_who_asks(
    tmp_path: Path, forwarded_by: str, is_believed: bool
) -> None:
    clients = Clients(tmp_path / "clients.json")
    clients.add("财政", rate=10**6)
    write_package([WEATHER], tmp_path / "packages")
    settings = Settings(
        packages=(tmp_path / "packages",), clients=clients.path, client_header="X-Client",
        forwarded_by=forwarded_by, rate=2_500,
    )  # fmt: skip
    named = [(b"x-client", "财政".encode()), (b"x-forwarded-for", b"192.0.2.1")]
    with started(create_app(settings)) as client:
        client.wait_until_ready()
        replies = [client.get("/accounts", headers=named).status_code for _ in range(3)]
    assert replies == [200, 200, 200 if is_believed else 429]
