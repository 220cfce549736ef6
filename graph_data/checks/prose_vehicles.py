"""prose.vehicles — 车辆数量

The vehicles stated by use add up to all vehicles, and those kept with appropriations are not more than all.
"""

from __future__ import annotations

from graph_data.checks.base import Examination
from graph_data.checks.book import Book
from graph_data.terms import Role, Severity, Topic


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the uses."""
    total = book.fact(Topic.STATE_ASSETS, "VEHICLES", Role.COUNT)
    if total is None:
        return exam.not_applicable("the prose states no vehicles")
    uses = book.facts(Topic.STATE_ASSETS, "VEHICLE_USE", Role.COUNT)
    if uses:
        exam.sums(total, uses, book.node, "all vehicles against the vehicles by use")
    for kept in book.facts(Topic.THREE_PUBLIC, "OFFICIAL_VEHICLE_OPERATION", Role.COUNT):
        exam.compared += 1
        if kept.number.value is not None and total.number.value is not None and kept.number.value > total.number.value:
            message = f"{kept.number.text} vehicles are kept with appropriations, {total.number.text} are there in all"
            exam.note(Severity.WARNING, message, book.node, (kept.source, total.source))
    return exam if exam.compared else exam.insufficient("the prose states no vehicles by use")
