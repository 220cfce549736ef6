"""The real service for tools of other projects: a process of its own, on a port of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180


@contextmanager
def served(*arguments: str, descriptors: int = 0) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a service that is ready, and its process; it may open so many files, where that is said."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUESUAN_")}
    command = [sys.executable, "server.py", "--port", "0", "--log-level", "error", *arguments]
    if descriptors:
        command = ["sh", "-c", f'ulimit -n {descriptors}; exec "$@"', "sh", *command]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            address = running.stdout.readline().split()[-1].removesuffix("/graphql")
            wait_until_ready(address)
            yield address, running
        finally:
            if running.poll() is None:
                running.terminate()
                running.wait(PATIENCE)


def wait_until_ready(address: str) -> None:
    """Ask /readyz until the dataset is served."""
    for _ in range(PATIENCE * 10):
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=10):
                return
        except urllib.error.HTTPError as error:
            error.close()
        except TimeoutError:  # taken by the socket, and by no worker yet
            continue
        time.sleep(0.1)
    pytest.fail(f"not ready after {PATIENCE} s")


def readiness(address: str) -> dict[str, object]:
    """What /readyz says."""
    with urllib.request.urlopen(f"{address}/readyz", timeout=10) as reply:
        found: dict[str, object] = json.load(reply)
        return found
