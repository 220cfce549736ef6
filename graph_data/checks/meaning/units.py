"""meaning.units — 计量单位与指标含义

The unit of an indicator fits what it measures: no money for a time, a rate or an area, a percentage for a rate; and
what is measured fits its class: no money under timeliness. A percentage under cost is an observation, unless it is
said of money.
"""

from __future__ import annotations

import re

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
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
        return exam.insufficient("no sheet is attached")
    for project in book.evaluated:
        kinds = {one.indicator: one.kind for one in book.indicators(project.project)}
        for one in book.leaves(project.project):
            if one.target_unit:
                exam.compared += 1
                _look(book, exam, project.name, one, kinds.get(one.parent or ""))
    return exam.or_insufficient("no indicator prints a unit")


def _look(book: Book, exam: Examination, project: str, one: IndicatorRecord, kind: IndicatorKind | None) -> None:
    unit = one.target_unit or ""
    is_money = bool(MONEY.search(unit))
    if is_money and (TIME.search(one.name) or RATE.search(one.name) or AREA.search(one.name)):
        severity, reason = Severity.WARNING, f"{unit} does not measure it"
    elif is_money and kind is IndicatorKind.TIMELINESS:
        severity, reason = Severity.WARNING, f"{unit} under {IndicatorKind.TIMELINESS.value}"
    elif RATE.search(one.name) and unit not in SHARES:
        severity, reason = Severity.WARNING, f"a rate in {unit}"
    elif unit in SHARES and kind is IndicatorKind.COST and not ABOUT_MONEY.search(one.name):
        severity, reason = Severity.INFO, f"a rate under {IndicatorKind.COST.value}"
    elif one.actual_unit is not None and is_money and one.actual_unit != unit:
        severity, reason = Severity.WARNING, f"the actual value is in {one.actual_unit}"
    else:
        return
    message = f"{project}, {one.name} ({one.target_text}): {reason}"
    exam.note(severity, message, book.indicator_node(one), (one.source,))
