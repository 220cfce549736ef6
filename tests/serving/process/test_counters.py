"""Counts kept as plain numbers are told to Prometheus as its own library tells them."""

from __future__ import annotations

from typing import Any

import prometheus_client as theirs_
from prometheus_client import CollectorRegistry, generate_latest

from serving.process.metrics import Counter, Histogram


def told(*collectors: Any) -> list[str]:
    """What /metrics says, but for the times at which counting began."""
    registry = CollectorRegistry()
    for collector in collectors:
        registry.register(collector)
    lines = generate_latest(registry).decode().splitlines()
    return [line if "_created" not in line or line.startswith("#") else line.rpartition(" ")[0] for line in lines]


def test_a_tally_is_told_as_a_counter() -> None:
    ours = Counter("asked", "How often.", ("way", "status"))
    theirs = theirs_.Counter("asked", "How often.", ["way", "status"], registry=None)
    assert told(ours) == told(theirs)
    for labels in (("post", 200), ("get", 404), ("post", 200), ('a "b"\\', 1)):
        ours.increment(labels)
        theirs.labels(*labels).inc()
    assert told(ours) == told(theirs)


def test_a_spread_is_told_as_a_histogram() -> None:
    ours = Histogram("took", "How long.", (1_000, 5_000, 1_000_000), 1_000, "route")
    theirs = theirs_.Histogram("took", "How long.", ["route"], buckets=(1, 5, 1_000), registry=None)
    for route, number in (("/a", 1_000), ("/a", 1_001), ("/a", 0), ("/b", 5_000_000), ("/b", 250)):
        ours.observe(number, route)
        theirs.labels(route).observe(number / 1_000)
    assert told(ours) == told(theirs)


def test_a_spread_without_a_label_is_told_from_the_start() -> None:
    ours = Histogram("cost", "What it cost.", (10, 100))
    theirs = theirs_.Histogram("cost", "What it cost.", buckets=(10, 100), registry=None)
    assert told(ours) == told(theirs)
    for number in (3, 10, 11, 1_000):
        ours.observe(number)
        theirs.observe(number)
    assert told(ours) == told(theirs)
