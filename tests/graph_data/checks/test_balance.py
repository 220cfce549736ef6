"""What came in against what went out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from graph_data.core.terms import CheckOutcome, ColumnKey, Severity, Side, StatementForm
from tests.graph_data.checks.examining import (
    assert_fires,
    assert_silent,
    document,
    with_cell,
    with_new_cell,
    without_statement,
)
from tests.made_up import Options

SUMMARY = StatementForm.REVENUE_AND_EXPENDITURE
FISCAL = StatementForm.FISCAL_APPROPRIATION
MANAGED = StatementForm.GOVERNMENT_MANAGED_FUNDS
FUNDED = Options(managed_funds=True)


def test_the_two_sides_of_a_summary_close_at_one_total() -> None:
    assert_silent("balance.totals", document())
    account = with_cell(document(), SUMMARY, "总计", ColumnKey.AMOUNT, lambda value: value + 1, side=Side.EXPENDITURE)
    assert_fires("balance.totals", account, reported="22375.16", derived="22376.16")


def test_a_side_whose_total_is_a_dash_is_doubtful() -> None:
    account = with_cell(document(), SUMMARY, "总计", ColumnKey.AMOUNT, "-", side=Side.EXPENDITURE)
    assert_fires("balance.totals", account, Severity.WARNING, reported="22375.16")


def test_without_summaries_there_is_no_balance() -> None:
    account = without_statement(without_statement(document(), SUMMARY), FISCAL)
    assert_silent("balance.totals", account, CheckOutcome.NOT_APPLICABLE)
    assert_silent("balance.appropriation", account, CheckOutcome.NOT_APPLICABLE)


def test_each_fund_of_the_appropriations_closes_at_what_came_in() -> None:
    account = document(5, FUNDED)
    assert_silent("balance.appropriation", account)
    for fund in (ColumnKey.GENERAL_PUBLIC_BUDGET, ColumnKey.GOVERNMENT_MANAGED_FUNDS):
        wrong = with_cell(account, FISCAL, "总计", fund, lambda value: value + 4, side=Side.EXPENDITURE)
        assert_fires("balance.appropriation", wrong)


def test_the_opening_carry_over_of_a_fund_comes_in_too() -> None:
    account = document()
    own = next(
        line for line in reversed(account.lines)
        if line.form is FISCAL and line.side is Side.REVENUE and line.label == "一般公共预算财政拨款"
    )  # fmt: skip
    carried = with_new_cell(account, FISCAL, own.label, ColumnKey.AMOUNT, "50.00", side=Side.REVENUE)
    moved = replace(carried.figures[-1], line=own.line)
    carried = replace(carried, figures=(*carried.figures[:-1], moved))
    assert_fires("balance.appropriation", carried, derived=str(Decimal("22375.16") + 50))
    grown = with_cell(
        carried, FISCAL, "总计", ColumnKey.GENERAL_PUBLIC_BUDGET, lambda value: value + 50, Side.EXPENDITURE
    )
    assert_silent("balance.appropriation", grown)


def test_opening_carry_over_without_its_funds_leaves_them_open() -> None:
    account = with_new_cell(document(), FISCAL, "年初财政拨款结转和结余", ColumnKey.AMOUNT, "50.00", side=Side.REVENUE)
    assert_silent("balance.appropriation", account, CheckOutcome.INSUFFICIENT_DATA)


def test_a_fund_spends_what_it_received_and_carried_over() -> None:
    account = document(5, FUNDED)
    assert_silent("balance.funds", account)
    assert_fires("balance.funds", with_cell(account, MANAGED, "212", ColumnKey.TOTAL, lambda value: value + 1))
    carried = with_new_cell(account, MANAGED, "212", ColumnKey.OPENING_CARRYOVER, "8.00")
    assert_fires("balance.funds", carried)
    assert_silent("balance.funds", with_new_cell(carried, MANAGED, "212", ColumnKey.CLOSING_CARRYOVER, "8.00"))


def test_a_fund_of_which_only_expenditure_is_printed_is_doubtful() -> None:
    account = with_cell(document(5, FUNDED), MANAGED, "212", ColumnKey.CURRENT_YEAR_REVENUE, "")
    assert_fires("balance.funds", account, Severity.WARNING)


def test_an_empty_table_of_funds_is_not_applicable() -> None:
    assert_silent("balance.funds", document(), CheckOutcome.NOT_APPLICABLE)
    assert_silent("balance.appropriation", with_cell(document(), FISCAL, "总计", ColumnKey.GENERAL_PUBLIC_BUDGET, "",
                                                     Side.EXPENDITURE), CheckOutcome.INSUFFICIENT_DATA)  # fmt: skip
