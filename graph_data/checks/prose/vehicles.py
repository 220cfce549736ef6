"""prose.vehicles — 车辆数量

The vehicles stated by use add up to all vehicles, and those kept with appropriations are not more than all. Uses that
make up less, without 其他用车 among them, may not have been stated all, and are doubtful.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import interval, total
from graph_data.core.terms import Role, Severity, Topic


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the uses."""
    everything = book.fact(Topic.STATE_ASSETS, "VEHICLES", Role.COUNT)
    if everything is None:
        return exam.not_applicable("the prose states no vehicles")
    uses = book.facts(Topic.STATE_ASSETS, "VEHICLE_USE", Role.COUNT)
    if uses:
        is_short = total(use.number for use in uses).high < interval(everything.number).low
        may_lack = is_short and not any("其他" in use.label for use in uses)
        severity = Severity.WARNING if may_lack else Severity.ERROR
        exam.sums(everything, uses, book.node, "all vehicles against the vehicles by use", severity)
    for kept in book.facts(Topic.THREE_PUBLIC, "OFFICIAL_VEHICLE_OPERATION", Role.COUNT):
        if kept.number.unit == everything.number.unit:
            part, whole, sources = interval(kept.number), interval(everything.number), (kept.source, everything.source)
            what = "vehicles kept with appropriations within all vehicles"
            exam.within(part, whole, everything.number.unit, book.node, sources, what, Severity.WARNING)
    return exam.or_insufficient("the prose states no vehicles by use")
