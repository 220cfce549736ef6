"""Which numbers of a grid are leaves."""

from __future__ import annotations

from enum import Enum

from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.core.terms import ExpenditureNature, Measure
from graph_data.figures.published import PrintedCell, Row, find_leaves
from tests.graph_data.example import SOURCE, money

BASIC, PROJECT = ExpenditureNature.BASIC, ExpenditureNature.PROJECT
COLUMNS: tuple[Enum | None, ...] = (None, BASIC, PROJECT)
ROWS: tuple[Row, ...] = ((), ("1",), ("1", "11"), ("1", "12"), ("1", "12", "121"), ("2",))


def cell(row: Row, column: Enum | None) -> PrintedCell:
    name = f"{'/'.join(row)}:{column.name if column else 'TOTAL'}"
    return PrintedCell(name, Measure.EXPENDITURE, 0, row, column, money("1"), SOURCE)


def leaves(*places: tuple[Row, Enum | None]) -> set[str]:
    return set(find_leaves([cell(*place) for place in places]).leaves)


def test_the_deepest_row_and_the_finest_column_are_leaves() -> None:
    assert leaves(((), None), ((), BASIC), (("1",), None), (("1",), BASIC)) == {"1:BASIC"}


def test_a_parent_whose_parts_are_not_printed_is_the_leaf() -> None:
    assert leaves(((), None), (("1",), None)) == {"1:TOTAL"}


def test_a_parent_is_a_leaf_in_the_one_column_where_no_part_is_printed() -> None:
    assert leaves((("1",), BASIC), (("1",), PROJECT), (("1", "11"), BASIC)) == {"1/11:BASIC", "1:PROJECT"}


def test_a_total_that_is_not_split_is_not_summed_beside_its_parents_split() -> None:
    assert leaves(((), BASIC), (("1",), None)) == {"1:TOTAL"}


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
