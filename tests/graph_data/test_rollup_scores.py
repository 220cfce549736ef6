"""Sums down printed trees: indicators of a sheet, lines of a statement."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from graph_data.core.errors import QuestionError
from graph_data.core.terms import StatementForm
from graph_data.dataset import Dataset
from graph_data.rollup import Coverage, cell_rollup, score_rollup
from tests.graph_data.example import ARCHIVES_2022, AccountBuilder, archives_2022, example, points

DATASET = example()
PROJECT = "project:990100/101/2022/1"


def test_a_group_of_indicators_is_held_against_its_printed_weight() -> None:
    scores = score_rollup(DATASET, "indicator:990100/101/2022/1/1")
    assert (scores.derived_max_score, scores.reported_max_score) == (Decimal(50), Decimal(50))
    assert (scores.derived_score, scores.reported_score) == (Decimal(45), None)
    assert scores.consistent is True
    assert scores.coverage == Coverage(2, 2)


def test_a_project_counts_its_funds_block_beside_its_indicators() -> None:
    scores = score_rollup(DATASET, PROJECT)
    assert (scores.derived_max_score, scores.reported_max_score) == (Decimal(100), Decimal(100))
    assert (scores.derived_score, scores.reported_score) == (Decimal(95), Decimal(100))
    assert scores.consistent is False


def test_where_nothing_is_printed_nothing_is_inconsistent() -> None:
    scores = score_rollup(DATASET, "indicator:990100/101/2022/1/1.1")
    assert (scores.reported_max_score, scores.consistent) == (None, None)
    assert score_rollup(DATASET, "project:990100/101/2022/3").coverage == Coverage(0, 0)


def test_weights_agree_within_half_a_last_digit_each() -> None:
    account = archives_2022()
    thirds = {"1.1.1": "16.67", "1.1.2": "33.34"}
    indicators = tuple(
        replace(each, max_score=points(thirds[each.indicator])) if each.indicator in thirds else each
        for each in account.indicators
    )
    dataset = Dataset.of((replace(account, indicators=indicators),), "thirds")
    assert score_rollup(dataset, "indicator:990100/101/2022/1/1").consistent is True


@pytest.mark.parametrize("id", ["department:990100/101", "indicator:none", ""])
def test_only_projects_and_indicators_have_scores(id: str) -> None:
    with pytest.raises(QuestionError, match="has no scores"):
        score_rollup(DATASET, id)


def test_a_cell_is_held_against_the_cells_below_it() -> None:
    lines = DATASET.lines(ARCHIVES_2022, StatementForm.EXPENDITURE)
    total = cell_rollup(DATASET, lines[6], 1)
    assert total is not None
    assert (total.derived, total.reported, total.difference) == (30_010_000, 30_020_000, 10_000)
    assert total.consistent is True
    assert total.coverage == Coverage(2, 2)
    assert [part.line for part in total.parts] == [8, 9]


def test_a_blank_or_a_dash_adds_nothing() -> None:
    lines = DATASET.lines(ARCHIVES_2022, StatementForm.EXPENDITURE)
    total = cell_rollup(DATASET, lines[2], 2)
    assert total is not None
    assert (total.derived, total.coverage) == (40_000_000, Coverage(1, 2))


def test_a_line_without_children_has_nothing_to_sum() -> None:
    lines = DATASET.lines(ARCHIVES_2022, StatementForm.EXPENDITURE)
    assert cell_rollup(DATASET, lines[3], 1) is None


def test_a_total_without_parts_is_reported_but_not_judged() -> None:
    rows = [("合计", ("5",)), ("201", ("",))]
    builder = AccountBuilder(ARCHIVES_2022, "示例市档案局")
    from_total = archives_2022().columns[0].key
    dataset = Dataset.of((builder.statement(StatementForm.EXPENDITURE, (from_total,), rows).build(),), "blank")
    total = cell_rollup(dataset, dataset.lines(ARCHIVES_2022, StatementForm.EXPENDITURE)[0], 1)
    assert total is not None
    assert (total.derived, total.reported, total.consistent) == (0, 5_000_000, None)
