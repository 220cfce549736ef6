"""Prometheus is told of every request, answer, error and reload, under names that cannot grow without end."""

from __future__ import annotations

import re

from tests.serving.client import Client
from tests.serving.test_bounds import ask, bounded


def metrics(client: Client) -> dict[str, str]:
    reply = client.get("/metrics")
    assert reply.headers["content-type"].startswith("text/plain")
    return dict(line.rsplit(" ", 1) for line in reply.text.splitlines() if not line.startswith("#"))


def test_requests_answers_errors_and_costs_are_counted(client: Client) -> None:
    with bounded(client) as other:
        ask(other, "{ dataset { figures projects } }")
        ask(other, "{ dataset { figures projects } }")
        ask(other, "{ nothing }")
        other.get("/nowhere/at/all")
        found = metrics(other)
    assert found['juesuan_requests_total{method="POST",route="/graphql",status="200"}'] == "2.0"
    assert found['juesuan_requests_total{method="GET",route="other",status="404"}'] == "1.0"
    assert found['juesuan_answers_total{how="computed"}'] == "1.0"
    assert found['juesuan_answers_total{how="found"}'] == "1.0"
    assert found['juesuan_errors_total{code="GRAPHQL_VALIDATION_FAILED"}'] == "1.0"
    assert found["juesuan_question_cost_sum"] == "3.0"
    assert found["juesuan_ready"] == "1.0"


def test_the_version_that_is_served_is_told(client: Client) -> None:
    found = [name for name in metrics(client) if name.startswith("juesuan_dataset{")]
    assert [re.fullmatch(r'juesuan_dataset\{version="[0-9a-f]{12,}"\}', name) is not None for name in found] == [True]
