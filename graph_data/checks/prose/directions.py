"""prose.directions — 增减方向用语

The words agree with the figures: a final amount said to be above or below its budget is so; one whose printed numbers
are level is doubtful. What is said to be about level (持平) may differ by a twentieth.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.core.records import BudgetDeviationRecord, FactRecord
from graph_data.core.terms import Direction, Role, Severity, Topic

ABOUT = 20


def examine(book: Book, exam: Examination) -> Examination:
    """Compare each direction with its amounts."""
    stated = [deviation for deviation in book.account.budget_deviations if deviation.direction is not None]
    if not stated:
        return exam.not_applicable("the prose gives no directions")
    for deviation in stated:
        budget = book.fact(Topic.BUDGET_DEVIATION, deviation.item, Role.INITIAL_BUDGET, deviation.position)
        final = book.fact(Topic.BUDGET_DEVIATION, deviation.item, Role.FINAL, deviation.position)
        if budget is not None and final is not None:
            _compare(book, exam, deviation, budget, final)
    return exam.or_insufficient("no direction is stated with both its amounts")


def _compare(
    book: Book, exam: Examination, deviation: BudgetDeviationRecord, budget: FactRecord, final: FactRecord
) -> None:
    exam.compared += 1
    before, after = budget.number.fen or 0, final.number.fen or 0
    holds = {
        Direction.INCREASE: after > before,
        Direction.DECREASE: after < before,
        Direction.FLAT: abs(after - before) * ABOUT <= abs(before),
    }
    if deviation.direction is not None and not holds[deviation.direction]:
        node = book.subject_node(deviation.code) if deviation.code else book.node
        is_soft = after == before or deviation.direction is Direction.FLAT
        message = (
            f"{budget.label}: said to be {deviation.direction.value}, "
            f"while {final.number.text} {final.number.unit} follows {budget.number.text} {budget.number.unit}"
        )
        exam.disagree(final, budget, node, message, Severity.WARNING if is_soft else Severity.ERROR)
