"""Building in processes, real ones: killed in the middle, a build goes on with what is finished."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph_data.core.errors import UnfinishedError
from graph_data.index import layout
from graph_data.index.layout import read_index
from graph_data.index.workers import Processes
from tests.graph_data.index.made import build, files_of

ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def building(packages: Path, index: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """`python -m graph_data build --json`, under way."""
    command = [sys.executable, "-m", "graph_data", "build", str(packages), "-o", str(index), "--json", *options]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def test_a_build_that_is_killed_goes_on_with_the_shards_that_are_whole(
    packages: Path, index: Path, tmp_path: Path
) -> None:
    target = tmp_path / "index"
    with building(packages, target, "--workers", "1") as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline()) == {"event": "planned", "divisions": 3, "kept": 0}
        assert json.loads(process.stdout.readline())["event"] == "built"
        os.kill(process.pid, signal.SIGKILL)
    assert not layout.is_index(target)
    built = build(packages, target)
    assert built.kept >= 1
    assert built.kept + built.built == 3
    assert files_of(target) == files_of(index)


def test_where_a_worker_is_killed_the_build_says_so_and_the_next_one_goes_on(
    packages: Path, index: Path, tmp_path: Path
) -> None:
    target = tmp_path / "index"
    with building(packages, target, "--workers", "2") as process:
        os.kill(_worker(process.pid), signal.SIGKILL)
        _, complaints = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "not built: a worker was killed" in complaints
    assert not layout.is_index(target)
    build(packages, target)
    assert files_of(target) == files_of(index)
    assert len(read_index(target).shards) == 3


@pytest.mark.parametrize("broken", [BrokenProcessPool, BrokenPipeError])
def test_a_worker_that_is_killed_while_it_starts_leaves_the_build_unfinished(
    monkeypatch: pytest.MonkeyPatch, packages: Path, tmp_path: Path, broken: type[Exception]
) -> None:
    def submit(*_: object) -> None:
        raise broken

    monkeypatch.setattr(ProcessPoolExecutor, "submit", submit)
    with pytest.raises(UnfinishedError, match="a worker was killed"):
        build(packages, tmp_path / "index", Processes(2))


def test_workers_end_with_a_build_that_is_killed(packages: Path, tmp_path: Path) -> None:
    with building(packages, tmp_path / "index", "--workers", "2") as process:
        worker = _worker(process.pid)
        assert process.stdout is not None
        process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
        until = time.monotonic() + 60
        while _is_running(worker) and time.monotonic() < until:
            time.sleep(0.05)
        assert not _is_running(worker)


def _is_running(process: int) -> bool:
    try:
        return ") Z" not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


def _worker(parent: int) -> int:
    """A process that builds shards, as soon as there is one."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        for child in children:
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                return int(child)
        time.sleep(0.01)
    pytest.fail("no worker was started")
