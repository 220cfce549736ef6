"""A directory on disk: names → places, sorted by the bytes of the names, so that a look-up reads a few pages of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import numpy as np

from graph_data.core.arrays import Array

_PARTS = ("texts", "stops", "counts", "places")


class Directory(Mapping[str, tuple[int, ...]]):
    """Places by name. The arrays may be mapped: nothing is read but what a look-up needs."""

    __slots__ = ("_counts", "_places", "_stops", "_texts")

    def __init__(self, texts: Array, stops: Array, counts: Array, places: Array) -> None:
        """All names one after another in UTF-8, where each ends, and where the places of each end."""
        self._texts, self._stops = texts, stops
        self._counts, self._places = counts, places

    @classmethod
    def opened(cls, arrays: Mapping[str, Array], name: str) -> Directory:
        """The directory of this name. Raises KeyError where the arrays hold none."""
        return cls(*(arrays[f"{name}.{part}"] for part in _PARTS))

    def __len__(self) -> int:
        return len(self._stops)

    def __iter__(self) -> Iterator[str]:
        return (self._text(at).decode() for at in range(len(self)))

    def __getitem__(self, name: str) -> tuple[int, ...]:
        wanted = name.encode(errors="surrogatepass")
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._text(middle) < wanted else (low, middle)
        if low == len(self) or self._text(low) != wanted:
            raise KeyError(name)
        return tuple(self._places[_start(self._counts, low) : int(self._counts[low])].tolist())

    def _text(self, at: int) -> bytes:
        return self._texts[_start(self._stops, at) : int(self._stops[at])].tobytes()


def directory_arrays(name: str, named: Mapping[str, Sequence[int]]) -> dict[str, Array]:
    """What `Directory.opened` opens: the places of every name, in the order given."""
    texts = sorted((text.encode(), places) for text, places in named.items())
    arrays: tuple[Array, ...] = (
        np.frombuffer(b"".join(text for text, _ in texts), np.uint8),
        _ends([len(text) for text, _ in texts]),
        _ends([len(places) for _, places in texts]),
        np.array([place for _, places in texts for place in places], np.int32),
    )
    return {f"{name}.{part}": array for part, array in zip(_PARTS, arrays, strict=True)}


def _ends(lengths: Sequence[int]) -> Array:
    return np.array(list(accumulate(lengths)), np.int64)


def _start(ends: Array, at: int) -> int:
    return int(ends[at - 1]) if at else 0
