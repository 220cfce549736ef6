"""The figures over an index: columns mapped, a figure itself read from the Parquet files when it is asked for.

Rows of those files are numbered as they stand: year by year, of each by measure, in the order of MeasureTable.every.
Which figure has which number follows from the mapped columns alone. Row groups and the figures made of them are held
while there is room, so that one pass over all figures reads every row once, and a single figure a few hundred.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, TypeAlias, overload

import numpy as np
import pyarrow  # type: ignore[import-untyped]
import pyarrow.parquet  # type: ignore[import-untyped]

from graph_data.core.arrays import Array
from graph_data.core.cache import MakingCache
from graph_data.core.errors import PackageError
from graph_data.core.terms import Measure
from graph_data.figures import FederatedFigures, Figure, MeasureTable, MemoryFigures
from graph_data.figures.columns import Ints, Members
from graph_data.figures.federation.cubes import Cube
from graph_data.figures.ibis.parquet import FIGURE_COLUMNS, figure_of
from graph_data.graph import DrawnGraph
from graph_data.index.columns import MEMBERS, ORDINAL, cube_of, of_measure, years_of
from graph_data.index.layout import FIGURES
from graph_data.index.shard import Shard
from graph_data.index.store import OpenShards
from graph_data.index.trees import ShardTrees, shared_trees

MOST_BYTES = 96 * 2**20  # of row groups: one takes some 3 MiB, and so a city of 220,000 figures can be held whole
MOST_MADE = 16_384  # figures made of them: some 25 MiB
_PIECE = 256  # that are made at once: some 2 ms
_Group: TypeAlias = tuple[str, int]  # the division, and the ordinal among its row groups
_Piece: TypeAlias = tuple[str, int, int]  # and the number of the piece


class DecodedFigures:
    """What of the files of all divisions is decoded; threads may share it."""

    def __init__(self, most_bytes: int = MOST_BYTES, most_figures: int = MOST_MADE) -> None:
        self.groups: MakingCache[_Group, Any] = MakingCache(most_bytes)
        self.pieces: MakingCache[_Piece, tuple[Figure, ...]] = MakingCache(most_figures)


class FigureFiles:
    """The figures of a shard. Raises PackageError where one is asked for and the files do not hold it."""

    def __init__(self, shard: Shard, decoded: DecodedFigures) -> None:
        self._shard, self._decoded = shard, decoded

    @property
    def every(self) -> FigureRows:
        """All figures, in the order of accounts, statements, lines, columns."""
        return FigureRows(self, self._shard.place.figures, lambda: self._in_order)

    def of(self, measure: Measure) -> FigureRows:
        """The figures of a measure, in the order of MeasureTable.every."""
        count = len(years_of(self._shard.columns, measure))
        return FigureRows(self, count, lambda: self._numbers[measure])

    def figure(self, number: int) -> Figure:
        """The figure of a row."""
        group = bisect_right(self._stops, number)
        row = number - (self._stops[group - 1] if group else 0)
        return self._decoded.pieces.get_or_make((self._shard.code, group, row // _PIECE), self._piece)[row % _PIECE]

    def _piece(self, key: _Piece) -> tuple[tuple[Figure, ...], int]:
        code, group, piece = key
        rows = self._decoded.groups.get_or_make((code, group), self._group).slice(piece * _PIECE, _PIECE)
        figures = tuple(map(figure_of, zip(*(column.to_pylist() for column in rows.columns), strict=True)))
        return figures, len(figures)

    def _group(self, key: _Group) -> tuple[Any, int]:
        file, group = self._groups[key[1]]
        try:
            rows = file.read_row_group(group, list(FIGURE_COLUMNS), use_threads=False)
        except (OSError, ValueError) as error:
            raise self._broken(f"a row group that says nothing ({error})", "what `build` wrote") from None
        return rows, rows.nbytes

    @cached_property
    def _groups(self) -> list[tuple[Any, int]]:
        """Every row group: its file, and its number there."""
        try:
            files = [pyarrow.parquet.ParquetFile(pyarrow.BufferReader(each)) for each in self._shard.figures()]
        except (OSError, ValueError) as error:
            raise self._broken(f"no Parquet ({error})", "what `build` wrote") from None
        return [(file, group) for file in files for group in range(file.num_row_groups)]

    @cached_property
    def _stops(self) -> list[int]:
        """Where each row group ends among all rows."""
        stops = list(accumulate(file.metadata.row_group(group).num_rows for file, group in self._groups))
        found, expected = stops[-1] if stops else 0, self._shard.place.figures
        if found != expected:
            raise self._broken(f"{found} figures", f"{expected}, as the index says")
        return stops

    def _broken(self, found: str, expected: str) -> PackageError:
        return PackageError(f"{self._shard.place.folder}/{FIGURES}", found, expected)

    @cached_property
    def _numbers(self) -> Mapping[Measure, Ints]:
        """The number of each row of each measure."""
        measures = sorted(Measure, key=lambda measure: measure.name)  # as the files are sorted
        years = [years_of(self._shard.columns, measure) for measure in measures]
        numbers = inverse(np.argsort(np.concatenate(years), kind="stable"))
        stops = list(accumulate(map(len, years)))
        return dict(zip(measures, np.split(numbers, stops[:-1]), strict=True))

    @cached_property
    def _in_order(self) -> Ints:
        """The number of the row of each figure."""
        ordinals = [of_measure(self._shard.columns, measure)[ORDINAL] for measure in Measure]
        numbers = np.concatenate([self._numbers[measure] for measure in Measure])
        return numbers[inverse(np.concatenate(ordinals))]


class FigureRows(Sequence[Figure]):
    """Some figures of a shard; what numbers their rows have is found out when one is asked for."""

    __slots__ = ("_count", "_files", "_numbers")

    def __init__(self, files: FigureFiles, count: int, numbers: Callable[[], Ints]) -> None:
        self._files, self._count, self._numbers = files, count, numbers

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Figure: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Figure, ...]: ...
    def __getitem__(self, at: int | slice) -> Figure | tuple[Figure, ...]:
        numbers = self._numbers()[at]
        if isinstance(at, slice):
            return tuple(map(self._files.figure, numbers.tolist()))
        return self._files.figure(int(numbers))


def inverse(order: Array) -> Ints:
    """Where each place stands in an order of all places."""
    places = np.empty(len(order), dtype=np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    return places


MOST_FIGURES = 5_000_000  # of opened divisions: some 100 bytes each beside what is mapped; a city has 220,000


class IndexDivisions:
    """The figures of each division, opened when they are asked for."""

    def __init__(self, opened: OpenShards, trees: DrawnGraph) -> None:
        self._opened, self.trees = opened, trees
        self.codes = tuple(opened.by_code)
        self._held: MakingCache[str, MemoryFigures] = MakingCache(MOST_FIGURES)
        self._decoded = DecodedFigures()

    def count(self, code: str) -> int:
        """How many figures a division has."""
        return self._opened.by_code[code].place.figures

    def cube(self, code: str, measure: Measure) -> Cube:
        """A measure of a division without its organisation."""
        return cube_of(self._opened.by_code[code].cubes, measure)

    def figures(self, code: str) -> MemoryFigures:
        """The figures of a division."""
        return self._held.get_or_make(code, self._figures)

    def _figures(self, code: str) -> tuple[MemoryFigures, int]:
        shard = self._opened.by_code[code]
        files, find = FigureFiles(shard, self._decoded), _Finder(self._opened, shard).figure
        trees = ShardTrees(self._opened, shard)
        return MemoryFigures(trees, files.every, find, _Tables(shard, files), _Members(shard)), shard.place.figures


def figures_of(opened: OpenShards) -> FederatedFigures:
    """The figures of all divisions."""
    return FederatedFigures(IndexDivisions(opened, shared_trees(opened.shards, opened.subjects)))


class _Finder:
    def __init__(self, opened: OpenShards, shard: Shard) -> None:
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
