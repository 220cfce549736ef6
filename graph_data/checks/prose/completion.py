"""Completion rates are final over budget (预算完成率复算)."""

from __future__ import annotations

from itertools import product

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import interval
from graph_data.checks.places import printed_for, three_public_place
from graph_data.checks.wording import BUDGET_LAW, CHECK_TEXT, COMPLETE, EXPLAIN, RECOMPUTE, Case, Check, Text, say
from graph_data.core.records import FactRecord, FigureRecord
from graph_data.core.terms import Phase, Role, Severity, Topic

TOPIC = Topic.BUDGET_DEVIATION
FAR = 2  # times the budget, or this part of it
SEVERAL = 3
BUDGETS = {Topic.BUDGET_DEVIATION: (Role.INITIAL_BUDGET, Role.BUDGET), Topic.THREE_PUBLIC: (Role.BUDGET,)}


def examine(book: Book, exam: Examination) -> Examination:
    """Recompute each rate."""
    rates = [fact for topic in BUDGETS for fact in book.facts(topic, role=Role.COMPLETION_PERCENT)]
    if not rates:
        return exam.not_applicable("文字说明未列预算完成率", "the prose states no completion rates")
    for rate in rates:
        _recompute(book, exam, rate)
    _look_far(book, exam)
    return exam.or_insufficient("所列完成率均缺少预算数或决算数", "no rate is stated with both its amounts")


def _recompute(book: Book, exam: Examination, rate: FactRecord) -> None:
    budget: FactRecord | FigureRecord | None
    beside = (book.beside(rate, role) for role in BUDGETS[rate.topic])
    budget, final = next((fact for fact in beside if fact is not None), None), book.beside(rate, Role.FINAL)
    if budget is None and rate.topic is Topic.THREE_PUBLIC:
        place = three_public_place(book, rate.item, Phase.BUDGET)
        budget = place.cell if place is not None else None
    if budget is None or final is None:
        return
    node = book.subject_node(rate.item) if rate.item.isdigit() else book.node
    if budget.number.fen == 0 and final.number.fen and rate.number.value:
        exam.compared += 1
        said = say("zero", label=rate.label, rate=rate.number, final=final.number)
        exam.note(Severity.WARNING, said, node, (rate.source, budget.source, final.source))
        return
    if budget.number.fen == 0 and not final.number.fen:
        exam.compared += 1
        said = say("nothing", label=final.label, rate=rate.number)
        exam.note(Severity.INFO, said, node, (rate.source, budget.source, final.source))
        return
    sources, said = (final.source, budget.source), say("rate", label=rate.label)
    part, whole = interval(final.number), interval(budget.number)
    if not exam.is_share(rate, part, [whole]):
        for one, other in product(*((each, printed_for(book, each)) for each in (final, budget))):
            if one and other and exam.is_share(rate, interval(one.number), [interval(other.number)]):
                part, whole = interval(one.number), interval(other.number)
    exam.percent(rate, part, [whole], node, sources, said)


def _look_far(book: Book, exam: Examination) -> None:
    """Subjects far from their budgets, and those whose rate is left out while others' are stated."""
    pairs = [(budget, final) for role in BUDGETS[TOPIC] for budget in book.facts(TOPIC, role=role)
             if budget.number.fen and (final := book.beside(budget, Role.FINAL)) is not None]  # fmt: skip
    rates = book.facts(TOPIC, role=Role.COMPLETION_PERCENT)
    untold = []
    for budget, final in pairs:
        budgeted, spent = budget.number.fen or 0, final.number.fen or 0
        if budgeted > 0 and not budgeted <= FAR * spent <= FAR * FAR * budgeted:
            node = book.subject_node(budget.item) if budget.item.isdigit() else book.node
            said = say("far", label=budget.label, budget=budget.number, final=final.number)
            exam.note(Severity.INFO, said, node, (final.source, budget.source))
        if spent != budgeted and book.beside(budget, Role.COMPLETION_PERCENT) is None and budget.item.isdigit():
            untold.append(budget)
    if untold and len(rates) >= SEVERAL and len(untold) < len(pairs):
        said = say("untold", count=len(untold), labels="、".join(f"“{each.label}”" for each in untold))
        exam.note(Severity.INFO, said, book.node, tuple(each.source for each in untold))


CHECK = Check(
    id="prose.completion",
    title=Text("预算完成率复算", "Completion rates are final over budget"),
    rule=Text(
        "文字说明的每个预算完成率等于同处所列决算数除以预算数；预算数为零而列完成率的存疑。零预"
        "算零支出而列完成率、决算超过预算一倍或不足一半、有的科目列完成率而有的不列的，仅作提示。",
        "Every completion rate that the prose states is the final amount over the budget that it states with it. A "
        "rate of a budget of zero is doubtful. Observations are: a rate of nothing in nothing, a final amount of "
        "more than twice its budget or less than half, rates left out of some subjects.",
    ),
    basis=BUDGET_LAW,
    cases={
        "zero": Case(
            Text(
                "文字说明“{label}”预算完成率为{rate:number}，而所列预算数为零、决算数为{final:number}",
                "the completion stated of {label} is {rate:number}, while its budget is zero and {final:number} was "
                "spent",
            ),
            CHECK_TEXT,
        ),
        "nothing": Case(
            Text(
                "文字说明“{label}”预算数、决算数均为零，而列预算完成率{rate:number}",
                "{label}: a completion of {rate:number}, while neither budget nor final amount is anything",
            ),
            RECOMPUTE,
        ),
        "far": Case(
            Text(
                "文字说明“{label}”预算数为{budget:number}、决算数为{final:number}，相去一倍以上",
                "{label}: a budget of {budget:number} and {final:number} spent, one more than twice the other",
            ),
            EXPLAIN,
        ),
        "untold": Case(
            Text(
                "其他科目列有预算完成率，{count}个科目未列：{labels}",
                "no completion rate is stated of {count} subjects, while it is of others: {labels}",
            ),
            COMPLETE,
        ),
        "rate": Case(
            Text(
                "文字说明“{label}”预算完成率为{reported}，按所列预算数、决算数计算为{derived}",
                "the completion stated of {label} is {reported}, while its amounts give {derived}",
            ),
            RECOMPUTE,
        ),
    },
    examine=examine,
)
