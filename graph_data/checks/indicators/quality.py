"""What makes an indicator fit to measure by (指标设置质量)."""

from __future__ import annotations

import re
from collections import Counter

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import CHECK_SHEET, EVALUATION, EXPLAIN, Case, Check, Text, say
from graph_data.core.records import IndicatorRecord, ProjectRecord
from graph_data.core.terms import IndicatorKind, Severity

RATE = re.compile(r"(?:(?<![效频功速倍利税汇])率|比例|占比)(?:\(.*\))?$")
SHARES = ("%", "‰")
COUNTED = re.compile(r"^(?:个|人|人次|次|项|台|套|件|辆|场|批|批次|份|处|家|户|篇|期|间|名|天|平方米|公里|千米|米)$")
VAGUE = re.compile(
    r"(?:有效|逐步|明显|显著|持续|不断|进一步|切实|得到|较|有所|基本)?"
    r"(?:提高|提升|改善|保障|有效|显著|明显|优|良好?|优良|较好|好|增强|促进|加强|完善|满意|长期|持续|中长期|是|高|较高)(?:影响|作用)?"
)


def examine(book: Book, exam: Examination) -> Examination:
    """Look at every indicator of each sheet."""
    if not book.evaluated:
        return exam.insufficient("未附项目自评表", "no sheet is attached")
    for project in book.evaluated:
        leaves = book.leaves(project.project)
        exam.compared += len(leaves)
        kinds = {one.indicator: one.kind for one in book.indicators(project.project)}
        for one in leaves:
            _look_at_kind(book, exam, project, one, one.kind or kinds.get(one.parent or ""))
        _look_for_vague(book, exam, project, leaves)
        _look_for_repeated(book, exam, project, leaves)
    return exam.or_insufficient("自评表未列三级指标", "no sheet prints indicators")


def _look_at_kind(
    book: Book, exam: Examination, project: ProjectRecord, one: IndicatorRecord, kind: IndicatorKind | None
) -> None:
    unit = one.target_unit or one.actual_unit or ""
    case = None
    if kind is IndicatorKind.QUANTITY and unit in SHARES and RATE.search(one.name):
        case = "rate"
    elif kind is IndicatorKind.QUALITY and COUNTED.search(unit) and not RATE.search(one.name):
        case = "count"
    if case is not None:
        said = say(case, project=project.name, indicator=one.name, target=one.target_text)
        exam.note(Severity.INFO, said, book.indicator_node(one), (one.source,))


def _look_for_vague(book: Book, exam: Examination, project: ProjectRecord, leaves: list[IndicatorRecord]) -> None:
    vague = [one for one in leaves if one.target_value is None and VAGUE.fullmatch((one.target_text or "").strip())]
    if vague:
        told = "、".join(f"“{one.name}”（{one.target_text}）" for one in vague)
        said = say("vague", project=project.name, count=len(vague), indicators=told)
        exam.note(Severity.INFO, said, book.project_node(project.project), tuple(one.source for one in vague))


def _look_for_repeated(book: Book, exam: Examination, project: ProjectRecord, leaves: list[IndicatorRecord]) -> None:
    for name, count in Counter(one.name for one in leaves if one.name).items():
        if count > 1:
            sources = tuple(one.source for one in leaves if one.name == name)
            said = say("repeated", project=project.name, indicator=name, count=count)
            exam.note(Severity.INFO, said, book.project_node(project.project), sources)


CHECK = Check(
    id="indicators.quality",
    title=Text("指标设置质量", "What makes an indicator fit to measure by"),
    rule=Text(
        "数量指标不以比率计，质量指标不以个数计；目标值可以衡量，而不是“提高”“有效”等词；同一自评表不重复设置同名指标。均仅作提示。",
        "No rate under quantity and no count under quality; a target that can be measured rather than a word such as "
        "提高 or 有效; no indicator twice on a sheet. All are observations.",
    ),
    basis=EVALUATION,
    cases={
        "rate": Case(
            Text(
                "项目“{project}”数量指标“{indicator}”（目标{target}）为比率",
                "{project}, {indicator} ({target}): a rate under quantity",
            ),
            CHECK_SHEET,
        ),
        "count": Case(
            Text(
                "项目“{project}”质量指标“{indicator}”（目标{target}）为数量",
                "{project}, {indicator} ({target}): a count under quality",
            ),
            CHECK_SHEET,
        ),
        "vague": Case(
            Text(
                "项目“{project}”{count}个指标的目标值无法衡量：{indicators}",
                "{project}: {count} targets that cannot be measured: {indicators}",
            ),
            EXPLAIN,
        ),
        "repeated": Case(
            Text(
                "项目“{project}”自评表中指标“{indicator}”出现{count}次",
                "{project}: {indicator} stands {count} times on the sheet",
            ),
            CHECK_SHEET,
        ),
    },
    examine=examine,
)
