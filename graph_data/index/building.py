"""Building an index: what is there already stays, what is missing is built, then index.json is put in place at once.

A build that is stopped at any time leaves the old index as it was, and the shards that it finished for the next one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import orjson

from graph_data.core.errors import PackageError, UnfinishedError
from graph_data.index.layout import DIVISIONS, INDEX, IndexEntry, Refusal, ShardEntry, ShardPlace
from graph_data.index.manifest import maker, read_shard, write_manifest
from graph_data.index.planning import Plan, plan
from graph_data.index.shards import UNFINISHED, Outcome, ShardOrder, is_built
from graph_data.index.sources import remember, remembered

WORKSHOP = ".build"  # a folder of the index: what only the next build wants to know


class Engine(Protocol):
    """Where shards are built."""

    def run(self, orders: Sequence[ShardOrder], done: Callable[[ShardOrder], None]) -> Sequence[Outcome]:
        """Build the shards, in any order, saying which is done. Raises UnfinishedError where the engine fails."""


class Watcher(Protocol):
    """Who wants to know how far a build has come."""

    def planned(self, shards: int, kept: int) -> None:
        """So many shards in all, so many of them there already."""

    def finished(self, division: str) -> None:
        """A shard is done."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the index as it is now, and how many shards were built, kept and removed."""

    index: IndexEntry
    built: int
    kept: int
    removed: int


def build_index(paths: Sequence[Path], index: Path, engine: Engine, watcher: Watcher, strict: bool = False) -> Built:
    """Build the index of packages, or bring it up to date.

    A package that is not what its schema says is refused and named in index.json; with `strict` it raises PackageError.
    Raises PackageError where there is no package or `index` holds something else, UnfinishedError where accounts of a
    division do not fit together or a shard cannot be written, OSError where index.json cannot.
    """
    index = index.resolve()
    _check_target(index)
    with _locked(index):
        _sweep(index, UNFINISHED)
        memory = index / WORKSHOP / "packages.bin"
        planned = plan(paths, index, remembered(memory))
        remember(memory, planned.seen)
        if strict and planned.refused:
            raise planned.refused[0].error()
        missing = [order for order in planned.orders if not is_built(order)]
        watcher.planned(len(planned.orders), len(planned.orders) - len(missing))
        _build(missing, engine, watcher)
        entry = _entry(planned, index)
        if strict and entry.refused:
            raise entry.refused[0].error()
        _switch(index, write_manifest(entry))
        removed = _remove_others(index, {index / shard.folder for shard in entry.shards})
    return Built(entry, len(missing), len(planned.orders) - len(missing), removed)


def _build(missing: Sequence[ShardOrder], engine: Engine, watcher: Watcher) -> None:
    if not missing:
        return
    outcomes = engine.run(missing, lambda order: watcher.finished(order.division))
    failures = [f"{each.division}: {each.failure}" for each in outcomes if each.failure is not None]
    if failures:
        raise UnfinishedError("; ".join(sorted(failures)))


def _entry(planned: Plan, index: Path) -> IndexEntry:
    shards, refused = [], list(planned.refused)
    for order in planned.orders:
        shard = read_shard(Path(order.folder))
        refused += shard.refused
        if shard.accounts:
            shards.append(_place(order, shard, index))
    told = [maker(), *([shard.division, shard.content] for shard in shards)]
    return IndexEntry(hashlib.sha256(orjson.dumps(told)).hexdigest(), tuple(shards), _by_package(refused))


def _place(order: ShardOrder, shard: ShardEntry, index: Path) -> ShardPlace:
    years = sorted({account.key.fiscal_year for account in shard.accounts})
    return ShardPlace(
        order.division,
        Path(order.folder).relative_to(index).as_posix(),
        shard.content,
        shard.packages,
        tuple(years),
        len(shard.accounts),
        shard.counts,
        shard.figures,
        shard.findings,
    )


def _by_package(refused: Sequence[Refusal]) -> tuple[Refusal, ...]:
    """Each once, by the names of the packages."""
    return tuple(sorted(dict.fromkeys(refused), key=lambda each: (each.package, each.file, each.found)))


def _check_target(index: Path) -> None:
    if index.exists() and not index.is_dir():
        raise PackageError(index.name, "a file", "an index, an empty folder, or nothing yet")
    known = (index / INDEX, index / WORKSHOP)
    if index.is_dir() and not any(each.exists() for each in known) and any(index.iterdir()):
        raise PackageError(index.name, f"other files and no {INDEX}", "an index, an empty folder, or nothing yet")


@contextmanager
def _locked(index: Path) -> Iterator[None]:
    """One build at a time in an index. Raises UnfinishedError where another is under way."""
    (index / WORKSHOP).mkdir(parents=True, exist_ok=True)
    with (index / WORKSHOP / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UnfinishedError(f"{index.name}: another build of it is under way") from None
        yield


def _switch(index: Path, manifest: bytes) -> None:
    """From here on it is the new index."""
    unfinished = index / WORKSHOP / INDEX
    with unfinished.open("wb") as file:
        file.write(manifest)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(index / INDEX)


def _remove_others(index: Path, listed: set[Path]) -> int:
    """Remove what is no shard of the index; how many shards those were."""
    removed = 0
    for division in (index / DIVISIONS).glob("*"):
        for folder in division.iterdir():
            if folder not in listed:
                removed += not folder.name.startswith(UNFINISHED)
                shutil.rmtree(folder, ignore_errors=True)
        if not any(division.iterdir()):
            division.rmdir()
    return removed


def _sweep(index: Path, prefix: str) -> None:
    """Remove what a build that was killed left half done."""
    for folder in (index / DIVISIONS).glob(f"*/{prefix}*"):
        shutil.rmtree(folder, ignore_errors=True)
