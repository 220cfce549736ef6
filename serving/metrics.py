"""What Prometheus may ask: requests, how long they took, how questions ended, what they cost, what is served."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from serving.limits import Runs
from serving.loading import Served

_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_COSTS = (10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000)
METHODS = frozenset({"GET", "POST", "HEAD", "OPTIONS"})
FOUND, COMPUTED, UNCHANGED = "found", "computed", "unchanged"


class Metrics:
    """The counts of one application, in a registry of its own."""

    def __init__(self, served: Served, runs: Runs) -> None:
        self.registry = CollectorRegistry()
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self.registry.register(_State(served, runs))
        self._requests = Counter(
            "juesuan_requests",
            "Requests by route, method and status.",
            ["route", "method", "status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "juesuan_request_seconds",
            "Time to the end of a reply.",
            ["route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._answers = Counter(
            "juesuan_answers", "Answers found in memory, computed, or unchanged.", ["how"], registry=self.registry
        )
        self._errors = Counter("juesuan_errors", "Errors in replies by code.", ["code"], registry=self.registry)
        self._cost = Histogram(
            "juesuan_question_cost", "Cost of the questions computed.", buckets=_COSTS, registry=self.registry
        )

    def request(self, route: str, method: str, status: int, nanoseconds: int) -> None:
        """A reply was sent; `route` is the address of a route, or "other"."""
        key = (route, method if method in METHODS else "other", status)
        counter, histogram = self._known.get(key) or self._counters(key)
        counter.inc()
        histogram.observe(nanoseconds / 1e9)

    def _counters(self, key: tuple[str, str, int]) -> tuple[Counter, Histogram]:
        """The two that a request is counted in; finding them by their labels takes longer than counting."""
        found = self._requests.labels(*key), self._seconds.labels(key[0])
        return self._known.setdefault(key, found)

    def answer(self, how: str) -> None:
        self._answers.labels(how).inc()

    def cost(self, cost: int) -> None:
        self._cost.observe(cost)

    def errors(self, codes: Iterable[str]) -> None:
        for code in codes:
            self._errors.labels(code).inc()


class _State(Collector):
    """What is so at the moment of asking."""

    def __init__(self, served: Served, runs: Runs) -> None:
        self._served, self._runs = served, runs

    def collect(self) -> Iterable[Metric]:
        edition = self._served.edition
        yield GaugeMetricFamily("juesuan_ready", "Is a dataset served?", value=edition is not None)
        yield GaugeMetricFamily("juesuan_executing", "Questions that run in a thread.", value=self._runs.running)
        yield GaugeMetricFamily("juesuan_reloads", "Datasets swapped in after the first.", value=self._served.reloads)
        failed = self._served.reload_failure is not None
        yield GaugeMetricFamily("juesuan_reload_failed", "Did the last reload fail?", value=failed)
        if edition is None:
            return
        yield GaugeMetricFamily("juesuan_answer_bytes", "Bytes of kept answers.", value=edition.answers.size)
        refused = len(edition.dataset.refused)
        yield GaugeMetricFamily("juesuan_packages_refused", "Packages that are not served.", value=refused)
        dataset = GaugeMetricFamily("juesuan_dataset", "The version that is served.", labels=["version"])
        dataset.add_metric([edition.dataset.version], 1)
        yield dataset


async def metrics(request: Request) -> Response:
    """GET /metrics"""
    found: Metrics = request.app.state.metrics
    return Response(generate_latest(found.registry), headers={"content-type": CONTENT_TYPE_LATEST})
