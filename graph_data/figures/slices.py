"""Lazy sequences of figures: by index, found when asked for, and one after another."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from typing import overload

import numpy as np

from graph_data.figures.arrays import Ints, Longs
from graph_data.figures.figure import Figure


@dataclass(frozen=True, slots=True, eq=False)
class FigureSlice(Sequence[Figure]):
    """Some of the figures of a table, by their indexes; nothing is copied until it is asked for."""

    figures: Sequence[Figure] = field(repr=False)
    indexes: Longs

    def __len__(self) -> int:
        return len(self.indexes)

    def __iter__(self) -> Iterator[Figure]:
        return (self.figures[index] for index in self.indexes.tolist())

    @overload
    def __getitem__(self, at: int) -> Figure: ...
    @overload
    def __getitem__(self, at: slice) -> FigureSlice: ...
    def __getitem__(self, at: int | slice) -> Figure | FigureSlice:
        if isinstance(at, slice):
            return FigureSlice(self.figures, self.indexes[at])
        return self.figures[int(self.indexes[at])]


class Awaited(Sequence[Figure]):
    """Figures of which at first only the number is known; which they are is found out when one is asked for."""

    __slots__ = ("_count", "_find", "_found")

    def __init__(self, count: int, find: Callable[[], Sequence[Figure]]) -> None:
        self._count, self._find = count, find
        self._found: Sequence[Figure] | None = None

    def _figures(self) -> Sequence[Figure]:
        if self._found is None:
            self._found = self._find()
        return self._found

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._figures())

    @overload
    def __getitem__(self, at: int) -> Figure: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Figure]: ...
    def __getitem__(self, at: int | slice) -> Figure | Sequence[Figure]:
        return self._figures()[at]


class Chained(Sequence[Figure]):
    """Several sequences of figures, one after the other."""

    __slots__ = ("_parts", "_stops")

    def __init__(self, parts: Sequence[Sequence[Figure]]) -> None:
        self._parts = parts
        self._stops = list(accumulate(len(part) for part in parts))

    def __len__(self) -> int:
        return self._stops[-1] if self._stops else 0

    def __iter__(self) -> Iterator[Figure]:
        return chain.from_iterable(self._parts)

    @overload
    def __getitem__(self, at: int) -> Figure: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Figure]: ...
    def __getitem__(self, at: int | slice) -> Figure | Sequence[Figure]:
        if isinstance(at, slice):
            return self._slice(*at.indices(len(self)))
        place = at + len(self) if at < 0 else at
        if not 0 <= place < len(self):
            raise IndexError(f"{at} of {len(self)} figures")
        part = bisect_right(self._stops, place)
        return self._parts[part][place - self._stops[part]]  # counted from the end of its part

    def _slice(self, start: int, stop: int, step: int) -> Sequence[Figure]:
        if step != 1:
            return tuple(self[place] for place in range(start, stop, step))
        first = [0, *self._stops]
        inside = (
            part[max(start - before, 0) : max(stop - before, 0)]
            for part, before in zip(self._parts, first, strict=False)
            if before < stop and before + len(part) > start
        )
        return Chained(tuple(inside))


@dataclass(frozen=True, slots=True, eq=False)
class Interleaved(Sequence[Figure]):
    """Several sequences of figures as one, in the order of their places; `order` indexes them laid end to end."""

    chained: Chained
    order: Longs

    @classmethod
    def of(cls, parts: Sequence[tuple[Ints, Sequence[Figure]]]) -> Interleaved:
        """Of sequences with the place of each figure; what shares a place keeps the order of the parts."""
        places = np.concatenate([places for places, _ in parts]) if parts else np.zeros(0, dtype=np.int32)
        return cls(Chained([figures for _, figures in parts]), np.argsort(places, kind="stable"))

    def __len__(self) -> int:
        return len(self.order)

    @overload
    def __getitem__(self, at: int) -> Figure: ...
    @overload
    def __getitem__(self, at: slice) -> Interleaved: ...
    def __getitem__(self, at: int | slice) -> Figure | Interleaved:
        if isinstance(at, slice):
            return Interleaved(self.chained, self.order[at])
        return self.chained[int(self.order[at])]
