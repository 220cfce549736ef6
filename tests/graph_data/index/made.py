"""Packages of three made-up divisions, two years of one small department each, for tests of the index."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from graph_data.core.records import Account
from graph_data.index.building import BUILD_FOLDER, Built, Engine, build_index
from graph_data.index.workers import Processes
from graph_data.package import write_package
from graph_data.synthesis import Scale, batches

SCALE = Scale(departments=3, a_division=1, years=2, units=2, projects=3)
DIVISIONS = ("980100", "980200", "980300")


@lru_cache(1)
def accounts() -> dict[str, tuple[Account, ...]]:
    """The accounts of each package, by its name."""
    return {batch.name: tuple(batch.accounts()) for batch in batches(SCALE, 11)}


def write_packages(folder: Path) -> Path:
    """All six packages below a folder."""
    for name, found in accounts().items():
        write_package(found, folder / name)
    return folder


@dataclass(slots=True)
class Steps:
    """A watcher that keeps what it was told."""

    kept: int | None = None
    shards: list[str] = field(default_factory=list)

    def planned(self, shards: int, kept: int) -> None:  # noqa: ARG002
        self.kept = kept

    def finished(self, division: str) -> None:
        self.shards.append(division)


def build(packages: Path | Sequence[Path], index: Path, engine: Engine | None = None, strict: bool = False) -> Built:
    paths = [packages] if isinstance(packages, Path) else packages
    return build_index(paths, index, engine or Processes(1), Steps(), strict)


def files_of(index: Path) -> dict[str, str]:
    """What identifies each file of an index, but for what only the next build wants to know."""
    return {
        path.relative_to(index).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(index.rglob("*"))
        if path.is_file() and path.relative_to(index).parts[0] != BUILD_FOLDER
    }


def copied(packages: Path, folder: Path) -> Path:
    """The packages, in a folder that a test may change."""
    return Path(shutil.copytree(packages, folder))
