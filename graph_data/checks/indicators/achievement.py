"""Targets met and missed against scores (完成情况与得分)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import EVALUATION, EXPLAIN, Case, Check, Text, say
from graph_data.core.achievement import is_achieved
from graph_data.core.records import IndicatorRecord
from graph_data.core.terms import Comparator, NarrativeKind, Severity


def examine(book: Book, exam: Examination) -> Examination:
    """Hold each score against its target."""
    if not book.evaluated:
        return exam.insufficient("未附项目自评表", "no sheet is attached")
    if not book.account.narratives:
        return exam.insufficient(
            "未保留本文件的文字，偏差原因说明无从得知",
            "the document's words are not kept, so that its notes on deviations are not known",
        )
    explained = {note.about for note in book.account.narratives if note.kind is NarrativeKind.DEVIATION_NOTE}
    for project in book.evaluated:
        for one in book.leaves(project.project):
            if f"{project.project}/{one.indicator}" not in explained:
                _compare(book, exam, project.name, one)
    return exam.or_insufficient(
        "没有同时列示目标值、实际完成值和得分的指标", "no indicator prints target, actual value and score"
    )


def _compare(book: Book, exam: Examination, project: str, one: IndicatorRecord) -> None:
    met, weight, score = _is_met(one), one.max_score, one.score
    if met is None or weight is None or score is None or weight.value is None or score.value is None:
        return
    exam.compared += 1
    if met == (score.value >= weight.value):
        return
    case, target, actual = "met" if met else "missed", one.target_text, one.actual_text
    said = say(case, project=project, indicator=one.name, target=target, actual=actual)
    sources = (one.source,)
    exam.counted(score.value, weight.value, "分", book.indicator_node(one), sources, said, Severity.WARNING)


def _is_met(one: IndicatorRecord) -> bool | None:
    if one.target_text and one.target_text == one.actual_text:
        return True
    met = is_achieved(one)
    if met is False and one.target_comparator is None:
        return None
    is_above = one.target_value is not None and one.actual_value is not None and one.actual_value > one.target_value
    return None if met is False and one.target_comparator is Comparator.EQUAL and is_above else met


CHECK = Check(
    id="indicators.achievement",
    title=Text("完成情况与得分", "Targets met and missed against scores"),
    rule=Text(
        "实际完成值达到目标值的指标得满分，未达到的不得满分，另有说明的除外。文字目标以实际完成值重复其原文为达到，"
        "其他文字不作判断；没有≥、≤或=的数字目标，以及高于=目标的，也不作判断。",
        "An indicator whose actual value meets its target has its full score, and one that misses it has not, "
        "unless a note explains it. Targets in words are met where the actual value repeats them; other words "
        "decide nothing. Nor does a number without ≥, ≤ or =, or one above a target with =: whether more is better "
        "is not said.",
    ),
    basis=EVALUATION,
    cases={
        "met": Case(
            Text(
                "项目“{project}”“{indicator}”目标{target}、实际{actual}，已达到目标而得{reported}（分值{derived}），"
                "未作说明",
                "{project}, {indicator}: a target of {target} is met by {actual} with {reported} of {derived}, "
                "without a note",
            ),
            EXPLAIN,
        ),
        "missed": Case(
            Text(
                "项目“{project}”“{indicator}”目标{target}、实际{actual}，未达到目标而得满分{reported}（分值{derived}"
                "），未作说明",
                "{project}, {indicator}: a target of {target} is missed by {actual} with {reported} of {derived}, "
                "without a note",
            ),
            EXPLAIN,
        ),
    },
    examine=examine,
)
