"""Writing a shard: the packages of a division, read, examined, linked, and written as `layout` says."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_data.checks import CheckEntry, examine_all
from graph_data.core.arrays import read_arrays, write_arrays
from graph_data.core.errors import PackageError
from graph_data.core.files import digest, file_digest
from graph_data.core.records import Account, AccountKey
from graph_data.dataset import Dataset, Integrity, Lookups
from graph_data.divisions import DivisionTree
from graph_data.figures import MemoryFigures
from graph_data.figures.ibis.parquet import figure_files
from graph_data.findings import Findings, finding_entries
from graph_data.graph import DivisionEntry, Graph, Identities, NodeKind, build
from graph_data.graph.ids import division_id
from graph_data.index import layout
from graph_data.index.blocks import compressed, content, pack
from graph_data.index.columns import (
    cube_arrays,
    figure_arrays,
    finding_arrays,
    link_arrays,
    name_arrays,
    naming_terms,
    node_arrays,
    outcome_array,
    structure_arrays,
    subject_parts,
    tie_arrays,
)
from graph_data.index.layout import (
    AccountEntry,
    ExaminedAccount,
    FileEntry,
    Refusal,
    ShardEntry,
    Structure,
    SubjectPart,
    write_manifest,
)
from graph_data.index.shard import structural_graph, structure_of
from graph_data.lists.columns import list_arrays
from graph_data.package import read_package
from graph_data.search import SEARCHED, Search, SearchResult, entries_of, write_search


@dataclass(frozen=True, slots=True)
class ShardMaterial:
    """What a shard is made of: the accounts of a division in the order of their keys, and what was refused.

    `packages` are the names of those that were read, `homes` says which of them each account comes from.
    """

    division: str
    accounts: tuple[Account, ...]
    packages: tuple[str, ...]
    homes: Mapping[AccountKey, str]
    refused: tuple[Refusal, ...]


def read_material(division: str, packages: Sequence[str]) -> ShardMaterial:
    """The accounts of a division out of packages, by their folders. One that cannot be read is refused."""
    accounts: dict[AccountKey, Account] = {}
    homes: dict[AccountKey, str] = {}
    names, refused = [], []
    for folder in map(Path, packages):
        try:
            found = [account for account in read_package(folder) if account.key.division == division]
        except PackageError as error:
            refused.append(Refusal.of(folder.name, error))
            continue
        names.append(folder.name)
        accounts |= {account.key: account for account in found}
        homes |= dict.fromkeys((account.key for account in found), folder.name)
    in_order = tuple(accounts[key] for key in sorted(accounts))
    return ShardMaterial(division, in_order, tuple(names), homes, tuple(refused))


def write_contents(material: ShardMaterial, folder: Path) -> None:
    """Write the files of the shard into an empty folder.

    Raises PackageError where the accounts do not fit together, OverflowError where they are too many for one shard.
    """
    accounts = material.accounts
    examined = examine_all(accounts)
    graph, identities = _linked(material, examined)
    structure = structure_of(graph)
    small = structural_graph(structure)
    lookups, found = Lookups.over(accounts, graph), Findings.over(examined, graph, identities)
    entries, sha256 = _write_accounts(accounts, examined, graph, identities, folder)
    (folder / layout.STRUCTURE).write_bytes(pack(Structure, [structure]))
    subjects = _write_subjects(accounts, graph, identities, folder)
    write_arrays(folder / layout.NAMES, name_arrays(lookups, graph, small))
    listings = {
        **structure_arrays(structure, small, subjects),
        **node_arrays(graph, small, accounts),
        **tie_arrays(subjects, graph, accounts),
        **finding_arrays(found, graph, accounts),
        **outcome_array(examined, accounts),
    }
    write_arrays(folder / layout.LISTINGS, listings)
    write_search(entries_of(graph, lookups, set(SEARCHED) - {NodeKind.SUBJECT}), folder / layout.SEARCH)
    figures = _write_figures(accounts, small, identities, folder)
    whole = Dataset(
        version="",
        keys=tuple(account.key for account in accounts),
        accounts=accounts,
        fiscal_years=tuple(sorted({account.key.fiscal_year for account in accounts})),
        refused=(),
        graph=graph,
        identities=identities,
        figures=figures,
        lookups=lookups,
        search=Search(_unsearched),
        found=found,
        integrity=Integrity(),
        divisions=DivisionTree(graph.nodes(NodeKind.DIVISION)),
    )
    write_arrays(folder / layout.LISTS, list_arrays(whole))
    counted = (graph.counts, len(figures.all), len(found.ranked))
    division = graph.node(division_id(material.division))
    names = division.record.spellings if division and isinstance(division.record, DivisionEntry) else ()
    named = (folder.name, _files(folder), material.division, names)
    entry = ShardEntry(*named, sha256, material.packages, entries, *counted, material.refused)
    (folder / layout.SHARD).write_bytes(write_manifest(entry))


def _unsearched(*_: object) -> SearchResult:
    raise LookupError("what is written has no search yet")


def _files(folder: Path) -> tuple[FileEntry, ...]:
    """What was written, by name."""
    found = []
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        head = read_arrays(path).head if path.suffix == layout.ARRAYS else None
        found.append(FileEntry(path.relative_to(folder).as_posix(), *file_digest(path), head))
    return tuple(found)


def _linked(material: ShardMaterial, examined: Mapping[AccountKey, Sequence[CheckEntry]]) -> tuple[Graph, Identities]:
    try:
        return build(material.accounts, finding_entries(examined))
    except PackageError as error:
        packages = " and ".join(_at_odds(material))
        raise PackageError(f"{packages}: {error.file}", error.found, error.expected) from None


def _at_odds(material: ShardMaterial) -> Sequence[str]:
    """The packages that hold two accounts of one department and year; all of them where it is something else."""
    homes: dict[tuple[int, str], list[str]] = {}
    for account in material.accounts:
        for mark in {account.department.department_code, account.department.department_name} - {None}:
            homes.setdefault((account.key.fiscal_year, str(mark)), []).append(material.homes[account.key])
    return next((sorted(set(found)) for found in homes.values() if len(found) > 1), material.packages)


def _write_subjects(
    accounts: Sequence[Account], graph: Graph, identities: Identities, folder: Path
) -> list[SubjectPart]:
    terms = naming_terms(accounts, identities)
    subjects = subject_parts(accounts, terms)
    (folder / layout.SUBJECTS).write_bytes(pack(SubjectPart, subjects))
    write_arrays(folder / layout.LINK_ARRAYS, link_arrays(subjects, terms, graph, accounts))
    return subjects


def _write_figures(accounts: Sequence[Account], graph: Graph, identities: Identities, folder: Path) -> MemoryFigures:
    """The figures, written. `graph` is that of the structure: positions are places."""
    summed = [account for account in accounts if account.key not in identities.covered]
    figures = MemoryFigures.of(summed, graph, identities)
    write_arrays(folder / layout.COLUMNS, figure_arrays(figures))
    write_arrays(folder / layout.CUBES, cube_arrays(figures))
    (folder / layout.FIGURES).mkdir()
    for name, data in figure_files(figures, graph):
        (folder / layout.FIGURES / name).write_bytes(data)
    return figures


def _write_accounts(
    accounts: Sequence[Account],
    examined: Mapping[AccountKey, tuple[CheckEntry, ...]],
    graph: Graph,
    identities: Identities,
    folder: Path,
) -> tuple[tuple[AccountEntry, ...], str]:
    """Where each block stands, and what identifies all that they say."""
    counts = _counts(graph)
    sha256 = hashlib.sha256()
    entries = []
    with (folder / layout.ACCOUNTS).open("wb") as file:
        for account in accounts:
            key = account.key
            told = content(ExaminedAccount, [ExaminedAccount(account, examined[key])])
            sha256.update(told)
            offset = file.tell()
            block = compressed(told)
            file.write(block)
            id, department = identities.accounts[key], identities.department_of[key]
            owner, documents = identities.owners[key], identities.documents[key]
            place = (offset, len(block), digest(block), counts[key])
            entries.append(AccountEntry(key, id, department, owner, key in identities.covered, documents, *place))
    return tuple(entries), sha256.hexdigest()


def _counts(graph: Graph) -> Mapping[AccountKey, Mapping[NodeKind, int]]:
    """How many nodes of each kind an account has that are made from its block."""
    counts: dict[AccountKey, Counter[NodeKind]] = {}
    for node in graph.nodes():
        key = getattr(node.record, "account", None)
        if key is not None:
            counts.setdefault(key, Counter())[node.kind] += node.kind not in layout.STRUCTURAL
    return {key: {kind: found[kind] for kind in NodeKind if found[kind]} for key, found in counts.items()}
