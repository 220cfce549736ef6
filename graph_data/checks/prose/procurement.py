"""prose.procurement — 政府采购构成

Goods, works and services add up to the stated total of procurement; contracts with small and medium enterprises are
within it, and those with micro and small enterprises within them. Amounts that are not said to be contracts may be of
another scope (a budget set aside), and are doubtful.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import interval, total
from graph_data.core.terms import Role, Severity, Topic

KINDS = ("GOODS", "WORKS", "SERVICES")
WITHIN = (("SMALL_AND_MEDIUM", "TOTAL"), ("MICRO_AND_SMALL", "SMALL_AND_MEDIUM"))


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the kinds and hold the contracts against them."""
    whole = book.fact(Topic.PROCUREMENT, "TOTAL", Role.AMOUNT)
    if whole is None:
        return exam.not_applicable("the prose states no procurement")
    kinds = [kind for item in KINDS if (kind := book.fact(Topic.PROCUREMENT, item, Role.AMOUNT)) is not None]
    what = f"{whole.label} against goods, works and services"
    if len(kinds) == len(KINDS):
        exam.sums(whole, kinds, book.node, what)
    elif kinds:
        parts, sources = total(kind.number for kind in kinds), (whole.source, *(kind.source for kind in kinds))
        exam.within(parts, interval(whole.number), whole.number.unit, book.node, sources, what)
    _compare_contracts(book, exam)
    return exam.or_insufficient("the prose states no parts of procurement")


def _compare_contracts(book: Book, exam: Examination) -> None:
    for inner, outer in WITHIN:
        part, whole = (book.fact(Topic.PROCUREMENT, item, Role.AMOUNT) for item in (inner, outer))
        if part is not None and whole is not None:
            sources, what = (part.source, whole.source), f"{part.label} within {whole.label}"
            severity = Severity.ERROR if "合同" in part.label else Severity.WARNING
            low, high = interval(part.number), interval(whole.number)
            exam.within(low, high, part.number.unit, book.node, sources, what, severity)
