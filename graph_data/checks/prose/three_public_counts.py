"""prose.three-public-counts — “三公”经费与次数

Where the prose states both an expense (for travel, for buying vehicles, for reception) and how often or how many,
neither is nothing while the other is something.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.core.terms import Role, Severity, Topic

ITEMS = ("OVERSEAS_OFFICIAL_TRAVEL", "OFFICIAL_VEHICLE_PURCHASE", "DOMESTIC_RECEPTION", "OVERSEAS_RECEPTION")


def examine(book: Book, exam: Examination) -> Examination:
    """Hold each expense against its counts."""
    for item in ITEMS:
        final = book.fact(Topic.THREE_PUBLIC, item, Role.FINAL)
        counts = book.facts(Topic.THREE_PUBLIC, item, Role.COUNT)
        if final is None or not counts:
            continue
        exam.compared += 1
        is_spent, is_done = bool(final.number.fen), any(count.number.value for count in counts)
        if is_spent != is_done:
            stated = "、".join(f"{count.number.text}{count.number.unit}" for count in counts)
            message = f"{final.label}: {final.number.text} {final.number.unit} with {stated}"
            exam.note(Severity.WARNING, message, book.node, (final.source, *(count.source for count in counts)))
    return exam if exam.compared else exam.not_applicable("the prose states no such expense with its counts")
