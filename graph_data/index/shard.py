"""One shard as it is served: its files pinned when the index is opened, read and checked where they are asked for.

Whatever becomes of the files' names meanwhile: what is pinned stays readable, so that requests in flight finish on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np

from graph_data.checks import CHECKS
from graph_data.core.arrays import Array, ArrayCache, ArrayFile, Directory
from graph_data.core.errors import DamagedError, PackageError
from graph_data.core.files import PinnedFile, digest
from graph_data.core.records import AccountKey
from graph_data.figures.ibis.parquet import year_file
from graph_data.graph import DivisionEntry, DrawnGraph, Graph, LinkDirection, Node, NodeKind
from graph_data.graph.ids import division_id, finding_id, project_id, subject_id
from graph_data.index import layout
from graph_data.index.blocks import unpack
from graph_data.index.columns import CONCERNED, LISTED
from graph_data.index.layout import (
    STRUCTURAL,
    AccountEntry,
    ExaminedAccount,
    FileEntry,
    Link,
    ShardEntry,
    ShardPlace,
    Structure,
    SubjectPart,
    files_of,
    shard_of,
)
from graph_data.search import SearchIndex, open_search
from graph_data.search.catalog import Find
from graph_data.search.index import FILE as SEARCH_FILE

_NOWHERE = -1


def structure_of(graph: Graph) -> Structure:
    """The structure within the whole graph of a division."""
    kinds = frozenset(STRUCTURAL)
    nodes = tuple(node for node in graph.nodes() if node.kind in kinds)
    places = {node.id: place for place, node in enumerate(nodes)}
    above = [graph.parent(node.id) for node in nodes]
    links = tuple(
        Link(places[node.id], places[edge.node.id], edge.kind)
        for node in nodes
        for edge in graph.links(node.id, direction=LinkDirection.OUT)
        if edge.node.id in places
    )
    return Structure(
        nodes,
        tuple(_NOWHERE if parent is None else places[parent.id] for parent in above),
        links,
    )


def structural_graph(structure: Structure) -> DrawnGraph:
    """The structure as a graph of its own: the position of each node is its place."""
    nodes = structure.nodes
    parents = {
        node.id: nodes[parent].id for node, parent in zip(nodes, structure.parents, strict=True) if parent != _NOWHERE
    }
    edges = ((nodes[link.start].id, nodes[link.end].id, link.kind) for link in structure.links)
    return DrawnGraph({node.id: node for node in nodes}, parents, edges)


R = TypeVar("R")
ORGANIZATION = (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.UNIT, NodeKind.PROJECT)


class Shard:
    """The files of a shard.

    All are pinned and their sizes compared when it is opened; what they hold is compared with the manifest when it is
    read. Once anything is found to be wrong, whatever needs the shard raises DamagedError with the name of the file.
    """

    def __init__(self, index: Path, place: ShardPlace, cache: ArrayCache | None = None) -> None:
        self.place, self.code = place, place.division
        self.folder = index / place.folder
        self.organization = sum(place.counts.get(kind, 0) for kind in ORGANIZATION)
        self._damages: list[DamagedError] = []
        self._files: dict[str, PinnedFile] = {}
        self._entries: dict[str, FileEntry] = {}
        self._arrays: dict[str, ArrayFile] = {}
        with suppress(DamagedError):
            self._open(cache)

    def _open(self, cache: ArrayCache | None) -> None:
        listed = files_of(self._pinned(layout.SHARD, None).whole(self.place.digest))
        for entry in listed:
            self._entries[entry.name] = entry
            file = self._pinned(entry.name, entry.bytes)
            if entry.head is not None:
                arrays = self._arrays[entry.name] = ArrayFile(file, cache)
                if arrays.head != entry.head:
                    raise file.failure("another head", f"that of the digest {entry.head}")

    def _pinned(self, name: str, size: int | None) -> PinnedFile:
        file = PinnedFile(self.folder / name, f"{self.place.folder}/{name}", size, self._damages.append)
        self._files[name] = file
        return file

    @property
    def damage(self) -> DamagedError | None:
        """What was found to be wrong with it so far: a new error each time, since a raised one holds on to frames."""
        return next((DamagedError(each.file, each.found, each.expected) for each in self._damages), None)

    def verify(self) -> Iterator[None]:
        """Read all files and compare them with the manifest, one at each step; what is wrong is in `damage`."""
        for name, entry in self._entries.items():
            if not self._damages:
                with suppress(DamagedError):
                    self._files[name].whole(entry.digest)
                yield

    def _sound(self) -> None:
        if (damage := self.damage) is not None:
            raise damage

    def _whole(self, name: str) -> bytes:
        self._sound()
        return self._files[name].whole(self._entries[name].digest)

    def _array_file(self, name: str) -> ArrayFile:
        self._sound()
        return self._arrays[name]

    @property
    def links(self) -> ArrayFile:
        """The arrays of `layout.LINKS`."""
        return self._array_file(layout.LINK_ARRAYS)

    @property
    def listings(self) -> ArrayFile:
        """Nodes and findings in columns."""
        return self._array_file(layout.LISTINGS)

    @property
    def lists(self) -> ArrayFile:
        """The fields of lists in columns."""
        return self._array_file(layout.LISTS)

    @property
    def columns(self) -> ArrayFile:
        """The figures in columns."""
        return self._array_file(layout.COLUMNS)

    @property
    def cubes(self) -> ArrayFile:
        """The same without the organisation."""
        return self._array_file(layout.CUBES)

    def names(self, directory: str) -> Directory:
        """One of `layout.DIRECTORIES`."""
        return Directory.opened(self._array_file(layout.NAMES), directory)

    def search(self, find: Find) -> SearchIndex:
        """The full-text index; `find` gives the node of an id."""
        return open_search(self._array_file(f"{layout.SEARCH}/{SEARCH_FILE}"), find)

    def figures(self) -> list[bytes]:
        """The Parquet files of the years that have figures, in the order of years."""
        names = (f"{layout.FIGURES}/{year_file(year)}" for year in self.place.fiscal_years)
        return [self._whole(name) for name in names if name in self._entries]

    @cached_property
    def entry(self) -> ShardEntry:
        """What shard.json says."""
        self._sound()
        return shard_of(self._files[layout.SHARD].whole(self.place.digest), f"{self.place.folder}/{layout.SHARD}")

    @cached_property
    def ordinals(self) -> Mapping[AccountKey, int]:
        """The ordinal of each account."""
        return {account.key: ordinal for ordinal, account in enumerate(self.entry.accounts)}

    @cached_property
    def by_id(self) -> Mapping[str, AccountEntry]:
        """Accounts by the key of their ids, in the order of the whole graph."""
        return {account.id: account for account in sorted(self.entry.accounts, key=lambda each: each.id)}

    @cached_property
    def departments(self) -> frozenset[str]:
        """The ids of its departments."""
        return frozenset(account.department for account in self.entry.accounts)

    def account(self, key: AccountKey) -> AccountEntry:
        """Where an account stands. Raises KeyError for an unknown one."""
        return self.entry.accounts[self.ordinals[key]]

    def examined(self, account: AccountEntry) -> ExaminedAccount:
        """An account and its ledger, decoded."""
        self._sound()
        file = self._files[layout.ACCOUNTS]
        block = file.read(account.offset, account.offset + account.length)
        if digest(block) != account.digest:
            raise file.failure(f"other bytes from byte {account.offset} on", f"those of the digest {account.digest}")
        return _only(unpack(ExaminedAccount, block), file.name)

    def structure(self) -> DrawnGraph:
        """The structure, decoded: positions are places."""
        found = unpack(Structure, self._whole(layout.STRUCTURE))
        return structural_graph(_only(found, f"{self.place.folder}/{layout.STRUCTURE}"))

    @cached_property
    def subjects(self) -> tuple[SubjectPart, ...]:
        """What the division says of subjects, by classification and code."""
        return unpack(SubjectPart, self._whole(layout.SUBJECTS))

    @cached_property
    def subject_ordinals(self) -> Mapping[str, int]:
        """The index of each subject among `subjects`, by its id."""
        return {subject_id(part.classification, part.code): at for at, part in enumerate(self.subjects)}

    @cached_property
    def division(self) -> Node:
        """The node of the division."""
        entry = DivisionEntry(self.code, self.place.names)
        return Node(division_id(self.code), NodeKind.DIVISION, entry.spellings[0], self.code, 1, entry)

    @property
    def listed(self) -> Directory:
        """The ordinals of the findings that a node lists."""
        return Directory.opened(self.listings, LISTED)

    @property
    def concerned(self) -> Directory:
        """The ordinals of the findings that concern a node which belongs to no one account."""
        return Directory.opened(self.listings, CONCERNED)

    def finding_id(self, ordinal: int) -> str:
        """The id of a finding by its rank in the division."""
        arrays = self.listings
        account = self.entry.accounts[int(arrays["finding.account"][ordinal])]
        check = CHECKS[int(arrays["finding.check"][ordinal])]
        return finding_id(account.id, check.id, int(arrays["finding.number"][ordinal]))

    def project_id(self, ordinal: int) -> str:
        """The id of a project by its ordinal among the projects."""
        account = self.entry.accounts[int(self.listings["project.account"][ordinal])]
        return project_id(account.id, int(self.listings["project.number"][ordinal]))

    @cached_property
    def project_stops(self) -> Array:
        """Where the indicators of each project end among the indicators."""
        projects = np.arange(len(self.listings["project.place"]))
        return np.searchsorted(self.listings["indicator.project"], projects, side="right")

    def indicators_of(self, project: int) -> range:
        """The ordinals of the indicators of a project, by its ordinal."""
        start = int(self.project_stops[project - 1]) if project else 0
        return range(start, int(self.project_stops[project]))


def _only(found: tuple[R, ...], place: str) -> R:
    if len(found) != 1:
        raise PackageError(place, f"{len(found)} of them", "one in a block")
    return found[0]
