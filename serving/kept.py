"""What is kept for the next time, bounded by size: the least recently used goes first."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


def trimmed(text: bytes) -> bytes:
    """The same bytes in no more memory than they need: what orjson gives takes 4 KiB, however short it is."""
    return bytes(memoryview(text))


class Kept(Generic[_Key, _Value]):
    """A mapping that never holds more than `bound`, in whatever unit the sizes of its values are; from any thread."""

    def __init__(self, bound: int) -> None:
        self.bound, self.size = bound, 0
        self._entries: OrderedDict[_Key, tuple[_Value, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: _Key) -> _Value | None:
        """The value kept under a key, which has been used just now; None where there is none."""
        with self._lock:
            found = self._entries.get(key)
            if found is None:
                return None
            self._entries.move_to_end(key)
            return found[0]

    def put(self, key: _Key, value: _Value, size: int) -> None:
        """Keep a value, unless it is larger than all that may be kept."""
        if size > self.bound:
            return
        with self._lock:
            replaced = self._entries.pop(key, None)
            self._entries[key] = (value, size)
            self.size += size - (replaced[1] if replaced else 0)
            while self.size > self.bound:
                _, (_, gone) = self._entries.popitem(last=False)
                self.size -= gone
