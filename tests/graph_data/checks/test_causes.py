"""One cause, one finding: an absent table, an unread table and a wrong total are told once, without consequences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from graph_data.checks import BY_ID, Finding, examine, message
from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.core.records import Account, ReadTableRecord, Source
from graph_data.core.terms import (
    REQUIRED_FORMS,
    CheckOutcome,
    ColumnKey,
    Content,
    GapReason,
    Language,
    MaterialityLevel,
    ReadingStatus,
    Role,
    Severity,
    Side,
    StatementForm,
    Topic,
)
from tests.graph_data.checks.examining import document, with_cell, with_fact, without_statement

SPENDING, SUMMARY = StatementForm.EXPENDITURE, StatementForm.REVENUE_AND_EXPENDITURE
PLACE = Source("目录", 2, 7)
OBSERVED = ("indicators.backfilled", "indicators.quality", "document.disclosure")


def _read_as(account: Account, form: StatementForm, status: ReadingStatus, reason: GapReason) -> Account:
    """The account, whose reading says so of one of its tables and that everything else was read."""
    content = Content.STATEMENT
    record = ReadTableRecord(account.key, 1, form.value, content, form, status, reason, None, 0, 0, 0, 0, 0, PLACE)
    return replace(account, read_tables=(record,), gaps=(), raw_cells=(), left_over=())


def _findings(account: Account) -> list[Finding]:
    """But for the observations that hold of every made-up document."""
    return [finding for entry in examine(account) if entry.check.id not in OBSERVED for finding in entry.findings]


@pytest.mark.parametrize("form", REQUIRED_FORMS)
def test_an_absent_table_is_one_finding(form: StatementForm) -> None:
    account = without_statement(document(), form)
    (finding,) = _findings(_read_as(account, form, ReadingStatus.ABSENT, GapReason.LACKING))
    assert (finding.check, finding.case, finding.severity) == ("document.statements", "promised", Severity.WARNING)
    assert finding.sources == (PLACE,)
    (silent,) = _findings(replace(account, read_tables=()))
    assert (silent.case, silent.severity) == ("absent", Severity.INFO)


def test_what_the_contents_promise_may_be_where_something_was_not_read() -> None:
    account = without_statement(document(), SPENDING)
    account = _read_as(account, SPENDING, ReadingStatus.ABSENT, GapReason.LACKING)
    unknown = replace(account.read_tables[0], position=2, form=None, content=None, status=ReadingStatus.NOT_READ)
    (finding,) = _findings(replace(account, read_tables=(*account.read_tables, unknown)))
    assert finding.severity is Severity.INFO


def _tables_asked(check: str, account: Account) -> set[str]:
    """The forms that a check asks for."""
    book = Book(account)
    BY_ID[check].examine(book, Examination(check))
    return {each.value for each in book.asked if isinstance(each, StatementForm)}


@pytest.mark.parametrize("form", REQUIRED_FORMS)
def test_an_unread_table_is_one_observation_and_the_checks_that_need_it_are_not_run(form: StatementForm) -> None:
    account = without_statement(document(), form)
    account = _read_as(account, form, ReadingStatus.NOT_READ, GapReason.UNKNOWN_HEADING)
    ledger = examine(account)
    (finding,) = _findings(account)
    assert (finding.case, finding.severity) == ("unread", Severity.INFO)
    plain = {entry.check.id: entry.outcome for entry in examine(document())}
    for entry in ledger:
        if entry.outcome is CheckOutcome.NOT_READ:
            assert entry.reason is not None
            assert form.value in entry.reason.of(Language.ZH)
            assert "was not read" in entry.reason.of(Language.EN)
        else:
            assert entry.outcome is plain[entry.check.id], entry.check.id
            assert entry.outcome is not CheckOutcome.PASSED or form.value not in _tables_asked(entry.check.id, account)
    if form is SPENDING:
        unread = {entry.check.id for entry in ledger if entry.outcome is CheckOutcome.NOT_READ}
        assert {"tables.expenditure", "tables.in-and-out", "tables.appropriated"} <= unread


def test_a_sum_over_a_table_that_was_read_in_part_is_an_observation() -> None:
    account = with_cell(document(), SPENDING, "2060103", ColumnKey.PROJECT, "")
    assert {finding.severity for finding in _findings(account)} >= {Severity.ERROR}
    account = _read_as(account, SPENDING, ReadingStatus.IN_PART, GapReason.UNREADABLE_AMOUNT)
    findings = _findings(account)
    assert {finding.severity for finding in findings} == {Severity.INFO}
    assert all("未全部读出" in message(finding) for finding in findings)


@pytest.mark.parametrize(
    "change",
    [lambda _: Decimal("0.00"), lambda value: value * 10_000, lambda value: value * 10],
    ids=["nothing", "ten thousand times", "ten times"],
)
@pytest.mark.parametrize(
    ("form", "row", "key", "side"),
    [
        (SPENDING, "合计", ColumnKey.TOTAL, None),
        (SPENDING, "208", ColumnKey.TOTAL, None),
        (SUMMARY, "本年支出合计", ColumnKey.AMOUNT, Side.EXPENDITURE),
        (StatementForm.REVENUE, "合计", ColumnKey.TOTAL, None),
    ],
)
def test_a_total_that_is_evidently_wrong_is_one_finding(
    form: StatementForm, row: str, key: ColumnKey, side: Side | None, change: Callable[[Decimal], Decimal]
) -> None:
    (finding,) = _findings(with_cell(document(), form, row, key, change, side))
    assert finding.severity is Severity.ERROR
    assert finding.is_of_total
    if finding.reported:
        assert "十的整数次方倍" in message(finding)
        assert "power of ten" in message(finding, Language.EN)


def test_findings_of_one_difference_are_one_group() -> None:
    account = with_cell(document(), SPENDING, "208", ColumnKey.BASIC, "4343")
    findings = _findings(account)
    assert len(findings) > 2
    assert {finding.group for finding in findings} == {f"{findings[0].check}/1"}
    assert all("相邻数字互换" in message(finding) for finding in findings if finding.reported == 4343)


def test_findings_of_different_differences_are_groups_of_their_own() -> None:
    account = with_cell(document(), SPENDING, "2060103", ColumnKey.PROJECT, lambda value: value + 40)
    account = with_cell(account, StatementForm.BASIC_EXPENDITURE, "30101", ColumnKey.AMOUNT, lambda value: value + 7)
    groups = {abs(finding.difference or 0): finding.group for finding in _findings(account)}
    assert len(set(groups.values())) == len(groups) == 2


def test_a_stated_amount_that_is_another_table_s_total_is_told_so() -> None:
    whole = next(finding for finding in _findings(_with_basic_of_all()) if finding.check == "prose.totals")
    assert whole.cause is not None


def _with_basic_of_all() -> Account:
    """The text gives the total of all expenditure where it speaks of basic expenditure."""
    account = document()
    total = next(fact.number for fact in account.facts if fact.item == "EXPENDITURE_TOTAL" and fact.role is Role.AMOUNT)
    return with_fact(account, Topic.BASIC_EXPENDITURE, "TOTAL", Role.AMOUNT, total.text)


def test_materiality_tells_rounding_from_what_matters() -> None:
    cent = with_cell(document(), SPENDING, "20805", ColumnKey.BASIC, lambda value: value + Decimal("0.05"))
    large = with_cell(document(), SPENDING, "20805", ColumnKey.BASIC, lambda value: value + 900)
    levels = [{finding.materiality.level for finding in _findings(account)} for account in (cent, large)]
    assert levels == [{MaterialityLevel.ROUNDING}, {MaterialityLevel.MATERIAL}]
    finding = _findings(cent)[0]
    assert abs(finding.materiality.fen or 0) == 50_000
    assert finding.materiality.steps == 5
    assert finding.materiality.share is not None
    assert 0 < finding.materiality.share < Decimal("0.0001")
