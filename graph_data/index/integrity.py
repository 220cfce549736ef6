"""Is an index as it was built? Every file is compared with what the manifests say, and each that differs is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from graph_data.core.errors import DamagedError, PackageError
from graph_data.core.files import file_digest
from graph_data.index.layout import FIGURES, MERGED, SHARD, FileEntry, ShardPlace, read_index, read_shard


def index_damages(index: Path) -> Iterator[DamagedError]:
    """Everything that is wrong with an index. Raises PackageError where it is none, or was built by another version."""
    try:
        entry = read_index(index)
    except DamagedError as error:
        yield error
        return
    merged = FileEntry(f"{entry.subjects}.bin", -1, entry.subjects, None)
    yield from filter(None, _each((merged,), index / MERGED, MERGED))
    for place in entry.shards:
        manifest = FileEntry(SHARD, -1, place.digest, None)
        damage = _file_damage(index / place.folder, place.folder, manifest)
        if damage is None:
            yield from shard_damages(index / place.folder, place.folder)
        else:
            yield damage


def shard_damages(folder: Path, name: str) -> Iterator[DamagedError]:
    """Everything that is wrong with a shard in a folder; errors call it `name`."""
    try:
        shard = read_shard(folder)
    except PackageError as error:
        yield DamagedError(f"{name}/{SHARD}", error.found, error.expected)
        return
    if shard.folder != folder.name:
        yield DamagedError(f"{name}/{SHARD}", f"the manifest of {shard.folder}", f"that of {folder.name}")
        return
    yield from filter(None, _each(shard.files, folder, name))


def figure_damages(index: Path, place: ShardPlace) -> Iterator[DamagedError]:
    """What is wrong with the Parquet files of a shard, which other engines read by themselves."""
    folder = index / place.folder
    files = [entry for entry in read_shard(folder).files if entry.name.startswith(f"{FIGURES}/")]
    manifest = FileEntry(SHARD, -1, place.digest, None)
    yield from filter(None, _each((manifest, *files), folder, place.folder))


def _each(files: Iterable[FileEntry], folder: Path, name: str) -> Iterator[DamagedError | None]:
    return (_file_damage(folder, name, entry) for entry in files)


def _file_damage(folder: Path, name: str, entry: FileEntry) -> DamagedError | None:
    """What is wrong with a file; a size of -1 may be any."""
    place = f"{name}/{entry.name}"
    try:
        size, found = file_digest(folder / entry.name)
    except OSError as error:
        return DamagedError(place, f"no readable file ({error})", "a file that is there")
    if entry.bytes not in (-1, size):
        return DamagedError(place, f"{size} bytes", f"{entry.bytes}, as the manifest says")
    return None if found == entry.digest else DamagedError(place, "other bytes", f"those of the digest {entry.digest}")
