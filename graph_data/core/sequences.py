"""Long lists whose members are made when they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

S = TypeVar("S")
T_co = TypeVar("T_co", covariant=True)


class _Lazy(Sequence[T_co], Generic[T_co]):
    """A slice is a tuple of its members; `_stretch` makes them."""

    __slots__ = ()

    def _stretch(self, places: range) -> Iterator[T_co]:
        raise NotImplementedError

    @overload
    def __getitem__(self, at: int) -> T_co: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, at: int | slice) -> T_co | tuple[T_co, ...]:
        if isinstance(at, slice):
            return tuple(self._stretch(range(len(self))[at]))
        place = range(len(self))[at]
        return next(self._stretch(range(place, place + 1)))

    def __iter__(self) -> Iterator[T_co]:
        return self._stretch(range(len(self)))


class Each(_Lazy[T_co], Generic[S, T_co]):
    """What a function makes of each of some items."""

    __slots__ = ("_items", "_make")

    def __init__(self, items: Sequence[S], make: Callable[[S], T_co]) -> None:
        self._items, self._make = items, make

    def __len__(self) -> int:
        return len(self._items)

    def _stretch(self, places: range) -> Iterator[T_co]:
        return (self._make(self._items[place]) for place in places)


class Chain(_Lazy[T_co]):
    """Parts one after another. Their lengths are known; a part is asked for when a member of it is read."""

    __slots__ = ("_part", "_stops")

    def __init__(self, lengths: Iterable[int], part: Callable[[int], Sequence[T_co]]) -> None:
        self._stops = np.cumsum(np.fromiter(lengths, dtype=np.int64))
        self._part = part

    @classmethod
    def of(cls, parts: Sequence[Sequence[T_co]]) -> Chain[T_co]:
        """Parts that are at hand."""
        return cls(map(len, parts), parts.__getitem__)

    def __len__(self) -> int:
        return int(self._stops[-1]) if len(self._stops) else 0

    def _stretch(self, places: range) -> Iterator[T_co]:
        if places.step != 1:
            for place in places:
                yield self[place]
            return
        at = int(np.searchsorted(self._stops, places.start, side="right"))
        done = places.start
        while done < places.stop:
            start = int(self._stops[at - 1]) if at else 0
            stop = min(int(self._stops[at]), places.stop)
            if stop > done:
                yield from _stretch_of(self._part(at), range(done - start, stop - start))
                done = stop
            at += 1


class Numbers(Sequence[int]):
    """The whole numbers of an array."""

    __slots__ = ("_array",)

    def __init__(self, array: NDArray[np.integer[Any]]) -> None:
        self._array = array

    def __len__(self) -> int:
        return len(self._array)

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> Numbers: ...
    def __getitem__(self, at: int | slice) -> int | Numbers:
        return Numbers(self._array[at]) if isinstance(at, slice) else int(self._array[at])


def _stretch_of(items: Sequence[T_co], places: range) -> Iterator[T_co]:
    return items._stretch(places) if isinstance(items, _Lazy) else iter(items[places.start : places.stop])
