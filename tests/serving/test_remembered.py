"""Everything that a service remembers of requests stays within its bound, whatever is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.strange import ROUND, request
from graph_data.core.cache import LruCache
from serving.front import Front
from tests.graph_data.example import example
from tests.serving.exchange import Exchange, Request, fronted

REQUESTS = 25 * len(ROUND)
BOUNDS = {
    "document_cache": 2_000,
    "fragment_cache": 3_000,
    "response_cache": 20_000,
    "persisted_cache": 5_000,
}
PLANS = 2_000_000


def asked(number: int) -> Request:
    """Request `number` of the stream that the memory benchmark sends."""
    head, _, body = request(number).partition(b"\r\n\r\n")
    lines = (line.partition(b": ") for line in head.split(b"\r\n")[1:])
    return Request(body, tuple((name, value) for name, _, value in lines))


@pytest.fixture(scope="module")
def used() -> Iterator[Exchange]:
    exchange = fronted(rate=10**9, **BOUNDS)
    exchange.serve(example(), BOUNDS["response_cache"])
    parts(exchange)["plans"].bound = PLANS
    for number in range(REQUESTS):
        for _ in range(1 + number % 3):
            assert exchange.ask(asked(number)).status < 500
    yield exchange
    exchange.runner.close()


def parts(exchange: Exchange) -> dict[str, LruCache[Any, Any]]:
    """Whatever keeps something, by what it keeps."""
    front = exchange.app.middleware_stack
    assert isinstance(front, Front)
    answering = front.view._answering
    assert answering.plans is not None
    assert answering.plans.fragments is not None
    return {
        "documents": answering.documents._kept,
        "plans": answering.plans._plans,
        "fragments": answering.plans.fragments._cache,
        "persisted": front.view._persisted._kept,
        "answers": exchange.app.state.served.edition.answers,
        "frames": front._frames._kept,
    }


@pytest.mark.parametrize("name", ["documents", "plans", "fragments", "persisted", "answers", "frames"])
def test_what_is_kept_stays_within_its_bound(used: Exchange, name: str) -> None:
    kept = parts(used)[name]
    assert 0 < kept.size <= kept.bound
    assert len(kept) <= REQUESTS // 10


def test_the_bounds_are_those_of_the_settings(used: Exchange) -> None:
    found = {name: kept.bound for name, kept in parts(used).items()}
    assert found["documents"] == BOUNDS["document_cache"]
    assert found["fragments"] == BOUNDS["fragment_cache"]
    assert found["persisted"] == BOUNDS["persisted_cache"]
    assert found["answers"] == BOUNDS["response_cache"]


def test_a_document_remembers_few_costs_and_one_client_is_one_debtor(used: Exchange) -> None:
    front: Any = used.app.middleware_stack
    documents = parts(used)["documents"]._entries.values()
    assert max(len(kept._weighed) for kept, _ in documents if hasattr(kept, "_weighed")) <= 4
    assert len(front.view._budgets._owed) <= 1
    assert not used.app.state.served.edition.computing


def test_metrics_are_as_many_as_before(used: Exchange) -> None:
    assert len(used.metrics(lambda line: line.startswith("#"))) < 150
