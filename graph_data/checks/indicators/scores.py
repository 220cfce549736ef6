"""Scores of indicators add up (得分合计)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination, Printed, Stated
from graph_data.checks.wording import CHECK_SHEET, EVALUATION, Case, Check, Text, say
from graph_data.core.records import ProjectRecord
from graph_data.core.terms import FundingQuantity, FundSource, Severity


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the scores of each sheet."""
    if not book.evaluated:
        return exam.insufficient("未附项目自评表", "no sheet is attached")
    for project in book.evaluated:
        _bound(book, exam, project)
        _sum(book, exam, project)
    return exam.or_insufficient("没有列示全部得分及总得分的自评表", "no sheet prints every score and their total")


def _bound(book: Book, exam: Examination, project: ProjectRecord) -> None:
    for one in book.indicators(project.project):
        weight, score = one.max_score, one.score
        if weight is None or score is None or weight.value is None or score.value is None:
            continue
        exam.compared += 1
        if score.value > weight.value:
            said = say("exceeds", project=project.name, indicator=one.name)
            first, second = Stated(score, one.source), Stated(weight, one.source)
            exam.disagree(first, second, book.indicator_node(one), said, Severity.ERROR)


def _sum(book: Book, exam: Examination, project: ProjectRecord) -> None:
    leaves = book.leaves(project.project)
    parts = [Stated(one.score, one.source) for one in leaves if one.score is not None and one.score.value is not None]
    if project.total_score is None or project.total_source is None or not parts:
        return
    if len(parts) < len(leaves):
        blank = [one for one in leaves if one.score is None or one.score.value is None]
        said = say("blank", project=project.name, blank=len(blank), count=len(leaves))
        sources = (project.total_source, *(one.source for one in blank))
        exam.note(Severity.WARNING, said, book.project_node(project.project), sources)
        return
    execution = book.funding(project.project, FundSource.TOTAL, FundingQuantity.SCORE)
    severity = Severity.ERROR if execution is not None else Severity.WARNING
    everything: list[Printed] = [*parts, *([execution] if execution is not None else [])]
    total = Stated(project.total_score, project.total_source)
    said = say("total", project=project.name)
    exam.sums(total, everything, book.project_node(project.project), said, severity)


CHECK = Check(
    id="indicators.scores",
    title=Text("得分合计", "Scores of indicators add up"),
    rule=Text(
        "自评表各指标得分与预算执行得分之和等于表列总得分，且任何得分不超过其分值。整数分值为精确值。表中未列预算执"
        "行得分的，差异存疑。",
        "The scores of a sheet's indicators and of its execution add up to the total that it prints, and none "
        "exceeds its weight. Whole points are exact. A difference on a sheet that prints no score of execution is "
        "doubtful.",
    ),
    basis=EVALUATION,
    cases={
        "exceeds": Case(
            Text(
                "项目“{project}”“{indicator}”得分为{reported}，大于分值{derived}",
                "{project}, {indicator}: {reported} of {derived}",
            ),
            CHECK_SHEET,
        ),
        "blank": Case(
            Text(
                "项目“{project}”{count}个指标中有{blank}个未列得分，而总得分已列示",
                "{project}: {blank} of {count} indicators without a score, beside a printed total",
            ),
            CHECK_SHEET,
        ),
        "total": Case(
            Text(
                "项目“{project}”总得分为{reported}，各行得分合计为{derived}",
                "{project}: a total of {reported}, while its own rows add up to {derived}",
            ),
            CHECK_SHEET,
        ),
    },
    examine=examine,
)
