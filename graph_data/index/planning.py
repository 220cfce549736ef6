"""What is to be built: the shards that the packages ask for, each with its packages, and what is refused at once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from graph_data.core.errors import PackageError
from graph_data.core.records import AccountKey
from graph_data.index.layout import DIVISIONS, Refusal
from graph_data.index.manifest import maker
from graph_data.index.shards import ShardOrder
from graph_data.index.sources import Seen, look_at
from graph_data.package import read_package
from graph_data.package.reading import packages_in, twice

_DIGITS = 32  # of a folder's name: half of a SHA-256 tells any number of shards apart


@dataclass(frozen=True, slots=True)
class Plan:
    """The shards of an index in the order of their divisions, what was refused, and what was seen on the way."""

    orders: tuple[ShardOrder, ...]
    refused: tuple[Refusal, ...]
    seen: tuple[Seen, ...]


def plan(paths: Sequence[Path], index: Path, known: Mapping[str, Seen]) -> Plan:
    """The shards of an index of these packages, which are found and refused as `read_packages` finds and refuses them.

    Most packages are not read for it: one that is broken within is refused where its shard is built. Only one that
    holds several divisions, or an account that another also holds, has to be known as sound before.
    Raises PackageError where a path is not there or holds no package.
    """
    folders = [folder for path in paths for folder in packages_in(path)]
    looked = look_at(folders, known)
    seen = [each for each in looked if isinstance(each, Seen)]
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
    folder: Path, seen: Seen | PackageError, holders: Mapping[AccountKey, int], owners: dict[AccountKey, Path]
) -> Seen:
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


def _orders(kept: Sequence[Seen], index: Path) -> tuple[ShardOrder, ...]:
    packages: dict[str, list[Seen]] = {}
    for seen in kept:
        for division in seen.divisions:
            packages.setdefault(division, []).append(seen)
    return tuple(_order(division, packages[division], index) for division in sorted(packages))


def _order(division: str, packages: Sequence[Seen], index: Path) -> ShardOrder:
    """The folder is named for all that the bytes of the shard depend on, so that it never has to be built twice."""
    made_of = sorted([Path(seen.folder).name, seen.sha256] for seen in packages)
    name = hashlib.sha256(orjson.dumps([maker(), division, made_of])).hexdigest()[:_DIGITS]
    by_name = sorted(packages, key=lambda seen: (Path(seen.folder).name, seen.folder))
    return ShardOrder(division, tuple(seen.folder for seen in by_name), str(index / DIVISIONS / division / name))
