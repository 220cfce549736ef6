"""The checks: each compares published figures of one document with each other. Nothing published is ever repaired.

A check is a module: its docstring opens with its id and Chinese title and goes on with its rule, and
`examine(book, exam)` compares. What cannot be compared ends as not applicable or as insufficient data, with the
reason, never as passed.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from types import ModuleType

from graph_data.checks import (
    balance_appropriation,
    balance_funds,
    balance_totals,
    document_statements,
    indicators_achievement,
    indicators_scores,
    indicators_stated,
    indicators_weights,
    meaning_directions,
    meaning_natures,
    meaning_units,
    projects_counts,
    projects_execution,
    projects_funds,
    projects_grades,
    projects_names,
    projects_rates,
    projects_scores,
    projects_sources,
    projects_stated,
    projects_units,
    prose_completion,
    prose_directions,
    prose_growth,
    prose_initial_budget,
    prose_procurement,
    prose_repeated,
    prose_shares,
    prose_three_public_counts,
    prose_totals,
    prose_vehicles,
    row_funds,
    row_natures,
    row_sources,
    row_three_public,
    table_basic_detail,
    table_subjects,
    table_summary,
    tables_appropriated,
    tables_appropriation,
    tables_appropriation_revenue,
    tables_basic,
    tables_expenditure,
    tables_in_and_out,
    tables_names,
    tables_revenue,
)
from graph_data.checks.base import Examination, Finding
from graph_data.checks.book import Book
from graph_data.core.records import Account
from graph_data.core.terms import CheckOutcome, Severity

MODULES: tuple[ModuleType, ...] = (
    document_statements,
    table_subjects,
    table_basic_detail,
    table_summary,
    row_natures,
    row_sources,
    row_funds,
    row_three_public,
    balance_totals,
    balance_appropriation,
    balance_funds,
    tables_revenue,
    tables_expenditure,
    tables_in_and_out,
    tables_appropriation,
    tables_appropriation_revenue,
    tables_appropriated,
    tables_basic,
    tables_names,
    prose_totals,
    prose_shares,
    prose_completion,
    prose_growth,
    prose_initial_budget,
    prose_directions,
    prose_repeated,
    prose_procurement,
    prose_vehicles,
    prose_three_public_counts,
    projects_counts,
    projects_funds,
    projects_sources,
    projects_execution,
    projects_stated,
    projects_rates,
    projects_scores,
    projects_grades,
    projects_units,
    projects_names,
    indicators_weights,
    indicators_scores,
    indicators_achievement,
    indicators_stated,
    meaning_units,
    meaning_natures,
    meaning_directions,
)


@dataclass(frozen=True, slots=True)
class Check:
    """A check as it is served: its stable id, its Chinese title, its rule."""

    id: str
    title: str
    rule: str


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
    return Check(id, title, " ".join(rule.split()))


CHECKS: tuple[Check, ...] = tuple(map(_check, MODULES))


def examine(account: Account) -> tuple[CheckEntry, ...]:
    """Run every check over one document, in order: its ledger."""
    book = Book(account)
    return tuple(_entry(check, module, book) for check, module in zip(CHECKS, MODULES, strict=True))


def _entry(check: Check, module: ModuleType, book: Book) -> CheckEntry:
    exam: Examination = module.examine(book, Examination(check.id))
    if exam.absent is not None:
        return CheckEntry(check, exam.absent[0], exam.absent[1], ())
    failed = any(finding.severity is not Severity.INFO for finding in exam.findings)
    outcome = CheckOutcome.FAILED if failed else CheckOutcome.PASSED
    return CheckEntry(check, outcome, None, tuple(exam.findings))
