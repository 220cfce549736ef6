"""The checks: each compares published figures of one document with each other. Nothing published is ever repaired.

A check is a module in the folder of its family that ends in `CHECK` (its id, titles, rule, basis and the words of its
findings, see `wording`), and a line in that family's `CHECKS`. Its `examine(book, exam)` compares. What cannot be
compared ends as not applicable or as insufficient data, with the reason, never as passed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

from graph_data.checks import balance, document, indicators, meaning, projects, prose, rows, tables, wording
from graph_data.checks.book import Book
from graph_data.checks.causes import weighed, without_consequences
from graph_data.checks.examination import Examination, Finding
from graph_data.checks.wording import Check, Text
from graph_data.core.records import Account
from graph_data.core.terms import CheckOutcome, Language, Severity

__all__ = [
    "BY_ID",
    "CHECKS",
    "FAMILIES",
    "Check",
    "CheckEntry",
    "Finding",
    "Text",
    "examine",
    "message",
    "suggestion",
]

FAMILIES: tuple[ModuleType, ...] = (document, tables, rows, balance, prose, projects, indicators, meaning)


CHECKS: tuple[Check, ...] = tuple(check for family in FAMILIES for check in family.CHECKS)
BY_ID: Mapping[str, Check] = {check.id: check for check in CHECKS}


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """How one check of one document ended; `reason` where it did not compare anything."""

    check: Check
    outcome: CheckOutcome
    reason: Text | None
    findings: tuple[Finding, ...]


def examine(account: Account) -> tuple[CheckEntry, ...]:
    """Run every check over one document, in order: its ledger."""
    book = Book(account)
    exams = [check.examine(book, Examination(check.id)) for check in CHECKS]
    found = (finding for exam in exams if exam.absent is None for finding in exam.findings)
    findings: dict[str, list[Finding]] = {check.id: [] for check in CHECKS}
    for finding in weighed(without_consequences(list(found)), book):
        findings[finding.check].append(finding)
    return tuple(_entry(check, exam, findings[check.id]) for check, exam in zip(CHECKS, exams, strict=True))


def _entry(check: Check, exam: Examination, findings: Sequence[Finding]) -> CheckEntry:
    if exam.absent is not None:
        return CheckEntry(check, exam.absent[0], exam.absent[1], ())
    failed = any(finding.severity is not Severity.INFO for finding in findings)
    return CheckEntry(check, CheckOutcome.FAILED if failed else CheckOutcome.PASSED, None, tuple(findings))


def message(finding: Finding, language: Language = Language.ZH) -> str:
    """A finding in words: what stands where, and the difference."""
    return wording.message(BY_ID[finding.check], finding, language)


def suggestion(finding: Finding, language: Language = Language.ZH) -> str:
    """What to do about a finding."""
    return wording.suggestion(BY_ID[finding.check], finding, language)
