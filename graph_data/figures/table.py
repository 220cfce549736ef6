"""The figures of one measure in columns: leaves to sum, and the printed cells that say what some of them add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from graph_data.figures.axes import AXES, COLUMN_AXES, DIMENSIONS, ROW_AXES, TOTAL, UNKNOWN, Axis, ordinal
from graph_data.figures.figure import Figure
from graph_data.figures.sums import Longs, check_total
from graph_data.graph import Graph
from graph_data.terms import Measure

Ints: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class FigureSlice(Sequence[Figure]):
    """Some of the figures of a table, by their indexes; nothing is copied until it is asked for."""

    figures: Sequence[Figure] = field(repr=False)
    indexes: Longs

    def __len__(self) -> int:
        return len(self.indexes)

    def __iter__(self) -> Iterator[Figure]:
        return (self.figures[index] for index in self.indexes.tolist())

    @overload
    def __getitem__(self, at: int) -> Figure: ...
    @overload
    def __getitem__(self, at: slice) -> FigureSlice: ...
    def __getitem__(self, at: int | slice) -> Figure | FigureSlice:
        if isinstance(at, slice):
            return FigureSlice(self.figures, self.indexes[at])
        return self.figures[int(self.indexes[at])]


@dataclass(frozen=True, slots=True)
class Published:
    """A figure of a measure, and what the grid around it says: its publisher, and the leaves that it sums.

    `publisher` numbers the tables (one account, one block) that print totals of their own. `is_whole` marks the
    table's own total row. `cover` is how many leaves a printed number sums, None where it sums some only in part.
    """

    figure: Figure
    publisher: int
    is_whole: bool
    cover: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Figures in columns: 分, 分 of one last digit, and the place on each axis."""

    figures: tuple[Figure, ...]
    fen: Longs
    step: Longs
    publisher: Ints
    axes: Mapping[Axis, Ints]

    def __len__(self) -> int:
        return len(self.figures)

    def pick(self, indexes: Longs) -> FigureSlice:
        """The figures at these indexes, lazily."""
        return FigureSlice(self.figures, indexes)


@dataclass(frozen=True, slots=True, eq=False)
class MeasureTable:
    """One measure: all its figures, of these the leaves, and the printed cells with how many leaves each sums.

    Cells sum at least one leaf, be it themselves; what sums a leaf only in part prints no group exactly, and is none.
    """

    measure: Measure
    every: Columns
    leaves: Columns
    cells: Columns
    cover: Longs

    @classmethod
    def of(cls, measure: Measure, published: Sequence[Published], graph: Graph) -> MeasureTable:
        """Everything in depth-first order of department or project, by year, then as published."""
        ordered = sorted(published, key=lambda each: (_organization(each.figure, graph), each.figure.fiscal_year))
        leaves = [each for each in ordered if not each.figure.is_total]
        cells = [each for each in ordered if each.cover]
        cover = np.array([each.cover for each in cells], dtype=np.int64)
        every, summed, printed = (_columns(measure, each, graph) for each in (ordered, leaves, cells))
        return cls(measure, every, summed, printed, cover)

    @property
    def row_axis(self) -> Axis | None:
        """The axis down the rows of the published table; None where it has one row."""
        return ROW_AXES.get(self.measure)

    @property
    def column_axis(self) -> Axis | None:
        """The axis across the columns of the published table; None where it has one column."""
        return COLUMN_AXES.get(self.measure)


def _organization(figure: Figure, graph: Graph) -> int:
    return graph.interval(figure.project or figure.department)[0]


def _columns(measure: Measure, published: Sequence[Published], graph: Graph) -> Columns:
    figures = tuple(each.figure for each in published)
    fen = np.array([figure.fen for figure in figures], dtype=np.int64)
    check_total(fen)
    step = np.array([figure.number.step for figure in figures], dtype=np.int64)
    publisher = np.array([each.publisher for each in published], dtype=np.int32)
    axes = {
        axis: np.array([place(each) for each in published], dtype=np.int32)
        for axis, place in _places(measure, graph).items()
    }
    for column in (fen, step):
        column.setflags(write=False)
    for places in (publisher, *axes.values()):
        places.setflags(write=False)
    return Columns(figures, fen, step, publisher, MappingProxyType(axes))


def _places(measure: Measure, graph: Graph) -> dict[Axis, Callable[[Published], int]]:
    """How to tell a figure's place on each axis of the measure."""
    places: dict[Axis, Callable[[Published], int]] = {
        Axis.ORGANIZATION: lambda each: _organization(each.figure, graph),
        Axis.DEPARTMENT: lambda each: graph.interval(each.figure.department)[0],
        Axis.YEAR: lambda each: each.figure.fiscal_year,
        Axis.SUBJECT: lambda each: _subject(each, graph),
        Axis.NATURE: lambda each: ordinal(each.figure.nature),
        Axis.SOURCE: lambda each: ordinal(each.figure.revenue_source),
        Axis.FUND: lambda each: ordinal(each.figure.fund),
        Axis.FUND_SOURCE: lambda each: ordinal(each.figure.fund_source),
        Axis.ITEM: lambda each: ordinal(each.figure.item),
    }
    held = {AXES[dimension] for dimension in DIMENSIONS[measure]} | {Axis.DEPARTMENT}
    return {axis: place for axis, place in places.items() if axis in held}


def _subject(published: Published, graph: Graph) -> int:
    if published.is_whole:
        return TOTAL
    subject = published.figure.subject
    return UNKNOWN if subject is None else graph.interval(subject)[0]
