"""The lively scale: right but for the faults that it lists, which the checks find."""

from __future__ import annotations

from functools import cache

from graph_data.core.terms import AccountKind, CheckOutcome, Measure
from graph_data.dataset import Dataset
from graph_data.rollup import rollup
from graph_data.series import series
from graph_data.synthesis import LAST_YEAR, SCALES, Batch, batches

RELATIONS = ("relations.opening", "relations.restated", "relations.units")


@cache
def made() -> tuple[Dataset, tuple[Batch, ...]]:
    wanted = tuple(batches(SCALES["lively"].of(6), 7))
    return Dataset.of(tuple(account for batch in wanted for account in batch.accounts()), "lively"), wanted


def told(dataset: Dataset, department: str, year: int) -> dict[str, CheckOutcome]:
    [key] = [each for each in dataset.keys if (each.department, each.fiscal_year) == (department, year)]
    return {each.check.id: each.outcome for each in dataset.ledger(key)}


def test_the_faults_are_found_and_nothing_else_between_accounts() -> None:
    dataset, wanted = made()
    faults = [fault for batch in wanted for fault in batch.faults()]
    first = LAST_YEAR - SCALES["lively"].years + 1
    listed = {
        (each.account.department[:3], each.account.fiscal_year, each.check)
        for each in faults
        if each.account.fiscal_year > first or each.check == "relations.units"
    }
    failed = {
        (key.department, key.fiscal_year, check)
        for key in dataset.keys
        for check in RELATIONS
        if told(dataset, key.department, key.fiscal_year)[check] is CheckOutcome.FAILED
    }
    assert len(listed) >= 6
    assert {check for _, _, check in listed} == set(RELATIONS)
    assert len(listed & failed) >= 0.95 * len(listed)
    assert failed <= listed


def test_a_department_whose_table_is_wrong_nowhere_passes_everything() -> None:
    dataset, wanted = made()
    wrong = {(each.account.department[:3], each.account.fiscal_year) for batch in wanted for each in batch.faults()}
    for key in dataset.keys:
        if (key.department[:3], key.fiscal_year) not in wrong:
            outcomes = told(dataset, key.department, key.fiscal_year)
            assert CheckOutcome.FAILED not in outcomes.values(), (key, outcomes)


def test_units_publish_beside_their_departments_and_are_summed_once() -> None:
    dataset, _ = made()
    kinds = [account.department.kind for account in dataset.accounts]
    assert kinds.count(AccountKind.UNIT) == 2 * 2 * SCALES["lively"].years
    assert len(dataset.identities.covered) == kinds.count(AccountKind.UNIT)


def test_money_is_carried_over_by_fund_and_a_code_changes_its_number() -> None:
    dataset, _ = made()
    closing = rollup(dataset, Measure.APPROPRIATION_CLOSING_CARRYOVER, ()).grand_total
    assert (closing.consistent, len(closing.figures)) == (True, 3 * 6 * SCALES["lively"].years)
    points = series(dataset, dataset.graph["subject:FUNCTIONAL/2080506"])
    assert [each.node.code for each in points] == ["2080507", "2080506", "2080506"]
    assert [each.link and each.link.kind.name for each in points] == [None, "RENAMED", "SAME_AS"]
