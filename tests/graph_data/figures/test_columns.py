"""Columns come back from their arrays, and answer as before; figures are made only when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings

from graph_data.core.terms import Dimension, Measure
from graph_data.figures import Figure, MeasureTable, MemoryFigures
from graph_data.figures.columns import Members
from graph_data.figures.federation.cubes import Cube
from graph_data.figures.rollup import GroupBy, RollupQuestion
from graph_data.graph import NodeKind
from tests.graph_data.example import ARCHIVES, example
from tests.graph_data.figures.drawn import questions, told, told_by

DATASET = example()
FIGURES = MemoryFigures.of(DATASET.accounts, DATASET.graph, DATASET.identities)


class Counted(Sequence[Figure]):
    """Figures that count how many were made."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.figures, self.made = figures, 0

    def __len__(self) -> int:
        return len(self.figures)

    def __getitem__(self, at):  # type: ignore[no-untyped-def]
        self.made += 1
        return self.figures[at]


def reopened() -> tuple[MemoryFigures, dict[Measure, Counted]]:
    counted = {measure: Counted(table.every.figures) for measure, table in FIGURES.tables.items()}
    tables = {
        measure: MeasureTable.over(measure, counted[measure], table.arrays())
        for measure, table in FIGURES.tables.items()
    }
    members = {measure: Members.over(each.arrays()) for measure, each in FIGURES.members.items()}
    return MemoryFigures(DATASET.graph, FIGURES.all, FIGURES.get, tables, members), counted


@settings(derandomize=True, deadline=None, max_examples=60)
@given(questions())
def test_reopened_columns_answer_as_those_that_were_made(question: RollupQuestion) -> None:
    figures, _ = reopened()
    one, other = FIGURES.table(question), figures.table(question)
    assert list(map(told_by, other.rows)) == list(map(told_by, one.rows))
    assert told(other.grand_total) == told(one.grand_total)


@pytest.mark.parametrize("measure", [measure for measure in Measure if len(FIGURES.tables[measure].every)])
def test_no_figure_is_made_for_a_sum(measure: Measure) -> None:
    figures, counted = reopened()
    table = figures.table(RollupQuestion(measure, (GroupBy(Dimension.FISCAL_YEAR),)))
    under = figures.under(DATASET.graph[ARCHIVES], measure, None, None, None)
    totals = [under, table.grand_total, *(row.rollup for row in table.rows)]
    assert all((len(each.figures), each.coverage.expected, each.consistent) for each in totals)
    assert counted[measure].made == 0
    assert [list(each.figures) for each in totals]
    assert counted[measure].made > 0


@pytest.mark.parametrize("measure", Measure)
def test_arrays_are_what_the_documentation_says(measure: Measure) -> None:
    table, members = FIGURES.tables[measure], FIGURES.members[measure]
    longs = {"fen", "step", "leaves", "cells", "cover", "expected"}
    for name, array in {**table.arrays(), **members.arrays()}.items():
        assert array.dtype == (np.int64 if name in longs or name.startswith("counted") else np.int32)
        assert not array.flags.writeable
    assert {len(each) for name, each in table.arrays().items() if name not in ("leaves", "cells", "cover")} == {
        len(table.every)
    }


@pytest.mark.parametrize("measure", Measure)
def test_a_cube_comes_back_from_its_arrays(measure: Measure) -> None:
    cube = Cube.of(FIGURES.tables[measure], FIGURES.members[measure], DATASET.graph)
    arrays, again = cube.arrays(), Cube.over(cube.arrays()).arrays()
    assert list(again) == list(arrays)
    assert all(np.array_equal(again[name], array) for name, array in arrays.items())
    assert sum(cube.leaves.count.tolist()) == len(FIGURES.tables[measure].leaves)
    assert sum(cube.leaves.fen.tolist()) == sum(FIGURES.tables[measure].leaves.fen.tolist())


def test_an_answer_is_kept_whatever_is_read_of_it() -> None:
    question = RollupQuestion(Measure.EXPENDITURE, (GroupBy(Dimension.FUNCTIONAL_SUBJECT, 1),))
    again = RollupQuestion(Measure.EXPENDITURE, (GroupBy(Dimension.FUNCTIONAL_SUBJECT, 1),))
    assert FIGURES.table(question) is FIGURES.table(again)
    assert FIGURES.table(question).rows[0] is FIGURES.table(again).rows[0]


def test_rows_of_all_answers_share_their_keys() -> None:
    by = GroupBy(Dimension.FUNCTIONAL_SUBJECT, 1)
    one = FIGURES.table(RollupQuestion(Measure.EXPENDITURE, (by,))).rows[0]
    other = FIGURES.table(RollupQuestion(Measure.REVENUE, (by,))).rows[0]
    assert one.keys[0] is other.keys[0]
    assert one.keys[0].node in DATASET.graph.nodes(NodeKind.SUBJECT)
