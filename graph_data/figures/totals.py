"""A total over one group: what the leaves add up to, beside what the documents print for exactly that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph_data.amount import Interval
from graph_data.figures.coverage import Coverage
from graph_data.figures.figure import Figure

NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Rollup:
    """A total over one group, in 分.

    `figures` are the leaves that were summed, `reported_figures` the printed numbers that make up `reported`;
    both are lazy sequences (len and slices are cheap). `consistent` holds where the rounding intervals of both sums
    overlap; None where nothing is reported.
    """

    derived: int
    reported: int | None
    difference: int | None
    consistent: bool | None
    coverage: Coverage
    figures: Sequence[Figure]
    reported_figures: Sequence[Figure]


def total(
    derived: int,
    step: int,
    reported: tuple[int, int] | None,
    coverage: Coverage,
    figures: Sequence[Figure],
    reported_figures: Sequence[Figure],
) -> Rollup:
    """`step` is 分 of one last digit, summed over the leaves; `reported` is (分, 分 of one last digit)."""
    if reported is None:
        return Rollup(derived, None, None, None, coverage, figures, reported_figures)
    agree = Interval.around(derived, step).overlaps(Interval.around(*reported))
    return Rollup(derived, reported[0], reported[0] - derived, agree, coverage, figures, reported_figures)
