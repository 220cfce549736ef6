"""Prefix sums over sorted keys: the total of any stretch of keys, such as a subtree, is two reads of an array."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Longs: TypeAlias = NDArray[np.int64]
_LARGEST = 2**63 - 1
_HALF = 32


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a stretch of keys adds up to: 分, steps in 分, and members (or what they count for)."""

    fen: int
    step: int
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class SubtreeSums:
    """Members sorted by key (a depth-first position, or one that opens with fixed dimensions), and running sums."""

    keys: Longs
    order: Longs
    fen: Longs
    step: Longs
    count: Longs

    @classmethod
    def over(cls, keys: Longs, fen: Longs, step: Longs, count: Longs | None = None) -> SubtreeSums:
        """`count` is what each member counts for, 1 where it is left out.

        Raises OverflowError where the amounts could add up to more than int64 holds.
        """
        order = np.argsort(keys, kind="stable").astype(np.int64)
        counts = np.ones(len(keys), dtype=np.int64) if count is None else count
        running = (_running(values[order]) for values in (fen, step, counts))
        return cls(keys[order], order, *running)

    def total(self, start: int, stop: int) -> int:
        """分 of the members with start ≤ key < stop."""
        low, high = self._bounds(start, stop)
        return int(self.fen[high] - self.fen[low])

    def step_total(self, start: int, stop: int) -> int:
        """分 of one last digit, summed over the members with start ≤ key < stop."""
        low, high = self._bounds(start, stop)
        return int(self.step[high] - self.step[low])

    def stretch(self, start: int, stop: int) -> Stretch:
        """All three sums of the members with start ≤ key < stop."""
        low, high = self._bounds(start, stop)
        return Stretch(*(int(sums[high] - sums[low]) for sums in (self.fen, self.step, self.count)))

    def members(self, start: int, stop: int) -> Longs:
        """Which members have start ≤ key < stop, by key."""
        low, high = self._bounds(start, stop)
        return self.order[low:high]

    def _bounds(self, start: int, stop: int) -> tuple[int, int]:
        return int(self.keys.searchsorted(start)), int(self.keys.searchsorted(stop))


def check_total(values: Longs) -> None:
    """Raises OverflowError where sums of these could leave int64: the absolute values add up to too much."""
    sizes = np.abs(values)
    total = (int((sizes >> _HALF).sum()) << _HALF) + int((sizes & (2**_HALF - 1)).sum())
    if total > _LARGEST:
        raise OverflowError(f"amounts of {total} 分 in all; expected at most {_LARGEST}")


def _running(values: Longs) -> Longs:
    check_total(values)
    sums = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, out=sums[1:])
    sums.setflags(write=False)
    return sums
