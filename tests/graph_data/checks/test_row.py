"""Across a row: 合计 against the columns that make it up."""

from __future__ import annotations

import pytest

from graph_data.core.terms import CheckOutcome, ColumnKey, Phase, Severity, Side, StatementForm
from tests.graph_data.checks.examining import (
    as_form,
    assert_fires,
    assert_silent,
    document,
    with_cell,
    with_new_cell,
    without_statement,
)
from tests.made_up import Options

SPENDING = StatementForm.EXPENDITURE
REVENUE = StatementForm.REVENUE
FISCAL = StatementForm.FISCAL_APPROPRIATION
THREE = StatementForm.THREE_PUBLIC_EXPENSES


def test_a_total_that_its_natures_do_not_make_up_is_an_error() -> None:
    assert_silent("row.natures", document())
    account = with_cell(document(), SPENDING, "2060103", ColumnKey.PROJECT, "3898.29")
    assert_fires("row.natures", account, reported="4513.29", derived="4522.29")


def test_a_blank_total_beside_a_printed_nature_is_doubtful() -> None:
    account = with_cell(document(), SPENDING, "2080501", ColumnKey.TOTAL, "")
    assert_fires("row.natures", account, Severity.WARNING, derived="149")
    account = with_cell(document(), SPENDING, "2080501", ColumnKey.BASIC, "")
    assert_fires("row.natures", account, Severity.WARNING, reported="149")


@pytest.mark.parametrize(
    "nature",
    [
        ColumnKey.BASIC,
        ColumnKey.PROJECT,
        ColumnKey.REMITTANCE_TO_SUPERIOR,
        ColumnKey.BUSINESS_EXPENDITURE,
        ColumnKey.SUBSIDY_TO_AFFILIATES,
    ],
)
def test_money_of_every_nature_is_part_of_the_total(nature: ColumnKey) -> None:
    if nature is ColumnKey.BASIC:
        account = with_cell(document(), SPENDING, "2080501", nature, "150.00")
    else:
        account = with_new_cell(document(), SPENDING, "2080501", nature, "1.00")
    assert_fires("row.natures", account, reported="149", derived="150")
    whole = with_cell(account, SPENDING, "2080501", ColumnKey.TOTAL, "150.00")
    assert_silent("row.natures", whole)


@pytest.mark.parametrize(
    "form",
    [
        StatementForm.GENERAL_PUBLIC_BUDGET,
        StatementForm.GOVERNMENT_MANAGED_FUNDS,
        StatementForm.STATE_CAPITAL_OPERATIONS,
    ],
)
def test_the_natures_are_added_up_in_every_table_of_expenditure(form: StatementForm) -> None:
    account = as_form(document(), SPENDING, form)
    assert_silent("row.natures", account)
    assert_fires("row.natures", with_cell(account, form, "2060103", ColumnKey.PROJECT, "3898.29"))


@pytest.mark.parametrize(
    "source",
    [
        ColumnKey.SUBSIDY_FROM_SUPERIOR,
        ColumnKey.OPERATING_SERVICE,
        ColumnKey.BUSINESS_REVENUE,
        ColumnKey.REMITTANCE_FROM_AFFILIATES,
        ColumnKey.OTHER_REVENUE,
    ],
)
def test_money_of_every_source_is_part_of_the_total(source: ColumnKey) -> None:
    account = with_new_cell(document(), REVENUE, "2080501", source, "1.00")
    assert_fires("row.sources", account, reported="149", derived="150")
    whole = with_cell(account, REVENUE, "2080501", ColumnKey.TOTAL, "150.00")
    assert_silent("row.sources", whole)


def test_a_total_that_its_sources_do_not_make_up_is_an_error() -> None:
    for seed in range(6):
        assert_silent("row.sources", document(seed, Options(other_revenue=True)))
    account = with_new_cell(document(), REVENUE, "208", ColumnKey.OPERATING_SERVICE, "12.00")
    assert_fires("row.sources", account, reported="4334", derived="4346")
    assert_silent("row.sources", without_statement(document(), REVENUE), CheckOutcome.NOT_APPLICABLE)


def test_a_total_that_its_funds_do_not_make_up_is_an_error() -> None:
    assert_silent("row.funds", document(5, Options(managed_funds=True)))
    account = with_cell(document(), FISCAL, "卫生健康支出", ColumnKey.TOTAL, "3574.66", side=Side.EXPENDITURE)
    assert_fires("row.funds", account, reported="3574.66", derived="3547.66")
    key = ColumnKey.STATE_CAPITAL_OPERATIONS
    account = with_new_cell(document(), FISCAL, "卫生健康支出", key, "1.00", side=Side.EXPENDITURE)
    assert_fires("row.funds", account, reported="3547.66", derived="3548.66")


def test_a_last_row_that_leaves_its_funds_blank_says_nothing_of_them() -> None:
    assert_silent(
        "row.funds", with_cell(document(), FISCAL, "总计", ColumnKey.GENERAL_PUBLIC_BUDGET, "", Side.EXPENDITURE)
    )


def test_the_three_public_expenses_add_up_for_budget_and_final_and_for_vehicles() -> None:
    assert_silent("row.three-public", document())
    for key, phase in (
        (ColumnKey.OFFICIAL_HOSPITALITY, Phase.BUDGET),
        (ColumnKey.OFFICIAL_HOSPITALITY, Phase.FINAL),
        (ColumnKey.OFFICIAL_VEHICLE_PURCHASE, Phase.FINAL),
    ):
        account = with_cell(document(), THREE, "", key, lambda value: value + 3, phase=phase)
        assert_fires("row.three-public", account)
    account = with_cell(document(), THREE, "", ColumnKey.OFFICIAL_VEHICLES, lambda value: value + 3, phase=Phase.FINAL)
    assert_fires("row.three-public", account, count=2)


def test_a_document_without_three_public_expenses_is_not_applicable() -> None:
    assert_silent("row.three-public", without_statement(document(), THREE), CheckOutcome.NOT_APPLICABLE)
