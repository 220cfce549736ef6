"""Files that must not be wrong: written whole or not at all, and read with a check of what was written.

A file that others may cut or remove while it is served is never read through a mapping, since touching a page that is
gone ends the process. It is mapped only so that it stays where it is after its name is gone, without a descriptor.
"""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from graph_data.core.errors import DamagedError

_DIGEST_SIZE = 16
_CHUNK = 1 << 20
_FLEETING = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})  # says nothing of the file: it is read the next time


def digest(data: bytes | memoryview) -> str:
    """What tells bytes apart: BLAKE2b of 128 bits, in hexadecimal."""
    return blake2b(data, digest_size=_DIGEST_SIZE).hexdigest()


def file_digest(path: Path) -> tuple[int, str]:
    """The size of a file and the digest of what it holds. Raises OSError where it cannot be read."""
    found, size = blake2b(digest_size=_DIGEST_SIZE), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
            size += len(chunk)
    return size, found.hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under another name, have it on the disk, and then give it its name."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    with unfinished.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.mmap.restype = ctypes.c_void_p
_LIBC.mmap.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_int64)
_LIBC.munmap.argtypes = (ctypes.c_void_p, ctypes.c_size_t)


class _Mapping:
    """The bytes of a file, mapped without keeping it open: Python's own mapping keeps a descriptor for each file."""

    __slots__ = ("_address", "_size")

    def __init__(self, descriptor: int, size: int) -> None:
        self._size = 0
        address = _LIBC.mmap(None, size, mmap.PROT_READ, mmap.MAP_PRIVATE, descriptor, 0)
        if address in (None, ctypes.c_void_p(-1).value):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
        self._address, self._size = address, size

    def read(self, start: int, stop: int) -> bytes:
        """Bytes of the file, as many of these as there are."""
        start, stop = min(start, self._size), min(stop, self._size)
        return ctypes.string_at(self._address + start, max(0, stop - start))

    def __del__(self) -> None:
        if self._size:
            _LIBC.munmap(self._address, self._size)


class PinnedFile:
    """A file that stays readable when its name is gone. `name` is what errors call it.

    `damaged` hears of everything that is found to be wrong with it. Raises DamagedError where there is no such file or
    its size is not `size`.
    """

    __slots__ = ("_damaged", "_inode", "_mapped", "name", "path", "size")

    def __init__(
        self, path: Path, name: str, size: int | None = None, damaged: Callable[[DamagedError], None] | None = None
    ) -> None:
        self.path, self.name, self._damaged = path, name, damaged
        try:
            with path.open("rb") as file:
                state = os.fstat(file.fileno())
                self._mapped = _Mapping(file.fileno(), state.st_size) if state.st_size else None
        except (OSError, ValueError) as error:
            raise self.failure(f"no readable file ({error})", "a file that is there") from None
        self._inode, self.size = (state.st_dev, state.st_ino), state.st_size
        if size is not None and size != self.size:
            raise self.failure(f"{self.size} bytes", f"{size}, as the manifest says")

    def read(self, start: int, stop: int) -> bytes:
        """The bytes from one place to another. Raises DamagedError where the file has become shorter."""
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return self._unnamed(start, stop)
        except OSError as error:
            if error.errno in _FLEETING:
                raise DamagedError(self.name, f"no readable file ({error})", "room to open it") from None
            raise self.failure(f"no readable file ({error})", "a file that is there") from None
        try:
            state = os.fstat(descriptor)
            if (state.st_dev, state.st_ino) != self._inode:
                return self._unnamed(start, stop)
            data = os.pread(descriptor, stop - start, start)
        finally:
            os.close(descriptor)
        if len(data) != stop - start:
            raise self.failure(f"{start + len(data)} bytes", f"{stop} at least, as when it was opened")
        return data

    def whole(self, expected: str) -> bytes:
        """All bytes, which must have this digest. Raises DamagedError where they do not."""
        data = self.read(0, self.size)
        if digest(data) != expected:
            raise self.failure("other bytes", f"those of the digest {expected}")
        return data

    def failure(self, found: str, expected: str) -> DamagedError:
        """What is wrong, to be raised; it is also told to whom it concerns."""
        error = DamagedError(self.name, found, expected)
        if self._damaged is not None:
            self._damaged(error)
        return error

    def _unnamed(self, start: int, stop: int) -> bytes:
        """Nobody can cut a file without a name, and so its mapping is safe to touch."""
        return b"" if self._mapped is None else self._mapped.read(start, stop)
