"""Whatever bytes a client sends, the fast path writes what the long way writes."""

from __future__ import annotations

import random
import re

from tests.sampled import rounds
from tests.serving.fast_path.raw import ORIGIN, SHORT, Line, Odd, lines, post

SETTINGS = {"rate": 0, "max_body": 2_000, "cors_origins": (ORIGIN,)}


def tag_of(line: Line) -> str:
    found = re.search(rb"etag: ([^\r]+)", line.talk([post(SHORT)]))
    assert found is not None
    return found[1].decode()


def differences(seed: int, count: int) -> list[tuple[list[bytes], bytes, bytes]]:
    """The conversations, of so many, in which the two differ, and what each wrote."""
    with lines(**SETTINGS) as (fast, long):
        odd, found = Odd(random.Random(seed), tag_of(fast)), []
        tag_of(long)
        for _ in range(count):
            conversation = odd.conversation()
            heard = fast.talk(conversation), long.talk(conversation)
            if heard[0] != heard[1]:
                found.append((conversation, *heard))
        return found


def test_odd_requests_are_answered_alike() -> None:
    assert not differences(seed=1, count=rounds(100))
