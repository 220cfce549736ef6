"""One shard: built beside its folder from the packages of its division, and given its name once it is whole."""

from __future__ import annotations

import gc
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from graph_data.core.collector import collector_at_rest
from graph_data.core.errors import PackageError
from graph_data.index.contents import read_material, write_contents
from graph_data.index.layout import SHARD

UNFINISHED = ".unfinished-"


@dataclass(frozen=True, slots=True)
class ShardOrder:
    """A shard to be built: of which division, from which packages (their folders), and the folder it is to be."""

    division: str
    packages: tuple[str, ...]
    folder: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the building of a shard ended: what was wrong, as text, since errors do not travel between processes."""

    division: str
    failure: str | None


def is_built(order: ShardOrder) -> bool:
    """Is the shard there? It gets its name only when it is whole."""
    return (Path(order.folder) / SHARD).is_file()


def outcome_of(order: ShardOrder) -> Outcome:
    """Build a shard, and say how that ended."""
    try:
        build_shard(order)
    except (PackageError, OverflowError, OSError) as error:
        return Outcome(order.division, str(error))
    return Outcome(order.division, None)


def build_shard(order: ShardOrder) -> None:
    """Build a shard beside its folder, and give it its name once it is whole; one that is there already is kept.

    A package that is not what its schema says is left out, and named in shard.json. Raises PackageError where the
    accounts of the division do not fit together, OverflowError where they are too many for one, OSError where they
    cannot be written.
    """
    target = Path(order.folder)
    if is_built(order):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=target.parent) as workshop:
        fresh = Path(workshop, target.name)
        fresh.mkdir()
        with collector_at_rest():
            write_contents(read_material(order.division, order.packages), fresh)
        gc.collect()  # of this division nothing stays when the next one is read
        _put(fresh, target)


def _put(fresh: Path, target: Path) -> None:
    """On the disk first, then under its name. One that another process has put there meanwhile is the same."""
    for path in (each for each in fresh.rglob("*") if each.is_file()):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    try:
        fresh.rename(target)
    except OSError:
        if not (target / SHARD).is_file():
            raise
