"""Weights of indicators add up (指标分值合计)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination, Printed, Stated
from graph_data.checks.wording import CHECK_SHEET, EVALUATION, Case, Check, Text, say
from graph_data.core.records import IndicatorRecord, ProjectRecord
from graph_data.core.terms import FundingQuantity, FundSource, Severity

FULL = 100


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the weights of each sheet."""
    if not book.evaluated:
        return exam.insufficient("未附项目自评表", "no sheet is attached")
    for project in book.evaluated:
        for group in book.indicators(project.project):
            _sum_group(book, exam, project, group)
        _sum_sheet(book, exam, project)
    return exam.or_insufficient("没有同时列示分值及其合计的自评表", "no sheet prints weights with their totals")


def _sum_group(book: Book, exam: Examination, project: ProjectRecord, group: IndicatorRecord) -> None:
    leaves = book.leaves(project.project, group.indicator) if group.max_score is not None else []
    parts = _weights(leaves)
    if group.max_score is not None and leaves and len(parts) == len(leaves):
        said = say("group", project=project.name, group=group.name)
        exam.sums(Stated(group.max_score, group.source), parts, book.indicator_node(group), said)


def _sum_sheet(book: Book, exam: Examination, project: ProjectRecord) -> None:
    if project.total_max_score is None or project.total_source is None:
        return
    total, node = Stated(project.total_max_score, project.total_source), book.project_node(project.project)
    leaves = book.leaves(project.project)
    parts = _weights(leaves)
    execution = book.funding(project.project, FundSource.TOTAL, FundingQuantity.MAX_SCORE)
    if leaves and len(parts) == len(leaves):
        severity = Severity.ERROR if execution is not None else Severity.WARNING
        everything: list[Printed] = [*parts, *([execution] if execution is not None else [])]
        exam.sums(total, everything, node, say("total", project=project.name), severity)
    exam.compared += 1
    if total.number.value is not None and total.number.value != FULL:
        exam.note(Severity.WARNING, say("full", project=project.name, score=total.number.text), node, (total.source,))


def _weights(leaves: list[IndicatorRecord]) -> list[Stated]:
    return [Stated(one.max_score, one.source) for one in leaves if one.max_score is not None]


CHECK = Check(
    id="indicators.weights",
    title=Text("指标分值合计", "Weights of indicators add up"),
    rule=Text(
        "每组指标的分值之和等于该组所列分值；全部分值加预算执行分值等于表列总分。整数分值为精确值。总分不是100的存疑"
        "；表中未列预算执行分值的，差异存疑。",
        "The weights of a group's indicators add up to the weight printed with the group; all weights, with that of "
        "execution, add up to the sheet's full score. Whole points are exact. A full score other than 100 is "
        "doubtful, and so is a difference on a sheet that prints no weight of execution.",
    ),
    basis=EVALUATION,
    cases={
        "group": Case(
            Text(
                "项目“{project}”“{group}”分值为{reported}，其下指标分值合计为{derived}",
                "{project}, {group}: a weight of {reported}, while its indicators add up to {derived}",
            ),
            CHECK_SHEET,
        ),
        "total": Case(
            Text(
                "项目“{project}”总分为{reported}，各项分值合计为{derived}",
                "{project}: a full score of {reported}, while all weights add up to {derived}",
            ),
            CHECK_SHEET,
        ),
        "full": Case(
            Text("项目“{project}”总分为{score}，不是100", "{project}: a full score of {score} rather than 100"),
            CHECK_SHEET,
        ),
    },
    examine=examine,
)
