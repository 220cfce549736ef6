"""python -m benchmarks.hostile: how long each hostile request of the tests takes a quiet service, slowest first.

Nothing is kept from one time to the next, so that each is as slow as the first. The median of five.
"""

from __future__ import annotations

import statistics
import sys

from tests.conformance.service import served
from tests.serving.hostile import hostile
from tests.serving.test_hostile import send

ROUNDS = 5
SHOWN = 12


def main() -> int:
    """0 where none was answered by a 5xx."""
    requests = hostile()
    with served("--rate", "0", "--document-cache", "0", "--response-cache", "0") as (address, _):
        sent = {each.name: [send(address, each) for _ in range(ROUNDS)] for each in requests}
    times = sorted(((statistics.median(each[2] for each in found), name) for name, found in sent.items()), reverse=True)
    print(f"{len(times)} requests, median of all {_milliseconds(statistics.median(value for value, _ in times))} ms\n")
    print("| Request | Milliseconds | Status |\n|---|---|---|")
    for value, name in times[:SHOWN]:
        print(f"| {name} | {_milliseconds(value)} | {sent[name][0][0]} |")
    return 1 if any(status >= 500 for found in sent.values() for status, *_ in found) else 0


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


if __name__ == "__main__":
    sys.exit(main())
