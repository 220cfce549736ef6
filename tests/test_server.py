"""The application as a whole, and the real process: it starts, answers, and stops cleanly when told to."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from schema import sdl
from server import create_app, main
from serving.process.settings import Settings
from tests.serving.client import unstarted

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60


@contextmanager
def process(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUESUAN_")}
    command = [sys.executable, "server.py", *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        try:
            yield running
        finally:
            if running.poll() is None:
                running.kill()


def get(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def wait_until_ready(address: str) -> dict[str, object]:
    for _ in range(PATIENCE * 10):
        try:
            status, text = get(f"{address}/readyz")
        except TimeoutError:  # taken by the socket, and by no worker yet
            continue
        if status == 200:
            found: dict[str, object] = json.loads(text)
            return found
        time.sleep(0.1)
    pytest.fail(f"not ready after {PATIENCE} s")


def test_the_process_says_where_it_listens_answers_and_stops_cleanly() -> None:
    with process("--port", "0") as running:
        assert running.stdout is not None
        address = running.stdout.readline().split()[-1].removesuffix("/graphql")
        ready = wait_until_ready(address)
        _, text = get(f"{address}/graphql?query={{dataset{{version}}}}")
        assert json.loads(text)["data"] == {"dataset": {"version": ready["version"]}}
        running.send_signal(signal.SIGTERM)
        _, log = running.communicate(timeout=20)
        assert running.returncode == 0
    lines = [json.loads(line) for line in log.splitlines()]
    assert "request" in {line["event"] for line in lines}
    assert "Traceback" not in log


@pytest.mark.slow
def test_packages_that_are_not_there_are_one_line_and_exit_code_1(tmp_path: Path) -> None:
    with process("--port", "0", "--packages", str(tmp_path / "nowhere")) as running:
        _, log = running.communicate(timeout=PATIENCE)
        assert running.returncode == 1
    assert "nowhere" in log.splitlines()[-1]
    assert "Traceback" not in log


def test_a_taken_port_is_one_line_and_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 1
    assert capsys.readouterr().err.startswith(f"server.py: cannot listen on 127.0.0.1:{port}")


def test_wrong_settings_are_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--port", "70000"]) == 2
    assert capsys.readouterr().err.startswith("server.py: port: ")


def test_until_the_dataset_is_there_the_service_lives_but_is_not_ready() -> None:
    with unstarted(create_app(Settings())) as client:
        assert client.get("/healthz").json() == {"status": "live"}
        assert client.get("/readyz").status_code == 503
        reply = client.post("/graphql", json={"query": "{__typename}"})
    assert reply.status_code == 503
    assert reply.json()["errors"][0]["extensions"]["code"] == "NOT_READY"


def test_the_schema_is_served_and_the_front_is_a_page() -> None:
    with unstarted(create_app(Settings())) as client:
        assert client.get("/schema.graphql").text == sdl()
        assert "决算" in client.get("/").text
