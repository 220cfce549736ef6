"""The three public expenses and their counts (“三公”经费与次数)."""

from __future__ import annotations

import re

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import CHECK_TEXT, DISCLOSURE, Case, Check, Text, say
from graph_data.core.terms import Role, Severity, Topic

ITEMS = ("OVERSEAS_OFFICIAL_TRAVEL", "OFFICIAL_VEHICLE_PURCHASE", "DOMESTIC_RECEPTION", "OVERSEAS_RECEPTION")

BOUGHT = re.compile(
    "(?:使用|用)[^，]*(?:购置|购买|采购)(?:了)?(?:公务)?(?:用车|车辆)|(?:购置|购买|采购)了(?:公务)?(?:用车|车辆)"
)
DENIED = re.compile(r"[未无没不零]|(?<![\d.])0(?![\d.])")


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
            said = say("spent", label=final.label, amount=final.number, counts=stated)
            exam.note(Severity.WARNING, said, book.node, (final.source, *(count.source for count in counts)))
    _look_for_purchases(book, exam)
    return (
        exam
        if exam.compared
        else exam.not_applicable(
            "文字说明未同时列示此类费用及其次数或数量", "the prose states no such expense with its counts"
        )
    )


def _look_for_purchases(book: Book, exam: Examination) -> None:
    """A passage that states nothing spent on vehicles, and says that some were bought."""
    for fact in book.facts(Topic.THREE_PUBLIC, "OFFICIAL_VEHICLE_PURCHASE", Role.FINAL):
        if fact.number.fen == 0:
            exam.compared += 1
            clauses = re.split("[，,；;。：:]", book.text_around(fact.source))
            if any(BOUGHT.search(clause) and not DENIED.search(clause) for clause in clauses):
                said = say("bought", label=fact.label, amount=fact.number)
                exam.note(Severity.WARNING, said, book.node, (fact.source,))


CHECK = Check(
    id="prose.three-public-counts",
    title=Text("“三公”经费与次数", "The three public expenses and their counts"),
    rule=Text(
        "文字说明既列出国（境）、购车、接待的费用又列次数或数量的，不应一个为零而另一个不为零；购置费为零的，"
        "不应称购置了公务用车。",
        "Where the prose states both an expense (for travel, for buying vehicles, for reception) and how often or "
        "how many, neither is nothing while the other is something. Where nothing was spent on vehicles, none is said "
        "to have been bought.",
    ),
    basis=DISCLOSURE,
    cases={
        "spent": Case(
            Text(
                "“{label}”支出{amount:number}，而次数或数量为{counts}",
                "{label}: {amount:number} spent, with counts of {counts}",
            ),
            CHECK_TEXT,
        ),
        "bought": Case(
            Text(
                "“{label}”为{amount:number}，而文字称购置了公务用车",
                "{label} is {amount:number}, while vehicles are said to have been bought",
            ),
            CHECK_TEXT,
        ),
    },
    examine=examine,
)
