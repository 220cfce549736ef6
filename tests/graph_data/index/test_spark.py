"""The same index from a Spark cluster, a real one of two workers; a worker that is killed changes nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from graph_data.index import layout
from graph_data.index.workers import UNFINISHED
from tests.clusters import HOST, SparkCluster, spark_cluster, why_no_spark
from tests.graph_data.index.made import DIVISIONS, files_of

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(why_no_spark() is not None, reason=str(why_no_spark()))]


@pytest.fixture(scope="module")
def cluster() -> Iterator[SparkCluster]:
    with spark_cluster(2) as running:
        yield running


def build_command(cluster: SparkCluster, packages: Path, index: Path) -> Sequence[str]:
    own = [sys.executable, "-m", "graph_data", "build", str(packages), "-o", str(index), "--json"]
    return [*own, "--engine", cluster.url]


ENVIRONMENT = os.environ | {"SPARK_LOCAL_IP": HOST, "PYSPARK_PYTHON": sys.executable}


def test_a_cluster_builds_the_same_bytes(cluster: SparkCluster, packages: Path, index: Path, tmp_path: Path) -> None:
    command = build_command(cluster, packages, tmp_path / "index")
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, text=True, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert events[0] == {"event": "planned", "divisions": 3, "kept": 0}
    assert sorted(event["division"] for event in events if event["event"] == "built") == list(DIVISIONS)
    assert events[-1]["event"] == "finished"
    assert files_of(tmp_path / "index") == files_of(index)


def test_a_worker_that_is_killed_changes_nothing(
    cluster: SparkCluster, packages: Path, index: Path, tmp_path: Path
) -> None:
    """The last test of the cluster: afterwards it has one worker."""
    target = tmp_path / "index"
    with subprocess.Popen(
        build_command(cluster, packages, target),
        cwd=ROOT,
        env=ENVIRONMENT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        _wait_for_a_shard_under_way(target)
        os.kill(cluster.workers[0].pid, signal.SIGKILL)
        _, complaints = process.communicate(timeout=300)
    assert process.returncode == 0, complaints
    assert files_of(target) == files_of(index)


def _wait_for_a_shard_under_way(index: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if any((index / layout.DIVISIONS).glob(f"*/{UNFINISHED}*")):
            return
        time.sleep(0.01)
    pytest.fail("no shard was begun")
