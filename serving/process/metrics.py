"""What Prometheus may ask: requests, how long they took, how questions ended, what they cost, what is served.

The client library's own counters take a lock and several calls for each number, together as long as a cached answer.
`Counter` and `Histogram` are counted up by the event loop alone, and so need neither.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client import Counter as LockedCounter
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from serving.process.snapshot import DatasetHolder

_MICROSECONDS = (
    *(500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000),
    *(1_000_000, 2_500_000, 5_000_000, 10_000_000),
)
_COSTS = (10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000)
METHODS = frozenset({"GET", "POST", "HEAD", "OPTIONS"})
CACHED, COMPUTED, UNCHANGED = "found", "computed", "unchanged"  # the values of a label that dashboards know


class Counter(Collector):
    """A counter by the values of its labels."""

    def __init__(self, name: str, documentation: str, labels: Sequence[str]) -> None:
        self._about, self._labels = (name, documentation), labels
        self._counts: dict[tuple[str | int, ...], int] = {}
        self._created: dict[tuple[str | int, ...], float] = {}

    def increment(self, labels: tuple[str | int, ...]) -> None:
        if labels not in self._counts:
            self._created[labels] = time.time()
            self._counts[labels] = 0
        self._counts[labels] += 1

    def collect(self) -> Iterable[Metric]:
        family = CounterMetricFamily(*self._about, labels=self._labels)
        for labels, count in self._counts.items():
            family.add_metric([str(each) for each in labels], count, created=self._created[labels])
        yield family


class Histogram(Collector):
    """A histogram of whole numbers by the value of one label, or of none.

    `bounds` are the upper ends of its buckets; Prometheus gets them, and the sum, divided by `unit`.
    """

    def __init__(self, name: str, documentation: str, bounds: Sequence[int], unit: int = 1, label: str = "") -> None:
        self._name, self._documentation, self._bounds = name, documentation, bounds
        self._unit, self._labels = unit, [label] if label else []
        self._buckets: dict[str, list[int]] = {}
        self._sums: dict[str, int] = {}
        self._created: dict[str, float] = {}
        if not label:
            self._begin("")

    def observe(self, number: int, label: str = "") -> None:
        buckets = self._buckets.get(label) or self._begin(label)
        buckets[bisect_left(self._bounds, number)] += 1
        self._sums[label] += number

    def _begin(self, label: str) -> list[int]:
        self._sums[label], self._created[label] = 0, time.time()
        return self._buckets.setdefault(label, [0] * (len(self._bounds) + 1))

    def collect(self) -> Iterable[Metric]:
        family = HistogramMetricFamily(self._name, self._documentation, labels=self._labels)
        ends = [*(str(bound / self._unit) for bound in self._bounds), "+Inf"]
        for label, buckets in self._buckets.items():
            values = [label] if self._labels else []
            counted = list(zip(ends, accumulate(buckets), strict=True))
            family.add_metric(values, counted, self._sums[label] / self._unit)
            family.add_sample(
                f"{self._name}_created", dict(zip(self._labels, values, strict=True)), self._created[label]
            )
        yield family


class Metrics:
    """The counts of one application, in a registry of its own. All but `errors` is for its event loop alone.

    `executing` says how many questions run in threads at the moment.
    """

    def __init__(self, holder: DatasetHolder, executing: Callable[[], int]) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_State(holder, executing))
        self._requests = Counter(
            "juesuan_requests", "Requests by route, method and status.", ("route", "method", "status")
        )
        bounds = [each * 1_000 for each in _MICROSECONDS]
        self._seconds = Histogram("juesuan_request_seconds", "Time to the end of a reply.", bounds, 10**9, "route")
        self._answers = Counter("juesuan_answers", "Answers found in memory, computed, or unchanged.", ("how",))
        self._cost = Histogram("juesuan_question_cost", "Cost of the questions computed.", _COSTS)
        self._clients = Counter("juesuan_client_requests", "Requests of clients that said who they are.", ("client",))
        for each in (self._requests, self._seconds, self._answers, self._cost, self._clients):
            self._registry.register(each)
        self._errors = LockedCounter("juesuan_errors", "Errors in replies by code.", ["code"], registry=self._registry)

    def request(self, route: str, method: str, status: int, nanoseconds: int) -> None:
        """A reply was sent; `route` is the address of a route, or "other"."""
        self._requests.increment((route, method if method in METHODS else "other", status))
        self._seconds.observe(nanoseconds, route)

    def client(self, name: str) -> None:
        """A reply was sent to a client of the file of clients."""
        self._clients.increment((name,))

    def answer(self, how: str, cost: int | None = None) -> None:
        """An answer was given; `cost` is that of one that was computed."""
        self._answers.increment((how,))
        if cost is not None:
            self._cost.observe(cost)

    def errors(self, codes: Iterable[str]) -> None:
        for code in codes:
            self._errors.labels(code).inc()

    def exposition(self) -> bytes:
        """All of it in the text format of Prometheus."""
        return generate_latest(self._registry)


class _State(Collector):
    """What is so at the moment of asking."""

    def __init__(self, holder: DatasetHolder, executing: Callable[[], int]) -> None:
        self._holder, self._executing = holder, executing

    def collect(self) -> Iterable[Metric]:
        snapshot = self._holder.snapshot
        yield GaugeMetricFamily("juesuan_ready", "Is a dataset served?", value=snapshot is not None)
        yield GaugeMetricFamily("juesuan_executing", "Questions that run in a thread.", value=self._executing())
        yield GaugeMetricFamily("juesuan_reloads", "Datasets swapped in after the first.", value=self._holder.reloads)
        failed = self._holder.reload_failure is not None
        yield GaugeMetricFamily("juesuan_reload_failed", "Did the last reload fail?", value=failed)
        if snapshot is None:
            return
        yield GaugeMetricFamily("juesuan_answer_bytes", "Bytes of kept answers.", value=snapshot.answers.size)
        refused = len(snapshot.dataset.refused)
        yield GaugeMetricFamily("juesuan_packages_refused", "Packages that are not served.", value=refused)
        damaged = len(snapshot.dataset.integrity.damages)
        yield GaugeMetricFamily("juesuan_shards_damaged", "Shards with a file that is not as written.", value=damaged)
        dataset = GaugeMetricFamily("juesuan_dataset", "The version that is served.", labels=["version"])
        dataset.add_metric([snapshot.dataset.version], 1)
        yield dataset
