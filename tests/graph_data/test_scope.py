"""Settled questions: levels of sums; answers are kept whole, and never stand in for another question's."""

from __future__ import annotations

import gc
import weakref

import pytest

from graph_data.core.errors import QuestionError
from graph_data.core.terms import Classification, Dimension, ExpenditureNature, Measure
from graph_data.figures.memory import MemoryFigures
from graph_data.graph.ids import subject_id
from graph_data.rollup import GroupBy, TreeFilter, Where
from graph_data.scope import scoped_rollup, scoped_total
from tests.graph_data.example import example

BY_CATEGORY = (GroupBy(Dimension.FUNCTIONAL_SUBJECT, 1),)


def test_each_year_nature_and_measure_of_a_node_is_an_answer_of_its_own() -> None:
    dataset = example()
    node = dataset.graph[subject_id(Classification.FUNCTIONAL, "201")]
    asked = [
        (measure, year, nature, across)
        for measure in (Measure.EXPENDITURE, Measure.APPROPRIATION_EXPENDITURE)
        for year in (2021, 2022, None)
        for nature in (None, ExpenditureNature.BASIC)
        for across in (False, True)
    ]

    def totals() -> list[tuple[int, int | None, int | None]]:
        found = [scoped_total(dataset, node, one, year, None, kind, across) for one, year, kind, across in asked]
        return [(total.derived, total.reported, scope.fiscal_year) for total, scope in found]

    first = totals()
    assert len(set(first)) > 4
    assert totals() == first
    assert isinstance(dataset.figures, MemoryFigures)
    dataset.figures.answers.clear()
    assert totals() == first


def test_rows_across_years_are_not_those_of_the_latest() -> None:
    dataset = example()
    for _ in range(2):
        latest = scoped_rollup(dataset, Measure.EXPENDITURE, BY_CATEGORY)
        every = scoped_rollup(dataset, Measure.EXPENDITURE, BY_CATEGORY, across_years=True)
        assert (latest.scope.fiscal_year, every.scope.fiscal_year) == (2022, None)
        assert latest.rows[0].rollup.derived < every.rows[0].rollup.derived
    assert scoped_rollup(dataset, Measure.EXPENDITURE, BY_CATEGORY) is latest


def test_a_dataset_with_answers_that_were_kept_is_let_go() -> None:
    dataset = example.__wrapped__()
    scoped_rollup(dataset, Measure.EXPENDITURE, (*BY_CATEGORY, GroupBy(Dimension.FISCAL_YEAR))).grand_total()
    gone = weakref.ref(dataset.figures)
    del dataset
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_sum_at_a_level_takes_what_stands_there_or_below(level: int) -> None:
    plain = scoped_rollup(example(), Measure.EXPENDITURE, (), Where(functional_subject=TreeFilter(eq="201")))
    at_level = Where(functional_subject=TreeFilter(eq="201", level=level))
    found = scoped_rollup(example(), Measure.EXPENDITURE, (), at_level)
    assert found.grand_total()[0].derived == plain.grand_total()[0].derived > 0
    assert found.grand_total()[0].coverage == plain.grand_total()[0].coverage


def test_a_list_of_no_members_is_refused() -> None:
    with pytest.raises(QuestionError, match="names no member"):
        scoped_rollup(example(), Measure.EXPENDITURE, (), Where(functional_subject=TreeFilter(any_of=())))
