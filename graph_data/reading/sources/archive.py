"""The archives that office files are: opened with care, since a small file can unpack to anything."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from graph_data.core.errors import DocumentError
from graph_data.reading import bounds

OLE = bytes.fromhex("D0CF11E0A1B11AE1")  # the container of old binary files, and of any that a password locks
DAMAGES = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, KeyError, ValueError, SyntaxError,
    AttributeError, NotImplementedError, RuntimeError,
)  # fmt: skip


@contextmanager
def opened(name: str, data: bytes, kind: str) -> Iterator[zipfile.ZipFile]:
    """The archive of a file, while it is read.

    Raises DocumentError for one that is locked, damaged (also where reading it finds out), or too large unpacked.
    """
    if data.startswith(OLE):
        raise DocumentError(name, f"a {kind} locked by a password", "one that opens without")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            bounds.refuse_over(name, len(entries), bounds.ENTRIES, "entries of an archive")
            unpacked = sum(entry.file_size for entry in entries)
            bounds.refuse_over(name, unpacked, bounds.UNPACKED_BYTES, "bytes once unpacked")
            yield archive
    except DAMAGES as error:
        raise DocumentError(name, f"a damaged {kind} ({error})", f"a {kind} that opens") from error
