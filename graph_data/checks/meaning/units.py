"""Units fit what is measured (计量单位与指标含义)."""

from __future__ import annotations

import re

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import CHECK_SHEET, EVALUATION, NO_ACTION, Case, Check, Text, say
from graph_data.core.records import IndicatorRecord
from graph_data.core.terms import IndicatorKind, Severity

MONEY = re.compile(r"^(?:百|千|万|十万|百万|千万|亿)?元")
TIME = re.compile(r"(?:时间|时长|天数|期限|周期)(?:\(.*\))?$")
RATE = re.compile(r"(?:(?<![效频功速倍利税汇辨])率|比例|占比)(?:\(.*\))?$")
AREA = re.compile(r"面积(?:\(.*\))?$")
ABOUT_MONEY = re.compile(r"成本|费|预算|资金|支出|节约|节省|控制|超支|造价|价格")
SHARES = ("%", "‰", "百分比", "百分点", "个百分点")


def examine(book: Book, exam: Examination) -> Examination:
    """Hold each unit against its indicator's name and class."""
    if not book.evaluated:
        return exam.insufficient("未附项目自评表", "no sheet is attached")
    for project in book.evaluated:
        kinds = {one.indicator: one.kind for one in book.indicators(project.project)}
        for one in book.leaves(project.project):
            if one.target_unit:
                exam.compared += 1
                _look(book, exam, project.name, one, kinds.get(one.parent or ""))
    return exam.or_insufficient("没有列示计量单位的指标", "no indicator prints a unit")


def _look(book: Book, exam: Examination, project: str, one: IndicatorRecord, kind: IndicatorKind | None) -> None:
    unit = one.target_unit or ""
    is_money = bool(MONEY.search(unit))
    if is_money and (TIME.search(one.name) or RATE.search(one.name) or AREA.search(one.name)):
        severity, case = Severity.WARNING, "money"
    elif is_money and kind is IndicatorKind.TIMELINESS:
        severity, case = Severity.WARNING, "timeliness"
    elif RATE.search(one.name) and unit not in SHARES:
        severity, case = Severity.WARNING, "rate"
    elif unit in SHARES and kind is IndicatorKind.COST and not ABOUT_MONEY.search(one.name):
        severity, case = Severity.INFO, "cost"
    elif one.actual_unit is not None and is_money and one.actual_unit != unit:
        severity, case, unit = Severity.WARNING, "actual", one.actual_unit
    else:
        return
    said = say(case, project=project, indicator=one.name, target=one.target_text, unit=unit)
    exam.note(severity, said, book.indicator_node(one), (one.source,))


CHECK = Check(
    id="meaning.units",
    title=Text("计量单位与指标含义", "Units fit what is measured"),
    rule=Text(
        "指标的计量单位与所衡量的内容相符：时间、比率、面积不以金额计，比率以百分比计；与指标类别相符：时效指标不以"
        "金额计。成本指标以百分比计的仅作提示，指明为金额比例的除外。",
        "The unit of an indicator fits what it measures: no money for a time, a rate or an area, a percentage for a "
        "rate; and what is measured fits its class: no money under timeliness. A percentage under cost is an "
        "observation, unless it is said of money.",
    ),
    basis=EVALUATION,
    cases={
        "money": Case(
            Text(
                "项目“{project}”“{indicator}”（目标{target}）以“{unit}”计量，与所衡量的内容不符",
                "{project}, {indicator} ({target}): {unit} does not measure it",
            ),
            CHECK_SHEET,
        ),
        "timeliness": Case(
            Text(
                "项目“{project}”时效指标“{indicator}”（目标{target}）以“{unit}”计量",
                "{project}, {indicator} ({target}): {unit} under timeliness",
            ),
            CHECK_SHEET,
        ),
        "rate": Case(
            Text(
                "项目“{project}”比率指标“{indicator}”（目标{target}）以“{unit}”计量",
                "{project}, {indicator} ({target}): a rate in {unit}",
            ),
            CHECK_SHEET,
        ),
        "cost": Case(
            Text(
                "项目“{project}”成本指标“{indicator}”（目标{target}）以百分比计量",
                "{project}, {indicator} ({target}): a rate under cost",
            ),
            NO_ACTION,
        ),
        "actual": Case(
            Text(
                "项目“{project}”“{indicator}”（目标{target}）实际完成值以“{unit}”计量，与目标单位不一致",
                "{project}, {indicator} ({target}): the actual value is in {unit}",
            ),
            CHECK_SHEET,
        ),
    },
    examine=examine,
)
