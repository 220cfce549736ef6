"""A change and its percentage agree (增减率复算)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import interval, minus
from graph_data.checks.places import printed_for
from graph_data.checks.wording import BUDGET_LAW, RECOMPUTE, Case, Check, Text, say
from graph_data.core import vocabulary as words
from graph_data.core.records import Source
from graph_data.core.terms import Role, Severity, Topic


def examine(book: Book, exam: Examination) -> Examination:
    """Recompute each percentage from its amount and its change."""
    topics = (Topic.YEAR_COMPARISON, Topic.AGENCY_OPERATING)
    rates = [fact for topic in topics for fact in book.facts(topic, role=Role.CHANGE_PERCENT)]
    if not rates:
        return exam.not_applicable("文字说明未列增减率", "the prose states no percentage of a change")
    nothing: list[Source] = []
    for rate in rates:
        amount, change = book.beside(rate, Role.AMOUNT), book.beside(rate, Role.CHANGE)
        if amount is None or change is None:
            continue
        if amount.number.fen and amount.number.fen == change.number.fen:
            exam.compared += 1
            if rate.number.value and rate.source not in nothing:
                nothing.append(rate.source)
                said = say("nothing", label=rate.label, rate=rate.number, amount=amount.number)
                exam.note(Severity.WARNING, said, book.node, (rate.source, change.source, amount.source))
        else:
            before = [minus(interval(amount.number), interval(change.number))]
            if not exam.is_share(rate, interval(change.number), before):
                if words.EITHER.search(book.text_around(rate.source)):
                    continue  # which direction it is was left open, which another check tells
                cell = printed_for(book, amount)
                before += [minus(interval(cell.number), interval(change.number))] if cell is not None else []
            sources, said = (change.source, amount.source), say("rate", label=rate.label)
            exam.percent(rate, interval(change.number), before, book.node, sources, said)
    once = {(one.sources, one.details, one.reported, one.derived): one for one in reversed(exam.findings)}
    exam.findings = list(once.values())[::-1]
    return exam.or_insufficient("所列增减率均缺少金额或增减额", "no percentage is stated with its amount and change")


CHECK = Check(
    id="prose.growth",
    title=Text("增减率复算", "A change and its percentage agree"),
    rule=Text(
        "文字说明的每个增减额与增减率一致：增减率等于增减额除以变动前的数额（上年数；机关运行经费为年初预算数）。"
        "变动前为零而列增减率的存疑。",
        "Every stated change and its percentage agree: the percentage is the change over what the amount was before "
        "it (last year's, or the initial budget for agency operating expenses). A percentage of growth from nothing "
        "is doubtful.",
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
        "nothing": Case(
            Text(
                "文字说明“{label}”增减率为{rate:number}，而增减额等于全部金额{amount:number}，变动前为零",
                "the change stated of {label} is {rate:number}, while the change is all of it, {amount:number}: "
                "before it there was nothing",
            ),
            RECOMPUTE,
        ),
    },
    examine=examine,
)
