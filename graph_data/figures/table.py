"""The figures of one measure in columns: leaves to sum, and the printed cells that say what some of them add up to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from graph_data.core.terms import Measure
from graph_data.figures.arrays import AnyArray, Ints, Longs, fixed
from graph_data.figures.axes import AXES, COLUMN_AXES, DIMENSIONS, ROW_AXES, TOTAL, UNKNOWN, Axis, ordinal
from graph_data.figures.figure import Figure
from graph_data.figures.slices import FigureSlice
from graph_data.figures.sums import check_total
from graph_data.figures.trees import Trees


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
    """Figures in columns: 分, 分 of one last digit, the number of the publisher, and the place on each axis.

    `figures` may make a figure when it is asked for: nothing that sums does ask.
    """

    figures: Sequence[Figure]
    fen: Longs
    step: Longs
    publisher: Ints
    axes: Mapping[Axis, Ints]

    def __len__(self) -> int:
        return len(self.fen)

    def pick(self, indexes: Longs) -> FigureSlice:
        """The figures at these indexes, lazily."""
        return FigureSlice(self.figures, indexes)

    def take(self, indexes: Longs) -> Columns:
        """The columns of some of the figures."""
        axes = MappingProxyType({axis: fixed(places[indexes]) for axis, places in self.axes.items()})
        values = (fixed(self.fen[indexes]), fixed(self.step[indexes]), fixed(self.publisher[indexes]))
        return Columns(self.pick(indexes), *values, axes)

    def moved(self, axis: Axis, places: Ints) -> Columns:
        """The same figures, but for their places on one axis."""
        return replace(self, axes=MappingProxyType({**self.axes, axis: fixed(places)}))


@dataclass(frozen=True, slots=True, eq=False)
class MeasureTable:
    """One measure: all its figures, of these the leaves, and the printed cells with how many leaves each sums.

    Cells sum at least one leaf, be it themselves; what sums a leaf only in part prints no group exactly, and is none.

    `arrays` gives all that it is made of but the figures, and `over` takes it back. For n figures in depth-first
    order of department or project, then by year, then as published:

        fen, step         int64, n   分, and 分 of one last digit
        publisher         int32, n   numbers the tables that print totals of their own; ascending by account
        <axis>            int32, n   the place on each axis that the measure has: organization, department, year,
                                     and of subject, nature, source, fund, fund_source, item those in DIMENSIONS
        leaves            int64      which of the n are leaves, ascending
        cells, cover      int64      which of the n are printed cells, ascending; how many leaves each of them sums
    """

    measure: Measure
    every: Columns
    leaf_at: Longs
    cell_at: Longs
    cover: Longs
    leaves: Columns
    cells: Columns

    @classmethod
    def of(cls, measure: Measure, published: Sequence[Published], graph: Trees) -> MeasureTable:
        """Everything in depth-first order of department or project, by year, then as published.

        Raises OverflowError where the amounts could add up to more than int64 holds.
        """
        ordered = sorted(published, key=lambda each: (_organization(each.figure, graph), each.figure.fiscal_year))
        every = _columns(measure, ordered, graph)
        leaves = [place for place, each in enumerate(ordered) if not each.figure.is_total]
        cells = [place for place, each in enumerate(ordered) if each.cover]
        cover = [ordered[place].cover for place in cells]
        leaf_at, cell_at, covers = (fixed(np.array(each, dtype=np.int64)) for each in (leaves, cells, cover))
        return cls._with(measure, every, leaf_at, cell_at, covers)

    @classmethod
    def over(cls, measure: Measure, figures: Sequence[Figure], arrays: Mapping[str, AnyArray]) -> MeasureTable:
        """What `arrays` gave, put together again; `figures` are all n, in the same order."""
        axes = MappingProxyType({axis: arrays[axis.name.lower()] for axis in axes_of(measure)})
        every = Columns(figures, arrays["fen"], arrays["step"], arrays["publisher"], axes)
        return cls._with(measure, every, arrays["leaves"], arrays["cells"], arrays["cover"])

    @classmethod
    def _with(cls, measure: Measure, every: Columns, leaf_at: Longs, cell_at: Longs, cover: Longs) -> MeasureTable:
        return cls(measure, every, leaf_at, cell_at, cover, every.take(leaf_at), every.take(cell_at))

    def arrays(self) -> Mapping[str, AnyArray]:
        """Everything but the figures, by name."""
        axes = {axis.name.lower(): places for axis, places in self.every.axes.items()}
        own: dict[str, AnyArray] = {"fen": self.every.fen, "step": self.every.step, "publisher": self.every.publisher}
        return {**own, **axes, "leaves": self.leaf_at, "cells": self.cell_at, "cover": self.cover}

    def moved(self, axis: Axis, places: Callable[[Ints], Ints]) -> MeasureTable:
        """The same figures, with other places on one axis."""
        columns = (self.every, self.leaves, self.cells)
        every, leaves, cells = (each.moved(axis, places(each.axes[axis])) for each in columns)
        return replace(self, every=every, leaves=leaves, cells=cells)

    @property
    def row_axis(self) -> Axis | None:
        """The axis down the rows of the published table; None where it has one row."""
        return ROW_AXES.get(self.measure)

    @property
    def column_axis(self) -> Axis | None:
        """The axis across the columns of the published table; None where it has one column."""
        return COLUMN_AXES.get(self.measure)


def axes_of(measure: Measure) -> tuple[Axis, ...]:
    """The axes that the figures of a measure have a place on."""
    held = {AXES[dimension] for dimension in DIMENSIONS[measure]} | {Axis.DEPARTMENT}
    return tuple(axis for axis in Axis if axis in held)


def _organization(figure: Figure, graph: Trees) -> int:
    return graph.interval(figure.project or figure.department)[0]


def _columns(measure: Measure, published: Sequence[Published], graph: Trees) -> Columns:
    figures = tuple(each.figure for each in published)
    fen = fixed(np.array([figure.fen for figure in figures], dtype=np.int64))
    check_total(fen)
    step = fixed(np.array([figure.number.step for figure in figures], dtype=np.int64))
    publisher = fixed(np.array([each.publisher for each in published], dtype=np.int32))
    places = _places(graph)
    axes = {
        axis: fixed(np.array([places[axis](each) for each in published], dtype=np.int32)) for axis in axes_of(measure)
    }
    return Columns(figures, fen, step, publisher, MappingProxyType(axes))


def _places(graph: Trees) -> Mapping[Axis, Callable[[Published], int]]:
    """How to tell a figure's place on each axis."""
    return {
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


def _subject(published: Published, graph: Trees) -> int:
    if published.is_whole:
        return TOTAL
    subject = published.figure.subject
    return UNKNOWN if subject is None else graph.interval(subject)[0]
