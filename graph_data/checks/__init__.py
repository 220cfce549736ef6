"""The checks: each compares published figures of one document with each other. Nothing published is ever repaired.

A check is a module in the folder of its family and a line in that family's `CHECKS`: its docstring opens with its id
and Chinese title and goes on with its rule, and `examine(book, exam)` compares. What cannot be compared ends as not
applicable or as insufficient data, with the reason, never as passed.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType

from graph_data.checks import balance, document, indicators, meaning, projects, prose, rows, tables
from graph_data.checks.book import Book
from graph_data.checks.examination import Examination, Finding
from graph_data.core.records import Account
from graph_data.core.terms import CheckOutcome, Severity

FAMILIES: tuple[ModuleType, ...] = (document, tables, rows, balance, prose, projects, indicators, meaning)


@dataclass(frozen=True, slots=True)
class Check:
    """A check as it is served: its stable id, its Chinese title, its rule."""

    id: str
    title: str
    rule: str
    examine: Callable[[Book, Examination], Examination] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """How one check of one document ended; `reason` where it did not compare anything."""

    check: Check
    outcome: CheckOutcome
    reason: str | None
    findings: tuple[Finding, ...]


def _check(module: ModuleType) -> Check:
    opening, _, rule = inspect.cleandoc(module.__doc__ or "").partition("\n")
    id, _, title = opening.partition(" — ")
    return Check(id, title, " ".join(rule.split()), module.examine)


CHECKS: tuple[Check, ...] = tuple(_check(module) for family in FAMILIES for module in family.CHECKS)


def examine(account: Account) -> tuple[CheckEntry, ...]:
    """Run every check over one document, in order: its ledger."""
    book = Book(account)
    return tuple(_entry(check, book) for check in CHECKS)


def _entry(check: Check, book: Book) -> CheckEntry:
    exam = check.examine(book, Examination(check.id))
    if exam.absent is not None:
        return CheckEntry(check, exam.absent[0], exam.absent[1], ())
    failed = any(finding.severity is not Severity.INFO for finding in exam.findings)
    outcome = CheckOutcome.FAILED if failed else CheckOutcome.PASSED
    return CheckEntry(check, outcome, None, tuple(exam.findings))
