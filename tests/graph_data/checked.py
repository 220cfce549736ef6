"""The made-up departments with findings of our own choice, whatever the checks say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from graph_data.checks import BY_ID, CheckEntry
from graph_data.checks.examination import Finding
from graph_data.checks.wording import Detail, Text
from graph_data.core.records import Account, AccountKey, Source
from graph_data.core.terms import CheckOutcome, Severity
from graph_data.dataset import Dataset
from tests.graph_data.example import archives_2021, archives_2022, weather_2022

USED = ("document.statements", "table.subjects", "table.basic-detail", "table.summary")
ACCOUNT = "final_accounts:990100/101/2022"
PROJECT = "project:990100/101/2022/1"
INDICATOR = "indicator:990100/101/2022/1/1.1.2"
LINE = "line:990100/101/2022/EXPENDITURE/5"
STATEMENT = "statement:990100/101/2022/EXPENDITURE"
SUBJECT = "subject:FUNCTIONAL/2012604"
SUMS, SCORES, UNITS = USED[:3]
REASON = Text("数据不足", "the sheet prints no scores")


def finding(
    check: str,
    node: str,
    severity: Severity = Severity.ERROR,
    difference: str | None = None,
    unit: str = "万元",
    line: int = 1,
) -> Finding:
    """A finding at a line of the document; of two numbers where a difference is given."""
    sources = (Source("第二部分", None, line, "合计", "金额"), Source("第三部分", None, line + 100))
    case = "unexplained" if check == "document.statements" else "row"
    names = {"title": "决算表", "table": "决算表", "row": f"{check} {line}", "column": "金额"}
    details = tuple(Detail(name, text) for name, text in names.items())
    if difference is None:
        return Finding(check, severity, case, details, node, sources)
    derived = Decimal("100.00")
    reported = derived + Decimal(difference)
    return Finding(
        check, severity, case, details, node, sources, reported, derived, Decimal(difference), Decimal("0.01"), unit
    )


def dataset_of(
    monkeypatch: pytest.MonkeyPatch,
    findings: Mapping[AccountKey, Sequence[Finding]],
    accounts: Sequence[Account] | None = None,
) -> Dataset:
    """The accounts (the three made-up ones) linked with these findings."""

    def examine(account: Account) -> tuple[CheckEntry, ...]:
        found = findings.get(account.key, ())
        return tuple(_entry(place, [each for each in found if each.check == USED[place]]) for place in range(4))

    def examine_all(accounts: Sequence[Account]) -> Mapping[AccountKey, tuple[CheckEntry, ...]]:
        return {account.key: examine(account) for account in accounts}

    monkeypatch.setattr("graph_data.dataset.examine_all", examine_all)
    return Dataset.of(accounts or (archives_2021(), archives_2022(), weather_2022()), "checked")


def _entry(place: int, found: Sequence[Finding]) -> CheckEntry:
    if place == 3:
        return CheckEntry(BY_ID[USED[place]], CheckOutcome.INSUFFICIENT_DATA, REASON, ())
    failed = any(each.severity is not Severity.INFO for each in found)
    return CheckEntry(BY_ID[USED[place]], CheckOutcome.FAILED if failed else CheckOutcome.PASSED, None, tuple(found))
