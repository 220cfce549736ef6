"""Targets that reward consumption (目标方向)."""

from __future__ import annotations

import re

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import EVALUATION, EXPLAIN, Case, Check, Text, say
from graph_data.core.terms import Comparator, Severity

CONSUMED = re.compile(r"用水量|用电量|耗水|耗电|能耗|油耗|耗材|用纸量|用气量")


def examine(book: Book, exam: Examination) -> Examination:
    """Look for consumption with a lower bound."""
    if not book.evaluated:
        return exam.insufficient("未附项目自评表", "no sheet is attached")
    for project in book.evaluated:
        for one in book.indicators(project.project):
            if one.target_comparator is None:
                continue
            exam.compared += 1
            if CONSUMED.search(one.name) and one.target_comparator in (Comparator.AT_LEAST, Comparator.GREATER):
                said = say("consumes", project=project.name, indicator=one.name, target=one.target_text)
                exam.note(Severity.INFO, said, book.indicator_node(one), (one.source,))
    return exam.or_insufficient("没有列示带方向目标值的指标", "no indicator prints a target with a direction")


CHECK = Check(
    id="meaning.directions",
    title=Text("目标方向", "Targets that reward consumption"),
    rule=Text(
        "对消耗类指标（用水、用电、耗材等）要求不低于某数的目标鼓励消耗，仅作提示。",
        "A target that asks for at least so much of something consumed rewards consumption: an observation, not an "
        "error.",
    ),
    basis=EVALUATION,
    cases={
        "consumes": Case(
            Text(
                "项目“{project}”“{indicator}”目标为{target}，要求消耗不低于目标",
                "{project}, {indicator} ({target}): the target rewards consumption",
            ),
            EXPLAIN,
        ),
    },
    examine=examine,
)
