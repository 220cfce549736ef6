"""The checks: each compares published figures of one document with each other. Nothing published is ever repaired.

A check is a module in the folder of its family that ends in `CHECK` (its id, titles, rule, basis and the words of its
findings, see `wording`), and a line in that family's `CHECKS`. Its `examine(book, exam)` compares. What cannot be
compared ends as not applicable or as insufficient data, with the reason, never as passed; what needed a table or a
passage that was not read, or not all of it, ends as not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType

from graph_data.checks import balance, document, indicators, meaning, projects, prose, relations, rows, tables, wording
from graph_data.checks.book import Book
from graph_data.checks.causes import weighed, without_consequences
from graph_data.checks.examination import Examination, Finding
from graph_data.checks.related import ALONE, Related, related_accounts
from graph_data.checks.wording import Check, Remark, Text
from graph_data.core.records import Account, AccountKey
from graph_data.core.terms import CheckOutcome, Language, ReadingStatus, Severity, StatementForm

__all__ = [
    "BY_ID",
    "CHECKS",
    "FAMILIES",
    "Check",
    "CheckEntry",
    "Finding",
    "Related",
    "Text",
    "examine",
    "examine_all",
    "message",
    "suggestion",
]

FAMILIES: tuple[ModuleType, ...] = (document, tables, rows, balance, prose, projects, indicators, meaning, relations)


CHECKS: tuple[Check, ...] = tuple(check for family in FAMILIES for check in family.CHECKS)
BY_ID: Mapping[str, Check] = {check.id: check for check in CHECKS}


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """How one check of one document ended; `reason` where it did not compare anything."""

    check: Check
    outcome: CheckOutcome
    reason: Text | None
    findings: tuple[Finding, ...]


def examine_all(accounts: Sequence[Account]) -> Mapping[AccountKey, tuple[CheckEntry, ...]]:
    """The ledger of each account, held against the others as well."""
    related = related_accounts(accounts)
    return {account.key: examine(account, related.get(account.key, ALONE)) for account in accounts}


def examine(account: Account, related: Related = ALONE) -> tuple[CheckEntry, ...]:
    """Run every check over one document, in order: its ledger."""
    book = Book(account, related)
    exams = [_examined(check, book) for check in CHECKS]
    found = (finding for exam in exams if not exam.is_absent for finding in exam.findings)
    findings: dict[str, list[Finding]] = {check.id: [] for check in CHECKS}
    for finding in weighed(without_consequences(list(found)), book):
        findings[finding.check].append(finding)
    return tuple(_entry(check, exam, findings[check.id]) for check, exam in zip(CHECKS, exams, strict=True))


def _examined(check: Check, book: Book) -> Examination:
    """One check. Where it looked for what was not read, or read in part, that is what came of it."""
    book.asked.clear()
    exam = check.examine(book, Examination(check.id))
    if any(book.states.get(each) is ReadingStatus.IN_PART for each in book.asked if isinstance(each, StatementForm)):
        exam.findings = [_in_part(finding) for finding in exam.findings]
    lacking = book.why_not_read(has_compared=exam.absent is None)
    if lacking is not None:
        exam.not_read(*lacking)
    return exam


def _in_part(finding: Finding) -> Finding:
    """What a row or cell that was not read may explain is an observation: a sum, or a number beside nothing."""
    is_open = finding.is_of_total or finding.reported is None or finding.derived is None
    if finding.severity is Severity.INFO or not is_open:
        return finding
    return replace(finding, severity=Severity.INFO, remark=Remark.READ_IN_PART)


def _entry(check: Check, exam: Examination, findings: Sequence[Finding]) -> CheckEntry:
    if any(finding.severity is not Severity.INFO for finding in findings):
        return CheckEntry(check, CheckOutcome.FAILED, None, tuple(findings))
    if exam.absent is not None:
        return CheckEntry(check, exam.absent[0], exam.absent[1], tuple(findings))
    return CheckEntry(check, CheckOutcome.PASSED, None, tuple(findings))


def message(finding: Finding, language: Language = Language.ZH) -> str:
    """A finding in words: what stands where, and the difference."""
    return wording.message(BY_ID[finding.check], finding, language)


def suggestion(finding: Finding, language: Language = Language.ZH) -> str:
    """What to do about a finding."""
    return wording.suggestion(BY_ID[finding.check], finding, language)
