"""Caches that are bounded by size: the least recently used entry goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock, RLock
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class LruCache(Generic[_Key, _Value]):
    """Values by key, of at most `bound` in all, in whatever unit their sizes are given; any thread may use it."""

    def __init__(self, bound: int, evicted: Callable[[], None] | None = None) -> None:
        """`evicted` is called after entries had to go for want of room."""
        self.bound, self.size = bound, 0
        self._evicted = evicted
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
            is_full = self.size > self.bound
            while self.size > self.bound:
                _, (_, freed) = self._entries.popitem(last=False)
                self.size -= freed
        if is_full and self._evicted is not None:
            self._evicted()


class MakingCache(LruCache[_Key, _Value]):
    """Values that the cache has made, each once while it is there, one at a time.

    The value that was made last is always there, whatever its size. `made` counts.
    """

    def __init__(self, bound: int, evicted: Callable[[], None] | None = None) -> None:
        super().__init__(bound, evicted)
        self._making = RLock()
        self.made = 0

    def get_or_make(self, key: _Key, make: Callable[[_Key], tuple[_Value, int]]) -> _Value:
        """The value of a key; `make` gives it with its size where it is not there. Raises what `make` raises."""
        value = self.get(key)
        if value is None:
            with self._making:
                value = self.get(key)
                if value is None:
                    value, size = make(key)
                    self.made += 1
                    self.put(key, value, min(size, self.bound))
        return value
