"""Full marks everywhere (自评得分普遍满分)."""

from __future__ import annotations

import re

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import EVALUATION, EXPLAIN, Case, Check, Text, say
from graph_data.core.records import ProjectRecord
from graph_data.core.terms import FundingQuantity, FundSource, Role, Severity, Topic

SEVERAL = 3
FULL = 100
PROBLEM = re.compile(r"(?:存在|发现)[^。；]{0,16}?(?:问题|不足|不够|不完善|不合理|偏差)|设置不够合理")
DENIED = re.compile(r"(?:未|没有|无|不)(?:存在|发现)|(?:问题|不足)0个|零问题")
SECTION = re.compile("绩效|评价|问题")


def examine(book: Book, exam: Examination) -> Examination:
    """Look at all scores together, at what was executed of all budgets, and at the problems that the text states."""
    scored = [project for project in book.projects if project.self_evaluation_score is not None]
    full = [project for project in scored if _points(project) == FULL]
    if scored:
        exam.compared += 1
    if len(full) == len(scored) >= SEVERAL:
        grades = "、".join(dict.fromkeys(project.grade for project in full if project.grade))
        said = say(
            "full", count=len(full), grades=Text(f"，等级为{grades}", f", graded {grades}") if grades else Text("", "")
        )
        exam.note(Severity.INFO, said, book.node, tuple(project.source for project in full))
        _look_for_problems(book, exam, len(full))
    _look_at_funds(book, exam)
    _look_at_average(book, exam)
    return exam if exam.compared else exam.not_applicable("本文件未列项目得分", "the document prints no scores")


def _points(project: ProjectRecord) -> int | None:
    score = project.self_evaluation_score
    return int(score.value) if score is not None and score.value is not None and score.value % 1 == 0 else None


def _look_for_problems(book: Book, exam: Examination, count: int) -> None:
    told = [note.source for note, text in book.texts
            if SECTION.search(note.source.section or "") and PROBLEM.search(text)
            and not DENIED.search(text)]  # fmt: skip
    if told:
        exam.note(Severity.INFO, say("problems", count=count), book.node, tuple(told))


def _look_at_funds(book: Book, exam: Examination) -> None:
    quantities = (FundingQuantity.REVISED_BUDGET, FundingQuantity.EXECUTED)
    pairs = [
        tuple(book.funding(project.project, FundSource.TOTAL, quantity) for quantity in quantities)
        for project in book.evaluated
    ]
    funds = [(budget, spent) for budget, spent in pairs if budget is not None and spent is not None]
    if len(funds) < SEVERAL:
        return
    exam.compared += 1
    if all(budget.number.fen and budget.number.fen == spent.number.fen for budget, spent in funds):
        exam.note(Severity.INFO, say("executed", count=len(funds)), book.node, tuple(each.source for each, _ in funds))


def _look_at_average(book: Book, exam: Examination) -> None:
    """Points lost on average, while no problem was found."""
    average = book.fact(Topic.PERFORMANCE, "SELF_EVALUATION", Role.SCORE)
    counts = book.facts(Topic.PERFORMANCE, "SELF_EVALUATION", Role.COUNT)
    found = next((fact for fact in counts if "发现问题" in fact.label), None)
    if average is None or found is None:
        return
    exam.compared += 1
    if average.number.value is not None and average.number.value < FULL and found.number.value == 0:
        said = say("average", score=average.number)
        exam.note(Severity.INFO, said, book.node, (average.source, found.source))


CHECK = Check(
    id="projects.marks",
    title=Text("自评得分普遍满分", "Full marks everywhere"),
    rule=Text(
        "三个以上项目的自评得分不应全为满分，尤其是文字说明了绩效管理存在问题的；三个以上自评表的全年预算数不应都恰为全年执行数；平"
        "均得分不满100的，不应称未发现问题。均仅作提示。",
        "Three projects or more do not all have full marks, least of all where the text states problems; three sheets "
        "or more do not all have a revised budget that is what was executed; an average below 100 does not come "
        "without any problem found. All are observations.",
    ),
    basis=EVALUATION,
    cases={
        "full": Case(
            Text(
                "{count}个项目自评得分均为100分{grades:both}",
                "all {count} projects give themselves 100 points{grades:both}",
            ),
            EXPLAIN,
        ),
        "problems": Case(
            Text(
                "文字说明指出绩效管理存在问题，而{count}个项目自评得分均为100分",
                "the text states problems, while all {count} projects give themselves 100 points",
            ),
            EXPLAIN,
        ),
        "executed": Case(
            Text(
                "{count}个项目自评表的全年预算数均恰为全年执行数",
                "on all {count} sheets the revised budget is what was executed",
            ),
            EXPLAIN,
        ),
        "average": Case(
            Text(
                "绩效自评平均得分为{score:number}，而称发现问题0个",
                "{score:number} on average, while no problem is said to have been found",
            ),
            EXPLAIN,
        ),
    },
    examine=examine,
)
