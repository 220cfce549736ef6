"""Published Chinese departmental final accounts as one dataset: `load(paths)` is the way in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph_data.dataset import Dataset
from graph_data.package import digest, read_packages

__all__ = ["Dataset", "load"]


def load(paths: Sequence[Path], strict: bool = False) -> Dataset:
    """Read packages and link them into a Dataset.

    A package that is not what its own schema says is refused, named and kept in `Dataset.refused`; with
    `strict` the first such raises PackageError.
    """
    packages = read_packages(paths, strict=strict)
    return Dataset.of(packages.accounts, digest(packages.accounts), packages.refused)
