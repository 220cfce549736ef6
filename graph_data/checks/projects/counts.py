"""As many projects as the text states (项目数量)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import CHECK_TEXT, COMPLETE, EVALUATION, Case, Check, Text, say
from graph_data.core.records import FactRecord, Source
from graph_data.core.terms import Role, Severity, Topic

GRADES = "优良中差"
SOME = ("级项目", "转移支付", "其中")


def examine(book: Book, exam: Examination) -> Examination:
    """Count what is attached."""
    counts = [fact for fact in book.facts(Topic.PERFORMANCE, role=Role.COUNT) if fact.number.unit in ("个", "项")]
    if not counts:
        return exam.not_applicable("文字说明未列项目数量", "the prose states no number of projects")
    listed = [project for project in book.projects if project.self_evaluation_score or project.grade]
    if not listed and not book.evaluated:
        return exam.insufficient("未附自评汇总表或自评表", "neither a summary nor sheets are attached")
    for fact in counts:
        grade = fact.label[-1:]
        if fact.item == "SELF_EVALUATION" and _is_of_all(fact):
            _compare(book, exam, fact, "listed", [project.source for project in listed])
        elif fact.item == "SELF_EVALUATION_SHEETS":
            sheets = [project.sheet_source for project in book.evaluated if project.sheet_source is not None]
            _compare(book, exam, fact, "sheets", sheets)
        elif fact.item == "GRADE" and grade in GRADES and listed:
            graded = [project.source for project in listed if (project.grade or "").startswith(grade)]
            _compare(book, exam, fact, "graded", graded or [project.source for project in listed], len(graded))
        elif fact.item == "DEPARTMENTAL_EVALUATION":
            _look_for_results(book, exam, fact)
    return exam.or_insufficient("所列数量均没有可以清点的附件", "no stated number has something attached to count")


def _is_of_all(fact: FactRecord) -> bool:
    """The first number of evaluated projects, or a later one said of the evaluation itself, but of no part of them."""
    is_whole = fact.position == 1 or "自评" in fact.label
    return is_whole and not any(words in fact.label for words in SOME)


def _look_for_results(book: Book, exam: Examination, fact: FactRecord) -> None:
    topics = (Topic.DEPARTMENTAL_EVALUATION, Topic.EVALUATION_REPORT)
    results = {found.item: found.source for topic in topics for found in book.facts(topic)}
    exam.compared += 1
    if results and fact.number.value is not None and len(results) < fact.number.value:
        said = say("results", stated=fact.number.text, found=len(results))
        exam.note(Severity.INFO, said, book.node, (fact.source, *results.values()))


def _compare(
    book: Book, exam: Examination, fact: FactRecord, case: str, sources: Sequence[Source], count: int | None = None
) -> None:
    found, stated = len(sources) if count is None else count, fact.number.value
    if not sources or stated is None:
        return
    exam.compared += 1
    if stated != found:
        said = say(case, label=fact.label)
        severity = Severity.WARNING if found < stated else Severity.ERROR
        exam.counted(stated, Decimal(found), fact.number.unit, book.node, (fact.source, *sources), said, severity)


CHECK = Check(
    id="projects.counts",
    title=Text("项目数量", "As many projects as the text states"),
    rule=Text(
        "文字说明的项目数量与所附一致：汇总表列示的自评项目数、自评表数、各等级项目数。少于所述的存疑，因为可能只附"
        "了一部分；多于所述的矛盾。部门评价结果少于部门评价项目数的仅作提示。",
        "The numbers of projects that the prose states are those attached: the evaluated projects that the summary "
        "lists, the sheets, the projects of a grade. Fewer than stated is doubtful, since only some may have been "
        "attached; more is a contradiction. Fewer results than departmental evaluations is an observation.",
    ),
    basis=EVALUATION,
    cases={
        "listed": Case(
            Text(
                "文字说明“{label}”为{reported}，汇总表列示{derived}",
                "{label}: {reported} stated, {derived} listed in the summary",
            ),
            CHECK_TEXT,
        ),
        "sheets": Case(
            Text(
                "文字说明“{label}”为{reported}，实际附自评表{derived}",
                "{label}: {reported} stated, {derived} sheets attached",
            ),
            CHECK_TEXT,
        ),
        "graded": Case(
            Text(
                "文字说明“{label}”为{reported}，汇总表该等级{derived}",
                "{label}: {reported} stated, {derived} of that grade in the summary",
            ),
            CHECK_TEXT,
        ),
        "results": Case(
            Text(
                "文字说明部门评价项目{stated}个，公开评价结果的有{found}个",
                "{stated} projects evaluated by the department, results of {found} stated",
            ),
            COMPLETE,
        ),
    },
    examine=examine,
)
