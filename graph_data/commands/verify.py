"""verify: an index or packages against the digests that were written with them; names every file that differs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from graph_data.core.errors import DamagedError, PackageError
from graph_data.index.integrity import index_damages
from graph_data.index.layout import is_index
from graph_data.package.hashes import accept, package_damages
from graph_data.package.reading import packages_in


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `verify`."""
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="an index, a package, a folder of packages")
    parser.add_argument(
        "--accept", action="store_true", help="packages were edited on purpose: write the digests of what is there now"
    )


def run(options: argparse.Namespace) -> int:
    """0 where everything is as it was written, 1 where something is not, 2 where a path is neither of these."""
    complaints = Console(stderr=True, soft_wrap=True)
    try:
        if options.accept:
            return _accept(options.paths)
        damages = [damage for path in options.paths for damage in _damages(path)]
    except (PackageError, OSError) as error:
        complaints.print(f"not verified: {error}", style="red", markup=False, highlight=False)
        return 2
    for damage in damages:
        complaints.print(f"damaged: {damage}", style="red", markup=False, highlight=False)
    if not damages:
        print("everything is as it was written")
    return 1 if damages else 0


def _damages(path: Path) -> Iterator[DamagedError]:
    if is_index(path):
        yield from index_damages(path.resolve())
        return
    for folder in packages_in(path):
        yield from package_damages(folder)


def _accept(paths: list[Path]) -> int:
    for path in paths:
        for folder in packages_in(path):
            accept(folder)
            print(f"{folder.name}: accepted as it is")
    return 0
