"""The garbage collector: at rest while much is made that stays, and settled once what is old has gone."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No garbage collection meanwhile: all that is made here stays, and looking it over costs a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def settle() -> None:
    """Collect everything, and from then on look over nothing of what is here now; free memory goes back to the system.

    What was set aside before is looked over first: circles that requests in flight had made around an old dataset are
    garbage by now.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
