"""A project's score is the same everywhere (自评得分前后一致)."""

from __future__ import annotations

from collections.abc import Iterator

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination, Stated
from graph_data.checks.intervals import is_same
from graph_data.checks.wording import CHECK_SHEET, EVALUATION, Case, Check, Text, say
from graph_data.core.records import ProjectRecord
from graph_data.core.terms import Role, Severity, Topic


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the scores of each project."""
    if not book.projects:
        return exam.not_applicable("本文件未列项目", "the document lists no projects")
    for project in book.projects:
        scores = list(_scores(book, project))
        for other in scores[1:]:
            _compare(book, exam, project, scores[0], other)
    return exam.or_insufficient("没有在两处列示的得分", "no score is printed in two places")


def _scores(book: Book, project: ProjectRecord) -> Iterator[Stated]:
    if project.self_evaluation_score is not None:
        yield Stated(project.self_evaluation_score, project.source)
    if project.total_score is not None and project.total_source is not None:
        yield Stated(project.total_score, project.total_source)
    for fact in book.facts(Topic.PROJECT_SUMMARY, str(project.project), Role.SCORE):
        if "得分" in fact.label or "自评" in fact.label:
            yield Stated(fact.number, fact.source)
    for fact in book.facts(Topic.EVALUATION_REPORT, str(project.project), Role.SCORE):
        if "自评" in fact.label:
            yield Stated(fact.number, fact.source)


def _compare(book: Book, exam: Examination, project: ProjectRecord, first: Stated, other: Stated) -> None:
    if first.number.value is None or other.number.value is None:
        return
    exam.compared += 1
    if first.number.value != other.number.value:
        severity = Severity.INFO if is_same(first.number, other.number) else Severity.ERROR
        said = say("score", project=project.name)
        exam.disagree(first, other, book.project_node(project.project), said, severity)


CHECK = Check(
    id="projects.scores",
    title=Text("自评得分前后一致", "A project's score is the same everywhere"),
    rule=Text(
        "项目自评得分在汇总表、自评表、文字说明和评价报告中一致；位数较少的仅作提示。",
        "The score of a project's self-evaluation is the same in the summary, in its sheet and where the prose or "
        "the evaluation report states it; one that is rounded to fewer digits is an observation.",
    ),
    basis=EVALUATION,
    cases={
        "score": Case(
            Text(
                "项目“{project}”自评得分一处为{reported}，另一处为{derived}",
                "{project}: {reported} in one place, {derived} in another",
            ),
            CHECK_SHEET,
        ),
    },
    examine=examine,
)
