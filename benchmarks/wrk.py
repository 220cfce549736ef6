"""wrk, on the other core than the servers, and what it says."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

CLIENT_CORE = "1"
CONNECTIONS = 4
_SCRIPT = Path(__file__).with_name("post.lua")
_UNITS = {"us": Decimal(1), "ms": Decimal(1_000), "s": Decimal(1_000_000), "m": Decimal(60_000_000)}


@dataclass(frozen=True, slots=True)
class Burst:
    """One run: how many answers, answers a second, and the median and 99th percentile of the time to one, in µs.

    `busy` is the milliseconds of processor time that the server used meanwhile.
    """

    answers: int
    rate: Decimal
    median: int
    p99: int
    busy: int = 0

    @property
    def worth(self) -> Decimal:
        """Answers a second of the server's processor time."""
        return Decimal(self.answers * 1000) / max(1, self.busy)


def burst(url: str, body: Path, seconds: int) -> Burst:
    """Ask as fast as the server answers. Raises RuntimeError where any answer was no 200, or none came."""
    command = ["taskset", "-c", CLIENT_CORE, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "120s"]
    done = subprocess.run(
        [*command, "--latency", "-s", str(_SCRIPT), url, "--", str(body)], capture_output=True, text=True, check=True
    )
    return read(done.stdout, url)


def read(said: str, url: str) -> Burst:
    """The numbers in wrk's report."""
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    answers = re.search(r"(\d+) requests in", said)
    if rate is None or answers is None or not Decimal(rate[1]) or "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"{url}: {said}")
    return Burst(int(answers[1]), Decimal(rate[1]), _latency(said, "50%"), _latency(said, "99%"))


def _latency(said: str, share: str) -> int:
    found = re.search(rf"^\s+{share}\s+([\d.]+)(us|ms|s|m)\s*$", said, re.MULTILINE)
    if found is None:
        raise RuntimeError(f"wrk printed no {share}: {said}")
    return int(Decimal(found[1]) * _UNITS[found[2]])
