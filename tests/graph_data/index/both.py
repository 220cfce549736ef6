"""One content twice: a dataset in memory, and the same opened from an index. Five divisions, two of them synthetic."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph_data import Dataset, load
from graph_data.lists import ListType, condition_of, lists_of
from graph_data.package import read_packages, write_package
from graph_data.synthesis import Scale, batches
from tests.graph_data.example import archives_2021, archives_2022, weather_2022
from tests.graph_data.index.made import build

SHIPPED = Path(__file__).resolve().parents[3] / "graph_data" / "packages"
SCALE = Scale(departments=4, a_division=2, years=2, units=2, projects=3)


@dataclass(frozen=True, slots=True)
class Both:
    """The two datasets, of one version, and the folders of the packages and of the index."""

    memory: Dataset
    index: Dataset
    packages: Path
    folder: Path


def write_all(folder: Path) -> Path:
    """The shipped packages, the example that shows every trait once, and two made-up divisions."""
    write_package([archives_2021(), archives_2022(), weather_2022()], folder / "example")
    for batch in batches(SCALE, 3):
        write_package(list(batch.accounts()), folder / batch.name)
    for package in SHIPPED.iterdir():
        if (package / "datapackage.json").is_file():
            shutil.copytree(package, folder / package.name)
    return folder


def write_both(folder: Path) -> None:
    """The packages of `write_all` and their index, in folders of these names."""
    build(write_all(folder / "packages"), folder / "index")


def both_of(folder: Path) -> Both:
    """Both datasets of a folder that `write_both` filled."""
    packages, index = folder / "packages", folder / "index"
    opened = load([index])
    return Both(Dataset.of(read_packages([packages], strict=True).accounts, opened.version), opened, packages, index)


def listed(dataset: Dataset, of: ListType, where: dict[str, Any]) -> Sequence[Any]:
    """What a filter lets through of a list."""
    return lists_of(dataset).select(of, condition_of(dataset, of, where))
