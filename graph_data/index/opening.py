"""An index → the Dataset that it holds: every part of it is opened where a question needs it."""

from __future__ import annotations

from pathlib import Path

from graph_data.core.errors import PackageError
from graph_data.dataset import Dataset
from graph_data.index.figures import figures_of
from graph_data.index.findings import IndexFindings
from graph_data.index.graph import IndexGraph
from graph_data.index.layout import SEARCH, IndexEntry, read_index
from graph_data.index.lookups import IndexLookups, accounts_of, identities_of, keys_in
from graph_data.index.shard import Shard
from graph_data.index.store import OpenShards
from graph_data.index.trees import subject_search
from graph_data.search import FederatedSearch, open_search


def open_index(folder: Path, *, strict: bool = False) -> Dataset:
    """The dataset of an index. Nothing is read but what says where everything stands.

    Raises PackageError where it is no index, not whole or of another version; with `strict` also where its build
    refused a package.
    """
    folder = folder.resolve()
    entry, shards = _read(folder)
    refused = tuple(each.error() for each in entry.refused)
    if strict and refused:
        raise refused[0]
    opened = OpenShards(shards)
    graph = IndexGraph(opened)
    searches = {shard.code: open_search(shard.folder / SEARCH, graph.__getitem__) for shard in opened.shards}
    return Dataset(
        version=entry.version,
        keys=keys_in(opened),
        accounts=accounts_of(opened),
        fiscal_years=tuple(sorted({year for place in entry.shards for year in place.fiscal_years})),
        refused=refused,
        graph=graph,
        identities=identities_of(opened),
        figures=figures_of(opened),
        lookups=IndexLookups.of(opened),
        search=FederatedSearch(searches, subject_search(opened.subjects)),
        found=IndexFindings.of(opened),
    )


def _read(folder: Path) -> tuple[IndexEntry, list[Shard]]:
    """index.json and its shards; once more where another index was put in its place meanwhile."""
    entry = read_index(folder)
    while True:
        try:
            return entry, [Shard(folder, place) for place in entry.shards]
        except PackageError:
            again = read_index(folder)
            if again == entry:
                raise
            entry = again
