"""Grades rise with scores (自评等级与得分)."""

from __future__ import annotations

from itertools import combinations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination, Stated
from graph_data.checks.wording import CHECK_SHEET, EVALUATION, Case, Check, Text, say
from graph_data.core.records import ProjectRecord
from graph_data.core.terms import Severity

GRADES = "差中良优"
SAME = {"不": "差", "合": "中", "一": "中"}  # 不合格, 合格, 一般


def examine(book: Book, exam: Examination) -> Examination:
    """Compare every two projects of different grades."""
    graded = [(rank, project) for project in book.projects
              if (rank := _rank(project)) is not None and project.self_evaluation_score is not None]  # fmt: skip
    if not graded:
        return exam.not_applicable(
            "本文件未列示同时有得分和等级的项目", "the document lists no projects with score and grade"
        )
    exam.compared += len(graded)
    for (rank, one), (other_rank, other) in combinations(graded, 2):
        lower, higher = (one, other) if rank < other_rank else (other, one)
        if rank != other_rank:
            _compare(book, exam, lower, higher)
    return exam


def _rank(project: ProjectRecord) -> int | None:
    first = (project.grade or "")[:1]
    place = GRADES.find(SAME.get(first, first)) if first else -1
    return place if place >= 0 else None


def _compare(book: Book, exam: Examination, lower: ProjectRecord, higher: ProjectRecord) -> None:
    worse, better = lower.self_evaluation_score, higher.self_evaluation_score
    if worse is None or better is None or worse.value is None or better.value is None or worse.value <= better.value:
        return
    said = say("grade", lower=lower.name, worse=lower.grade, higher=higher.name, better=higher.grade)
    first, second = Stated(worse, lower.source), Stated(better, higher.source)
    exam.disagree(first, second, book.project_node(lower.project), said, Severity.WARNING)


CHECK = Check(
    id="projects.grades",
    title=Text("自评等级与得分", "Grades rise with scores"),
    rule=Text(
        "得分较高的项目，等级不低于得分较低的项目；不论采用何种等级标准。",
        "No project has a better grade than one with more points: whatever the scale of the grades, it rises with "
        "the score.",
    ),
    basis=EVALUATION,
    cases={
        "grade": Case(
            Text(
                "项目“{lower}”得{reported}评为“{worse}”，而项目“{higher}”得{derived}评为“{better}”",
                "{lower}: {reported} are graded {worse}, while {derived} of {higher} are graded {better}",
            ),
            CHECK_SHEET,
        ),
    },
    examine=examine,
)
