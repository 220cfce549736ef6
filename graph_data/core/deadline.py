"""How long a piece of work may take: what computes long looks at the clock in between."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_end: ContextVar[int | None] = ContextVar("end", default=None)


class OutOfTimeError(BaseException):
    """The work has gone on for too long. No Exception, so that no part of it takes it for its own failure."""


@contextmanager
def until(end: int) -> Iterator[None]:
    """What is done meanwhile, in this thread, ends at `end`, in nanoseconds of the monotonic clock."""
    token = _end.set(end)
    try:
        yield
    finally:
        _end.reset(token)


def require_time() -> None:
    """Raises OutOfTimeError where the work has no time left; work that was given none has as much as it needs."""
    end = _end.get()
    if end is not None and time.monotonic_ns() > end:
        raise OutOfTimeError
