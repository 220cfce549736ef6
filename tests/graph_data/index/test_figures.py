"""The figures of an index are rows of its Parquet files: the same as in memory, and one pass reads each row once."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph_data import load
from graph_data.core.errors import DamagedError
from graph_data.core.terms import Measure
from graph_data.exports import Export
from graph_data.figures import Figure, MemoryFigures
from graph_data.index.figures import DecodedFigures, FigureFiles
from graph_data.index.graph import IndexGraph
from graph_data.index.layout import FIGURES, read_index
from graph_data.index.shard import Shard
from tests.graph_data.index.both import Both
from tests.sampled import rounds


@pytest.fixture(scope="module")
def shards(both: Both) -> list[Shard]:
    return [Shard(both.folder, place) for place in read_index(both.folder).shards]


def files_of(shards: list[Shard], decoded: DecodedFigures) -> list[FigureFiles]:
    return [FigureFiles(shard, decoded) for shard in shards]


def put_together(parts: Sequence[Sequence[Figure]]) -> list[Figure]:
    return [figure for part in parts for figure in part]


@pytest.mark.parametrize(
    ("decoded", "measures"),
    [(DecodedFigures(), Measure), (DecodedFigures(1, 1), [Measure.EXPENDITURE])],
    ids=["as much as there is", "one at a time"],
)
def test_they_are_those_in_memory_in_the_same_order(
    both: Both, shards: list[Shard], decoded: DecodedFigures, measures: Sequence[Measure]
) -> None:
    memory, files = both.memory.figures, files_of(shards, decoded)
    assert isinstance(memory, MemoryFigures)
    assert put_together([each.every for each in files]) == list(memory.all)
    for measure in measures:
        rows = [each.of(measure) for each in files]
        assert put_together(rows) == list(memory.tables[measure].every.figures)
        assert sum(map(len, rows)) == len(memory.tables[measure].every)


def test_they_are_indexed_and_sliced_as_lists_are(shards: list[Shard]) -> None:
    rows = FigureFiles(shards[0], DecodedFigures()).of(Measure.EXPENDITURE)
    figures = list(rows)
    assert (rows[0], rows[-1], rows[3:9:2], rows[-2:]) == (
        figures[0],
        figures[-1],
        tuple(figures[3:9:2]),
        tuple(figures[-2:]),
    )
    with pytest.raises(IndexError):
        rows[len(rows)]


def test_all_measures_one_after_the_other_read_each_row_group_and_make_each_figure_once(shards: list[Shard]) -> None:
    for shard in shards:
        decoded = DecodedFigures()
        files = FigureFiles(shard, decoded)
        assert sum(len(list(files.of(measure))) for measure in Measure) == shard.place.figures
        assert decoded.groups.made == len(decoded.groups) == len(shard.figures())
        assert decoded.pieces.made == len(decoded.pieces)


def test_an_export_of_figures_decodes_no_account(both: Both) -> None:
    dataset = load([both.folder])
    assert isinstance(dataset.graph, IndexGraph)
    assert sum(map(len, Export.of(dataset, "figures", "csv", ()).chunks())) > 100_000
    assert dataset.graph.opened.parts.made == 0


def test_threads_may_share_them(both: Both, shards: list[Shard]) -> None:
    files, several = files_of(shards[:1], DecodedFigures(200_000, 300)), rounds(3)
    expected = list(both.memory.figures.all)[: shards[0].place.figures]
    with ThreadPoolExecutor(several) as threads:
        found = list(threads.map(lambda _: put_together([each.every for each in files]), range(several)))
    assert all(each == expected for each in found)


@pytest.fixture
def broken(both: Both, tmp_path: Path) -> tuple[Path, list[Path]]:
    """A copy of the index, and the files of the figures of one of its divisions."""
    index = Path(shutil.copytree(both.folder, tmp_path / "index"))
    return index, sorted((index / read_index(index).shards[-1].folder / FIGURES).glob("year=*"))


def test_without_the_file_of_a_year_it_is_no_whole_index(broken: tuple[Path, list[Path]]) -> None:
    index, files = broken
    files[0].unlink()
    with pytest.raises(DamagedError, match=files[0].name):
        list(load([index]).all_figures)
    with pytest.raises(DamagedError, match=files[0].name):
        load([index], strict=True)


def test_a_file_that_says_something_else_is_refused_when_it_is_read(broken: tuple[Path, list[Path]]) -> None:
    index, files = broken
    files[0].write_bytes(b"PAR1" + bytes(100))
    with pytest.raises(DamagedError, match=f"{files[0].name}: found 104 bytes"):
        list(load([index]).all_figures)
    shutil.copy(files[1], files[0])
    with pytest.raises(DamagedError, match=files[0].name):
        list(load([index]).all_figures)
