"""What one client waits for while another does its worst: `python -m benchmarks.bystander [--seconds 10]`.

Eight connections of one client ask, each as soon as it is answered, what is dear for its size: documents that nobody
has asked before, valid and not, filters that look every name over, and tables with all their sums. Another client asks
`{dataset{version}}` all the while, on a connection of its own. Printed is what that one waits, in milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import count

from tests.conformance.service import served

CONNECTIONS = 8
_numbers = count()


def _invalid() -> str:
    return "{ " + " ".join(f"nothing{next(_numbers)}(x: {at}) {{ x y z }}" for at in range(280)) + " }"


def _unheard_of() -> str:
    fields = " ".join(f"a{at}: subjects(first: 1) {{ nodes {{ code name }} }}" for at in range(75))
    return f"query q{next(_numbers)} {{ {fields} }}"


def _filters() -> str:
    fields = " ".join(f'a{at}: indicators(nameContains: "无{at}") {{ totalCount }}' for at in range(100))
    return f"query q{next(_numbers)} {{ {fields} }}"


def _analyses() -> str:
    """Every sum that a table may have, of members that nobody asked of before."""
    by = "{dimension: FUNCTIONAL_SUBJECT} {dimension: DEPARTMENT} {dimension: FISCAL_YEAR}"
    measures = " ".join(
        f'{{name: "a{at}", measure: EXPENDITURE, where: {{amount: {{gte: "{next(_numbers)}"}}}}}}' for at in range(8)
    )
    rows = "rows(first: 500) { nodes { cells { text coverage { counted } } } }"
    return f"{{ analyze(measures: [{measures}], by: [{by}], totals: CUBE, acrossYears: true) {{ {rows} }} }}"


WORST: dict[str, Callable[[], str] | None] = {
    "nothing": None,
    "invalid documents": _invalid,
    "documents that are new": _unheard_of,
    "filters": _filters,
    "analyses": _analyses,
}


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, query: str) -> None:
    body = json.dumps({"query": query}).encode()
    head = b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    writer.write(head % len(body) + body)
    answer = await reader.readuntil(b"\r\n\r\n")
    length = next(int(line[16:]) for line in answer.split(b"\r\n") if line.startswith(b"content-length: "))
    await reader.readexactly(length)


async def _hostile(port: int, document: Callable[[], str]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=("127.0.0.2", 0))
    while True:
        await _ask(reader, writer, document())


async def _waits(port: int, document: Callable[[], str] | None, seconds: int) -> list[float]:
    hostile = [asyncio.create_task(_hostile(port, document)) for _ in range(CONNECTIONS)] if document else []
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    waits, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.perf_counter()
        await _ask(reader, writer, "{ dataset { version } }")
        waits.append(1_000 * (time.perf_counter() - began))
        await asyncio.sleep(0.005)
    for each in hostile:
        each.cancel()
    await asyncio.gather(*hostile, return_exceptions=True)
    writer.close()
    return waits


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=10, help="of each kind (default: 10)")
    parser.add_argument("--packages", help="folder of packages (default: those that are shipped)")
    chosen = parser.parse_args(arguments)
    options = ["--packages", chosen.packages] if chosen.packages else []
    print("| the other does | asked | half within, ms | p99, ms | slowest, ms |\n|---|--:|--:|--:|--:|")
    with served("--log-level", "warning", *options) as (address, _):
        port = int(address.rpartition(":")[2].partition("/")[0])
        for name, document in WORST.items():
            waits = sorted(asyncio.run(_waits(port, document, chosen.seconds)))
            p99 = waits[len(waits) * 99 // 100]
            print(
                f"| {name} | {len(waits)} | {statistics.median(waits):.1f} | {p99:.1f} | {waits[-1]:.1f} |", flush=True
            )


if __name__ == "__main__":
    main()
