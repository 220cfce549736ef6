"""Several processes behind one socket, and several servers side by side: one dataset, or a clear signal."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from graph_data.package import write_package
from graph_data.synthesis import SCALES, batches
from tests.test_server import PATIENCE, process, wait_until_ready

QUESTION = {"query": "{ dataset { version } }"}


def address_of(running: subprocess.Popen[str]) -> str:
    assert running.stdout is not None
    return running.stdout.readline().split()[-1].removesuffix("/graphql")


def workers_of(parent: int) -> list[int]:
    """The processes that serve: children that run as long as the parent does, not Python's own tracker of resources."""
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in found if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def eventually(is_so: Callable[[], bool]) -> None:
    for _ in range(PATIENCE * 10):
        if is_so():
            return
        time.sleep(0.1)
    pytest.fail(f"not so after {PATIENCE} s")


def is_refused(address: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(address.rpartition(":")[2]))) != 0


@pytest.mark.slow
def test_a_worker_that_is_killed_is_started_again_and_all_stop_cleanly() -> None:
    with process("--port", "0", "--workers", "2") as running:
        address = address_of(running)
        wait_until_ready(address)
        first = workers_of(running.pid)
        assert len(first) == 2
        os.kill(first[0], signal.SIGKILL)
        eventually(lambda: bool(set(workers_of(running.pid)) - set(first)))
        running.send_signal(signal.SIGHUP)  # which the new worker is not ready for
        (second,) = set(workers_of(running.pid)) - set(first)
        os.kill(second, signal.SIGKILL)
        eventually(lambda: bool(set(workers_of(running.pid)) - {*first, second}))
        assert httpx.post(f"{address}/graphql", json=QUESTION).json()["data"]["dataset"]["version"]
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=PATIENCE)
    assert running.returncode == 0
    assert is_refused(address)


@pytest.mark.slow
def test_workers_that_cannot_serve_end_the_service_with_1(tmp_path: Path) -> None:
    with process("--port", "0", "--workers", "2", "--packages", str(tmp_path / "nowhere")) as running:
        _, log = running.communicate(timeout=PATIENCE)
    assert running.returncode == 1
    assert "nowhere" in log


@pytest.mark.slow
def test_workers_do_not_outlive_a_parent_that_is_killed() -> None:
    with process("--port", "0", "--workers", "2") as running:
        address = address_of(running)
        wait_until_ready(address)
        running.kill()
        eventually(lambda: is_refused(address))


@pytest.mark.slow
def test_two_servers_side_by_side_have_one_version_or_say_so(tmp_path: Path) -> None:
    """As behind a balancer: a client that keeps to the version it began with is never answered from another one."""
    for batch in batches(SCALES["department"], 1):
        write_package(list(batch.accounts()), tmp_path / batch.name)
    with (
        process("--port", "0") as one,
        process("--port", "0") as same,
        process("--port", "0", "--packages", str(tmp_path)) as other,
    ):
        addresses = [address_of(running) for running in (one, same, other)]
        for address in addresses:
            wait_until_ready(address)
        first, second, third = (httpx.post(f"{address}/graphql", json=QUESTION) for address in addresses)
        version = first.headers["x-dataset-version"]
        assert json.loads(first.content)["data"]["dataset"]["version"] == version
        assert (second.headers["x-dataset-version"], second.headers["etag"]) == (version, first.headers["etag"])
        assert third.headers["x-dataset-version"] != version
        kept = {"x-dataset-version": version}
        for _ in range(3):  # computed, found, and sent again
            assert httpx.post(f"{addresses[1]}/graphql", json=QUESTION, headers=kept).content == first.content
        refused = httpx.post(f"{addresses[2]}/graphql", json=QUESTION, headers=kept)
        assert refused.status_code == 412
        assert refused.json()["errors"][0]["extensions"]["code"] == "DATASET_CHANGED"
        assert refused.headers["x-dataset-version"] == third.headers["x-dataset-version"]
