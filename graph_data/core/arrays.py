"""Several arrays in one file that is mapped, not read: a header of JSON, then each array where the header says.

One file needs no descriptor once it is mapped, however many shards are open. The same arrays give the same bytes. Texts
lie in one array of bytes, each ended by a byte that no UTF-8 holds. A directory gives places by name: names are sorted
by their bytes, so that a look-up reads a few pages.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import orjson
from numpy.typing import NDArray

from graph_data.core.errors import PackageError

Array: TypeAlias = NDArray[Any]
Described: TypeAlias = tuple[str, np.dtype[Any], int]

_MAGIC = b"juesuan arrays 1"
_ALIGNED = 64  # bytes; what an array's beginning is a multiple of
_SIZE = 8  # bytes that say how long the header is
_KINDS = "biu"  # flags and whole numbers


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write arrays of flags or whole numbers, of one dimension, by their names."""
    described = [[name, array.dtype.newbyteorder("<").str, len(array)] for name, array in arrays.items()]
    header = orjson.dumps(described)
    with path.open("wb") as file:
        file.write(_MAGIC + len(header).to_bytes(_SIZE, "little") + header)
        for array in arrays.values():
            file.write(b"\0" * (-file.tell() % _ALIGNED))
            file.write(array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes())


def map_arrays(path: Path) -> dict[str, Array]:
    """The arrays of a file by their names, read-only, each page of them read when it is touched.

    Raises PackageError where it is not such a file, or not whole.
    """
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise PackageError(str(path), "something else", "arrays, as `write_arrays` writes them")
        size = int.from_bytes(file.read(_SIZE), "little")
        described = _header(path, file.read(size))
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return _arrays(path, mapped, described, len(_MAGIC) + _SIZE + size)


def _header(path: Path, text: bytes) -> list[Described]:
    try:
        return [_described(*each) for each in orjson.loads(text)]
    except (ValueError, TypeError) as error:
        raise PackageError(str(path), f"a header that says nothing ({error})", "names, kinds and lengths") from error


def _described(name: str, kind: str, count: int) -> Described:
    dtype = np.dtype(kind)
    if dtype.kind not in _KINDS or count < 0:
        raise ValueError(f"{count} of {kind} in {name}")
    return name, dtype, count


def _arrays(path: Path, mapped: mmap.mmap, described: list[Described], start: int) -> dict[str, Array]:
    arrays: dict[str, Array] = {}
    for name, dtype, count in described:
        start += -start % _ALIGNED
        stop = start + count * dtype.itemsize
        if stop > len(mapped):
            raise PackageError(str(path), f"{len(mapped)} bytes", f"{name} up to byte {stop}")
        arrays[name] = np.ndarray((count,), dtype, mapped, start)
        start = stop
    return arrays


_END = b"\xff"


class Texts:
    """Texts by their ordinals."""

    __slots__ = ("_bytes", "_stops")

    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        """Raises KeyError where the arrays hold no texts of this name."""
        self._bytes, self._stops = arrays[f"{name}.texts"], arrays[f"{name}.stops"]

    def __len__(self) -> int:
        return len(self._stops)

    def __getitem__(self, ordinal: int) -> str:
        start = int(self._stops[ordinal - 1]) if ordinal else 0
        return self._bytes[start : int(self._stops[ordinal]) - 1].tobytes().decode()

    def containing(self, part: str) -> Array:
        """Which of the texts hold a part, as a mask."""
        if not part:
            return np.ones(len(self), dtype=np.bool_)
        found = np.zeros(len(self), dtype=np.bool_)
        wanted = re.compile(re.escape(part.encode(errors="surrogatepass")))
        places = [match.start() for match in wanted.finditer(self._bytes.data)]
        found[np.searchsorted(self._stops, places, side="right")] = True
        return found


def text_arrays(name: str, texts: Iterable[str]) -> dict[str, Array]:
    """What `Texts` opens."""
    encoded = [text.encode() + _END for text in texts]
    stops = np.cumsum(np.array([len(each) for each in encoded], dtype=np.int64))
    return {f"{name}.texts": np.frombuffer(b"".join(encoded), np.uint8), f"{name}.stops": stops}


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
        return tuple(self._places[_start_of(self._counts, low) : int(self._counts[low])].tolist())

    def _text(self, at: int) -> bytes:
        return self._texts[_start_of(self._stops, at) : int(self._stops[at])].tobytes()


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


def _start_of(ends: Array, at: int) -> int:
    return int(ends[at - 1]) if at else 0
