"""A new dataset takes the old one's place in one step, and only when it is whole."""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from server import create_app
from serving.process.settings import ROOT, Settings
from tests.conformance.service import readiness, served
from tests.serving.client import PATIENCE, Client, started
from tests.serving.test_bounds import ask, code

SHIPPED = ROOT / "graph_data" / "packages"


def folder_of(tmp_path: Path, *names: str) -> Path:
    """A folder with copies of shipped packages."""
    for name in names:
        shutil.copytree(SHIPPED / name, tmp_path / name)
    return tmp_path


def shipped() -> list[str]:
    return sorted(path.name for path in SHIPPED.iterdir() if (path / "datapackage.json").exists())


def eventually(holds: Callable[[], bool]) -> None:
    for _ in range(PATIENCE * 20):
        if holds():
            return
        time.sleep(0.05)
    pytest.fail(f"not so after {PATIENCE} s")


def version(client: Client) -> str:
    found: str = client.get("/readyz").json()["version"]
    return found


def test_a_changed_folder_is_served_with_new_tags_and_expired_cursors(tmp_path: Path) -> None:
    first, second = shipped()[:2]
    packages = folder_of(tmp_path, first)
    with started(create_app(Settings(packages=(packages,), watch=1))) as client:
        client.wait_until_ready()
        before, old = version(client), ask(client, "{ subjects(first: 1) { pageInfo { endCursor } } }")
        cursor = old.json()["data"]["subjects"]["pageInfo"]["endCursor"]
        held = client.app.state.holder.snapshot
        folder_of(packages, second)
        eventually(lambda: version(client) != before)
        new = ask(client, "{ subjects(first: 1) { pageInfo { endCursor } } }", **{"if-none-match": old.headers["etag"]})
        assert (new.status_code, new.headers["etag"] != old.headers["etag"]) == (200, True)
        assert code(ask(client, f'{{ subjects(after: "{cursor}") {{ totalCount }} }}')) == "CURSOR_EXPIRED"
        assert held.dataset.version == before
        eventually(lambda: gc.get_freeze_count() > 0)
    gc.unfreeze()


def test_a_dataset_that_does_not_load_leaves_the_old_one_serving_and_says_so(tmp_path: Path) -> None:
    packages = folder_of(tmp_path, shipped()[0])
    with started(create_app(Settings(packages=(packages,)))) as client:
        client.wait_until_ready()
        before = version(client)
        descriptor = next(packages.glob("*/datapackage.json"))
        whole = descriptor.read_bytes()
        descriptor.write_bytes(b"{")
        client.app.state.holder.ask_reload()
        eventually(lambda: "reloadFailed" in client.get("/readyz").json())
        told = client.get("/readyz")
        assert (told.status_code, told.json()["version"]) == (200, before)
        assert "datapackage.json" in told.json()["reloadFailed"]
        assert ask(client, "{ dataset { version } }").json()["data"]["dataset"]["version"] == before
        descriptor.write_bytes(whole)
        client.app.state.holder.ask_reload()
        eventually(lambda: "reloadFailed" not in client.get("/readyz").json())
    gc.unfreeze()


def test_a_fault_of_ours_while_reloading_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packages = folder_of(tmp_path, shipped()[0])
    with started(create_app(Settings(packages=(packages,)))) as client:
        client.wait_until_ready()

        def fail(*_: object, **__: object) -> None:
            raise RuntimeError("a secret of the house")

        monkeypatch.setattr("serving.process.snapshot.Sources.load", fail)
        client.app.state.holder.ask_reload()
        eventually(lambda: "reloadFailed" in client.get("/readyz").json())
        assert "secret" not in client.get("/readyz").text
        assert ask(client, "{ __typename }").status_code == 200
    gc.unfreeze()


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there is no SIGHUP here")
def test_sighup_reloads_the_real_process(tmp_path: Path) -> None:
    first, second = shipped()[:2]
    packages = folder_of(tmp_path, first)
    with served("--packages", str(packages)) as (address, running):
        before = readiness(address)["version"]
        folder_of(packages, second)
        os.kill(running.pid, signal.SIGHUP)
        eventually(lambda: readiness(address)["version"] != before)
        assert json.dumps(readiness(address)["refused"]) == "[]"
