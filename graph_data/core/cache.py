"""A cache that is bounded by size: the least recently used entry goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class LruCache(Generic[_Key, _Value]):
    """Values by key, of at most `bound` in all, in whatever unit their sizes are given; any thread may use it."""

    def __init__(self, bound: int) -> None:
        self.bound, self.size = bound, 0
        self._entries: OrderedDict[_Key, tuple[_Value, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: _Key) -> _Value | None:
        """The value of a key, which becomes the most recently used; None where there is none."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            return entry[0]

    def put(self, key: _Key, value: _Value, size: int = 1) -> None:
        """Store a value, unless it is larger than the whole cache; what stood under the key before is gone."""
        with self._lock:
            replaced = self._entries.pop(key, None)
            if replaced is not None:
                self.size -= replaced[1]
            if size > self.bound:
                return
            self._entries[key] = (value, size)
            self.size += size
            while self.size > self.bound:
                _, (_, freed) = self._entries.popitem(last=False)
                self.size -= freed
