"""Prefix sums over sorted keys: the total of any stretch of keys, such as a subtree, is two reads of an array."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from graph_data.figures.arrays import Longs

_LARGEST = 2**63 - 1
_HALF = 32


class Stretch(NamedTuple):
    """What a stretch of keys adds up to: 分, steps in 分, and members (or what they count for)."""

    fen: int
    step: int
    counted: int


class Opened:
    """The sums of all keys that open alike, as plain numbers: they are read one by one.

    `positions` ascend; `fen`, `step` and `count` sum what stands before each of them, and at last everything.
    """

    __slots__ = ("count", "fen", "positions", "step")

    def __init__(self, positions: list[int], fen: list[int], step: list[int], count: list[int]) -> None:
        self.positions, self.fen, self.step, self.count = positions, fen, step, count

    def __len__(self) -> int:
        return len(self.positions)

    def stretch(self, start: int, stop: int) -> Stretch:
        """All three sums of the members with start ≤ position < stop."""
        low = bisect_left(self.positions, start)
        high = bisect_left(self.positions, stop, low)
        return Stretch(
            self.fen[high] - self.fen[low], self.step[high] - self.step[low], self.count[high] - self.count[low]
        )


@dataclass(frozen=True, slots=True, eq=False)
class SubtreeSums:
    """Running sums over keys: depth-first positions, or such that open with places on fixed axes.

    `keys` ascend and each stands once, whatever shares it: n of them; `fen`, `step` and `count` (n + 1 each) sum
    all that stands before a key. All four are int64. They take milliseconds to make and are kept in memory alone.
    """

    keys: Longs
    fen: Longs
    step: Longs
    count: Longs

    @classmethod
    def over(cls, keys: Longs, fen: Longs, step: Longs, count: Longs | None = None) -> SubtreeSums:
        """`count` is what each member counts for, 1 where it is left out.

        Raises OverflowError where the amounts could add up to more than int64 holds.
        """
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        last = np.append(np.flatnonzero(ordered[1:] != ordered[:-1]), len(keys) - 1) if len(keys) else order
        counts = np.ones(len(keys), dtype=np.int64) if count is None else count
        return cls(ordered[last], *(_running(values[order], last) for values in (fen, step, counts)))

    def opened(self, opening: int, span: int) -> Opened:
        """The sums of the keys in [opening, opening + span), by what they have beyond the opening."""
        low, high = self.keys.searchsorted((opening, opening + span)).tolist()
        running = (sums[low : high + 1].tolist() for sums in (self.fen, self.step, self.count))
        return Opened((self.keys[low:high] - opening).tolist(), *running)


def check_total(values: Longs) -> None:
    """Raises OverflowError where sums of these could leave int64: the absolute values add up to too much."""
    sizes = np.abs(values)
    total = (int((sizes >> _HALF).sum()) << _HALF) + int((sizes & (2**_HALF - 1)).sum())
    if total > _LARGEST:
        raise OverflowError(f"amounts of {total} 分 in all; expected at most {_LARGEST}")


def _running(values: Longs, last: Longs) -> Longs:
    check_total(values)
    sums = np.zeros(len(last) + 1, dtype=np.int64)
    sums[1:] = np.cumsum(values)[last]
    sums.setflags(write=False)
    return sums
