"""Accounts in relation: two years of a department, and a department beside its units; alone there is nothing to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from graph_data.checks import examine_all
from graph_data.checks.related import Related
from graph_data.core.records import Account, AccountKey, FactRecord, FigureRecord
from graph_data.core.terms import (
    AccountKind,
    CheckOutcome,
    ColumnKey,
    LineItem,
    Role,
    Severity,
    Side,
    StatementForm,
    Topic,
)
from graph_data.dataset import Dataset
from tests.graph_data.checks.examining import assert_fires, assert_silent, changed, like
from tests.graph_data.checks.sites import fault
from tests.graph_data.example import AccountBuilder

_R, _E = Side.REVENUE, Side.EXPENDITURE
_SPENT = (ColumnKey.TOTAL, ColumnKey.BASIC, ColumnKey.PROJECT)
_FUNDS = ("GENERAL_PUBLIC_BUDGET", "GOVERNMENT_MANAGED_FUNDS", "STATE_CAPITAL_OPERATIONS")
CHECKS = ("relations.opening", "relations.restated", "relations.units")
Amounts = tuple[int, int, int]  # what was carried over, received, carried on


def year(fiscal_year: int, amounts: Amounts, before: int | None, code: str = "107") -> AccountBuilder:
    """A department's account in whole 万元; `before` is what it received the year before, as its prose has it."""
    opening, received, closing = amounts
    total, spent = opening + received, opening + received - closing
    builder = AccountBuilder(AccountKey("990100", code, fiscal_year), f"示例市第{code}局")
    builder.units((f"{code}001", "示例市园艺所"), (f"{code}002", "示例市苗圃"))
    builder.summary(
        StatementForm.REVENUE_AND_EXPENDITURE,
        [
            (_R, LineItem.CURRENT_YEAR_REVENUE, [f"{received}"]),
            (_R, LineItem.OPENING_CARRYOVER, [f"{opening}"]),
            (_R, LineItem.GRAND_TOTAL, [f"{total}"]),
            (_E, LineItem.CURRENT_YEAR_EXPENDITURE, [f"{spent}"]),
            (_E, LineItem.CLOSING_CARRYOVER, [f"{closing}"]),
            (_E, LineItem.GRAND_TOTAL, [f"{total}"]),
        ],
    )
    parts = [f"{opening - 3}", "2", "1"], [f"{closing}", f"{closing - 3}", "2", "1"]
    builder.summary(
        StatementForm.FISCAL_APPROPRIATION,
        [
            (_R, LineItem.OPENING_CARRYOVER, [f"{opening}"]),
            *((_R, LineItem[fund], [part]) for fund, part in zip(_FUNDS, parts[0], strict=True)),
            (_E, LineItem.CLOSING_CARRYOVER, parts[1]),
        ],
    )
    half = spent // 2
    rows = [(each, (f"{spent}", f"{half}", f"{spent - half}")) for each in ("合计", "201", "20126", "2012601")]
    builder.statement(StatementForm.EXPENDITURE, _SPENT, rows)
    revenue = [(each, (f"{received}", f"{received}")) for each in ("合计", "201", "20126", "2012601")]
    builder.statement(StatementForm.REVENUE, (ColumnKey.TOTAL, ColumnKey.FISCAL_APPROPRIATION), revenue)
    if before is not None:
        builder.stated(Topic.YEAR_COMPARISON, "REVENUE_TOTAL", Role.AMOUNT, ("本年收入", f"{received}.00", "万元"))
        builder.stated(Topic.YEAR_COMPARISON, "REVENUE_TOTAL", Role.CHANGE, ("增减", f"{received - before}.00", "万元"))
        builder.stated(Topic.YEAR_COMPARISON, "FISCAL_APPROPRIATION", Role.AMOUNT, ("拨款", f"{received}.00", "万元"))
        builder.stated(Topic.YEAR_COMPARISON, "FISCAL_APPROPRIATION", Role.PRIOR_YEAR, ("上年", f"{before}.00", "万元"))
    return builder


LAST, THIS = year(2022, (10, 90, 20), None).build(), year(2023, (20, 110, 30), 90).build()
PAIR = Related(LAST)


def unit(place: int, amounts: Amounts) -> Account:
    """The account of one of the two units of 2023."""
    built = year(2023, amounts, None, f"10700{place}").build()
    name = ("示例市园艺所", "示例市苗圃")[place - 1]
    record = replace(built.department, kind=AccountKind.UNIT, superior="107", department_name=name)
    units = tuple(replace(each, name=name, code=f"10700{place}", unit=f"10700{place}") for each in built.units[:1])
    return replace(built, department=record, units=units)


UNITS = (unit(1, (8, 60, 18)), unit(2, (12, 50, 12)))


def test_the_opening_of_a_year_is_held_against_the_closing_of_the_last() -> None:
    assert_silent("relations.opening", THIS, related=PAIR)
    assert_silent("relations.opening", THIS, CheckOutcome.NOT_APPLICABLE)
    cell = cells(THIS, StatementForm.REVENUE_AND_EXPENDITURE, LineItem.OPENING_CARRYOVER)[0]
    wrong = changed(THIS, "figures", cell, replace(cell, number=like(cell.number, "21")))
    found = assert_fires("relations.opening", wrong, Severity.WARNING, "21", "20", related=PAIR)
    assert found.sources[0] == cell.source


def test_the_amount_that_this_year_compares_with_is_held_against_last_year_s_table() -> None:
    assert_silent("relations.restated", THIS, related=PAIR)
    assert_silent("relations.restated", THIS, CheckOutcome.NOT_APPLICABLE)
    fact = next(each for each in THIS.facts if each.role is Role.CHANGE)
    wrong = changed(THIS, "facts", fact, replace(fact, number=like(fact.number, "19")))
    assert_fires("relations.restated", wrong, Severity.WARNING, "91", "90", related=PAIR)


def test_a_department_is_held_against_all_of_its_units() -> None:
    related = Related(None, UNITS)
    assert_silent("relations.units", THIS, related=related)
    assert_silent("relations.units", THIS, CheckOutcome.NOT_APPLICABLE)
    cell = cells(THIS, StatementForm.EXPENDITURE, LineItem.TOTAL)[0]
    wrong = changed(THIS, "figures", cell, replace(cell, number=like(cell.number, "101")))
    assert_fires("relations.units", wrong, Severity.WARNING, "101", "100", related=related)


def cells(account: Account, form: StatementForm, item: LineItem) -> list[FigureRecord]:
    lines = {each.line for each in account.lines if (each.form, each.item) == (form, item)}
    return [each for each in account.figures if each.form is form and each.line in lines]


def outcomes(accounts: Sequence[Account], key: AccountKey) -> dict[str, CheckOutcome]:
    found = examine_all(accounts)[key]
    return {each.check.id: each.outcome for each in found if each.check.id in CHECKS}


def test_a_dataset_says_which_accounts_belong_together() -> None:
    everything = (LAST, THIS, *UNITS)
    assert set(outcomes(everything, THIS.key).values()) == {CheckOutcome.PASSED}
    assert set(outcomes(everything, LAST.key).values()) == {CheckOutcome.NOT_APPLICABLE}
    assert outcomes((LAST, THIS, UNITS[0]), THIS.key)["relations.units"] is CheckOutcome.NOT_APPLICABLE
    later = year(2024, (30, 100, 10), 110).build()
    assert set(outcomes((LAST, later), later.key).values()) == {CheckOutcome.NOT_APPLICABLE}
    dataset = Dataset.of(everything, "relations")
    told = {each.check.id: each.outcome for each in dataset.ledger(THIS.key)}
    assert told["relations.opening"] is CheckOutcome.PASSED


def planted() -> Iterator[tuple[str, tuple[Account, ...]]]:
    """Every number that relates accounts, wrong in one of them: which check should tell, and all accounts."""
    random, whole = Random(5), (LAST, THIS, *UNITS)

    def with_one(account: Account, table: str, record: Any) -> tuple[Account, ...]:
        number = fault(record.number, random)
        assert number is not None
        wrong = changed(account, table, record, replace(record, number=number))
        return tuple(wrong if each is account else each for each in whole)

    for form in (StatementForm.REVENUE_AND_EXPENDITURE, StatementForm.FISCAL_APPROPRIATION):
        for account, item in ((THIS, LineItem.OPENING_CARRYOVER), (LAST, LineItem.CLOSING_CARRYOVER)):
            for cell in cells(account, form, item):
                yield "relations.opening", with_one(account, "figures", cell)
    for fact in THIS.facts:
        yield "relations.restated", with_one(THIS, "facts", fact)
    for cell in cells(LAST, StatementForm.REVENUE, LineItem.TOTAL):
        yield "relations.restated", with_one(LAST, "figures", cell)
    for account in (THIS, *UNITS):
        for cell in account.figures:
            if cell.form in (StatementForm.REVENUE, StatementForm.EXPENDITURE) and cell.column == 1:
                yield "relations.units", with_one(account, "figures", cell)


@pytest.mark.filterwarnings("error")
def test_faults_between_accounts_are_found() -> None:
    found = [outcomes(accounts, THIS.key)[check] is CheckOutcome.FAILED for check, accounts in planted()]
    missed = [check for check, told in zip((check for check, _ in planted()), found, strict=True) if not told]
    assert len(found) >= 35
    assert sum(found) >= 0.95 * len(found), missed


def test_facts_are_what_they_are_taken_for() -> None:
    assert all(isinstance(fact, FactRecord) and fact.number.fen is not None for fact in THIS.facts)
