"""Every hostile request is answered at once, by no 5xx, and leaves the service as it was."""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conformance.service import served
from tests.serving.hostile import JSON, NORMAL, Hostile, hostile
from tests.serving.hostile_bytes import raw
from tests.serving.hostile_routes import at_routes

ALL = [*hostile(), *at_routes()]
AT_ONCE = 2.0  # seconds, on a machine that is busy with others
ROUNDS = 2
GROWTH = 40 << 10  # KiB


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[str, int]]:
    """The address and the process id of a service that bodies must reach within a second."""
    with served("--rate", "0", "--body-timeout", "1") as (address, process):
        yield address, process.pid


def send(address: str, request: Hostile) -> tuple[int, bytes, float]:
    """Status, body and seconds; 0 where the connection is closed without a reply."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    began = time.monotonic()
    try:
        connection.putrequest(request.method, request.path, skip_accept_encoding=True)
        for name, value in request.headers.items():
            connection.putheader(name, value)
        connection.putheader("content-length", str(len(request.body)))
        connection.endheaders(request.body)
        reply = connection.getresponse()
        return reply.status, reply.read(), time.monotonic() - began
    except (ConnectionError, http.client.HTTPException):
        return 0, b"", time.monotonic() - began
    finally:
        connection.close()


def require_health(address: str) -> None:
    status, body, _ = send(address, Hostile("normal", json.dumps({"query": NORMAL}).encode()))
    assert (status, "errors" in json.loads(body)) == (200, False)


def test_there_are_enough_of_them() -> None:
    assert len({request.name for request in ALL}) == len(ALL) >= 80


@pytest.mark.parametrize("request_", ALL, ids=lambda request: request.name)
def test_it_is_answered_at_once_and_by_no_5xx(running: tuple[str, int], request_: Hostile) -> None:
    address, _ = running
    status, body, seconds = send(address, request_)
    assert 200 <= status < 500
    assert seconds < AT_ONCE
    if body.startswith(b"{"):
        told = json.loads(body)
        codes = [error["extensions"]["code"] for error in told.get("errors", [])]
        assert "INTERNAL_SERVER_ERROR" not in codes
        assert codes or status == 200 or "error" in told
    require_health(address)


@pytest.mark.parametrize("sent", [pytest.param(sent, id=name) for name, sent in raw()])
def test_bytes_that_two_readers_may_take_otherwise_are_refused_or_read_as_one(
    running: tuple[str, int], sent: bytes
) -> None:
    """And what is hidden in them is never answered."""
    address, _ = running
    with socket.create_connection((urlsplit(address).hostname, urlsplit(address).port), timeout=10) as connection:
        received = b""
        try:
            connection.sendall(sent)
            connection.settimeout(AT_ONCE)
            while chunk := connection.recv(1 << 16):
                received += chunk
        except OSError:
            pass
    assert b"HTTP/1.1 5" not in received
    assert b"juesuan_requests" not in received
    require_health(address)


def test_a_body_that_never_ends_is_given_up(running: tuple[str, int]) -> None:
    address, _ = running
    host, port = urlsplit(address).hostname, urlsplit(address).port
    with socket.create_connection((host, port), timeout=10) as connection:
        connection.sendall(b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n")
        connection.sendall(b'content-length: 100\r\n\r\n{"query":')
        began = time.monotonic()
        assert connection.recv(100).startswith(b"HTTP/1.1 408")
        assert time.monotonic() - began < 5
    require_health(address)


def test_bodies_that_trickle_keep_nobody_else_waiting(running: tuple[str, int]) -> None:
    address, _ = running
    host, port = urlsplit(address).hostname, urlsplit(address).port
    slow = [socket.create_connection((host, port), timeout=10) for _ in range(50)]
    try:
        for connection in slow:
            connection.sendall(b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n")
            connection.sendall(b"transfer-encoding: chunked\r\n\r\n1\r\n{\r\n")
        require_health(address)
        assert {connection.recv(12) for connection in slow} == {b"HTTP/1.1 408"}
    finally:
        for connection in slow:
            connection.close()


def test_a_connection_that_says_no_http_is_closed(running: tuple[str, int]) -> None:
    address, _ = running
    with socket.create_connection((urlsplit(address).hostname, urlsplit(address).port), timeout=10) as connection:
        connection.sendall(b"\x16\x03\x01" + b"\0" * 300 + b"\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 400")
    require_health(address)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc to see the memory of a process")
def test_memory_does_not_grow(running: tuple[str, int]) -> None:
    address, pid = running
    resident = []
    for _ in range(ROUNDS):
        for request in ALL:
            send(address, request)
        [line] = [line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS")]
        resident.append(int(line.split()[1]))
    assert resident[-1] - resident[0] < GROWTH


def test_a_client_may_go_before_the_reply(running: tuple[str, int]) -> None:
    address, _ = running
    body = json.dumps({"query": "{ subjects(first: 500) { nodes { name definition } } }"}).encode()
    for _ in range(20):
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
        connection.request("POST", "/graphql", body, JSON)
        connection.close()
    require_health(address)
