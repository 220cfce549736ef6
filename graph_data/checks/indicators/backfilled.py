"""Targets that look filled in afterwards (目标值疑似事后填报)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import EVALUATION, EXPLAIN, Case, Check, Text, say
from graph_data.core.amount import MONEY_UNITS
from graph_data.core.records import IndicatorRecord
from graph_data.core.terms import FundingQuantity, FundSource, IndicatorKind, Severity

MANY = 10
NEARLY = 5  # at most every fifth of them may differ


def examine(book: Book, exam: Examination) -> Examination:
    """Hold cost targets against the funds, and all targets against what was achieved."""
    if not book.evaluated:
        return exam.insufficient("未附项目自评表", "no sheet is attached")
    measured: list[IndicatorRecord] = []
    for project in book.evaluated:
        kinds = {one.indicator: one.kind for one in book.indicators(project.project)}
        for one in book.leaves(project.project):
            if one.target_value is None or one.actual_value is None:
                continue
            measured.append(one)
            exam.compared += 1
            if IndicatorKind.COST in (one.kind, kinds.get(one.parent or "")):
                _compare_cost(book, exam, project.name, one)
    same = [one for one in measured if one.target_value == one.actual_value]
    if len(measured) >= MANY and NEARLY * len(same) >= (NEARLY - 1) * len(measured):
        said = say("identical", count=len(measured), same=len(same))
        exam.note(Severity.INFO, said, book.node, tuple(one.source for one in same))
    return exam.or_insufficient(
        "没有同时列示数字目标值和实际完成值的指标", "no indicator prints both target and actual value as numbers"
    )


def _compare_cost(book: Book, exam: Examination, project: str, one: IndicatorRecord) -> None:
    """A target of cost that is what was spent to the 分, while the budget was another amount."""
    spent, budget = (
        book.funding(one.project, FundSource.TOTAL, quantity)
        for quantity in (FundingQuantity.EXECUTED, FundingQuantity.INITIAL_BUDGET)
    )
    unit = MONEY_UNITS.get(one.target_unit or "")
    if unit is None or one.target_value is None or spent is None or budget is None:
        return
    is_spent = one.target_value * unit.fen == spent.number.fen
    if is_spent and budget.number.fen and budget.number.fen != spent.number.fen:
        said = say("cost", project=project, indicator=one.name, target=one.target_text, budget=budget.number)
        exam.note(Severity.INFO, said, book.indicator_node(one), (one.source, spent.source, budget.source))


CHECK = Check(
    id="indicators.backfilled",
    title=Text("目标值疑似事后填报", "Targets that look filled in afterwards"),
    rule=Text(
        "成本指标的目标值在年初设定，不应恰好等于全年执行数而不同于年初预算数；十个以上数字指标中，"
        "实际完成值与目标值完全相同的不应达到五分之四。均仅作提示。",
        "A target of cost is set at the opening of the year: that it is what was spent, to the 分, while the initial "
        "budget was another amount is an observation; so are ten or more numeric targets of which four fifths are met "
        "to the digit.",
    ),
    basis=EVALUATION,
    cases={
        "cost": Case(
            Text(
                "项目“{project}”成本指标“{indicator}”目标{target}恰为全年执行数，而年初预算为{budget:number}",
                "{project}, {indicator}: the target {target} is what was spent, while the initial budget was "
                "{budget:number}",
            ),
            EXPLAIN,
        ),
        "identical": Case(
            Text(
                "{count}个数字指标中有{same}个实际完成值与目标值完全相同",
                "{same} of {count} numeric indicators are met to the digit",
            ),
            EXPLAIN,
        ),
    },
    examine=examine,
)
