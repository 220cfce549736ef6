"""Which published numbers belong to which measure, and which of them are leaves."""

from __future__ import annotations

from enum import Enum

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
from graph_data.figures.published import PrintedCell, Row, find_leaves
from tests.graph_data.example import ARCHIVES, SOURCE, example, money

BASIC, PROJECT = ExpenditureNature.BASIC, ExpenditureNature.PROJECT
COLUMNS: tuple[Enum | None, ...] = (None, BASIC, PROJECT)
ROWS: tuple[Row, ...] = ((), ("1",), ("1", "11"), ("1", "12"), ("1", "12", "121"), ("2",))


def cell(row: Row, column: Enum | None) -> PrintedCell:
    name = f"{'/'.join(row)}:{column.name if column else 'TOTAL'}"
    return PrintedCell(name, Measure.EXPENDITURE, 0, row, column, money("1"), SOURCE)


def grid_leaves(*places: tuple[Row, Enum | None]) -> set[str]:
    return set(find_leaves([cell(*place) for place in places]).leaves)


def test_the_deepest_row_and_the_finest_column_are_leaves() -> None:
    assert grid_leaves(((), None), ((), BASIC), (("1",), None), (("1",), BASIC)) == {"1:BASIC"}


def test_a_parent_whose_parts_are_not_printed_is_the_leaf() -> None:
    assert grid_leaves(((), None), (("1",), None)) == {"1:TOTAL"}


def test_a_parent_is_a_leaf_in_the_one_column_where_no_part_is_printed() -> None:
    assert grid_leaves((("1",), BASIC), (("1",), PROJECT), (("1", "11"), BASIC)) == {"1/11:BASIC", "1:PROJECT"}


def test_a_total_that_is_not_split_is_not_summed_beside_its_parents_split() -> None:
    assert grid_leaves(((), BASIC), (("1",), None)) == {"1:TOTAL"}


def test_a_cell_that_sums_a_leaf_only_in_part_covers_nothing_exactly() -> None:
    found = find_leaves([cell((), BASIC), cell((), None), cell(("1",), None)])
    assert found.covers == {":BASIC": None, ":TOTAL": 1, "1:TOTAL": 1}


grids = st.lists(st.tuples(st.sampled_from(ROWS), st.sampled_from(COLUMNS)), unique=True, max_size=18)


@settings(derandomize=True, deadline=None)
@given(grids)
def test_no_two_leaves_could_hold_the_same_amount(places: list[tuple[Row, Enum | None]]) -> None:
    cells = [cell(*place) for place in places]
    chosen = [each for each in cells if each.id in find_leaves(cells).leaves]
    for one in chosen:
        for other in chosen:
            if one is not other:
                nested = one.row == other.row[: len(one.row)] or other.row == one.row[: len(other.row)]
                assert not (nested and (one.column is None or other.column is None or one.column is other.column))


@settings(derandomize=True, deadline=None)
@given(grids)
def test_every_printed_number_sums_a_leaf(places: list[tuple[Row, Enum | None]]) -> None:
    cells = [cell(*place) for place in places]
    assert all(cover is None or cover > 0 for cover in find_leaves(cells).covers.values())


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
