"""Completion rates are final over budget (预算完成率复算)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import interval
from graph_data.checks.wording import BUDGET_LAW, CHECK_TEXT, RECOMPUTE, Case, Check, Text, say
from graph_data.core.records import FactRecord
from graph_data.core.terms import Role, Severity, Topic

BUDGETS = {Topic.BUDGET_DEVIATION: (Role.INITIAL_BUDGET, Role.BUDGET), Topic.THREE_PUBLIC: (Role.BUDGET,)}


def examine(book: Book, exam: Examination) -> Examination:
    """Recompute each rate."""
    rates = [fact for topic in BUDGETS for fact in book.facts(topic, role=Role.COMPLETION_PERCENT)]
    if not rates:
        return exam.not_applicable("文字说明未列预算完成率", "the prose states no completion rates")
    for rate in rates:
        _recompute(book, exam, rate)
    return exam.or_insufficient("所列完成率均缺少预算数或决算数", "no rate is stated with both its amounts")


def _recompute(book: Book, exam: Examination, rate: FactRecord) -> None:
    beside = (book.beside(rate, role) for role in BUDGETS[rate.topic])
    budget, final = next((fact for fact in beside if fact is not None), None), book.beside(rate, Role.FINAL)
    if budget is None or final is None:
        return
    node = book.subject_node(rate.item) if rate.item.isdigit() else book.node
    if budget.number.fen == 0 and final.number.fen and rate.number.value:
        exam.compared += 1
        said = say("zero", label=rate.label, rate=rate.number, final=final.number)
        exam.note(Severity.WARNING, said, node, (rate.source, budget.source, final.source))
        return
    sources, said = (final.source, budget.source), say("rate", label=rate.label)
    exam.percent(rate, interval(final.number), [interval(budget.number)], node, sources, said)


CHECK = Check(
    id="prose.completion",
    title=Text("预算完成率复算", "Completion rates are final over budget"),
    rule=Text(
        "文字说明的每个预算完成率等于同处所列决算数除以预算数；预算数为零而列完成率的存疑。",
        "Every completion rate that the prose states is the final amount over the budget that it states with it. A "
        "rate of a budget of zero is doubtful.",
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
