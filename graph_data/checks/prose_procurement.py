"""prose.procurement — 政府采购构成

Goods, works and services add up to the stated total of procurement; contracts with small and medium enterprises are
within it, and those with micro and small enterprises within them.
"""

from __future__ import annotations

from graph_data.checks.base import Examination, interval
from graph_data.checks.book import Book
from graph_data.terms import Role, Severity, Topic

WITHIN = (("SMALL_AND_MEDIUM", "TOTAL"), ("MICRO_AND_SMALL", "SMALL_AND_MEDIUM"))


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the kinds and hold the contracts against them."""
    total = book.fact(Topic.PROCUREMENT, "TOTAL", Role.AMOUNT)
    if total is None:
        return exam.not_applicable("the prose states no procurement")
    kinds = [book.fact(Topic.PROCUREMENT, item, Role.AMOUNT) for item in ("GOODS", "WORKS", "SERVICES")]
    parts = [kind for kind in kinds if kind is not None]
    if len(parts) == len(kinds):
        exam.sums(total, parts, book.node, "政府采购支出总额 against goods, works and services")
    for inner, outer in WITHIN:
        part, whole = (book.fact(Topic.PROCUREMENT, item, Role.AMOUNT) for item in (inner, outer))
        if part is None or whole is None:
            continue
        exam.compared += 1
        low, high = interval(part.number), interval(whole.number)
        if low.low > high.high:
            sources = (part.source, whole.source)
            what = f"{part.label} within {whole.label}"
            exam.differ(part.number.unit, low, high, book.node, sources, what, Severity.ERROR)
    return exam if exam.compared else exam.insufficient("the prose states no parts of procurement")
