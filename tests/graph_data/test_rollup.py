"""Rollups of the example: what is derived, what is reported for exactly the group, and what they cover."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest

from graph_data.core.errors import QuestionError
from graph_data.core.terms import Dimension, ExpenditureNature, Fund, FundSource, Measure
from graph_data.figures.measures import KINDS
from graph_data.rollup import (
    DIMENSIONS,
    AmountFilter,
    Coverage,
    GroupBy,
    OrderKey,
    Rollup,
    RollupOrder,
    RollupTable,
    TreeFilter,
    Where,
    YearFilter,
    node_rollup,
    rollup,
    select,
)
from tests.graph_data.example import ARCHIVES, WEATHER, example

DATASET = example()
WAN = 1_000_000
SUBJECT = Dimension.FUNCTIONAL_SUBJECT


def ask(measure: Measure, *by: GroupBy, where: Where | None = None, **more: bool) -> RollupTable:
    return rollup(DATASET, measure, by, where, **more)  # type: ignore[arg-type]


def rows(table: RollupTable) -> dict[tuple[str | None, ...], tuple[int, int | None]]:
    return {tuple(key.code for key in row.keys): (row.rollup.derived, row.rollup.reported) for row in table.rows}


def under(code: str) -> TreeFilter:
    return TreeFilter(under=code)


def numbers(total: Rollup) -> tuple[int, int | None, bool | None]:
    return total.derived, total.reported, total.consistent


def test_categories_by_year_stand_beside_what_is_printed_for_them() -> None:
    table = ask(Measure.EXPENDITURE, GroupBy(SUBJECT, 1), GroupBy(Dimension.FISCAL_YEAR))
    assert rows(table) == {
        ("201", "2021"): (80 * WAN, 90 * WAN),
        ("201", "2022"): (100 * WAN, 100 * WAN),
        ("208", "2022"): (30_010_000, 30_020_000),
        ("220", "2022"): (12_500_000, 12_500_000),
    }


def test_a_difference_that_rounding_explains_is_consistent_and_a_larger_one_is_not() -> None:
    table = ask(Measure.EXPENDITURE, GroupBy(SUBJECT, 1), GroupBy(Dimension.FISCAL_YEAR))
    agree = {(row.keys[0].code, row.keys[1].code): row.rollup.consistent for row in table.rows}
    assert agree == {("201", "2021"): False, ("201", "2022"): True, ("208", "2022"): True, ("220", "2022"): True}
    assert table.rows[0].rollup.difference == 10 * WAN


def test_the_lineage_of_a_sum_is_its_leaves_and_of_a_report_its_cells() -> None:
    total = ask(Measure.EXPENDITURE, GroupBy(SUBJECT, 2), where=Where(fiscal_year=YearFilter(eq=2022))).rows[0].rollup
    assert [figure.number.text for figure in total.figures] == ["40", "60"]
    assert [figure.line for figure in total.reported_figures] == ["line:990100/101/2022/EXPENDITURE/3"]
    assert total.figures[0:1][0] is total.figures[0]


def test_a_leaf_above_the_level_is_grouped_under_itself() -> None:
    table = ask(Measure.EXPENDITURE, GroupBy(SUBJECT, 3), where=Where(department=TreeFilter(eq=WEATHER)))
    assert rows(table) == {("220",): (12_500_000, 12_500_000)}


def test_natures_are_read_from_their_columns() -> None:
    table = ask(
        Measure.EXPENDITURE, GroupBy(Dimension.EXPENDITURE_NATURE), where=Where(fiscal_year=YearFilter(eq=2022))
    )
    assert rows(table) == {("BASIC",): (82_510_000, 82_520_000), ("PROJECT",): (60 * WAN, 60 * WAN)}


def test_funds_each_print_their_own_statement() -> None:
    table = ask(Measure.APPROPRIATION_EXPENDITURE, GroupBy(Dimension.FUND), GroupBy(SUBJECT, 1))
    assert rows(table) == {
        ("GENERAL_PUBLIC_BUDGET", "201"): (100 * WAN, 100 * WAN),
        ("GENERAL_PUBLIC_BUDGET", "208"): (30_010_000, 30_020_000),
        ("GOVERNMENT_MANAGED_FUNDS", "208"): (5 * WAN, 5 * WAN),
    }
    assert numbers(table.grand_total) == (135_010_000, 135_020_000, True)


def test_both_sides_of_the_basic_detail_print_its_total_together() -> None:
    total = ask(Measure.BASIC_EXPENDITURE).grand_total
    assert numbers(total) == (70_020_000, 70_020_000, True)
    assert [figure.line for figure in total.reported_figures] == [
        "line:990100/101/2022/BASIC_EXPENDITURE/4",
        "line:990100/101/2022/BASIC_EXPENDITURE/7",
    ]


def test_three_public_items_roll_up_their_own_tree() -> None:
    items = Dimension.THREE_PUBLIC_ITEM
    assert rows(ask(Measure.THREE_PUBLIC_BUDGET, GroupBy(items))) == {
        ("OFFICIAL_VEHICLE_OPERATION",): (4 * WAN, 4 * WAN),
        ("OFFICIAL_HOSPITALITY",): (2 * WAN, 2 * WAN),
    }
    assert set(rows(ask(Measure.THREE_PUBLIC_BUDGET, GroupBy(items, 2)))) == {
        ("OFFICIAL_VEHICLES",),
        ("OFFICIAL_HOSPITALITY",),
    }
    assert rows(ask(Measure.THREE_PUBLIC_BUDGET, GroupBy(items, 1))) == {("TOTAL",): (6 * WAN, 6 * WAN)}


def test_nothing_is_printed_for_the_projects_of_a_unit_or_department() -> None:
    assert rows(ask(Measure.PROJECT_EXECUTED, GroupBy(Dimension.UNIT))) == {
        ("101001",): (60 * WAN, None),
        ("101002",): (7 * WAN, None),
    }
    assert numbers(node_rollup(DATASET, "unit:990100/101/101002", Measure.PROJECT_EXECUTED)) == (7 * WAN, None, None)


def test_a_project_prints_its_own_total() -> None:
    table = ask(Measure.PROJECT_EXECUTED, GroupBy(Dimension.PROJECT))
    assert [(row.keys[0].name, row.rollup.reported) for row in table.rows] == [
        ("综合楼运行", 60 * WAN),
        ("档案数字化", 7 * WAN),
    ]
    one = Where(project=TreeFilter(eq="project:990100/101/2022/1"))
    assert ask(Measure.PROJECT_EXECUTED, where=one).grand_total.reported == 60 * WAN
    assert node_rollup(DATASET, "project:990100/101/2022/1", Measure.PROJECT_EXECUTED).reported == 60 * WAN


def test_what_no_row_prints_is_not_reported() -> None:
    table = ask(Measure.INITIAL_BUDGET, GroupBy(SUBJECT, 1))
    assert rows(table) == {("201",): (110 * WAN, None), ("208",): (10 * WAN, None)}
    assert table.grand_total.reported == 120 * WAN


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Where(functional_subject=under("208")), (30_010_000, 30_020_000)),
        (Where(functional_subject=TreeFilter(eq="2080501")), (10 * WAN, 10 * WAN)),
        (Where(functional_subject=TreeFilter(eq="208")), (0, None)),
        (Where(functional_subject=TreeFilter(any_of=("2080501", "2080505"))), (30_010_000, 30_020_000)),
        (Where(functional_subject=TreeFilter(under_any=("208", "220"))), (42_510_000, 42_520_000)),
        (Where(negated=Where(functional_subject=under("201"))), (42_510_000, 42_520_000)),
        (Where(nature=ExpenditureNature.PROJECT), (70 * WAN, 70 * WAN)),
        (
            Where(all_of=(Where(fiscal_year=YearFilter(gte=2022)), Where(department=TreeFilter(eq="101")))),
            (130_010_000, 130_020_000),
        ),
        (
            Where(any_of=(Where(functional_subject=under("2012601")), Where(functional_subject=under("2080501")))),
            (130 * WAN, None),
        ),
        (Where(amount=AmountFilter(eq=Decimal("20.01"))), (20_010_000, 20_010_000)),
        (Where(amount=AmountFilter(gte=Decimal("40"), lt=Decimal("70"))), (100 * WAN, 100 * WAN)),
        (Where(amount=AmountFilter(gt=Decimal("20.01"), lte=Decimal("40"))), (40 * WAN, 40 * WAN)),
        (
            Where(amount=AmountFilter(gt=Decimal("20.0099999999"), lt=Decimal("20.0100000001"))),
            (20_010_000, 20_010_000),
        ),
        (Where(functional_subject=TreeFilter(level=1)), (12_500_000, 12_500_000)),
        (Where(department=TreeFilter(eq="nobody")), (0, None)),
        (Where(division=under("division:990100"), fiscal_year=YearFilter(any_of=(2021,))), (80 * WAN, 90 * WAN)),
        (Where(any_of=()), (0, None)),
    ],
)
def test_a_filter_keeps_a_report_only_where_it_lines_up_with_printed_cells(
    where: Where, expected: tuple[int, int | None]
) -> None:
    total = ask(Measure.EXPENDITURE, where=where).grand_total
    assert (total.derived, total.reported) == expected


def test_subtotals_sum_away_the_last_dimensions_first() -> None:
    by = (GroupBy(SUBJECT, 1), GroupBy(Dimension.FISCAL_YEAR))
    table = ask(Measure.EXPENDITURE, *by, subtotals=True)
    assert [(tuple(key.code for key in row.keys), row.summed_away) for row in table.rows] == [
        (("201", "2021"), ()),
        (("201", "2022"), ()),
        (("201",), (Dimension.FISCAL_YEAR,)),
        (("208", "2022"), ()),
        (("208",), (Dimension.FISCAL_YEAR,)),
        (("220", "2022"), ()),
        (("220",), (Dimension.FISCAL_YEAR,)),
        ((), (SUBJECT, Dimension.FISCAL_YEAR)),
    ]
    assert numbers(table.rows[-1].rollup) == numbers(table.grand_total)


def test_rows_are_ordered_by_amount_and_ties_by_key() -> None:
    order = [RollupOrder(OrderKey.AMOUNT, descending=True)]
    table = rollup(DATASET, Measure.REVENUE, [GroupBy(SUBJECT, 3)], order_by=order)
    assert [row.keys[0].code for row in table.rows] == ["2012604", "2012601", "2080505", "2080501"]
    keys = [RollupOrder(OrderKey.KEY, descending=True)]
    table = rollup(DATASET, Measure.REVENUE, [GroupBy(SUBJECT, 3)], order_by=keys)
    assert [row.keys[0].code for row in table.rows] == ["2080505", "2080501", "2012604", "2012601"]


def test_coverage_counts_the_accounts_whose_table_was_read() -> None:
    assert ask(Measure.EXPENDITURE).grand_total.coverage == Coverage(3, 3)
    assert ask(Measure.REVENUE).grand_total.coverage == Coverage(1, 3)
    by_year = ask(Measure.REVENUE, GroupBy(Dimension.FISCAL_YEAR)).rows[0].rollup.coverage
    assert (by_year, by_year.complete) == (Coverage(1, 2), False)
    of_one = Where(department=TreeFilter(eq="101"), fiscal_year=YearFilter(eq=2022))
    assert ask(Measure.REVENUE, where=of_one).grand_total.coverage == Coverage(1, 1)


def test_a_table_that_says_it_is_empty_was_read() -> None:
    where = Where(fund=Fund.STATE_CAPITAL_OPERATIONS, department=TreeFilter(eq="101"))
    total = ask(Measure.APPROPRIATION_EXPENDITURE, where=where).grand_total
    assert (total.derived, total.coverage) == (0, Coverage(1, 2))


def test_filters_on_subjects_and_amounts_do_not_narrow_the_scope() -> None:
    where = Where(functional_subject=under("220"), amount=AmountFilter(gt=Decimal(1)))
    assert ask(Measure.EXPENDITURE, where=where).grand_total.coverage == Coverage(3, 3)


def test_an_or_narrows_the_scope_to_what_could_match() -> None:
    either = Where(
        any_of=(
            Where(fiscal_year=YearFilter(eq=2021)),
            Where(department=TreeFilter(eq="101"), functional_subject=under("208")),
        )
    )
    assert ask(Measure.EXPENDITURE, where=either).grand_total.coverage == Coverage(2, 2)


def test_coverage_of_projects_counts_those_with_a_figure() -> None:
    assert node_rollup(DATASET, ARCHIVES, Measure.PROJECT_EXECUTED, 2022).coverage == Coverage(2, 3)
    by_unit = ask(Measure.PROJECT_EXECUTED, GroupBy(Dimension.UNIT))
    assert [row.rollup.coverage for row in by_unit.rows] == [Coverage(1, 2), Coverage(1, 2)]
    by_source = ask(Measure.PROJECT_EXECUTED, GroupBy(Dimension.FUND_SOURCE))
    assert [(row.keys[0].code, row.rollup.coverage) for row in by_source.rows] == [
        ("TOTAL", Coverage(2, 4)),
        (FundSource.FISCAL_APPROPRIATION.name, Coverage(2, 4)),
    ]


@pytest.mark.parametrize(
    ("node", "more", "expected"),
    [
        ("division:990100", {}, (222_510_000, 232_520_000, False)),
        (ARCHIVES, {"fiscal_year": 2022}, (130_010_000, 130_020_000, True)),
        (ARCHIVES, {"fiscal_year": 1999}, (0, None, None)),
        ("subject:FUNCTIONAL/201", {"fiscal_year": 2022}, (100 * WAN, 100 * WAN, True)),
        ("subject:FUNCTIONAL/201", {"nature": ExpenditureNature.PROJECT}, (70 * WAN, 70 * WAN, True)),
        ("subject:FUNCTIONAL/20126", {"department": ARCHIVES}, (180 * WAN, 190 * WAN, False)),
        ("subject:FUNCTIONAL/20126", {"department": WEATHER}, (0, None, None)),
        ("subject:FUNCTIONAL/220", {"department": "department:990100/gone"}, (0, None, None)),
    ],
)
def test_the_total_under_a_node(node: str, more: dict, expected: tuple[int, int | None, bool | None]) -> None:  # type: ignore[type-arg]
    assert numbers(node_rollup(DATASET, node, Measure.EXPENDITURE, **more)) == expected


@pytest.mark.parametrize(
    ("measure", "by", "where", "message"),
    [
        (
            Measure.EXPENDITURE,
            [GroupBy(Dimension.UNIT)],
            None,
            "EXPENDITURE is not published by UNIT; it is by DIVISION",
        ),
        (Measure.PROJECT_EXECUTED, [GroupBy(SUBJECT)], None, "not published by FUNCTIONAL_SUBJECT"),
        (Measure.EXPENDITURE, [GroupBy(SUBJECT, 1), GroupBy(SUBJECT, 2)], None, "FUNCTIONAL_SUBJECT twice"),
        (Measure.EXPENDITURE, [GroupBy(SUBJECT, 4)], None, "levels 1 to 3, not 4"),
        (Measure.EXPENDITURE, [GroupBy(Dimension.FISCAL_YEAR, 1)], None, "FISCAL_YEAR has no tree"),
        (Measure.EXPENDITURE, [], Where(department=TreeFilter(eq=" ")), "empty code"),
        (Measure.EXPENDITURE, [], Where(department=TreeFilter(level=3)), "levels 1 to 2"),
        (Measure.REVENUE, [], Where(nature=ExpenditureNature.BASIC), "not published by EXPENDITURE_NATURE"),
        (Measure.REVENUE, [], Where(negated=Where(economic_subject=under("301"))), "not published by ECONOMIC_SUBJECT"),
    ],
)
def test_a_question_that_does_not_fit_the_measure_is_an_error(
    measure: Measure, by: list[GroupBy], where: Where | None, message: str
) -> None:
    with pytest.raises(QuestionError, match=message):
        rollup(DATASET, measure, by, where)


@pytest.mark.parametrize(
    ("node", "measure"),
    [
        ("unit:990100/101/101001", Measure.EXPENDITURE),
        ("subject:ECONOMIC/301", Measure.EXPENDITURE),
        ("line:990100/101/2022/EXPENDITURE/1", Measure.EXPENDITURE),
        ("final_accounts:990100/101/2022", Measure.EXPENDITURE),
        ("department:none", Measure.EXPENDITURE),
    ],
)
def test_a_node_without_the_measure_is_an_error(node: str, measure: Measure) -> None:
    with pytest.raises(QuestionError):
        node_rollup(DATASET, node, measure)


def test_a_filter_nested_too_deep_is_an_error() -> None:
    where = Where()
    for _ in range(30):
        where = Where(all_of=(where,))
    with pytest.raises(QuestionError, match="nested more than 20 deep"):
        rollup(DATASET, Measure.EXPENDITURE, [], where)


def test_figures_are_selected_with_and_without_the_printed_totals() -> None:
    where = Where(functional_subject=under("208"), fiscal_year=YearFilter(eq=2022))
    assert [figure.number.text for figure in select(DATASET, Measure.EXPENDITURE, where)] == ["10", "20.01"]
    assert len(select(DATASET, Measure.EXPENDITURE, where, include_totals=True)) == 8
    assert len(select(DATASET, include_totals=True)) == len(DATASET.all_figures)
    of_subject = select(DATASET, None, where)
    assert {figure.measure for figure in of_subject} == {
        Measure.REVENUE,
        Measure.EXPENDITURE,
        Measure.APPROPRIATION_EXPENDITURE,
        Measure.INITIAL_BUDGET,
    }


@pytest.mark.parametrize("measure", Measure)
def test_every_way_to_group_adds_up_to_the_same_total(measure: Measure) -> None:
    grand = ask(measure).grand_total
    assert grand.derived == sum(figure.fen for figure in select(DATASET, measure))
    for by in permutations((each for each in Dimension if each in DIMENSIONS[measure]), 2):
        table = ask(measure, *map(GroupBy, by))
        assert sum(row.rollup.derived for row in table.rows) == grand.derived
        assert sum(len(row.rollup.figures) for row in table.rows) == len(grand.figures)


@pytest.mark.parametrize("measure", Measure)
def test_a_group_and_its_node_have_one_answer(measure: Measure) -> None:
    for dimension in DIMENSIONS[measure] & set(KINDS):
        for row in (*ask(measure, GroupBy(dimension, 1)).rows, *ask(measure, GroupBy(dimension)).rows):
            node = row.keys[0].node
            assert node is not None
            one = node_rollup(DATASET, node.id, measure)
            if one.derived == row.rollup.derived:
                assert (numbers(one), one.coverage) == (numbers(row.rollup), row.rollup.coverage)
