"""An index → the Dataset that it holds: every part of it is opened where a question needs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from graph_data.core.arrays import ArrayCache, ArrayFile
from graph_data.core.cache import MakingCache
from graph_data.core.errors import DamagedError
from graph_data.core.files import PinnedFile
from graph_data.dataset import Dataset, Integrity
from graph_data.divisions import DivisionTree
from graph_data.index.blocks import unpack
from graph_data.index.figures import figures_of
from graph_data.index.findings import IndexFindings
from graph_data.index.graph import IndexGraph
from graph_data.index.layout import IndexEntry, SubjectPart, read_index
from graph_data.index.lookups import IndexLookups, accounts_of, identities_of, keys_in
from graph_data.index.shard import Shard
from graph_data.index.store import OpenShards
from graph_data.index.trees import Subjects, merged_subjects, subject_search
from graph_data.lists.columns import StoredSection
from graph_data.search import FederatedSearch, SearchIndex
from graph_data.search.catalog import Find

MOST_ARRAY_BYTES = 2**28  # of arrays that are cached; what answers hold on to is beside that


def open_index(folder: Path, *, strict: bool = False) -> Dataset:
    """The dataset of an index. Nothing is read but what says where everything stands.

    A damaged shard is served no more, by name: what needs it raises DamagedError. Raises PackageError where the folder
    is no index, or one of another version, DamagedError where all of its shards are damaged, or one and the merged
    subjects; with `strict` also where one is, or its build refused a package.
    """
    folder = folder.resolve()
    entry, opened = _read(folder, strict)
    refused = tuple(each.error() for each in entry.refused)
    if strict and refused:
        raise refused[0]
    graph = IndexGraph(opened)
    searches = _Searches(opened.by_code, graph.__getitem__)
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
        integrity=_Integrity(opened),
        sections=tuple(StoredSection(partial(_lists, shard)) for shard in opened.shards),
        divisions=DivisionTree([shard.division for shard in opened.shards]),
    )


def _lists(shard: Shard) -> ArrayFile:
    return shard.lists


class _Integrity(Integrity):
    """What is known to be damaged, and what can be done to know more."""

    def __init__(self, opened: OpenShards) -> None:
        self._opened = opened

    @property
    def damages(self) -> tuple[DamagedError, ...]:
        return self._opened.damages

    def verify(self) -> Iterator[None]:
        for shard in self._opened.shards:
            yield from shard.verify()


class _Searches(Mapping[str, SearchIndex]):
    """The search index of each division, opened when it is first asked."""

    def __init__(self, shards: Mapping[str, Shard], find: Find) -> None:
        self._shards, self._find = shards, find
        self._opened: dict[str, SearchIndex] = {}

    def __getitem__(self, code: str) -> SearchIndex:
        if code not in self._opened:
            self._opened[code] = self._shards[code].search(self._find)
        return self._opened[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._shards)

    def __len__(self) -> int:
        return len(self._shards)


def _read(folder: Path, strict: bool) -> tuple[IndexEntry, OpenShards]:
    """index.json and what it lists; once more where another index was put in its place meanwhile."""
    entry = read_index(folder)
    while True:
        cache: ArrayCache = MakingCache(MOST_ARRAY_BYTES)
        shards = [Shard(folder, place, cache) for place in entry.shards]
        failure: DamagedError | None = None
        try:
            opened = OpenShards(shards, *_subjects(folder, entry, shards))
        except DamagedError as error:
            failure = error
        else:
            if not opened.damages:
                return entry, opened
        again = read_index(folder)
        if again == entry:
            if failure is not None:
                raise failure
            if strict or all(shard.damage for shard in shards):
                raise opened.damages[0]
            return entry, opened
        entry = again


def _subjects(folder: Path, entry: IndexEntry, shards: Sequence[Shard]) -> tuple[Subjects, list[DamagedError]]:
    """The subjects, and what is wrong with their file: they are then merged anew, which takes sound shards."""
    try:
        block = PinnedFile(folder / entry.subjects_file, entry.subjects_file).whole(entry.subjects)
    except DamagedError as error:
        return Subjects(merged_subjects(shard.subjects for shard in shards)), [error.with_traceback(None)]
    return Subjects(unpack(SubjectPart, block)), []
