"""Everything that a service remembers of requests stays within its bound, whatever is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from benchmarks.strange import ROUND, request
from graph_data.core.cache import LruCache
from serving.fast_path.reply_cache import ReplyCache
from serving.graphql.endpoint import GraphQLEndpoint
from serving.process.settings import Settings
from tests.graph_data.example import example
from tests.serving.fast_path.raw import Line

REQUESTS = 12 * len(ROUND)
BOUNDS = {
    "document_cache": 2_000,
    "fragment_cache": 3_000,
    "response_cache": 20_000,
    "persisted_cache": 5_000,
}
PLANS = 2_000_000


@pytest.fixture(scope="module")
def used() -> Iterator[Line]:
    with closing(Line(Settings(rate=10**9, **BOUNDS))) as line:  # type: ignore[arg-type]
        line.serve(example(), BOUNDS["response_cache"])
        parts(line)["plans"].bound = PLANS
        for number in range(REQUESTS):
            for _ in range(1 + number % 3):
                assert int(line.talk([request(number)])[9:12]) < 500
        yield line


def parts(line: Line) -> dict[str, LruCache[Any, Any]]:
    """Every cache, by what it holds."""
    endpoint: GraphQLEndpoint = line.app.state.endpoint
    replies: ReplyCache = line.config.http.keywords["replies"]
    plans = endpoint.executor.plans
    assert plans is not None
    assert plans.fragments is not None
    return {
        "documents": endpoint.documents._documents,
        "plans": plans._plans,
        "fragments": plans.fragments._cache,
        "persisted": endpoint.persisted._registered,
        "answers": line.app.state.holder.snapshot.answers,
        "templates": replies._templates,
        "seen": replies._seen,
    }


@pytest.mark.parametrize("name", ["documents", "plans", "fragments", "persisted", "answers", "templates"])
def test_what_is_kept_stays_within_its_bound(used: Line, name: str) -> None:
    kept = parts(used)[name]
    assert 0 < kept.size <= kept.bound
    assert len(kept) <= REQUESTS // 10


def test_the_bounds_are_those_of_the_settings(used: Line) -> None:
    found = {name: kept.bound for name, kept in parts(used).items()}
    assert found["documents"] == BOUNDS["document_cache"]
    assert found["fragments"] == BOUNDS["fragment_cache"]
    assert found["persisted"] == BOUNDS["persisted_cache"]
    assert found["answers"] == BOUNDS["response_cache"]


def test_a_document_remembers_few_costs_and_one_client_is_one_debtor(used: Line) -> None:
    documents = parts(used)["documents"]._entries.values()
    assert max(len(kept._profiles) for kept, _ in documents if hasattr(kept, "_profiles")) <= 4
    assert len(used.app.state.endpoint.budgets._owed) <= 1
    assert not used.app.state.holder.snapshot.computing


def test_metrics_are_as_many_as_before(used: Line) -> None:
    lines = used.app.state.metrics.exposition().decode().splitlines()
    assert len([line for line in lines if not line.startswith("#")]) < 150
