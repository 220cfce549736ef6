"""Several arrays in one file that is mapped, not read: a header of JSON, then each array where the header says.

One file needs one descriptor, however many shards are open. The same arrays give the same bytes.
"""

from __future__ import annotations

import mmap
from collections.abc import Mapping
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
