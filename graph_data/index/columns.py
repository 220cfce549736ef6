"""The figures of a shard as arrays: the columns of every measure, to be mapped."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from graph_data.core.terms import Measure
from graph_data.figures import Axis, MemoryFigures
from graph_data.figures.federation.cubes import Cube
from graph_data.index.texts import Texts, text_arrays
from graph_data.search.arrays import Array

ORDINAL = "ordinal"
SUBJECTS = "subjects"
MEMBERS = "members."


def figure_arrays(figures: MemoryFigures) -> dict[str, Array]:
    """Every array by its name.

    `<MEASURE>.<name>`: the arrays of its MeasureTable, and `ordinal`, which tells the place of each row among all
    figures. `<MEASURE>.members.<name>`: the arrays of its Members.
    """
    ordinals = {figure.id: ordinal for ordinal, figure in enumerate(figures.all)}
    arrays: dict[str, Array] = {}
    for measure, table in figures.tables.items():
        own = np.array([ordinals[figure.id] for figure in table.every.figures], np.int32)
        arrays |= _named(measure.name, {ORDINAL: own, **table.arrays()})
        arrays |= _named(f"{measure.name}.members", figures.members[measure].arrays())
    return arrays


def cube_arrays(figures: MemoryFigures) -> dict[str, Array]:
    """The arrays of the Cube of every measure: `<MEASURE>.<name>`; its subjects as `texts` holds them."""
    arrays: dict[str, Array] = {}
    for measure, table in figures.tables.items():
        own = dict(Cube.of(table, figures.members[measure], figures.trees).arrays())
        subjects = own.pop(SUBJECTS).tolist()
        arrays |= _named(measure.name, own) | text_arrays(f"{measure.name}.{SUBJECTS}", subjects)
    return arrays


def cube_of(arrays: Mapping[str, Array], measure: Measure) -> Cube:
    """The Cube of a measure. Raises KeyError where the arrays hold none."""
    subjects = Texts(arrays, f"{measure.name}.{SUBJECTS}")
    texts = np.array([subjects[at] for at in range(len(subjects))], dtype=np.str_)
    return Cube.over({**of_measure(arrays, measure), SUBJECTS: texts})


def of_measure(arrays: Mapping[str, Array], measure: Measure, part: str = "") -> dict[str, Array]:
    """The arrays of a measure (of a part of it), by their own names."""
    prefix = f"{measure.name}.{part}"
    return {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}


def years_of(arrays: Mapping[str, Array], measure: Measure) -> Array:
    """The year of each figure of a measure, in the order of its table."""
    return arrays[f"{measure.name}.{Axis.YEAR.name.lower()}"]


def _named(prefix: str, arrays: Mapping[str, Array]) -> dict[str, Array]:
    return {f"{prefix}.{name}": array for name, array in arrays.items()}
