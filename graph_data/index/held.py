"""What is opened and decoded is held while there is room for it; the least recently used goes first."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from itertools import count
from threading import RLock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class _Entry(Generic[V]):
    __slots__ = ("used", "value", "weight")

    def __init__(self, value: V, weight: int, used: int) -> None:
        self.value, self.weight, self.used = value, weight, used


class Held(Generic[K, V]):
    """Values by key, of a bounded weight in all, each made once while it is held. Threads may share it.

    The value that was made last is always held, whatever it weighs. `dropped` is called after others had to go.
    """

    def __init__(self, most: int, dropped: Callable[[], None] = lambda: None) -> None:
        self._most, self._dropped = most, dropped
        self._entries: dict[K, _Entry[V]] = {}
        self._weight = 0
        self._clock = count()
        self._lock = RLock()
        self.made = 0

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: K, make: Callable[[K], tuple[V, int]]) -> V:
        """The value of a key; `make` gives it with its weight where it is not held. Raises what `make` raises."""
        entry = self._entries.get(key)
        if entry is None:
            with self._lock:
                entry = self._entries.get(key) or self._added(key, *make(key))
        entry.used = next(self._clock)
        return entry.value

    def _added(self, key: K, value: V, weight: int) -> _Entry[V]:
        self.made += 1
        entry = self._entries[key] = _Entry(value, weight, next(self._clock))
        self._weight += weight
        if self._weight > self._most:
            self._make_room(key)
        return entry

    def _make_room(self, newest: K) -> None:
        """Down to nine tenths, so that not every new value has to look all of them over."""
        for key in sorted(self._entries, key=lambda each: self._entries[each].used):
            if self._weight <= self._most * 9 // 10 or key == newest:
                break
            self._weight -= self._entries.pop(key).weight
        self._dropped()
