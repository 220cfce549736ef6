"""Published Chinese departmental final accounts as one dataset: `load(paths)` is the way in."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

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
    from graph_data.sources import Sources  # noqa: PLC0415 - see above

    return Sources(paths, strict, engine).load().dataset
