"""prose.shares — 占比复算

Every share that the prose states is that of its amount in its total, within the rounding of all three: sources in
revenue, natures in expenditure, categories in the table that the section is about, contracts in procurement, evaluated
funds in project expenditure. Where the words leave open which total is meant (of the year or with carry-over, of all
expenditure or of appropriations, of procurement or of the contracts above) one that fits is enough.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination, Printed
from graph_data.checks.intervals import interval
from graph_data.checks.places import EXPENDITURE, REVENUE, form_of, total_place
from graph_data.core.amount import Interval
from graph_data.core.records import FactRecord
from graph_data.core.terms import Role, StatementForm, Topic

CONTRACTS = {"SMALL_AND_MEDIUM": ("TOTAL",), "MICRO_AND_SMALL": ("TOTAL", "SMALL_AND_MEDIUM")}


def examine(book: Book, exam: Examination) -> Examination:
    """Recompute each stated share."""
    stated = [fact for fact in book.account.facts if fact.role is Role.PERCENT]
    if not stated:
        return exam.not_applicable("the prose states no shares")
    for fact in filter(book.is_first, stated):
        part, wholes = _part(book, fact), _wholes(book, fact)
        if part is not None and part.number.fen is not None and wholes:
            sources = (part.source, wholes[0].source)
            bounds: list[Interval] = [interval(whole.number) for whole in wholes]
            what = f"the share stated of {fact.label}"
            exam.percent(fact, interval(part.number), bounds, book.node, sources, what)
    return exam.or_insufficient("no stated share has both its amount and its total")


def _part(book: Book, fact: FactRecord) -> Printed | None:
    amount = book.beside(fact, Role.AMOUNT)
    if amount is not None or fact.topic is not Topic.SHARE:
        return amount
    form = form_of(fact)
    place = total_place(book, fact.item, form) if form is not None else None
    return place.cell if place is not None else None


def _wholes(book: Book, fact: FactRecord) -> list[Printed]:
    """The totals that the share may be of, the likeliest first."""
    if fact.topic is Topic.PROCUREMENT:
        totals = (book.fact(Topic.PROCUREMENT, item, Role.AMOUNT) for item in CONTRACTS.get(fact.item, ()))
        return [total for total in totals if total is not None]
    if fact.topic is Topic.PERFORMANCE and fact.item == "SELF_EVALUATION":
        return _cells(book, [("PROJECT", StatementForm.EXPENDITURE)])
    return _cells(book, _bases(fact)) if fact.topic is Topic.SHARE else []


def _bases(fact: FactRecord) -> list[tuple[str, StatementForm]]:
    form = form_of(fact)
    if form is None:
        return []
    if fact.item == "GENERAL_PUBLIC_BUDGET":
        fiscal = StatementForm.FISCAL_APPROPRIATION
        return [("EXPENDITURE_TOTAL", StatementForm.EXPENDITURE), ("EXPENDITURE_TOTAL", fiscal)]
    if fact.item in REVENUE:
        return [("REVENUE_TOTAL", form), ("REVENUE_GRAND_TOTAL", form)]
    if fact.item in EXPENDITURE and form is StatementForm.EXPENDITURE:
        return [("EXPENDITURE_TOTAL", form), ("EXPENDITURE_GRAND_TOTAL", form)]
    return [("EXPENDITURE_TOTAL", form)] if fact.item in EXPENDITURE or fact.item.isdigit() else []


def _cells(book: Book, items: list[tuple[str, StatementForm]]) -> list[Printed]:
    places = [total_place(book, item, form) for item, form in items]
    cells = [place.cell for place in places if place is not None]
    return [cell for cell in cells if cell is not None and cell.number.fen is not None]
