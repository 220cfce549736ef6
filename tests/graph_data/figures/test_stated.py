"""Measures of one number an account: totals with carry-over, carry-over by fund, and what is stated elsewhere."""

from __future__ import annotations

from decimal import Decimal

import pytest

from graph_data.core.amount import read_number
from graph_data.core.records import AccountKey, ColumnRecord, FigureRecord, LineRecord, StatementRecord
from graph_data.core.terms import (
    ColumnKey,
    Dimension,
    Fund,
    LineItem,
    Measure,
    Role,
    Side,
    StatementForm,
    ThreePublicItemKind,
    Topic,
)
from graph_data.dataset import Dataset
from graph_data.figures.filters import Where
from graph_data.figures.measures import COUNTED_IN, SCOPES
from graph_data.figures.rollup import GroupBy, Rollup
from graph_data.rollup import rollup
from tests.graph_data.example import SOURCE, AccountBuilder, archives_2022

KEY = AccountKey("990100", "105", 2023)
_R, _E = Side.REVENUE, Side.EXPENDITURE


def account() -> AccountBuilder:
    builder = AccountBuilder(KEY, "示例市园林局")
    builder.units(("105001", "示例市园林局本级"))
    builder.summary(
        StatementForm.REVENUE_AND_EXPENDITURE,
        [
            (_R, LineItem.CURRENT_YEAR_REVENUE, ["90"]),
            (_R, LineItem.NON_FISCAL_SURPLUS_USED, ["2"]),
            (_R, LineItem.OPENING_CARRYOVER, ["8"]),
            (_R, LineItem.GRAND_TOTAL, ["100"]),
            (_E, LineItem.SURPLUS_DISTRIBUTION, ["1"]),
            (_E, LineItem.CLOSING_CARRYOVER, ["9"]),
            (_E, LineItem.GRAND_TOTAL, ["100"]),
        ],
    )
    builder.summary(
        StatementForm.FISCAL_APPROPRIATION,
        [
            (_R, LineItem.CURRENT_YEAR_REVENUE, ["80"]),
            (_R, LineItem.GENERAL_PUBLIC_BUDGET, ["75"]),
            (_R, LineItem.GOVERNMENT_MANAGED_FUNDS, ["5"]),
            (_R, LineItem.OPENING_CARRYOVER, ["6"]),
            (_R, LineItem.GENERAL_PUBLIC_BUDGET, ["4"]),
            (_R, LineItem.STATE_CAPITAL_OPERATIONS, ["2"]),
            (_R, LineItem.GRAND_TOTAL, ["86"]),
            (_E, LineItem.CLOSING_CARRYOVER, ["7", "3", "4", ""]),
            (_E, LineItem.GRAND_TOTAL, ["86", "79", "5", "2"]),
        ],
    )
    builder.stated(Topic.AGENCY_OPERATING, "TOTAL", Role.AMOUNT, ("机关运行经费支出", "12.5", "万元"))
    builder.stated(
        Topic.PROCUREMENT, "SMALL_AND_MEDIUM", Role.AMOUNT, ("预留项目", "40", "万元"), ("授予合同", "30", "万元")
    )
    builder.stated(Topic.STATE_ASSETS, "VEHICLES", Role.COUNT, ("共有车辆", "3", "辆"), ("其中", "1", "辆"))
    builder.stated(
        Topic.STATE_ASSETS,
        "EQUIPMENT",
        Role.COUNT,
        ("通用设备", "2", "台"),
        ("专用设备", "1", "台"),
        ("通用设备", "2", "台"),
    )
    builder.stated(
        Topic.THREE_PUBLIC, "OVERSEAS_OFFICIAL_TRAVEL", Role.COUNT, ("团组", "2", "个"), ("出国", "7", "人次")
    )
    builder.stated(Topic.THREE_PUBLIC, "DOMESTIC_RECEPTION", Role.COUNT, ("国内", "4", "批次"), ("国内", "20", "人次"))
    builder.stated(Topic.THREE_PUBLIC, "OVERSEAS_RECEPTION", Role.COUNT, ("国外", "1", "批次"))
    return builder


def total(measure: Measure, where: Where | None = None, *builders: AccountBuilder) -> Rollup:
    found = Dataset.of(tuple(each.build() for each in builders or (account(),)), "stated")
    return rollup(found, measure, (), where).grand_total


@pytest.mark.parametrize(
    ("measure", "expected"),
    {
        Measure.REVENUE_WITH_CARRYOVER: "100",
        Measure.EXPENDITURE_WITH_CARRYOVER: "100",
        Measure.OPENING_CARRYOVER: "8",
        Measure.CLOSING_CARRYOVER: "9",
        Measure.NON_FISCAL_SURPLUS_USED: "2",
        Measure.SURPLUS_DISTRIBUTION: "1",
        Measure.APPROPRIATION_REVENUE: "80",
        Measure.APPROPRIATION_REVENUE_WITH_CARRYOVER: "86",
        Measure.APPROPRIATION_EXPENDITURE_WITH_CARRYOVER: "86",
        Measure.APPROPRIATION_OPENING_CARRYOVER: "6",
        Measure.APPROPRIATION_CLOSING_CARRYOVER: "7",
        Measure.AGENCY_OPERATING: "12.5",
        Measure.PROCUREMENT_FROM_SMALL_AND_MEDIUM: "30",
    }.items(),
)
def test_each_amount_is_the_one_that_is_printed(measure: Measure, expected: str) -> None:
    found = total(measure)
    fen = int(Decimal(expected) * 1_000_000)
    assert (found.derived, found.reported, found.consistent) == (fen, fen, True)
    assert found.coverage.complete
    assert SCOPES[measure].is_money


@pytest.mark.parametrize(
    ("measure", "expected"),
    {
        Measure.VEHICLES: 3,
        Measure.EQUIPMENT: 3,
        Measure.OVERSEAS_TRIPS: 2,
        Measure.OVERSEAS_TRAVELLERS: 7,
        Measure.RECEPTIONS: 5,
        Measure.RECEPTION_GUESTS: 20,
    }.items(),
)
def test_what_is_counted_is_a_number_of_things(measure: Measure, expected: int) -> None:
    found = total(measure)
    assert (found.derived, found.reported, found.coverage.complete) == (expected, expected, True)
    assert all(figure.number.fen is None for figure in found.figures)
    assert SCOPES[measure].unit == COUNTED_IN[measure] != "元"


def test_carryover_is_told_apart_by_fund() -> None:
    found = Dataset.of((account().build(),), "stated")
    rows = rollup(found, Measure.APPROPRIATION_OPENING_CARRYOVER, (GroupBy(Dimension.FUND),)).rows
    assert {row.keys[0].code: row.rollup.derived // 1_000_000 for row in rows} == {
        "GENERAL_PUBLIC_BUDGET": 4,
        "STATE_CAPITAL_OPERATIONS": 2,
    }
    one = total(Measure.APPROPRIATION_CLOSING_CARRYOVER, Where(fund=Fund.GOVERNMENT_MANAGED_FUNDS))
    assert (one.derived, one.reported) == (4_000_000, 4_000_000)


def test_a_fund_that_stands_in_the_total_alone_is_a_group_without_a_fund() -> None:
    builder = AccountBuilder(KEY, "示例市园林局").units(("105001", "示例市园林局本级"))
    builder.summary(StatementForm.FISCAL_APPROPRIATION, [(_R, LineItem.OPENING_CARRYOVER, ["6"])])
    found = Dataset.of((builder.build(),), "stated")
    [row] = rollup(found, Measure.APPROPRIATION_OPENING_CARRYOVER, (GroupBy(Dimension.FUND),)).rows
    assert (row.keys[0].code, row.rollup.derived, row.rollup.coverage.complete) == ("TOTAL", 6_000_000, True)


def test_a_table_is_asked_before_the_prose() -> None:
    builder, form = account(), StatementForm.STATE_ASSETS
    builder.add("statements", StatementRecord(KEY, form, 9, form.value, None, "辆", False, None, SOURCE))
    builder.add("columns", ColumnRecord(KEY, form, 1, ColumnKey.OTHER, None, None, "数量", None))
    label = "（一）车辆数合计（台、辆）"
    builder.add("lines", LineRecord(KEY, form, 1, None, None, None, label, None, None, None, SOURCE))
    builder.add("figures", FigureRecord(KEY, form, 1, 1, read_number("11", "辆"), SOURCE))
    assert total(Measure.VEHICLES, None, builder).derived == 11


def test_who_states_nothing_is_missing() -> None:
    other = AccountBuilder(AccountKey("990100", "106", 2023), "示例市林业局").units(("106001", "本级"))
    found = total(Measure.AGENCY_OPERATING, None, account(), other)
    assert (found.coverage.counted, found.coverage.expected) == (1, 2)


@pytest.mark.parametrize(
    ("item", "derived", "reported"),
    [
        (ThreePublicItemKind.TOTAL, 5, 5),
        (ThreePublicItemKind.OFFICIAL_VEHICLES, 4, 4),
        (ThreePublicItemKind.OFFICIAL_HOSPITALITY, 1, 1),
        (ThreePublicItemKind.OVERSEAS_OFFICIAL_TRAVEL, 0, None),
    ],
)
def test_an_item_of_the_three_public_expenses_stands_for_its_parts(
    item: ThreePublicItemKind, derived: int, reported: int | None
) -> None:
    found = Dataset.of((archives_2022(),), "three public")
    one = rollup(found, Measure.THREE_PUBLIC_FINAL, (), Where(item=item)).grand_total
    assert one.derived == derived * 1_000_000
    assert one.reported == (None if reported is None else reported * 1_000_000)
