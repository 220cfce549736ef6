"""What the prose compares: this year with the last, and the final account with the opening budget."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product

from graph_data.core.amount import Number
from graph_data.core.records import Account, BudgetDeviationRecord, ComparisonRecord, FactRecord
from graph_data.core.terms import Classification, Direction, Role, Topic
from graph_data.dataset import Dataset
from graph_data.graph import Node
from resolvers.paging import Cut, Page, page

_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class YearComparison:
    """A stated comparison with the year before, in 分: `change` and `change_percent` are negative for a decrease.

    `previous` follows from the two amounts. `consistent` says whether the stated percent agrees with them within
    the rounding of all three; None where no percent is stated or there was nothing the year before.
    """

    record: ComparisonRecord
    current: int
    change: int
    change_percent: Decimal | None
    consistent: bool | None

    @property
    def previous(self) -> int:
        return self.current - self.change


@dataclass(frozen=True, slots=True)
class BudgetDeviation:
    """年初预算 and 决算 of one subject or of the account as a whole, in 分."""

    record: BudgetDeviationRecord
    initial_budget: int
    final: int
    completion_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class SubjectDeviation:
    """The deviation of one subject."""

    subject: Node
    deviation: BudgetDeviation


def comparisons(dataset: Dataset, account: Account) -> list[YearComparison]:
    """Every comparison whose amounts the document states, in printed order."""
    stated = _by_place(dataset.facts(account.key, Topic.YEAR_COMPARISON))
    printed = sorted(account.comparisons, key=lambda record: (record.source.page or 0, record.source.line or 0))
    found = (_comparison(record, stated.get((record.item, record.position), {})) for record in printed)
    return [comparison for comparison in found if comparison is not None]


def _comparison(record: ComparisonRecord, numbers: dict[Role, Number]) -> YearComparison | None:
    current, change, percent = (numbers.get(role) for role in (Role.AMOUNT, Role.CHANGE, Role.CHANGE_PERCENT))
    sign = -1 if record.direction is Direction.DECREASE else 1
    moved = 0 if record.direction is Direction.FLAT and change is None else _fen(change)
    if current is None or current.fen is None or moved is None:
        return None
    stated_percent = None if percent is None or percent.value is None else sign * abs(percent.value)
    consistent = _agrees(current, sign, change, percent)
    return YearComparison(record, current.fen, sign * abs(moved), stated_percent, consistent)


def _agrees(current: Number, sign: int, change: Number | None, percent: Number | None) -> bool | None:
    """Does the stated percent lie where change over previous can lie, given how each is rounded?"""
    if change is None or percent is None or percent.value is None or current.fen is None or change.fen is None:
        return None
    ratios = []
    moves = [2 * sign * abs(change.fen) + end * change.step for end in (-1, 1)]
    totals = [2 * current.fen + end * current.step for end in (-1, 1)]
    for moved, total in product(moves, totals):
        if total <= moved:
            return None
        ratios.append(Fraction(100 * moved, total - moved))
    stated, half = sign * abs(Fraction(percent.value)), Fraction(1, 2 * 10**percent.decimals)
    return min(ratios) - half <= stated <= max(ratios) + half


def _fen(number: Number | None) -> int | None:
    return None if number is None else number.fen


def _by_place(facts: Iterable[FactRecord]) -> dict[_Key, dict[Role, Number]]:
    """The numbers of each passage by role; the first where a role is stated twice."""
    found: dict[_Key, dict[Role, Number]] = {}
    for fact in facts:
        found.setdefault((fact.item, fact.position), {}).setdefault(fact.role, fact.number)
    return found


def deviations_by_subject(dataset: Dataset, account: Account, cut: Cut) -> Page[SubjectDeviation]:
    """A page of the deviations of subjects, in printed order."""
    found = [
        SubjectDeviation(subject, deviation)
        for deviation in _deviations(dataset, account)
        if deviation.record.code is not None
        and (subject := dataset.subject(Classification.FUNCTIONAL, deviation.record.code)) is not None
    ]
    return page(dataset.version, ("deviations", account.key), found, cut)


def stated_budget(dataset: Dataset, account: Account) -> BudgetDeviation | None:
    """The deviation of the account as a whole; None where the document states none."""
    return next((found for found in _deviations(dataset, account) if found.record.code is None), None)


def _deviations(dataset: Dataset, account: Account) -> list[BudgetDeviation]:
    stated = _by_place(dataset.facts(account.key, Topic.BUDGET_DEVIATION))
    found = (_deviation(record, stated.get((record.item, record.position), {})) for record in account.budget_deviations)
    return [deviation for deviation in found if deviation is not None]


def _deviation(record: BudgetDeviationRecord, numbers: dict[Role, Number]) -> BudgetDeviation | None:
    initial, final = _fen(numbers.get(Role.INITIAL_BUDGET)), _fen(numbers.get(Role.FINAL))
    if initial is None or final is None:
        return None
    percent = numbers.get(Role.COMPLETION_PERCENT)
    return BudgetDeviation(record, initial, final, None if percent is None else percent.value)
