"""Published Chinese departmental final accounts as one dataset: `load(paths)` is the way in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph_data.dataset import Dataset
from graph_data.index.engines import MEMORY
from graph_data.sources import Sources

__all__ = ["Dataset", "load"]


def load(paths: Sequence[Path], strict: bool = False, engine: str = MEMORY) -> Dataset:
    """Read packages and link them into a Dataset, or open the one index that is given.

    A package that is not what its own schema says is refused, named and kept in `Dataset.refused`; with
    `strict` the first such raises PackageError. So does an index beside anything else, or one with damage. `engine`
    answers what is grouped and selected, of an index (see `index.engines`); QuestionError where it cannot.
    """
    return Sources(paths, strict, engine).load().dataset
