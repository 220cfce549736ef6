"""The garbage collector: at rest while much is made that stays, or in steps where others are served meanwhile."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_STEP = 50_000  # objects that are new: looking over so many stops everything for a few milliseconds
_NEVER = 1 << 30


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No garbage collection meanwhile: all that is made here stays, and looking it over costs a third of the time.

    Where the collector works in steps it goes on to.
    """
    rests = gc.isenabled() and _set_aside not in gc.callbacks
    if rests:
        gc.disable()
    try:
        yield
    finally:
        if rests:
            gc.enable()


@contextmanager
def collector_in_steps() -> Iterator[None]:
    """What is new is looked over once, a little at a time, and set aside for good: a look at all of it at the end would
    stop for seconds everybody who is served meanwhile. One at a time."""
    thresholds = gc.get_threshold()
    gc.callbacks.append(_set_aside)
    gc.set_threshold(_STEP, _NEVER, _NEVER)
    try:
        yield
        gc.collect()
    finally:
        gc.set_threshold(*thresholds)
        gc.callbacks.remove(_set_aside)


def _set_aside(phase: str, _: dict[str, int]) -> None:
    if phase == "stop":
        gc.freeze()


def settle() -> None:
    """Collect everything, what was set aside as well, and set aside what stays.

    Circles that requests in flight had made around an old dataset are garbage by now. It stops everything for as long
    as there are objects: seconds for a city.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    give_back()


def give_back() -> None:
    """Let the system have the memory that is free."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
