"""The figures over an index: columns mapped, a figure itself read from the Parquet files when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph_data.core.terms import Measure
from graph_data.figures import FederatedFigures, Figure, MeasureTable, MemoryFigures
from graph_data.figures.columns import Members
from graph_data.figures.federation.cubes import Cube
from graph_data.graph import DrawnGraph
from graph_data.index.columns import MEMBERS, cube_of, of_measure
from graph_data.index.figure_rows import Decoded, FigureFiles
from graph_data.index.held import Held
from graph_data.index.opened import Opened
from graph_data.index.shard import Shard
from graph_data.index.subjects import shared_trees
from graph_data.index.trees import ShardTrees

MOST_FIGURES = 5_000_000  # of opened divisions: some 100 bytes each beside what is mapped; a city has 220,000


class IndexDivisions:
    """The figures of each division, opened when they are asked for."""

    def __init__(self, opened: Opened, trees: DrawnGraph) -> None:
        self._opened, self.trees = opened, trees
        self.codes = tuple(opened.by_code)
        self._held: Held[str, MemoryFigures] = Held(MOST_FIGURES)
        self._decoded = Decoded()

    def count(self, code: str) -> int:
        """How many figures a division has."""
        return self._opened.by_code[code].place.figures

    def cube(self, code: str, measure: Measure) -> Cube:
        """A measure of a division without its organisation."""
        return cube_of(self._opened.by_code[code].cubes, measure)

    def figures(self, code: str) -> MemoryFigures:
        """The figures of a division."""
        return self._held.get(code, self._figures)

    def _figures(self, code: str) -> tuple[MemoryFigures, int]:
        shard = self._opened.by_code[code]
        files, find = FigureFiles(shard, self._decoded), _Finder(self._opened, shard).figure
        trees = ShardTrees(self._opened, shard)
        return MemoryFigures(trees, files.every, find, _Tables(shard, files), _Members(shard)), shard.place.figures


def figures_of(opened: Opened) -> FederatedFigures:
    """The figures of all divisions."""
    return FederatedFigures(IndexDivisions(opened, shared_trees(opened.shards, opened.subjects)))


class _Finder:
    def __init__(self, opened: Opened, shard: Shard) -> None:
        self._opened, self._shard = opened, shard

    def figure(self, id: str) -> Figure | None:
        """A figure of the division by its id: its account is what the id opens with."""
        parts = id.partition(":")[2].split("/")
        keys = ("/".join(parts[:length]) for length in range(1, len(parts)))
        entry = next((self._shard.by_id[key] for key in keys if key in self._shard.by_id), None)
        return None if entry is None else self._opened.part(entry.key).figure.get(id)


class _Tables(Mapping[Measure, MeasureTable]):
    """The tables of a division, each put together from its arrays when it is asked for."""

    def __init__(self, shard: Shard, files: FigureFiles) -> None:
        self._shard, self._files = shard, files
        self._known: dict[Measure, MeasureTable] = {}

    def __getitem__(self, measure: Measure) -> MeasureTable:
        if measure not in self._known:
            arrays = of_measure(self._shard.columns, measure)
            self._known[measure] = MeasureTable.over(measure, self._files.of(measure), arrays)
        return self._known[measure]

    def __iter__(self) -> Iterator[Measure]:
        return iter(Measure)

    def __len__(self) -> int:
        return len(Measure)


class _Members(Mapping[Measure, Members]):
    """The members of a division, likewise."""

    def __init__(self, shard: Shard) -> None:
        self._shard = shard

    def __getitem__(self, measure: Measure) -> Members:
        return Members.over(of_measure(self._shard.columns, measure, MEMBERS))

    def __iter__(self) -> Iterator[Measure]:
        return iter(Measure)

    def __len__(self) -> int:
        return len(Measure)
