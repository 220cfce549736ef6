"""Which published numbers are figures of which measure."""

from __future__ import annotations

import numpy as np
import pytest

from graph_data.core.terms import (
    ExpenditureNature,
    Fund,
    FundSource,
    Measure,
    RevenueSource,
    StatementForm,
    ThreePublicItemKind,
)
from graph_data.figures import Figure, MemoryFigures
from tests.graph_data.example import ARCHIVES, example

DATASET = example()
FIGURES = MemoryFigures.of(DATASET.accounts, DATASET.graph, DATASET.identities)


def leaves(measure: Measure, year: int = 2022) -> dict[str, str]:
    """Leaf figures of 档案局 by the end of their id."""
    figures = FIGURES.tables[measure].leaves.figures
    return {
        figure.id.split(f"/{year}/")[1]: figure.number.text
        for figure in figures
        if figure.department == ARCHIVES and figure.fiscal_year == year
    }


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (Measure.REVENUE, {"REVENUE/4/2": "40", "REVENUE/5/2": "60", "REVENUE/8/2": "10", "REVENUE/9/2": "20.01"}),
        (
            Measure.APPROPRIATION_EXPENDITURE,
            {
                "GENERAL_PUBLIC_BUDGET/4/2": "40",
                "GENERAL_PUBLIC_BUDGET/5/3": "60",
                "GENERAL_PUBLIC_BUDGET/8/2": "10",
                "GENERAL_PUBLIC_BUDGET/9/2": "20.01",
                "GOVERNMENT_MANAGED_FUNDS/2/3": "5",
            },
        ),
        (
            Measure.BASIC_EXPENDITURE,
            {"BASIC_EXPENDITURE/2/1": "30", "BASIC_EXPENDITURE/3/1": "20", "BASIC_EXPENDITURE/6/2": "20.02"},
        ),
        (
            Measure.INITIAL_BUDGET,
            {"initial_budget/2012601": "50", "initial_budget/2012604": "60", "initial_budget/2080505": "10"},
        ),
        (Measure.THREE_PUBLIC_BUDGET, {"THREE_PUBLIC_EXPENSES/1/5": "4", "THREE_PUBLIC_EXPENSES/1/6": "2"}),
        (Measure.THREE_PUBLIC_FINAL, {"THREE_PUBLIC_EXPENSES/1/9": "4", "THREE_PUBLIC_EXPENSES/1/12": "1"}),
        (
            Measure.PROJECT_EXECUTED,
            {"funding/1/FISCAL_APPROPRIATION/EXECUTED": "60", "funding/2/TOTAL/EXECUTED": "7"},
        ),
    ],
)
def test_the_leaves_of_a_measure(measure: Measure, expected: dict[str, str]) -> None:
    assert leaves(measure) == expected


def figure(id: str) -> Figure:
    found = FIGURES.get(f"figure:990100/101/2022/{id}")
    assert found is not None
    return found


def test_a_figure_knows_where_it_stands() -> None:
    found = figure("EXPENDITURE/5/3")
    assert found.fen == 60_000_000
    assert (found.subject, found.nature) == ("subject:FUNCTIONAL/2012604", ExpenditureNature.PROJECT)
    assert (found.form, found.line) == (StatementForm.EXPENDITURE, "line:990100/101/2022/EXPENDITURE/5")
    assert not found.is_total
    assert figure("REVENUE/4/2").revenue_source is RevenueSource.FISCAL_APPROPRIATION
    assert figure("GOVERNMENT_MANAGED_FUNDS/2/3").fund is Fund.GOVERNMENT_MANAGED_FUNDS
    assert figure("THREE_PUBLIC_EXPENSES/1/9").item is ThreePublicItemKind.OFFICIAL_VEHICLES
    funds = figure("funding/1/FISCAL_APPROPRIATION/EXECUTED")
    assert (funds.unit, funds.project) == ("unit:990100/101/101001", "project:990100/101/2022/1")
    assert figure("funding/2/TOTAL/EXECUTED").fund_source is FundSource.TOTAL


def test_printed_totals_are_kept_and_marked() -> None:
    assert figure("EXPENDITURE/1/1").is_total
    assert figure("EXPENDITURE/6/2").is_total
    assert figure("funding/1/TOTAL/EXECUTED").is_total
    assert figure("initial_budget/TOTAL").is_total


def test_a_dash_is_no_figure() -> None:
    assert FIGURES.get("figure:990100/101/2022/EXPENDITURE/5/2") is None


def test_every_id_is_used_once() -> None:
    assert len({each.id for each in FIGURES.all}) == len(FIGURES.all)


def test_amounts_are_int64_and_places_int32() -> None:
    for table in FIGURES.tables.values():
        for columns in (table.every, table.leaves, table.cells):
            assert (columns.fen.dtype, columns.step.dtype) == (np.dtype(np.int64), np.dtype(np.int64))
            assert {places.dtype for places in columns.axes.values()} == {np.dtype(np.int32)}
            assert not columns.fen.flags.writeable


def test_columns_stand_in_depth_first_order() -> None:
    for table in FIGURES.tables.values():
        assert (np.diff(next(iter(table.leaves.axes.values()))) >= 0).all()
