"""Table to table: the same figure in two of them."""

from __future__ import annotations

from dataclasses import replace

from graph_data.core.terms import CheckOutcome, ColumnKey, EmptyReason, Phase, Severity, Side, StatementForm
from tests.graph_data.checks.examining import (
    assert_fires,
    assert_silent,
    changed,
    document,
    line_of,
    lines,
    with_cell,
    with_new_cell,
    without_statement,
)
from tests.made_up import Options

SUMMARY = StatementForm.REVENUE_AND_EXPENDITURE
REVENUE = StatementForm.REVENUE
SPENDING = StatementForm.EXPENDITURE
FISCAL = StatementForm.FISCAL_APPROPRIATION
GENERAL = StatementForm.GENERAL_PUBLIC_BUDGET
DETAIL = StatementForm.BASIC_EXPENDITURE
THREE_PUBLIC = StatementForm.THREE_PUBLIC_EXPENSES
MANAGED = StatementForm.GOVERNMENT_MANAGED_FUNDS
FUNDED = Options(managed_funds=True)
OTHER = Options(other_revenue=True)


def test_the_summary_has_the_revenue_of_the_revenue_table() -> None:
    assert_silent("tables.revenue", document(2, OTHER))
    account = with_cell(document(), SUMMARY, "本年收入合计", ColumnKey.AMOUNT, "22357.16")
    assert_fires("tables.revenue", account, reported="22357.16", derived="22375.16")
    account = with_cell(document(), REVENUE, "合计", ColumnKey.FISCAL_APPROPRIATION, "22357.16")
    assert_fires("tables.revenue", account, reported="22357.16", derived="22375.16")


def test_a_source_that_only_the_summary_prints_is_doubtful() -> None:
    account = with_new_cell(document(), SUMMARY, "事业收入", ColumnKey.AMOUNT, "7.00", side=Side.REVENUE)
    assert_fires("tables.revenue", account, Severity.WARNING, reported="7")
    zero = with_new_cell(document(), SUMMARY, "事业收入", ColumnKey.AMOUNT, "0.00", side=Side.REVENUE)
    assert_silent("tables.revenue", zero)


def test_a_missing_table_leaves_nothing_to_compare() -> None:
    for check, form in (
        ("tables.revenue", REVENUE),
        ("tables.expenditure", SPENDING),
        ("tables.in-and-out", SPENDING),
        ("tables.appropriation", FISCAL),
        ("tables.appropriation-revenue", FISCAL),
        ("tables.appropriated", GENERAL),
        ("tables.basic", DETAIL),
    ):
        assert_silent(check, without_statement(document(), form), CheckOutcome.INSUFFICIENT_DATA)


def test_the_summary_has_the_expenditure_of_each_category() -> None:
    assert_silent("tables.expenditure", document())
    account = with_cell(document(), SUMMARY, "卫生健康支出", ColumnKey.AMOUNT, "3574.66")
    finding = assert_fires("tables.expenditure", account, reported="3574.66", derived="3547.66")
    assert lines(finding) == {line_of(account, form, "210").source.line for form in (SUMMARY, SPENDING)}


def test_an_amount_beside_another_category_is_doubtful_on_both() -> None:
    account = document()
    line = line_of(account, SUMMARY, "卫生健康支出")
    moved = replace(line, label="七、文化旅游体育与传媒支出", code="207")
    account = replace(account, lines=tuple(moved if each is line else each for each in account.lines))
    finding = assert_fires("tables.expenditure", account, Severity.WARNING, count=2)
    assert (finding.reported, finding.derived) == (finding.reported, None)


def test_a_category_by_a_name_that_is_not_known_leaves_the_table_s_open() -> None:
    account = document()
    line = line_of(account, SUMMARY, "卫生健康支出")
    old = replace(line, label="九、旧时的名称", code=None)
    account = replace(account, lines=tuple(old if each is line else each for each in account.lines))
    assert_silent("tables.expenditure", account)


def test_without_carry_over_a_subject_receives_what_it_spends() -> None:
    account = document(3, Options(other_revenue=False))
    assert_silent("tables.in-and-out", account)
    assert_fires("tables.in-and-out", with_cell(account, REVENUE, "2101101", ColumnKey.TOTAL, lambda value: value + 1))


def test_with_carry_over_revenue_and_expenditure_differ_rightly() -> None:
    account = with_new_cell(document(), SUMMARY, "年初结转和结余", ColumnKey.AMOUNT, "9.00", side=Side.REVENUE)
    account = with_cell(account, REVENUE, "2101101", ColumnKey.TOTAL, lambda value: value - 9)
    assert_silent("tables.in-and-out", account, CheckOutcome.NOT_APPLICABLE)
    dashed = with_new_cell(document(), SUMMARY, "年初结转和结余", ColumnKey.AMOUNT, "0.00", side=Side.REVENUE)
    assert_silent("tables.in-and-out", dashed)


def test_other_revenue_may_pay_for_another_subject() -> None:
    account = with_new_cell(document(), SUMMARY, "事业收入", ColumnKey.AMOUNT, "9.00", side=Side.REVENUE)
    account = with_cell(account, REVENUE, "2101101", ColumnKey.TOTAL, lambda value: value + 9)
    assert_fires("tables.in-and-out", account, Severity.WARNING)


def test_a_subject_that_only_spends_is_doubtful() -> None:
    account = document()
    line = line_of(account, REVENUE, "2101101")
    figures = tuple(cell for cell in account.figures if (cell.form, cell.line) != (REVENUE, line.line))
    kept = replace(account, figures=figures, lines=tuple(each for each in account.lines if each is not line))
    assert_fires("tables.in-and-out", kept, Severity.WARNING)


def test_the_appropriations_are_those_of_the_tables_of_their_funds() -> None:
    account = document(5, FUNDED)
    assert_silent("tables.appropriation", account)
    assert_fires("tables.appropriation", with_cell(account, MANAGED, "212", ColumnKey.TOTAL, lambda value: value + 2))
    assert_fires("tables.appropriation", with_cell(account, GENERAL, "221", ColumnKey.TOTAL, lambda value: value + 2))


def test_a_fund_with_expenditure_whose_table_is_empty_is_doubtful() -> None:
    account = document(5, FUNDED)
    record = next(each for each in account.statements if each.form is MANAGED)
    empty = replace(record, is_empty=True, empty_reason=EmptyReason.NO_TRANSACTIONS)
    account = replace(
        account,
        statements=tuple(empty if each is record else each for each in account.statements),
        figures=tuple(cell for cell in account.figures if cell.form is not MANAGED),
    )
    assert_fires("tables.appropriation", account, Severity.WARNING)


def test_an_empty_fund_of_which_nothing_is_spent_is_no_contradiction() -> None:
    assert_silent("tables.appropriation", document())


def test_the_appropriations_are_the_same_in_both_summaries() -> None:
    assert_silent("tables.appropriation-revenue", document(5, FUNDED))
    account = with_cell(document(), FISCAL, "一般公共预算财政拨款", ColumnKey.AMOUNT, "22357.16", side=Side.REVENUE)
    assert_fires("tables.appropriation-revenue", account, reported="22375.16", derived="22357.16")


def test_what_is_appropriated_is_no_more_than_what_is_spent() -> None:
    account = document(2, OTHER)
    assert_silent("tables.appropriated", account)
    account = with_cell(account, GENERAL, "2210201", ColumnKey.BASIC, lambda value: value + 3)
    assert_fires("tables.appropriated", account)


def test_no_nature_of_a_fund_is_more_than_that_of_all_funds() -> None:
    account = document(2, FUNDED)
    assert_silent("tables.appropriated", account)
    line = next(one for one in account.lines if one.form is MANAGED and one.code and len(one.code) == 7)
    assert_fires(
        "tables.appropriated", with_cell(account, MANAGED, line.code, ColumnKey.PROJECT, lambda value: value + 3)
    )
    blank_in_all = with_new_cell(account, MANAGED, line.label, ColumnKey.BASIC, "3.00")
    assert_fires("tables.appropriated", blank_in_all, Severity.WARNING, reported="3")


def test_where_everything_is_appropriated_the_two_tables_are_the_same() -> None:
    account = document(3, Options(other_revenue=False))
    assert_silent("tables.appropriated", account)
    less = with_cell(account, GENERAL, "2210201", ColumnKey.BASIC, lambda value: value - 3)
    assert_fires("tables.appropriated", less)
    blank = with_cell(account, GENERAL, "2210201", ColumnKey.BASIC, "")
    assert_fires("tables.appropriated", blank, Severity.WARNING)


def test_other_money_explains_a_smaller_appropriation() -> None:
    account = with_new_cell(document(), SUMMARY, "其他收入", ColumnKey.AMOUNT, "3.00", side=Side.REVENUE)
    assert_silent(
        "tables.appropriated", with_cell(account, GENERAL, "2210201", ColumnKey.BASIC, lambda value: value - 3)
    )


def test_personnel_and_operating_funds_are_the_basic_expenditure() -> None:
    assert_silent("tables.basic", document())
    account = with_cell(document(), GENERAL, "合计", ColumnKey.BASIC, "16458.11")
    assert_fires("tables.basic", account, reported="16458.11", derived="16485.11")


def test_a_code_bears_one_name_in_all_tables() -> None:
    account = document()
    assert_silent("tables.names", account)
    line = next(one for one in account.lines if one.form is SPENDING and one.code)
    assert_silent("tables.names", changed(account, "lines", line, replace(line, label=f" {line.label}")))
    renamed = changed(account, "lines", line, replace(line, label="卫生防疫支出"))
    assert_fires("tables.names", renamed, Severity.WARNING)


def test_columns_that_are_exchanged_are_told() -> None:
    account = document()
    assert_silent("tables.order", account)
    one, two = (
        next(column for column in account.columns if column.form is SPENDING and column.key is key)
        for key in (ColumnKey.BASIC, ColumnKey.PROJECT)
    )
    exchanged = changed(account, "columns", one, replace(one, column=two.column))
    exchanged = changed(exchanged, "columns", two, replace(two, column=one.column))
    assert_fires("tables.order", exchanged, Severity.INFO)


def test_two_parts_of_a_table_in_different_orders_are_doubtful() -> None:
    account = document()
    assert_silent("tables.order", account)
    final = [column for column in account.columns if column.form is THREE_PUBLIC and column.phase is Phase.FINAL]
    one, two = (
        next(column for column in final if column.key is key)
        for key in (ColumnKey.OFFICIAL_VEHICLE_PURCHASE, ColumnKey.OFFICIAL_VEHICLE_OPERATION)
    )
    exchanged = changed(account, "columns", one, replace(one, column=two.column))
    exchanged = changed(exchanged, "columns", two, replace(two, column=one.column))
    assert_fires("tables.order", exchanged, Severity.WARNING)
