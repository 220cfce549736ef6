"""One shard as it is served: its files mapped when the index is opened, decoded where they are asked for.

Whatever becomes of the files meanwhile: what is mapped stays readable, so that requests in flight finish on it.
"""

from __future__ import annotations

import mmap
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow  # type: ignore[import-untyped]

from graph_data.checks import CHECKS
from graph_data.core.arrays import Array, Directory, Texts, map_arrays
from graph_data.core.errors import PackageError
from graph_data.core.records import AccountKey
from graph_data.core.terms import Measure
from graph_data.figures.ibis.parquet import year_file
from graph_data.graph import DivisionEntry, DrawnGraph, Graph, LinkDirection, Node, NodeKind
from graph_data.graph.ids import division_id, finding_id, project_id
from graph_data.index import layout
from graph_data.index.blocks import unpack
from graph_data.index.columns import CONCERNED, LISTED, years_of
from graph_data.index.layout import (
    STRUCTURAL,
    AccountEntry,
    ExaminedAccount,
    Link,
    ShardEntry,
    ShardPlace,
    Structure,
    SubjectPart,
    shard_of,
)

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
_BLOCKS = (layout.SHARD, layout.ACCOUNTS, layout.STRUCTURE, layout.SUBJECTS)
_ARRAYS = (layout.LINK_ARRAYS, layout.LISTINGS, layout.NAMES, layout.COLUMNS, layout.CUBES)
ORGANIZATION = (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.UNIT, NodeKind.PROJECT)


class Shard:
    """The files of a shard. Raises PackageError where one is not there or no such file."""

    def __init__(self, index: Path, place: ShardPlace) -> None:
        self.place, self.code = place, place.division
        self.folder = index / place.folder
        self._manifest, self._accounts, self._structure, self._subjects = (
            _mapped(self.folder / name) for name in _BLOCKS
        )
        self.links, self.listings, names, self.columns, self.cubes = (_arrays(self.folder / name) for name in _ARRAYS)
        self.names: Mapping[str, Directory] = {name: Directory.opened(names, name) for name in layout.DIRECTORIES}
        files = {year: self.folder / layout.FIGURES / year_file(year) for year in place.fiscal_years}
        self.figures = tuple(_figures(path, year, self.columns) for year, path in sorted(files.items()))
        self.organization = sum(place.counts.get(kind, 0) for kind in ORGANIZATION)

    @cached_property
    def entry(self) -> ShardEntry:
        """What shard.json says."""
        return shard_of(bytes(self._manifest), f"{self.place.folder}/{layout.SHARD}")

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
        block = memoryview(self._accounts)[account.offset : account.offset + account.length]
        return _only(unpack(ExaminedAccount, block), f"{self.place.folder}/{layout.ACCOUNTS}")

    def structure(self) -> DrawnGraph:
        """The structure, decoded: positions are places."""
        found = unpack(Structure, memoryview(self._structure))
        return structural_graph(_only(found, f"{self.place.folder}/{layout.STRUCTURE}"))

    @cached_property
    def subjects(self) -> tuple[SubjectPart, ...]:
        """What the division says of subjects, by classification and code."""
        return unpack(SubjectPart, memoryview(self._subjects))

    @cached_property
    def division(self) -> Node:
        """The node of the division."""
        names = Texts(self.listings, "division")
        entry = DivisionEntry(self.code, tuple(names[at] for at in range(len(names))))
        return Node(division_id(self.code), NodeKind.DIVISION, entry.spellings[0], self.code, 1, entry)

    @cached_property
    def listed(self) -> Directory:
        """The ordinals of the findings that a node lists."""
        return Directory.opened(self.listings, LISTED)

    @cached_property
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


def _mapped(path: Path) -> mmap.mmap:
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise PackageError(f"{path.parent.name}/{path.name}", f"no readable file ({error})", "a whole shard") from None


def _arrays(path: Path) -> dict[str, Array]:
    try:
        return map_arrays(path)
    except OSError as error:
        raise PackageError(f"{path.parent.name}/{path.name}", f"no readable file ({error})", "a whole shard") from None


def _figures(path: Path, year: int, columns: Mapping[str, Array]) -> pyarrow.Buffer:
    """The file of a year, mapped without a descriptor; nothing where the year has no figures, and so no file."""
    try:
        with pyarrow.memory_map(str(path)) as file:
            return file.read_buffer()
    except (OSError, ValueError) as error:
        if not any(year in years_of(columns, measure) for measure in Measure):
            return pyarrow.py_buffer(b"")
        raise PackageError(f"{path.parent.name}/{path.name}", f"no readable file ({error})", "a whole shard") from None


def _only(found: tuple[R, ...], place: str) -> R:
    if len(found) != 1:
        raise PackageError(place, f"{len(found)} of them", "one in a block")
    return found[0]
