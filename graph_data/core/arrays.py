"""Several arrays in one file, each read when it is asked for and checked against the digests that the file opens with.

Texts lie in one array of bytes, each ended by a byte that no UTF-8 holds. A directory gives places by name: names are
sorted by their bytes. The same arrays give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import orjson
from numpy.typing import NDArray

from graph_data.core.cache import MakingCache
from graph_data.core.files import PinnedFile, digest

Array: TypeAlias = NDArray[Any]
ArrayCache: TypeAlias = MakingCache[tuple[str, str | int], Any]

_MAGIC = b"juesuan arrays 2"
_ALIGNED = 64  # bytes; what an array's beginning is a multiple of
_SIZE = 8  # bytes that say how long the header is
_KIND = re.compile("[<|][biu][1248]")  # flags and whole numbers; a damaged one may make numpy raise anything
_BLOCK = 1 << 16  # bytes that have a digest of their own
_DIGEST = 8  # bytes of it: chance alone has to be told
_MOST_CACHED = 1 << 26  # bytes, where no cache is given


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write arrays of flags or whole numbers, of one dimension, by their names.

    The file: what it is, the length of the header, the header (JSON: name, kind and length of each array), a digest of
    each block of what follows, and the arrays.
    """
    described = [[name, array.dtype.newbyteorder("<").str, len(array)] for name, array in arrays.items()]
    header = orjson.dumps(described)
    data = bytearray()
    for array in arrays.values():
        data += b"\0" * (-len(data) % _ALIGNED)
        data += array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()
    blocks = (memoryview(data)[start : start + _BLOCK] for start in range(0, len(data), _BLOCK))
    head = b"".join((_MAGIC, len(header).to_bytes(_SIZE, "little"), header, *map(_block_digest, blocks)))
    with path.open("wb") as file:
        file.write(head + b"\0" * (-len(head) % _ALIGNED))
        file.write(data)


class _Place(NamedTuple):
    """Where an array stands behind the head, in bytes."""

    kind: np.dtype[Any]
    start: int
    stop: int


class ArrayFile(Mapping[str, Array]):
    """The arrays of a file by their names, read-only. Those that were read last are cached.

    Raises DamagedError where it is not such a file or not whole, and whenever something is read that is not what was
    written.
    """

    __slots__ = ("_cache", "_digests", "_file", "_places", "_start", "_stop", "head")

    def __init__(self, file: PinnedFile, cache: ArrayCache | None = None) -> None:
        self._file, self._cache = file, MakingCache(_MOST_CACHED) if cache is None else cache
        opening = file.read(0, min(file.size, len(_MAGIC) + _SIZE))
        if not opening.startswith(_MAGIC) or len(opening) < len(_MAGIC) + _SIZE:
            raise file.failure("something else", "arrays, as `write_arrays` writes them")
        first = len(opening)
        last = first + int.from_bytes(opening[len(_MAGIC) :], "little")
        self._places = self._described(file.read(first, last) if last <= file.size else b"")
        length = max((place.stop for place in self._places.values()), default=0)
        stop = last + -(-length // _BLOCK) * _DIGEST
        self._start = stop + -stop % _ALIGNED
        self._stop = self._start + length
        if self._stop != file.size:
            raise file.failure(f"{file.size} bytes", f"{self._stop}, as its header says")
        head = file.read(0, stop)
        self._digests, self.head = head[last:], digest(head)

    def __getitem__(self, name: str) -> Array:
        kind, start, stop = self._places[name]

        def read(_: object) -> tuple[Array, int]:
            return _array(self._bytes(start, stop), kind), stop - start

        found: Array = self._cache.get_or_make((self._file.name, name), read)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def sliced(self, name: str) -> SlicedArray:
        """An array of which nothing is read but what is asked for. Raises KeyError where there is none."""
        return SlicedArray(self, self._places[name])

    def part(self, start: int, stop: int) -> bytes:
        """Some bytes behind the head, out of blocks that are cached."""
        first, last = start // _BLOCK, -(-stop // _BLOCK)
        blocks = (self._cache.get_or_make((self._file.name, number), self._block) for number in range(first, last))
        return b"".join(blocks)[start - first * _BLOCK : stop - first * _BLOCK]

    def _block(self, key: tuple[str, str | int]) -> tuple[bytes, int]:
        start = int(key[1]) * _BLOCK
        data = self._bytes(start, min(start + _BLOCK, self._stop - self._start))
        return data, len(data)

    def _bytes(self, start: int, stop: int) -> bytes:
        """Bytes behind the head, checked block by block."""
        if start == stop:
            return b""
        low, high = start // _BLOCK * _BLOCK, min(-(-stop // _BLOCK) * _BLOCK, self._stop - self._start)
        data = self._file.read(self._start + low, self._start + high)
        for place in range(0, len(data), _BLOCK):
            at = (low + place) // _BLOCK * _DIGEST
            if _block_digest(memoryview(data)[place : place + _BLOCK]) != self._digests[at : at + _DIGEST]:
                raise self._file.failure(f"other bytes from byte {self._start + low + place} on", "those written")
        return data[start - low : stop - low]

    def _described(self, header: bytes) -> dict[str, _Place]:
        places: dict[str, _Place] = {}
        stop = 0
        try:
            for name, kind, count in orjson.loads(header):
                if _KIND.fullmatch(kind) is None or count < 0:
                    raise ValueError(f"{count} of {kind} in {name}")
                dtype = np.dtype(kind)
                start = stop + -stop % _ALIGNED
                stop = start + count * dtype.itemsize
                places[name] = _Place(dtype, start, stop)
        except (ValueError, TypeError) as error:
            raise self._file.failure(f"a header that says nothing ({error})", "names, kinds and lengths") from None
        return places


class SlicedArray:
    """An array in a file, by places and slices."""

    __slots__ = ("_file", "_place")

    def __init__(self, file: ArrayFile, place: _Place) -> None:
        self._file, self._place = file, place

    def __len__(self) -> int:
        return (self._place.stop - self._place.start) // self._place.kind.itemsize

    def __getitem__(self, places: slice) -> Array:
        start, stop, _ = places.indices(len(self))
        kind, first, _ = self._place
        size = kind.itemsize
        return _array(self._file.part(first + start * size, first + max(start, stop) * size), kind)


def read_arrays(path: Path) -> ArrayFile:
    """The arrays of a file that no manifest lists."""
    return ArrayFile(PinnedFile(path, f"{path.parent.name}/{path.name}"))


def _array(data: bytes, kind: np.dtype[Any]) -> Array:
    array = np.frombuffer(data, kind) if data else np.zeros(0, kind)
    array.setflags(write=False)
    return array


def _block_digest(data: memoryview) -> bytes:
    return blake2b(data, digest_size=_DIGEST).digest()


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
    """Places by name."""

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
