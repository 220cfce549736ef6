"""Published Chinese departmental final accounts as one dataset: `load(paths)` is the way in."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from graph_data.core.collector import collector_at_rest
from graph_data.core.errors import PackageError, QuestionError

if TYPE_CHECKING:  # a command that reads documents needs no dataset, and starts a second sooner without
    from graph_data.dataset import Dataset

__all__ = ["Dataset", "load"]
MEMORY = "memory"  # as `index.engines` calls it


def __getattr__(name: str) -> object:
    if name == "Dataset":
        return importlib.import_module("graph_data.dataset").Dataset
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def load(paths: Sequence[Path], strict: bool = False, engine: str = MEMORY) -> Dataset:
    """Read packages and link them into a Dataset, or open the one index that is given.

    A package that is not what its own schema says is refused, named and kept in `Dataset.refused`; with
    `strict` the first such raises PackageError. So does an index beside anything else, or one with damage. `engine`
    answers what is grouped and selected, of an index (see `index.engines`); QuestionError where it cannot.
    """
    from graph_data.dataset import Dataset  # noqa: PLC0415 - see above
    from graph_data.index.engines import check_engine, with_engine  # noqa: PLC0415
    from graph_data.index.layout import is_index  # noqa: PLC0415
    from graph_data.index.opening import open_index  # noqa: PLC0415
    from graph_data.package import digest, read_packages  # noqa: PLC0415

    indexes = [path for path in paths if is_index(path)]
    if indexes and len(paths) > 1:
        raise PackageError(indexes[0].name, "an index beside other paths", "one index alone, or packages")
    if indexes:
        return with_engine(open_index(indexes[0], strict=strict), indexes[0], engine)
    if check_engine(engine) != MEMORY:
        raise QuestionError(f"{engine}: packages are summed in memory; build an index for another engine")
    with collector_at_rest():
        packages = read_packages(paths, strict=strict)
        return Dataset.of(packages.accounts, digest(packages.accounts), packages.refused)
