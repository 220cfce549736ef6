"""Two agencies publish beside each other while the service is killed again and again: nothing is lost, nothing half."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest

from graph_data import load
from graph_data.commands.mirror import Mirror
from graph_data.core.errors import PackageError
from graph_data.package import write_package
from graph_data.store.clients import Clients
from tests.conformance.service import ROOT, wait_until_ready
from tests.graph_data.test_sources import WEATHER
from tests.serving.publishing.service import Reply, Service, document, zipped

PATIENCE = 200  # seconds for one reply, through whatever kills
SECRET = "for tests alone"
DIVISIONS = {"zibo": "370300", "tai": "370900"}
NAMES = ("甲局", "乙局", "丙局", "丁局")
REFUSALS = {"broken": {"UNREADABLE"}, "other": {"FORBIDDEN"}, "nobody": {"UNAUTHENTICATED"}, "cut": set[str]()}
BUSY = (429, 503)


@dataclass(slots=True)
class Killed:
    """A service that is killed and begun again on the same port."""

    folder: Path
    port: int
    webhook: str
    running: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("JUESUAN_")}
        environment |= {"JUESUAN_WEBHOOK_SECRET": SECRET}
        command = [
            sys.executable, "server.py", "--port", str(self.port), "--log-level", "error", "--rate", "0",
            "--packages", str(self.folder / "packages"), "--publish", str(self.folder / "store"),
            "--webhook", self.webhook,
        ]  # fmt: skip
        with (self.folder / "log").open("ab") as log:
            self.running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        while True:
            try:
                wait_until_ready(self.address)
            except OSError:
                assert self.running.poll() is None, (self.folder / "log").read_text()
                time.sleep(0.1)
            else:
                return

    def kill(self) -> None:
        assert self.running is not None
        self.running.send_signal(signal.SIGKILL)
        self.running.wait()


@dataclass(slots=True)
class Agency:
    """Publishes for its division until it has done its part and the killing is over; notes what was accepted."""

    name: str
    service: Service
    killing: threading.Event
    least: int
    accepted: dict[str, list[str | None]] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def run(self) -> None:
        chance = random.Random(self.name)
        ways = ("publish",) * 12 + ("withdraw",) * 3 + tuple(REFUSALS)
        while self.done.total() < self.least or self.killing.is_set():
            way = chance.choice(ways)
            self.done[way] += 1
            try:
                getattr(self, f"_{way}")(chance)
            except Exception as error:  # noqa: BLE001 - told by the test
                self.problems.append(f"{way}: {error!r}")
                return

    def _publish(self, chance: random.Random) -> None:
        name = chance.choice(NAMES)
        files = {"a.txt": document(name, total=chance.randint(1, 10_000))}
        reply, _ = self._patiently(lambda: self._post(files))
        (told,) = reply.json()["accounts"]
        if reply.status not in (200, 201) or told["state"] not in ("ADDED", "REPLACED", "UNCHANGED"):
            self.problems.append(f"{reply.status} {reply.body[:300]!r}")
        self.accepted.setdefault(told["id"], []).append(told["digest"])

    def _withdraw(self, chance: random.Random) -> None:
        there = sorted(id for id, versions in self.accepted.items() if versions[-1] is not None)
        if not there:
            return
        id = chance.choice(there)
        reply, is_again = self._patiently(lambda: self.service.withdraw(id, self.name))
        if reply.status != 200 and not (is_again and reply.status == 404):
            self.problems.append(f"{reply.status} {reply.body[:300]!r}")
        self.accepted[id].append(None)

    def _broken(self, chance: random.Random) -> None:
        self._refused("broken", lambda: self._post({"a.pdf": b"%PDF-1.7\n" + chance.randbytes(200)}))

    def _other(self, chance: random.Random) -> None:
        """For the other agency's division, with a token that is not its own."""
        division = next(each for name, each in DIVISIONS.items() if name != self.name)
        self._refused("other", lambda: self._post({"a.txt": document(chance.choice(NAMES), total=1)}, division))

    def _nobody(self, chance: random.Random) -> None:
        files = {"a.txt": document(chance.choice(NAMES), total=2)}
        self._refused("nobody", lambda: self.service.publish(files, "juesuan_wrong", division=DIVISIONS[self.name]))

    def _cut(self, chance: random.Random) -> None:
        """A body that ends in the middle."""
        body = zipped({"a.txt": document(chance.choice(NAMES), total=3)})
        head = (
            f"POST /accounts?division={DIVISIONS[self.name]} HTTP/1.1\r\nhost: a\r\ncontent-type: application/zip\r\n"
            f"authorization: Bearer {self.service.tokens[self.name]}\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        parts = urlsplit(self.service.address)
        try:
            with socket.create_connection((parts.hostname, parts.port), 30) as connection:
                connection.sendall(head.encode() + body[: chance.randrange(len(body))])
        except OSError:
            return

    def _refused(self, way: str, ask: Callable[[], Reply]) -> None:
        reply, _ = self._patiently(ask)
        error = reply.json()["errors"][0]
        if error["extensions"]["code"] not in REFUSALS[way] or not error["message"] or reply.status < 400:
            self.problems.append(f"{way}: {reply.status} {reply.body[:300]!r}")

    def _post(self, files: Mapping[str, bytes], division: str = "") -> Reply:
        return self.service.publish(files, self.name, division=division or DIVISIONS[self.name])

    def _patiently(self, ask: Callable[[], Reply]) -> tuple[Reply, bool]:
        """The reply, asked for until there is one, and whether that took more than one attempt."""
        attempt, deadline = -1, time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            attempt += 1
            try:
                reply = ask()
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
                continue
            if reply.status not in BUSY:
                return reply, attempt > 0
            time.sleep(0.1)
        raise TimeoutError("no reply")


@dataclass(slots=True)
class Receiver:
    """Takes the webhook's steps; some of its replies are failures."""

    steps: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        receiver, chance = self, random.Random(3)

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                stamp, _, signature = self.headers["x-juesuan-signature"].partition(",sha256=")
                signed = stamp.removeprefix("t=").encode() + b"." + body
                if not hmac.compare_digest(hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest(), signature):
                    receiver.problems.append("a wrong signature")
                fails = chance.random() < 0.1
                if not fails:
                    receiver.steps.append(json.loads(body))
                self.send_response(500 if fails else 204)
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        return Handler


def _load(address: str) -> subprocess.Popen[bytes] | None:
    """Two connections of wrk, where it is installed, that ask as fast as they can until they are stopped."""
    if shutil.which("wrk") is None:
        return None
    asked = f"{address}/graphql?query=%7Bdataset%7Bversion%7D%7D"
    command = ["wrk", "-t1", "-c2", "-d1h", "-H", "Accept: application/json", asked]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _some_are_done(agencies: list[Agency]) -> None:
    """Wait until the agencies have gone on, so that a service is killed in the midst of its work, not of its start."""
    before, deadline = sum(each.done.total() for each in agencies), time.monotonic() + 60
    while sum(each.done.total() for each in agencies) < before + 4 and time.monotonic() < deadline:
        time.sleep(0.01)


def _mirrored(mirror: Mirror, stop: threading.Event, problems: list[str]) -> None:
    """Follow the service; every package is held against its digest on the way."""
    while not stop.wait(0.5):
        try:
            mirror.update()
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            pass
        except PackageError as error:
            if not any(known in str(error) for known in ("change faster", "status 503", "status 429")):
                problems.append(str(error))


def _asked(service: Service, stop: threading.Event, problems: list[str]) -> None:
    """Of one version there is one answer, whoever gives it, and it has as many accounts as the list."""
    query = json.dumps({"query": "{ dataset { version } accounts(first: 50) { totalCount nodes { id } } }"}).encode()
    answers: dict[str, bytes] = {}
    while not stop.wait(0.05):
        try:
            reply = service.ask("POST", "/graphql", query, content_type="application/json")
            listed = service.ask("GET", "/accounts").json()
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
            continue
        if reply.status in BUSY or "accounts" not in listed:
            continue
        data = reply.json()["data"]
        told = answers.setdefault(data["dataset"]["version"], json.dumps(data).encode())
        if reply.status != 200 or told != json.dumps(data).encode():
            problems.append(f"{reply.status} {reply.body[:300]!r}")
        digests = {(e["division"], e["department"], e["fiscalYear"]): e["digest"] for e in listed["accounts"]}
        if listed["digest"] != hashlib.sha256("".join(digests[key] for key in sorted(digests)).encode()).hexdigest():
            problems.append("a list that is not what its digest says")
        if listed["version"] == data["dataset"]["version"] and len(digests) != data["accounts"]["totalCount"]:
            problems.append(f"{len(digests)} accounts in the list, {data['accounts']['totalCount']} in the answer")


def _is_within(short: list[str | None], long: list[str | None]) -> bool:
    """Are all of the short list in the long one, in this order?"""
    rest = iter(long)
    return all(each in rest for each in short)


def _followed(state: dict[str, str], steps: list[dict[str, Any]]) -> dict[str, str]:
    """The accounts after steps, each of which begins with what is there."""
    state = dict(state)
    for step in steps:
        for each in step["accounts"]:
            assert state.get(each["id"]) == each["before"]
            state.pop(each["id"], None)
            if each["after"] is not None:
                state[each["id"]] = each["after"]
    return state


@pytest.mark.parametrize(("each", "kills"), [(6, 1), pytest.param(100, 20, marks=pytest.mark.slow)])
def test_two_agencies_a_mirror_and_a_webhook_through_kills(tmp_path: Path, each: int, kills: int) -> None:
    """`each` are the publications, replacements, withdrawals and refused attempts of an agency."""
    write_package([WEATHER], tmp_path / "packages" / "weather")
    clients = Clients(tmp_path / "store" / "clients.json")
    tokens = {name: clients.add(name, [division]) for name, division in DIVISIONS.items()}
    receiver, stop, killing, problems = Receiver(), threading.Event(), threading.Event(), list[str]()
    hook = ThreadingHTTPServer(("127.0.0.1", 0), receiver.handler())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    killed = Killed(tmp_path, port, f"http://127.0.0.1:{hook.server_port}/")
    killed.start()
    service = Service(killed.address, tmp_path / "store", tokens, 0)
    before, version = service.listing(), service.ask("GET", "/readyz").json()["version"]
    mirror = Mirror(killed.address, tmp_path / "mirror")
    killing.set()
    agencies = [Agency(name, service, killing, each) for name in DIVISIONS]
    workers = [threading.Thread(target=each.run) for each in agencies]
    beside = [
        threading.Thread(target=hook.serve_forever),
        threading.Thread(target=_mirrored, args=(mirror, stop, problems)),
        threading.Thread(target=_asked, args=(service, stop, problems)),
    ]
    wrk = _load(killed.address) if kills > 1 else None
    try:
        for thread in (*workers, *beside):
            thread.start()
        chance = random.Random(20)
        for _ in range(kills):
            _some_are_done(agencies)
            time.sleep(chance.uniform(0, 1))
            killed.kill()
            killed.start()
        killing.clear()
        for thread in workers:
            thread.join()
        stop.set()
        beside[1].join()
        beside[2].join()
        served = service.listing()
        accepted = {id: versions for agency in agencies for id, versions in agency.accepted.items()}
        assert [*problems, *receiver.problems, *(problem for agency in agencies for problem in agency.problems)] == []
        assert all(agency.done.total() >= each for agency in agencies)
        assert served == before | {id: versions[-1] for id, versions in accepted.items() if versions[-1] is not None}
        for id, versions in accepted.items():
            kept = service.ask("GET", f"/accounts/{quote(id)}").json()["versions"]
            assert _is_within(versions, [version["digest"] for version in kept])
        now = service.ask("GET", "/readyz").json()["version"]
        assert mirror.update().version == now == load([mirror.folder]).version
        feed = service.ask("GET", f"/changes.json?{urlencode({'since': version})}").json()["changes"][::-1]
        assert _followed(before, feed) == served
        last = service.ask("GET", "/changes.json").json()["changes"][0]["sequence"]
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and all(step["sequence"] != last for step in receiver.steps):
            time.sleep(0.2)
        received = {step["sequence"]: step for step in receiver.steps}
        told_of = [received[number] for number in sorted(received)]
        assert _followed(before, told_of) == served
        assert (
            told_of[len(told_of) - len(feed) :] == feed
        )  # which begins at the last time that the first version was served
        query = (
            "query($v: String) { dataset { changes(since: $v) { accounts(first: 100) { nodes { before after } } } } }"
        )
        body = json.dumps({"query": query, "variables": {"v": version}}).encode()
        told = service.ask("POST", "/graphql", body, content_type="application/json").json()["data"]["dataset"]
        assert {(node["before"], node["after"]) for node in told["changes"]["accounts"]["nodes"]} == {
            (before.get(id), served.get(id)) for id in {*before, *served} if before.get(id) != served.get(id)
        }
        log = (tmp_path / "log").read_text()
        assert not any(token in log for token in tokens.values())
        print(*(dict(agency.done) for agency in agencies), f"{len(feed)} steps")
    finally:
        if wrk is not None:
            wrk.kill()
            wrk.wait()
        killing.clear()
        stop.set()
        hook.shutdown()
        hook.server_close()
        killed.kill()
        for thread in (*workers, *beside):
            thread.join(30)
