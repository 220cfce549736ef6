"""An index is opened at once and read where it is asked; what is decoded is bounded; it may be replaced meanwhile."""

from __future__ import annotations

import gc
import random
import shutil
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph_data import Dataset, load
from graph_data.core.errors import PackageError
from graph_data.core.terms import Dimension, Measure
from graph_data.graph import LinkDirection, NodeKind
from graph_data.index.graph import IndexGraph
from graph_data.index.layout import INDEX, read_index
from graph_data.index.shard import Shard
from graph_data.index.store import OpenShards
from graph_data.index.trees import Subjects, merged_subjects
from graph_data.lists.performance import INDICATORS, PROJECTS
from graph_data.package import write_package
from graph_data.rollup import GroupBy, node_rollup, rollup
from tests.graph_data.index.both import Both, listed
from tests.graph_data.index.made import accounts, build, copied

DEPARTMENT = "department:980200/102"


def opened_of(dataset: Dataset) -> OpenShards:
    assert isinstance(dataset.graph, IndexGraph)
    return dataset.graph.opened


def decoded(dataset: Dataset) -> tuple[int, int]:
    """How many structures and accounts were decoded so far."""
    opened = opened_of(dataset)
    return opened.structures.made, opened.parts.made


@pytest.fixture
def fresh(both: Both) -> Dataset:
    """The same index, nothing of it decoded."""
    return load([both.folder])


def test_opening_decodes_nothing(fresh: Dataset) -> None:
    assert decoded(fresh) == (0, 0)
    assert fresh.graph.counts[NodeKind.INDICATOR] > 100
    assert (len(fresh.graph.nodes(NodeKind.INDICATOR)) > 100, len(fresh.all_figures) > 1000) == (True, True)
    assert (len(fresh.findings) > 10, len(fresh.accounts), len(fresh.graph.nodes()) > 1000) == (True, 13, True)
    assert fresh.search.search("费").total > 0
    assert decoded(fresh) == (0, 0)


def test_a_department_decodes_its_own_division_and_accounts(fresh: Dataset) -> None:
    for unit in fresh.graph.descendants(DEPARTMENT, kind=NodeKind.UNIT):
        assert all(project.kind is NodeKind.PROJECT for project in fresh.graph.children(unit.id))
    assert decoded(fresh) == (1, 0)
    assert all(each.kind is NodeKind.INDICATOR for each in fresh.graph.descendants("project:980200/102/2024/1"))
    assert decoded(fresh) == (1, 1)


def test_a_name_opens_the_divisions_that_have_it_and_no_other(fresh: Dataset) -> None:
    assert "nothing" not in fresh.lookups.department_names
    assert "nothing" not in fresh.lookups.unit_codes
    assert decoded(fresh) == (0, 0)


def test_a_page_of_a_long_list_decodes_what_is_on_it(fresh: Dataset) -> None:
    assert len(fresh.graph.nodes(NodeKind.INDICATOR)[40:50]) == 10
    assert decoded(fresh)[1] <= 2
    assert len(listed(fresh, INDICATORS, {"level": {"eq": 3}})[-4:]) == 4
    assert decoded(fresh)[1] <= 4


def test_edges_of_a_subject_are_counted_without_their_accounts(fresh: Dataset) -> None:
    links = fresh.graph.links("subject:FUNCTIONAL/201", direction=LinkDirection.BOTH)
    assert (len(links) > 10, len(list(fresh.graph.ties("subject:FUNCTIONAL/201"))), decoded(fresh)) == (
        True,
        len(links),
        (0, 0),
    )
    assert links[0].node.kind is NodeKind.SUBJECT


def test_totals_over_everything_decode_no_account(fresh: Dataset) -> None:
    table = rollup(
        fresh, Measure.EXPENDITURE, [GroupBy(Dimension.FUNCTIONAL_SUBJECT, 1), GroupBy(Dimension.FISCAL_YEAR)]
    )
    assert (len(table.rows) > 3, decoded(fresh)) == (True, (0, 0))
    assert node_rollup(fresh, "subject:FUNCTIONAL/201", Measure.EXPENDITURE, 2024).derived > 0
    assert node_rollup(fresh, DEPARTMENT, Measure.EXPENDITURE).derived > 0
    assert decoded(fresh) == (1, 0)


def test_no_more_is_held_than_there_is_room_for(both: Both) -> None:
    shards = [Shard(both.folder, place) for place in read_index(both.folder).shards]
    subjects = Subjects(merged_subjects(shard.subjects for shard in shards))
    opened = OpenShards(shards, subjects, most_nodes=1, most_bytes=60_000)
    graph = IndexGraph(opened)
    assert tuple(graph.nodes()) == both.memory.graph.nodes()
    assert (len(opened.structures), len(opened.parts) < len(both.memory.accounts)) == (1, True)
    assert (opened.structures.made > len(shards), opened.parts.made > len(both.memory.accounts)) == (True, True)


def test_many_threads_are_answered_alike(both: Both, fresh: Dataset) -> None:
    ids = [node.id for node in both.memory.graph.nodes()]

    def ask(seed: int) -> bool:
        draw = random.Random(seed)
        for id in draw.sample(ids, 120):
            same = fresh.graph.node(id) == both.memory.graph.node(id)
            links = tuple(fresh.graph.links(id)) == both.memory.graph.links(id)
            listed = tuple(fresh.findings_at(id)[:3]) == tuple(both.memory.findings_at(id)[:3])
            if not (same and links and listed):
                return False
        at = draw.randrange(len(both.memory.findings))
        return fresh.findings[at] == both.memory.findings[at]

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(24)))


@pytest.fixture
def changing(packages: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Packages and their index, both free to be changed."""
    folder, index = copied(packages, tmp_path / "packages"), tmp_path / "index"
    build(folder, index)
    return folder, index


def test_a_dataset_is_served_to_its_end_when_another_index_takes_its_place(changing: tuple[Path, Path]) -> None:
    folder, index = changing
    before = load([index])
    project = before.graph.nodes(NodeKind.PROJECT)[0]
    shutil.rmtree(folder / "980100-2023")
    build(folder, index)
    after = load([index])
    assert (before.version != after.version, len(before.accounts), len(after.accounts)) == (True, 6, 5)
    assert sum(1 for _ in before.graph.nodes()) == len(before.graph) > len(after.graph)
    assert len(before.graph.links(project.id)) > 0
    assert len(tuple(before.all_figures)) == len(before.all_figures)


def test_an_index_that_is_replaced_while_it_is_opened_is_opened_as_it_is_then(
    changing: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, index = changing
    real: Callable[..., None] = Shard.__init__
    read: list[object] = []

    def slow(self: Shard, *given: object) -> None:
        if not read:
            read.append(given)
            shutil.rmtree(folder / "980100-2023")
            build(folder, index)
        real(self, *given)

    monkeypatch.setattr(Shard, "__init__", slow)
    assert len(load([index]).accounts) == 5


def test_a_dataset_that_nobody_holds_is_gone_at_once(both: Both) -> None:
    gc.collect()
    gc.disable()
    try:
        dataset = load([both.folder])
        read = [len(tuple(dataset.graph.nodes())), len(tuple(dataset.findings))]
        assert [*read, len(listed(dataset, PROJECTS, {"name": {"contains": "费"}})) > 0] == [
            len(dataset.graph),
            read[1],
            True,
        ]
        for by in (GroupBy(Dimension.FUNCTIONAL_SUBJECT, 1), GroupBy(Dimension.DEPARTMENT)):
            assert rollup(dataset, Measure.EXPENDITURE, [by]).rows[0].rollup.coverage.expected > 0
        assert node_rollup(dataset, "subject:FUNCTIONAL/201", Measure.EXPENDITURE).derived > 0
        held = [weakref.ref(each) for each in (dataset.graph, opened_of(dataset), opened_of(dataset).shards[0])]
        del dataset
        assert [each() for each in held] == [None, None, None]
    finally:
        gc.enable()


def test_what_its_build_refused_is_told(packages: Path, tmp_path: Path) -> None:
    folder = copied(packages, tmp_path / "packages")
    (folder / "980100-2023" / "lines.csv").write_text("nothing")
    build(folder, tmp_path / "index")
    (refused,) = load([tmp_path / "index"]).refused
    assert "980100-2023/lines.csv" in str(refused)
    with pytest.raises(PackageError, match=r"980100-2023/lines\.csv"):
        load([tmp_path / "index"], strict=True)


def test_an_index_is_served_alone(both: Both) -> None:
    with pytest.raises(PackageError, match="an index beside other paths"):
        load([both.packages, both.folder])


def test_what_is_no_whole_index_is_refused(changing: tuple[Path, Path]) -> None:
    _, index = changing
    for shard in (index / "divisions").glob("*/*"):
        (shard / "structure.bin").unlink()
    with pytest.raises(PackageError, match=r"structure\.bin"):
        load([index])
    (index / INDEX).write_text("{}")
    with pytest.raises(PackageError, match=r"index\.json: found other bytes"):
        load([index])


def test_an_index_of_two_packages_of_a_division_is_one_shard(tmp_path: Path) -> None:
    for name, found in accounts().items():
        if name.startswith("980300"):
            write_package(found, tmp_path / "packages" / name)
    build(tmp_path / "packages", tmp_path / "index")
    assert [shard.code for shard in opened_of(load([tmp_path / "index"])).shards] == ["980300"]
