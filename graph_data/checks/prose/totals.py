"""prose.totals — 文字数与表内数一致

Every amount that the prose states of a total, a source, a nature, a category, a subject or one of the three public
expenses is the one that the table prints; which table, the heading over the prose says. An amount stated in fewer
digits than the table's is an observation; an initial budget of the three public expenses may differ from the adjusted
one of the table, and is doubtful.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.places import place_of
from graph_data.core.records import FactRecord
from graph_data.core.terms import Role, Severity, Topic


def examine(book: Book, exam: Examination) -> Examination:
    """Compare each stated amount with its cell."""
    if not book.account.facts:
        return exam.not_applicable("the document has no prose with figures")
    for fact in book.account.facts:
        place = place_of(book, fact)
        if place is not None:
            what = f"{fact.label} in the prose and in {place.table.record.form.value}"
            severity = Severity.WARNING if _is_initial(fact) else Severity.ERROR
            exam.equal(fact, place.cell, book.line_node(place.line), what, severity, may_be_shorter=True)
    return exam.or_insufficient("no stated amount has a printed cell")


def _is_initial(fact: FactRecord) -> bool:
    return fact.topic is Topic.THREE_PUBLIC and fact.role is Role.BUDGET and "年初" in fact.label
