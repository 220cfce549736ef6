"""Counts that cost next to nothing to keep: plain numbers, given to Prometheus when it asks.

A counter of its client library takes a lock and several calls for each number, together as long as a kept answer. These
are counted up by the event loop alone, and so need neither.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

Labels = tuple[str | int, ...]


class Tally(Collector):
    """A counter by the values of its labels."""

    def __init__(self, name: str, documentation: str, labels: Sequence[str]) -> None:
        self._about, self._labels = (name, documentation), labels
        self._counts: dict[Labels, int] = {}
        self._created: dict[Labels, float] = {}

    def count(self, labels: Labels) -> None:
        """One more."""
        if labels not in self._counts:
            self._created[labels] = time.time()
            self._counts[labels] = 0
        self._counts[labels] += 1

    def collect(self) -> Iterable[Metric]:
        family = CounterMetricFamily(*self._about, labels=self._labels)
        for labels, count in self._counts.items():
            family.add_metric([str(each) for each in labels], count, created=self._created[labels])
        yield family


class Spread(Collector):
    """A histogram of whole numbers by the value of one label, or of none.

    `bounds` are the upper ends of its buckets; Prometheus is told them, and the sum, divided by `unit`.
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
        """One more number."""
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
