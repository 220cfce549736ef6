"""Building an index: what is there already stays, what is missing is built, then index.json is put in place at once.

A build that is stopped at any time leaves the old index as it was, and the shards that it finished for the next one.
Most packages are not read to plan it: their first table says which accounts they hold, their bytes what they are.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import orjson

from graph_data.core.errors import PackageError, UnfinishedError
from graph_data.core.files import digest, file_digest, write_whole
from graph_data.core.records import AccountKey
from graph_data.index.blocks import pack, unpack
from graph_data.index.integrity import shard_damages
from graph_data.index.layout import (
    DIVISIONS,
    INDEX,
    MERGED,
    SHARD,
    SUBJECTS,
    IndexEntry,
    Refusal,
    ShardEntry,
    ShardPlace,
    SubjectPart,
    maker,
    read_shard,
    write_manifest,
)
from graph_data.index.trees import merged_subjects
from graph_data.index.workers import UNFINISHED, BuildOutcome, ShardOrder, is_built
from graph_data.package import TABLES, read_package
from graph_data.package.hashes import DESCRIPTOR
from graph_data.package.originals import keep_in
from graph_data.package.reading import decode, packages_in, twice

FILES = (DESCRIPTOR, *(table.file for table in TABLES))
_READERS = 4
_SETTLED = 2_000_000_000  # ns: a file as young as this may be written again within one tick of the clock


@dataclass(frozen=True, slots=True)
class SeenPackage:
    """A package as a build saw it: the stamps of its files, the digest of what they hold, and the accounts in them."""

    folder: str
    stamps: str
    sha256: str
    accounts: tuple[AccountKey, ...]

    @property
    def divisions(self) -> tuple[str, ...]:
        """The divisions that it has accounts of."""
        return tuple(sorted({key.division for key in self.accounts}))


def look_at_packages(folders: Sequence[Path], known: Mapping[str, SeenPackage]) -> list[SeenPackage | PackageError]:
    """Each package, or what is wrong with it. One whose files bear the stamps of a known one is not read again."""
    with ThreadPoolExecutor(_READERS) as pool:
        return list(pool.map(lambda folder: _look(folder, known.get(str(folder))), folders))


def remembered(file: Path) -> dict[str, SeenPackage]:
    """What earlier builds saw, by folder. It only saves reading: where it is lost or broken, there is nothing."""
    try:
        own, _, block = file.read_bytes().partition(b"\n")
        return {seen.folder: seen for seen in unpack(SeenPackage, block)} if own.decode() == digest(block) else {}
    except (OSError, ValueError, PackageError):
        return {}


def remember(file: Path, seen: Iterable[SeenPackage]) -> None:
    """Keep what was seen for the next build."""
    block = pack(SeenPackage, list(seen))
    write_whole(file, f"{digest(block)}\n".encode() + block)


def _look(folder: Path, known: SeenPackage | None) -> SeenPackage | PackageError:
    stamps = _stamps(folder)
    if known is not None and stamps and known.stamps == stamps:
        return known
    try:
        sha256 = _digest(folder)
        return SeenPackage(str(folder), stamps, sha256, _accounts_in(folder))
    except PackageError as error:
        return error


def _stamps(folder: Path) -> str:
    """Sizes and times of the files; "" where they say too little: a file is missing or has only just been written."""
    try:
        found = [(folder / name).stat() for name in FILES]
    except OSError:
        return ""
    newest = max(max(each.st_mtime_ns, each.st_ctime_ns) for each in found)
    if newest > time.time_ns() - _SETTLED:
        return ""
    return " ".join(f"{each.st_ino}:{each.st_size}:{each.st_mtime_ns}:{each.st_ctime_ns}" for each in found)


def _digest(folder: Path) -> str:
    """The SHA-256 of the files of a package; a missing one is none."""
    sha256 = hashlib.sha256()
    for name in FILES:
        try:
            with (folder / name).open("rb") as file:
                sha256.update(f"{name} {hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
        except OSError:
            sha256.update(f"{name} -\n".encode())
    return sha256.hexdigest()


def _accounts_in(folder: Path) -> tuple[AccountKey, ...]:
    """The accounts that the first table lists; what is wrong with it is said as `read_package` says it."""
    try:
        data = (folder / TABLES[0].file).read_bytes()
        found = {record.account: None for _, record in decode(TABLES[0], data, f"{folder.name}/{TABLES[0].file}")}
    except (OSError, PackageError):
        found = {account.key: None for account in read_package(folder)}
    return tuple(sorted(found))


_DIGITS = 32  # of a folder's name: half of a SHA-256 tells any number of shards apart


@dataclass(frozen=True, slots=True)
class Plan:
    """The shards of an index in the order of their divisions, what was refused, and what was seen on the way."""

    orders: tuple[ShardOrder, ...]
    refused: tuple[Refusal, ...]
    seen: tuple[SeenPackage, ...]


def plan(paths: Sequence[Path], index: Path, known: Mapping[str, SeenPackage]) -> Plan:
    """The shards of an index of these packages, which are found and refused as `read_packages` finds and refuses them.

    Most packages are not read for it: one that is broken within is refused where its shard is built. Only one that
    holds several divisions, or an account that another also holds, has to be known as sound before.
    Raises PackageError where a path is not there or holds no package.
    """
    folders = [folder for path in paths for folder in packages_in(path)]
    looked = look_at_packages(folders, known)
    seen = [each for each in looked if isinstance(each, SeenPackage)]
    holders = Counter(key for each in seen for key in each.accounts)
    owners: dict[AccountKey, Path] = {}
    kept, refused = [], []
    for folder, each in zip(folders, looked, strict=True):
        try:
            kept.append(_taken(folder, each, holders, owners))
        except PackageError as error:
            refused.append(Refusal.of(folder.name, error))
    return Plan(_orders(kept, index), tuple(refused), tuple(seen))


def _taken(
    folder: Path, seen: SeenPackage | PackageError, holders: Mapping[AccountKey, int], owners: dict[AccountKey, Path]
) -> SeenPackage:
    """The package, if it is to be taken: then its accounts are its own. Else raises PackageError."""
    if isinstance(seen, PackageError):
        raise seen
    shared = [key for key in seen.accounts if holders[key] > 1]
    if shared or len(seen.divisions) > 1:
        read_package(folder)
    for key in shared:
        if key in owners:
            raise twice(key, folder, owners[key])
    owners.update(dict.fromkeys(shared, folder))
    return seen


def _orders(kept: Sequence[SeenPackage], index: Path) -> tuple[ShardOrder, ...]:
    packages: dict[str, list[SeenPackage]] = {}
    for seen in kept:
        for division in seen.divisions:
            packages.setdefault(division, []).append(seen)
    return tuple(_order(division, packages[division], index) for division in sorted(packages))


def _order(division: str, packages: Sequence[SeenPackage], index: Path) -> ShardOrder:
    """The folder is named for all that the bytes of the shard depend on, so that it never has to be built twice."""
    made_of = sorted([Path(seen.folder).name, seen.sha256] for seen in packages)
    name = hashlib.sha256(orjson.dumps([maker(), division, made_of])).hexdigest()[:_DIGITS]
    by_name = sorted(packages, key=lambda seen: (Path(seen.folder).name, seen.folder))
    return ShardOrder(division, tuple(seen.folder for seen in by_name), str(index / DIVISIONS / division / name))


BUILD_FOLDER = ".build"  # a folder of the index: what only the next build wants to know


class Engine(Protocol):
    """Where shards are built."""

    def run(self, orders: Sequence[ShardOrder], done: Callable[[ShardOrder], None]) -> Sequence[BuildOutcome]:
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
        memory = index / BUILD_FOLDER / "packages.bin"
        planned = plan(paths, index, remembered(memory))
        remember(memory, planned.seen)
        if strict and planned.refused:
            raise planned.refused[0].error()
        missing = [order for order in planned.orders if not _is_sound(order)]
        watcher.planned(len(planned.orders), len(planned.orders) - len(missing))
        _build(missing, engine, watcher)
        entry = _entry(planned, index, _write_subjects(planned, index))
        if strict and entry.refused:
            raise entry.refused[0].error()
        keep_in(index, [Path(seen.folder) for seen in planned.seen])
        write_whole(index / INDEX, write_manifest(entry))
        removed = _remove_others(index, {index / shard.folder for shard in entry.shards})
        for file in (index / MERGED).iterdir():
            if file != index / entry.subjects_file:
                file.unlink()
    return Built(entry, len(missing), len(planned.orders) - len(missing), removed)


def _build(missing: Sequence[ShardOrder], engine: Engine, watcher: Watcher) -> None:
    if not missing:
        return
    outcomes = engine.run(missing, lambda order: watcher.finished(order.division))
    failures = [f"{each.division}: {each.failure}" for each in outcomes if each.failure is not None]
    if failures:
        raise UnfinishedError("; ".join(sorted(failures)))


def _is_sound(order: ShardOrder) -> bool:
    """Is the shard there as it was built? A damaged one is put aside, so that it is built again."""
    if not is_built(order):
        return False
    folder = Path(order.folder)
    if next(shard_damages(folder, folder.name), None) is None:
        return True
    aside = folder.with_name(f"{UNFINISHED}{folder.name}")
    folder.rename(aside)
    shutil.rmtree(aside, ignore_errors=True)
    return False


def _write_subjects(planned: Plan, index: Path) -> str:
    """Merge the subjects of all shards; the digest of what was written."""
    blocks = ((Path(order.folder) / SUBJECTS).read_bytes() for order in planned.orders)
    block = pack(SubjectPart, merged_subjects(unpack(SubjectPart, each) for each in blocks))
    (index / MERGED).mkdir(exist_ok=True)
    write_whole(index / MERGED / f"{digest(block)}.bin", block)
    return digest(block)


def _entry(planned: Plan, index: Path, subjects: str) -> IndexEntry:
    shards, refused = [], list(planned.refused)
    for order in planned.orders:
        shard = read_shard(Path(order.folder))
        refused += shard.refused
        if shard.accounts:
            shards.append(_place(order, shard, index))
    told = [maker(), *([shard.division, shard.content] for shard in shards)]
    return IndexEntry(hashlib.sha256(orjson.dumps(told)).hexdigest(), subjects, tuple(shards), _by_package(refused))


def _place(order: ShardOrder, shard: ShardEntry, index: Path) -> ShardPlace:
    years = sorted({account.key.fiscal_year for account in shard.accounts})
    return ShardPlace(
        order.division,
        shard.names,
        Path(order.folder).relative_to(index).as_posix(),
        file_digest(Path(order.folder) / SHARD)[1],
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
    known = (index / INDEX, index / BUILD_FOLDER)
    if index.is_dir() and not any(each.exists() for each in known) and any(index.iterdir()):
        raise PackageError(index.name, f"other files and no {INDEX}", "an index, an empty folder, or nothing yet")


@contextmanager
def _locked(index: Path) -> Iterator[None]:
    """One build at a time in an index. Raises UnfinishedError where another is under way."""
    (index / BUILD_FOLDER).mkdir(parents=True, exist_ok=True)
    with (index / BUILD_FOLDER / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UnfinishedError(f"{index.name}: another build of it is under way") from None
        yield


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
