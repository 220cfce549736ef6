"""prose.shares — 占比复算

Every share that the prose states is that of its amount in its total, within the rounding of all three: sources in
revenue, natures in expenditure, categories in the general public budget, contracts in procurement, evaluated funds
in project expenditure.
"""

from __future__ import annotations

from graph_data.checks.base import Examination, Printed, interval
from graph_data.checks.book import Book
from graph_data.checks.places import TOTALS, total_cell
from graph_data.records import FactRecord
from graph_data.terms import Role, StatementForm, Topic

BASES = {StatementForm.REVENUE: "REVENUE_TOTAL", StatementForm.EXPENDITURE: "EXPENDITURE_TOTAL"}


def examine(book: Book, exam: Examination) -> Examination:
    """Recompute each stated share."""
    stated = [fact for fact in book.account.facts if fact.role is Role.PERCENT]
    if not stated:
        return exam.not_applicable("the prose states no shares")
    for fact in stated:
        part, whole = _part_and_whole(book, fact)
        if part is not None and whole is not None and part.number.fen is not None and whole.number.fen is not None:
            what = f"the share stated of {fact.label}"
            sources = (part.source, whole.source)
            exam.percent(fact, interval(part.number), interval(whole.number), book.node, sources, what)
    return exam if exam.compared else exam.insufficient("no stated share has both its amount and its total")


def _part_and_whole(book: Book, fact: FactRecord) -> tuple[Printed | None, Printed | None]:
    amount = book.fact(fact.topic, fact.item, Role.AMOUNT, fact.position)
    if fact.topic is Topic.SHARE:
        return amount or total_cell(book, fact.item), _base(book, fact.item)
    if fact.topic is Topic.PROCUREMENT and fact.item in ("SMALL_AND_MEDIUM", "MICRO_AND_SMALL"):
        return amount, book.fact(Topic.PROCUREMENT, "TOTAL", Role.AMOUNT)
    if fact.topic is Topic.PERFORMANCE and fact.item == "SELF_EVALUATION":
        return amount, total_cell(book, "PROJECT")
    return None, None


def _base(book: Book, item: str) -> Printed | None:
    if item == "GENERAL_PUBLIC_BUDGET":
        return total_cell(book, "EXPENDITURE_TOTAL")
    if item in TOTALS:
        return total_cell(book, BASES[TOTALS[item][0]])
    return total_cell(book, "GENERAL_PUBLIC_BUDGET") if item.isdigit() else None
