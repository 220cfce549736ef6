"""The figures of a division from its Parquet files: each the row of a number, decoded where it is asked for.

Rows are numbered as they stand: year by year, of each by measure, in the order of MeasureTable.every. Which figure
has which number follows from the mapped columns alone. Row groups and the figures made of them are held while there
is room, so that one pass over all figures reads every row once, and a single figure a few hundred of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, TypeAlias, overload

import numpy as np
import pyarrow  # type: ignore[import-untyped]
import pyarrow.parquet  # type: ignore[import-untyped]

from graph_data.core.errors import PackageError
from graph_data.core.terms import Measure
from graph_data.figures import Figure
from graph_data.figures.columns import Ints
from graph_data.figures.ibis.parquet import FIGURE_COLUMNS, figure_of
from graph_data.index.columns import ORDINAL, of_measure, years_of
from graph_data.index.held import Held
from graph_data.index.layout import FIGURES
from graph_data.index.shard import Shard
from graph_data.search.arrays import Array

MOST_BYTES = 96 * 2**20  # of row groups: one takes some 3 MiB, and so a city of 220,000 figures can be held whole
MOST_MADE = 16_384  # figures made of them: some 25 MiB
_PIECE = 256  # that are made at once: some 2 ms
_Group: TypeAlias = tuple[str, int]  # the division, and the ordinal among its row groups
_Piece: TypeAlias = tuple[str, int, int]  # and the number of the piece


class Decoded:
    """What of the files of all divisions is decoded; threads may share it."""

    def __init__(self, most_bytes: int = MOST_BYTES, most_figures: int = MOST_MADE) -> None:
        self.groups: Held[_Group, Any] = Held(most_bytes)
        self.pieces: Held[_Piece, tuple[Figure, ...]] = Held(most_figures)


class FigureFiles:
    """The figures of a shard. Raises PackageError where one is asked for and the files do not hold it."""

    def __init__(self, shard: Shard, decoded: Decoded) -> None:
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
        return self._decoded.pieces.get((self._shard.code, group, row // _PIECE), self._piece)[row % _PIECE]

    def _piece(self, key: _Piece) -> tuple[tuple[Figure, ...], int]:
        code, group, piece = key
        rows = self._decoded.groups.get((code, group), self._group).slice(piece * _PIECE, _PIECE)
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
            sources = [pyarrow.BufferReader(each) for each in self._shard.figures if each.size]
            files = [pyarrow.parquet.ParquetFile(each) for each in sources]
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
