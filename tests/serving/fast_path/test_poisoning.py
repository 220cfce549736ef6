"""No request, however odd, changes what the next client is answered."""

from __future__ import annotations

import random

import pytest

from serving.http.protocol import Connection
from tests.sampled import rounds
from tests.serving.fast_path.raw import LONG, ORIGIN, SHORT, Line, Odd, chunked, head, lines, post
from tests.serving.fast_path.test_fuzz import SETTINGS, tag_of

BODY = b'{"query": "{ dataset { version } }"}'
PLAIN = [
    post(SHORT),
    post(LONG),
    post(SHORT, "Accept: application/json", "Accept-Encoding: gzip", f"Origin: {ORIGIN}"),
    post(LONG, "Accept: application/json", "Accept-Encoding: gzip"),
    chunked(BODY),
    head("GET", "/graphql?query=%7Bdataset%7Bversion%7D%7D", "Host: x"),
]


def plainly(line: Line) -> list[bytes]:
    """What plain requests are answered, each three times, so that it comes from every cache there is."""
    return [line.talk([request], client=f"10.0.1.{turn}") for request in PLAIN for turn in range(3)]


def changed_by_odd_requests(seed: int, count: int, every: int) -> list[int]:
    """After how many of so many odd requests plain ones are answered otherwise than before, asked after every few."""
    with lines(**SETTINGS) as (fast, _):
        odd, before = Odd(random.Random(seed), tag_of(fast)), plainly(fast)
        assert all(b"HTTP/1.1 200 OK" in reply for reply in before)
        found = []
        for number in range(1, count + 1):
            fast.talk([odd.request()])
            if number % every == 0 and plainly(fast) != before:
                found.append(number)
        return found


def test_odd_requests_change_nothing_for_plain_ones() -> None:
    assert changed_by_odd_requests(2, rounds(300), every=50) == []


TRAILERS = ["If-None-Match: {tag}", "Accept: application/graphql-response+json", "Accept-Encoding: gzip"]


@pytest.mark.parametrize("trailer", TRAILERS)
def test_a_trailer_is_no_header(trailer: str) -> None:
    """On a fresh service, so that the attack is the first to ask."""
    with lines(**SETTINGS) as (fast, long):
        tag = tag_of(long)
        for line in (fast, long):
            attack = [chunked(BODY, trailers=[trailer.format(tag=tag)])] * 3
            assert {line.talk([each]) for each in attack} == {line.talk([chunked(BODY)])}
            assert all(b"HTTP/1.1 200 OK" in reply for reply in plainly(line))
        assert plainly(fast) == plainly(long)


def test_a_protocol_that_reads_trailers_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: trailers are headers, as in uvicorn's own protocol."""
    monkeypatch.delattr(Connection, "on_header")
    with lines(**SETTINGS) as (fast, _):
        attack = chunked(BODY, trailers=[f"If-None-Match: {tag_of(fast)}"])
        assert fast.talk([attack]) != fast.talk([chunked(BODY)])
