"""A journal: a file of entries that are only ever added, each with its digest, each on the disk before it counts.

What a killed process left half written at the end is no entry: it is passed over, and cut off before the next is added.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from graph_data.core.errors import DamagedError
from graph_data.core.files import digest, write_whole

Entry = dict[str, Any]


class Journal:
    """The entries of one file, which need not be there yet. `lock` keeps all other processes from adding."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def stamp(self) -> tuple[int, int]:
        """What tells that entries were added: the file's inode and size."""
        try:
            state = self.path.stat()
        except FileNotFoundError:
            return 0, 0
        return state.st_ino, state.st_size

    def entries(self) -> list[Entry]:
        """All entries, the oldest first. Raises DamagedError where one that others follow is not as it was written."""
        return self._read()[0]

    def _read(self) -> tuple[list[Entry], int]:
        """The entries, and where the last of them ends."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return [], 0
        found: list[Entry] = []
        end = 0
        lines = data.split(b"\n")
        for number, line in enumerate(lines[:-1], start=1):
            own, _, text = line.partition(b" ")
            if own.decode("latin-1") != digest(text):
                if any(lines[number:]):
                    place = f"{self.path.name}, line {number}"
                    raise DamagedError(place, "other bytes", "an entry with its digest, as it was written")
                break
            found.append(orjson.loads(text))
            end += len(line) + 1
        return found, end

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Alone with the file, among all processes and threads."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_name(f"{self.path.name}.lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def append(self, entry: Entry) -> None:
        """Add an entry, under the lock: it is on the disk when this returns."""
        _, end = self._read()
        is_new = not self.path.exists()
        with self.path.open("ab") as file:
            file.truncate(end)
            file.write(_line(entry))
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            sync_folder(self.path.parent)

    def rewrite(self, entries: list[Entry]) -> None:
        """Put other entries in the place of all, under the lock."""
        write_whole(self.path, b"".join(map(_line, entries)))
        sync_folder(self.path.parent)


def _line(entry: Entry) -> bytes:
    text = orjson.dumps(entry)
    return f"{digest(text)} ".encode() + text + b"\n"


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
