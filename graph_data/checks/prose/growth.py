"""A change and its percentage agree (增减率复算)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import interval, minus
from graph_data.checks.wording import BUDGET_LAW, RECOMPUTE, Case, Check, Text, say
from graph_data.core.terms import Role, Topic


def examine(book: Book, exam: Examination) -> Examination:
    """Recompute each percentage from its amount and its change."""
    topics = (Topic.YEAR_COMPARISON, Topic.AGENCY_OPERATING)
    rates = [fact for topic in topics for fact in book.facts(topic, role=Role.CHANGE_PERCENT)]
    if not rates:
        return exam.not_applicable("文字说明未列增减率", "the prose states no percentage of a change")
    for rate in rates:
        amount, change = book.beside(rate, Role.AMOUNT), book.beside(rate, Role.CHANGE)
        if amount is not None and change is not None:
            before = minus(interval(amount.number), interval(change.number))
            sources, said = (change.source, amount.source), say("rate", label=rate.label)
            exam.percent(rate, interval(change.number), [before], book.node, sources, said)
    return exam.or_insufficient("所列增减率均缺少金额或增减额", "no percentage is stated with its amount and change")


CHECK = Check(
    id="prose.growth",
    title=Text("增减率复算", "A change and its percentage agree"),
    rule=Text(
        "文字说明的每个增减额与增减率一致：增减率等于增减额除以变动前的数额（上年数；机关运行经费为年初预算数）。",
        "Every stated change and its percentage agree: the percentage is the change over what the amount was before "
        "it (last year's, or the initial budget for agency operating expenses).",
    ),
    basis=BUDGET_LAW,
    cases={
        "rate": Case(
            Text(
                "文字说明“{label}”增减率为{reported}，按所列金额和增减额计算为{derived}",
                "the change stated of {label} is {reported}, while its amounts give {derived}",
            ),
            RECOMPUTE,
        ),
    },
    examine=examine,
)
