"""What Prometheus may ask: requests, how long they took, how questions ended, what they cost, what is served."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from serving.limits import Runs
from serving.loading import Served
from serving.tallies import Spread, Tally

_MICROSECONDS = (
    *(500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000),
    *(1_000_000, 2_500_000, 5_000_000, 10_000_000),
)
_COSTS = (10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000)
METHODS = frozenset({"GET", "POST", "HEAD", "OPTIONS"})
FOUND, COMPUTED, UNCHANGED = "found", "computed", "unchanged"


class Metrics:
    """The counts of one application, in a registry of its own. All but `errors` is for its event loop alone."""

    def __init__(self, served: Served, runs: Runs) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(_State(served, runs))
        self._requests = Tally(
            "juesuan_requests", "Requests by route, method and status.", ("route", "method", "status")
        )
        bounds = [each * 1_000 for each in _MICROSECONDS]
        self._seconds = Spread("juesuan_request_seconds", "Time to the end of a reply.", bounds, 10**9, "route")
        self._answers = Tally("juesuan_answers", "Answers found in memory, computed, or unchanged.", ("how",))
        self._cost = Spread("juesuan_question_cost", "Cost of the questions computed.", _COSTS)
        for each in (self._requests, self._seconds, self._answers, self._cost):
            self.registry.register(each)
        self._errors = Counter("juesuan_errors", "Errors in replies by code.", ["code"], registry=self.registry)

    def request(self, route: str, method: str, status: int, nanoseconds: int) -> None:
        """A reply was sent; `route` is the address of a route, or "other"."""
        self._requests.count((route, method if method in METHODS else "other", status))
        self._seconds.observe(nanoseconds, route)

    def answer(self, how: str) -> None:
        self._answers.count((how,))

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
        damaged = len(edition.dataset.integrity.damages)
        yield GaugeMetricFamily("juesuan_shards_damaged", "Shards with a file that is not as written.", value=damaged)
        dataset = GaugeMetricFamily("juesuan_dataset", "The version that is served.", labels=["version"])
        dataset.add_metric([edition.dataset.version], 1)
        yield dataset


async def metrics(request: Request) -> Response:
    """GET /metrics"""
    found: Metrics = request.app.state.metrics
    return Response(generate_latest(found.registry), headers={"content-type": CONTENT_TYPE_LATEST})
