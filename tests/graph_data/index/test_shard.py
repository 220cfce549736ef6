"""What a shard holds: everything that a dataset of its division in memory answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest

from graph_data.checks import examine_all
from graph_data.core.arrays import Array, Directory, read_arrays
from graph_data.core.errors import PackageError
from graph_data.core.records import Account, LineRecord, TermRecord
from graph_data.core.terms import Measure, StatementForm
from graph_data.dataset import Dataset
from graph_data.figures import MemoryFigures
from graph_data.figures.columns import MeasureTable, Members
from graph_data.graph import EdgeKind, LinkDirection, NodeKind
from graph_data.graph.ids import subject_id
from graph_data.index import layout
from graph_data.index.blocks import unpack
from graph_data.index.columns import ORDINAL
from graph_data.index.layout import ExaminedAccount, Structure, SubjectPart, read_shard
from graph_data.index.shard import structural_graph
from graph_data.index.workers import ShardOrder, build_shard, outcome_of
from graph_data.package import read_package, write_package
from graph_data.package.hashes import accept
from tests.graph_data.example import archives_2021, archives_2022, weather_2022

SHIPPED = Path(__file__).resolve().parents[3] / "graph_data" / "packages" / "370300-102-2022"


@pytest.fixture(scope="module", params=["370300", "980100", "example"])
def division(request: pytest.FixtureRequest) -> str:
    """A shipped one, a synthetic one, and one that shows every trait once."""
    return archives_2021().key.division if request.param == "example" else str(request.param)


@pytest.fixture(scope="module")
def folders(division: str, packages: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    if division == "370300":
        return (SHIPPED,)
    if division == "980100":
        return packages / "980100-2023", packages / "980100-2024"
    folder = tmp_path_factory.mktemp("example") / "package"
    write_package([archives_2021(), archives_2022(), weather_2022()], folder)
    return (folder,)


@pytest.fixture(scope="module")
def accounts(folders: tuple[Path, ...]) -> tuple[Account, ...]:
    found = [account for folder in folders for account in read_package(folder)]
    return tuple(sorted(found, key=lambda account: account.key))


@pytest.fixture(scope="module")
def dataset(accounts: tuple[Account, ...]) -> Dataset:
    return Dataset.of(accounts, "version")


@pytest.fixture(scope="module")
def shard(division: str, folders: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shards") / division / "shard"
    build_shard(ShardOrder(division, tuple(map(str, folders)), str(folder)))
    return folder


@pytest.fixture(scope="module")
def structure(shard: Path) -> Structure:
    (found,) = unpack(Structure, (shard / layout.STRUCTURE).read_bytes())
    return found


def test_every_account_comes_back_from_its_own_block_with_its_ledger(
    shard: Path, accounts: tuple[Account, ...]
) -> None:
    data = (shard / layout.ACCOUNTS).read_bytes()
    entries, examined = read_shard(shard).accounts, examine_all(accounts)
    assert [entry.key for entry in entries] == [account.key for account in accounts]
    for entry, account in zip(entries, accounts, strict=True):
        block = data[entry.offset : entry.offset + entry.length]
        assert unpack(ExaminedAccount, block) == (ExaminedAccount(account, examined[account.key]),)
    assert entries[-1].offset + entries[-1].length == len(data)


def test_the_structure_is_the_graph_without_what_accounts_hold(structure: Structure, dataset: Dataset) -> None:
    graph = dataset.graph
    assert list(structure.nodes) == [node for node in graph.nodes() if node.kind in layout.STRUCTURAL]
    above = [graph.parent(node.id) for node in structure.nodes]
    parents = [None if place < 0 else structure.nodes[place] for place in structure.parents]
    assert parents == above


def test_the_graph_of_the_structure_has_the_same_trees_and_links(structure: Structure, dataset: Dataset) -> None:
    small, graph = structural_graph(structure), dataset.graph
    for place, node in enumerate(structure.nodes):
        assert small.at(place) == node
        assert small.parent(node.id) == graph.parent(node.id)
        assert small.children(node.id) == tuple(
            child for child in graph.children(node.id) if child.kind in layout.STRUCTURAL
        )
        assert small.links(node.id, direction=LinkDirection.BOTH) == tuple(
            edge for edge in graph.links(node.id, direction=LinkDirection.BOTH) if edge.node.kind in layout.STRUCTURAL
        )


def test_counts_are_those_of_the_graph(shard: Path, dataset: Dataset) -> None:
    entry = read_shard(shard)
    assert entry.counts == dict(dataset.graph.counts)
    for kind in set(NodeKind) - set(layout.STRUCTURAL):
        assert sum(account.counts.get(kind, 0) for account in entry.accounts) == entry.counts.get(kind, 0)
    assert (entry.figures, entry.findings) == (len(dataset.all_figures), len(dataset.findings))


def test_accounts_know_their_nodes(shard: Path, dataset: Dataset) -> None:
    for entry in read_shard(shard).accounts:
        assert entry.id == dataset.identities.accounts[entry.key]
        assert entry.department == dataset.identities.department_of[entry.key]


@pytest.mark.parametrize(
    ("name", "nodes"),
    [
        (layout.DEPARTMENT_NAMES, lambda dataset: dataset.lookups.department_names),
        (layout.UNIT_NAMES, lambda dataset: dataset.lookups.unit_names),
        (layout.PROJECT_NAMES, lambda dataset: dataset.lookups.project_names),
        (
            layout.UNIT_CODES,
            lambda dataset: {
                node.code: dataset.graph.coded(NodeKind.UNIT, node.code)
                for node in dataset.graph.nodes(NodeKind.UNIT)
                if node.code
            },
        ),
    ],
)
def test_directories_give_the_places_of_the_named_nodes(
    shard: Path, structure: Structure, dataset: Dataset, name: str, nodes: Callable[[Dataset], dict[str, object]]
) -> None:
    directory = Directory.opened(read_arrays(shard / layout.NAMES), name)
    found = {text: tuple(structure.nodes[place] for place in places) for text, places in directory.items()}
    assert found == dict(nodes(dataset))


def test_subjects_have_their_spellings_and_newest_terms(shard: Path, dataset: Dataset) -> None:
    parts = unpack(SubjectPart, (shard / layout.SUBJECTS).read_bytes())
    spelled = [part for part in parts if part.spellings]
    nodes = dataset.graph.nodes(NodeKind.SUBJECT)
    assert [subject_id(part.classification, part.code) for part in spelled] == [node.id for node in nodes]
    for part, node in zip(spelled, nodes, strict=True):
        names = tuple(dict.fromkeys(spelling.name for spelling in part.spellings if spelling.name)) or (part.code,)
        assert names == getattr(node.record, "spellings", ())
        definition = dataset.definition(node.id)
        assert part.term == (definition and definition[0])
        assert next(iter(part.definitions), None) == (definition and definition[1])


def test_links_lead_from_subjects_to_lines_and_terms(shard: Path, dataset: Dataset) -> None:
    parts = unpack(SubjectPart, (shard / layout.SUBJECTS).read_bytes())
    accounts = read_shard(shard).accounts
    arrays = read_arrays(shard / layout.LINK_ARRAYS)
    rows = list(zip(*(arrays[name].tolist() for name in layout.LINKS), strict=True))
    for number, part in enumerate(parts):
        id = subject_id(part.classification, part.code)
        if id not in dataset.graph:
            continue
        lines = [
            (record.account, record.form, record.line)
            for edge in dataset.graph.links(id, (EdgeKind.REPORTED_IN,))
            if isinstance(record := edge.node.record, LineRecord)
        ]
        terms = [
            (record.account, None, record.position)
            for edge in dataset.graph.links(id, (EdgeKind.DEFINES,), LinkDirection.IN)
            if isinstance(record := edge.node.record, TermRecord)
        ]
        forms = [*StatementForm, None]
        found = [(accounts[at].key, forms[form], each) for subject, at, form, each in rows if subject == number]
        assert found == [*lines, *terms]


def under(arrays: Mapping[str, Array], prefix: str) -> dict[str, Array]:
    return {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}


@pytest.mark.parametrize("measure", Measure)
def test_columns_are_those_of_the_figures_with_places_for_positions(
    shard: Path, structure: Structure, dataset: Dataset, measure: Measure
) -> None:
    arrays = read_arrays(shard / layout.COLUMNS)
    own = under(arrays, f"{measure.name}.")
    figures = [dataset.all_figures[ordinal] for ordinal in own[ORDINAL].tolist()]
    table, engine = MeasureTable.over(measure, figures, own), dataset.figures
    assert isinstance(engine, MemoryFigures)
    held = engine.tables[measure]
    assert [each.id for each in table.every.figures] == [each.id for each in held.every.figures]
    for theirs, ours in ((held.leaves, table.leaves), (held.cells, table.cells)):
        assert [each.id for each in ours.figures] == [each.id for each in theirs.figures]
        assert np.array_equal(ours.fen, theirs.fen)
    places = {node.id: place for place, node in enumerate(structure.nodes)}
    wanted = [places[figure.project or figure.department] for figure in figures]
    assert own["organization"].tolist() == wanted
    members = Members.over(under(arrays, f"{measure.name}.members."))
    assert np.array_equal(members.counted[None], engine.members[measure].counted[None])


def test_a_package_that_cannot_be_read_is_left_out_and_named(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    order = ShardOrder(
        "980100", (str(tmp_path / "broken"), str(packages / "980100-2023")), str(tmp_path / "shards" / "x")
    )
    assert outcome_of(order).failure is None
    entry = read_shard(tmp_path / "shards" / "x")
    assert [refused.package for refused in entry.refused] == ["broken"]
    assert entry.packages == ("980100-2023",)
    assert len(entry.accounts) == 1


def test_two_accounts_of_one_department_and_year_are_an_error_that_names_both_packages(
    packages: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for file in (packages / "980100-2023").iterdir():
        text = file.read_text("utf-8")
        (other / file.name).write_text(text.replace("980100,101,2023", "980100,102,2023"), "utf-8")
    accept(other)
    order = ShardOrder(
        "980100", (str(other), str(packages / "980100-2023"), str(packages / "980100-2024")), str(tmp_path / "x" / "y")
    )
    with pytest.raises(PackageError, match=r"980100-2023 and other: department: found two accounts of .* for 2023"):
        build_shard(order)
    assert outcome_of(order).failure is not None
    assert list((tmp_path / "x").iterdir()) == []


def test_a_shard_that_is_there_is_kept(division: str, shard: Path) -> None:
    before = (shard / layout.SHARD).stat().st_mtime_ns
    build_shard(ShardOrder(division, ("/no/such/package",), str(shard)))
    assert (shard / layout.SHARD).stat().st_mtime_ns == before
