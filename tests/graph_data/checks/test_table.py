"""Down a table: each printed total against the rows under it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from graph_data.core.terms import CheckOutcome, ColumnKey, LineItem, Severity, Side, StatementForm
from tests.graph_data.checks.examining import (
    as_form,
    assert_fires,
    assert_silent,
    cell_of,
    document,
    line_of,
    lines,
    with_cell,
    with_new_cell,
    without_statement,
)
from tests.made_up import Options

SUMMARY = StatementForm.REVENUE_AND_EXPENDITURE
SPENDING = StatementForm.EXPENDITURE
DETAIL = StatementForm.BASIC_EXPENDITURE
FISCAL = StatementForm.FISCAL_APPROPRIATION
MANAGED = StatementForm.GOVERNMENT_MANAGED_FUNDS
CENT = Decimal("0.01")


def test_a_total_that_its_rows_do_not_make_up_is_an_error_with_every_row_named() -> None:
    account = with_cell(document(), SPENDING, "208", ColumnKey.BASIC, "4343")
    finding = assert_fires("table.subjects", account, reported="4343", derived="4334", count=2)
    assert finding.difference == 9
    assert finding.tolerance == Decimal("0.01")
    assert lines(finding) == {line_of(account, SPENDING, row).source.line for row in ("208", "20805")}


def test_tables_that_add_up_are_silent_with_funds_and_without() -> None:
    for seed in range(4):
        assert_silent("table.subjects", document(seed, Options(managed_funds=True, total_last=True)))
        assert_silent("table.subjects", document(seed))


@pytest.mark.parametrize(
    "form",
    [
        StatementForm.REVENUE,
        StatementForm.GENERAL_PUBLIC_BUDGET,
        StatementForm.GOVERNMENT_MANAGED_FUNDS,
        StatementForm.STATE_CAPITAL_OPERATIONS,
    ],
)
def test_the_rows_of_every_table_by_subject_are_added_up(form: StatementForm) -> None:
    account = as_form(document(), SPENDING, form)
    assert_silent("table.subjects", account)
    assert_fires("table.subjects", with_cell(account, form, "208", ColumnKey.BASIC, "4343"), count=2)


def test_one_digit_of_rounding_over_one_part_is_no_contradiction_and_two_are() -> None:
    account = document()
    one = with_cell(account, SPENDING, "20805", ColumnKey.BASIC, lambda value: value + CENT)
    assert_silent("table.subjects", one)
    two = with_cell(account, SPENDING, "20805", ColumnKey.BASIC, lambda value: value + 5 * CENT)
    assert_fires("table.subjects", two, count=2)


def test_a_blank_total_over_printed_rows_is_doubtful_and_so_is_a_total_over_blank_ones() -> None:
    blank_total = with_cell(document(), SPENDING, "20805", ColumnKey.BASIC, "")
    finding = assert_fires("table.subjects", blank_total, Severity.WARNING, derived="4334", count=2)
    assert finding.reported is None or finding.derived is None
    blank_part = with_cell(document(), SPENDING, "2060102", ColumnKey.TOTAL, "")
    assert_fires("table.subjects", blank_part, reported="10268.05", derived="8905.29")


def test_a_dash_counts_as_nothing_in_total_and_in_part() -> None:
    dashed = with_new_cell(document(), SPENDING, "2060101", ColumnKey.PROJECT, "-")
    assert_silent("table.subjects", with_new_cell(dashed, SPENDING, "2080501", ColumnKey.BUSINESS_EXPENDITURE, "—"))
    dashed = with_cell(document(), SPENDING, "208", ColumnKey.BASIC, "-")
    assert_fires("table.subjects", dashed, Severity.WARNING, derived="4334", count=2)


def test_negative_amounts_are_added_with_their_sign() -> None:
    account = with_new_cell(document(), SPENDING, "2080501", ColumnKey.PROJECT, "-5.00")
    assert_fires("table.subjects", account, Severity.WARNING, derived="-5")


def test_a_document_without_such_tables_is_not_applicable() -> None:
    account = document()
    for form in (StatementForm.REVENUE, SPENDING, StatementForm.GENERAL_PUBLIC_BUDGET, MANAGED):
        account = without_statement(account, form)
    account = without_statement(account, StatementForm.STATE_CAPITAL_OPERATIONS)
    assert_silent("table.subjects", account, CheckOutcome.NOT_APPLICABLE)


def test_a_table_of_main_subjects_alone_has_nothing_under_its_categories_to_add() -> None:
    account = document()
    kept = tuple(line for line in account.lines if line.form is not SPENDING or len(line.code or "") <= 3)
    assert_silent("table.subjects", replace(account, lines=kept))


def test_the_basic_detail_adds_up_to_its_two_totals() -> None:
    assert_silent("table.basic-detail", document())
    account = with_cell(document(), DETAIL, "人员经费合计", ColumnKey.AMOUNT, "14424.84", side=Side.PERSONNEL)
    assert_fires("table.basic-detail", account, reported="14424.84", derived="14424.48")


def test_a_basic_detail_of_categories_alone_is_no_contradiction() -> None:
    account = document()
    figures = tuple(
        cell for cell in account.figures
        if cell.form is not DETAIL or len((cell.source.row or "").split()[0]) != 5
    )  # fmt: skip
    assert_silent("table.basic-detail", replace(account, figures=figures))


def test_the_summaries_add_up_on_both_sides_and_by_fund() -> None:
    assert_silent("table.summary", document())
    for form, row, key in (
        (SUMMARY, "本年收入合计", ColumnKey.AMOUNT),
        (SUMMARY, "卫生健康支出", ColumnKey.AMOUNT),
        (FISCAL, "卫生健康支出", ColumnKey.GENERAL_PUBLIC_BUDGET),
    ):
        account = with_cell(document(), form, row, key, lambda value: value + 9)
        assert_fires("table.summary", account, count=2 if row == "本年收入合计" else 1)


def test_carry_over_is_part_of_the_grand_total_and_its_funds_may_be_left_blank() -> None:
    account = with_new_cell(document(), FISCAL, "年初财政拨款结转和结余", ColumnKey.AMOUNT, "50.00", side=Side.REVENUE)
    grand = cell_of(account, FISCAL, "总计", ColumnKey.AMOUNT, Side.REVENUE)
    assert_fires("table.summary", account)
    whole = with_cell(account, FISCAL, "总计", ColumnKey.AMOUNT, lambda value: value + 50, side=Side.REVENUE)
    assert grand.number.value is not None
    assert_silent("table.summary", whole)


def test_the_grand_total_of_the_made_up_summary_is_the_row_that_the_reader_says_it_is() -> None:
    assert line_of(document(), SUMMARY, "总计", Side.REVENUE).item is LineItem.GRAND_TOTAL
