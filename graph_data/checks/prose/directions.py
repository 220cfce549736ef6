"""Words of direction agree with the numbers (增减方向用语)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.places import printed_for
from graph_data.checks.wording import BUDGET_LAW, CHECK_TEXT, Case, Check, Text, say
from graph_data.core.records import BudgetDeviationRecord, FactRecord
from graph_data.core.terms import Direction, Role, Severity, Topic

ABOUT = 20
BUDGETS = (Role.INITIAL_BUDGET, Role.BUDGET)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare each direction with its amounts."""
    book.asked.add(Topic.BUDGET_DEVIATION)
    stated = [deviation for deviation in book.account.budget_deviations if deviation.direction is not None]
    if not stated:
        return exam.not_applicable("文字说明未用增减用语", "the prose gives no directions")
    for deviation in stated:
        budgets = (book.fact(Topic.BUDGET_DEVIATION, deviation.item, role, deviation.position) for role in BUDGETS)
        budget = next((fact for fact in budgets if fact is not None), None)
        final = book.fact(Topic.BUDGET_DEVIATION, deviation.item, Role.FINAL, deviation.position)
        if budget is not None and final is not None:
            _compare(book, exam, deviation, budget, final)
    return exam.or_insufficient("所用增减用语均缺少预算数或决算数", "no direction is stated with both its amounts")


def _compare(
    book: Book, exam: Examination, deviation: BudgetDeviationRecord, budget: FactRecord, final: FactRecord
) -> None:
    exam.compared += 1
    before, after = budget.number.fen or 0, final.number.fen or 0
    holds = {
        Direction.INCREASE: after > before,
        Direction.DECREASE: after < before,
        Direction.FLAT: abs(after - before) * ABOUT <= abs(before),
    }
    if deviation.direction is not None and not holds[deviation.direction]:
        cell = printed_for(book, final)
        printed = cell.number.fen if cell is not None else None
        if (
            printed is not None
            and printed != after
            and (printed > before) is (deviation.direction is Direction.INCREASE)
        ):
            return  # the amount alone is wrong, which another check tells
        node = book.subject_node(deviation.code) if deviation.code else book.node
        is_soft = after == before or deviation.direction is Direction.FLAT
        said = say("direction", label=budget.label, direction=deviation.direction)
        exam.disagree(final, budget, node, said, Severity.WARNING if is_soft else Severity.ERROR)


CHECK = Check(
    id="prose.directions",
    title=Text("增减方向用语", "Words of direction agree with the numbers"),
    rule=Text(
        "增减用语与数字一致：所称决算数大于或小于预算数的，数字确实如此；两数相等的存疑。所称持平的允许相差二十分之"
        "一。",
        "The words agree with the figures: a final amount said to be above or below its budget is so; one whose "
        "printed numbers are level is doubtful. What is said to be about level (持平) may differ by a twentieth.",
    ),
    basis=BUDGET_LAW,
    cases={
        "direction": Case(
            Text(
                "文字说明“{label}”称决算数较预算数“{direction:term}”，而预算数为{derived}、决算数为{reported}",
                "{label}: said to be “{direction:term}”, while {reported} follows a budget of {derived}",
            ),
            CHECK_TEXT,
        ),
    },
    examine=examine,
)
