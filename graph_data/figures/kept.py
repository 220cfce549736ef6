"""Answers worth keeping while there is room for them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Values by key, of a bounded weight in all; what was kept first goes first. Threads may share it."""

    __slots__ = ("_held", "_lock", "_most", "_weight", "_weights", "get")

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[K, V] = {}
        self._weights: dict[K, int] = {}
        self._weight = 0
        self._lock = Lock()
        self.get = self._held.get

    def __len__(self) -> int:
        return len(self._held)

    def keep(self, key: K, value: V, weight: int = 1, given_up: Callable[[], None] | None = None) -> V:
        """The value that is held from now on: this one, or what another thread kept meanwhile.

        What weighs more than everything may is not held at all. `given_up` is called where something had to go.
        """
        with self._lock:
            if weight > self._most or key in self._held:
                return self._held.get(key, value)
            self._held[key] = value
            self._weights[key] = weight
            self._weight += weight
            while self._weight > self._most:
                self._give_up()
                if given_up is not None:
                    given_up()
            return value

    def _give_up(self) -> None:
        oldest = next(iter(self._weights))
        self._weight -= self._weights.pop(oldest)
        self._held.pop(oldest)
