"""Keys of prefix sums: a position along one axis, opened by the places on the axes that are fixed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from graph_data.figures.arrays import Ints, Longs
from graph_data.figures.axes import TOTAL, UNKNOWN, Axis

FIXED_BITS = {Axis.DEPARTMENT: 24, Axis.YEAR: 12, Axis.NATURE: 3}
_POSITION_BITS = 24
SPAN = 2**_POSITION_BITS  # of positions that share an opening
MOST_NODES = SPAN + UNKNOWN  # so that TOTAL and UNKNOWN end up beyond every position


def opening(fixed: Mapping[Axis, int]) -> int:
    """What a key opens with for these places on the fixed axes: add the position along the axis."""
    key = 0
    for axis, place in fixed.items():
        key = (key << FIXED_BITS[axis]) | (place - TOTAL)
    return key << _POSITION_BITS


def packed(axes: Mapping[Axis, Ints], axis: Axis, fixed: tuple[Axis, ...]) -> Longs:
    """int64 keys, ascending along the axis within each combination of the fixed axes."""
    keys = np.zeros(len(axes[axis]), dtype=np.int64)
    for each in fixed:
        keys = (keys << FIXED_BITS[each]) | (axes[each].astype(np.int64) - TOTAL)
    return (keys << _POSITION_BITS) + axes[axis]
