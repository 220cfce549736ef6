"""Vehicles add up by use (车辆数量)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import interval, total
from graph_data.checks.wording import CHECK_TEXT, DISCLOSURE, Case, Check, Text, say
from graph_data.core.terms import Role, Severity, Topic


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the uses."""
    everything = book.fact(Topic.STATE_ASSETS, "VEHICLES", Role.COUNT)
    if everything is None:
        return exam.not_applicable("文字说明未列车辆", "the prose states no vehicles")
    uses = book.facts(Topic.STATE_ASSETS, "VEHICLE_USE", Role.COUNT)
    if uses:
        is_short = total(use.number for use in uses).high < interval(everything.number).low
        may_lack = is_short and not any("其他" in use.label for use in uses)
        severity = Severity.WARNING if may_lack else Severity.ERROR
        exam.sums(everything, uses, book.node, say("uses"), severity)
    for kept in book.facts(Topic.THREE_PUBLIC, "OFFICIAL_VEHICLE_OPERATION", Role.COUNT):
        if kept.number.unit == everything.number.unit:
            part, whole, sources = interval(kept.number), interval(everything.number), (kept.source, everything.source)
            unit = everything.number.unit
            exam.within(part, whole, unit, book.node, sources, say("kept"), Severity.WARNING)
    return exam.or_insufficient("文字说明未分用途列示车辆", "the prose states no vehicles by use")


CHECK = Check(
    id="prose.vehicles",
    title=Text("车辆数量", "Vehicles add up by use"),
    rule=Text(
        "分用途所列车辆之和等于车辆总数，财政拨款开支的公务用车保有量不大于总数。用途之和较少且未列其他用车的，可能"
        "未全部说明，存疑。",
        "The vehicles stated by use add up to all vehicles, and those kept with appropriations are not more than "
        "all. Uses that make up less, without 其他用车 among them, may not have been stated all, and are doubtful.",
    ),
    basis=DISCLOSURE,
    cases={
        "uses": Case(
            Text("文字说明车辆总数为{reported}，分用途合计为{derived}", "{reported} stated in all, {derived} by use"),
            CHECK_TEXT,
        ),
        "kept": Case(
            Text(
                "财政拨款开支的公务用车保有量为{reported}，大于车辆总数{derived}",
                "{reported} kept with appropriations, more than all vehicles, {derived}",
            ),
            CHECK_TEXT,
        ),
    },
    examine=examine,
)
