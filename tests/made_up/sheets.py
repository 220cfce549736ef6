"""Part five: the summary of self-evaluations and a sheet for each project that has one."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from tests.made_up.numbers import percent
from tests.made_up.page import Page, money, points
from tests.made_up.projects import Leaf, Project

SOURCES = {
    "TOTAL": "年度资金总额",
    "FISCAL_APPROPRIATION": "其中:财政拨款",
    "PRIOR_YEAR_CARRYOVER": "上年结转资金",
    "OTHER": "其他资金",
}
KINDS = {
    "项目产出": "OUTPUT",
    "项目效益": "OUTCOME",
    "满意度指标": "SATISFACTION",
    "数量指标": "QUANTITY",
    "时效指标": "TIMELINESS",
    "质量指标": "QUALITY",
    "成本指标": "COST",
    "社会效益": "SOCIAL_BENEFIT",
    "可持续影响": "SUSTAINABILITY",
    "社会公众或服务对象满意度": "SERVICE_SATISFACTION",
}
COMPARATORS = {"≥": "AT_LEAST", "≤": "AT_MOST", "=": "EQUAL", ">": "GREATER", "": None}
WIDTH = 9


def write_attachments(page: Page) -> None:
    """The summary, the sheets, and the evaluation report of the first project that has one."""
    page.say("第五部分")
    page.say("附件")
    _write_summary(page)
    told = [project for project in page.department.projects if project.leaves]
    for project in told:
        _write_sheet(page, project)
    for project in told[:1]:
        _write_report(page, project)


def _write_summary(page: Page) -> None:
    page.say(f"{page.department.year} 年度{page.department.name}项目支出绩效自评情况汇总表")
    page.row(["序号", "项目名称", "资金使用单位", "自评得分", "自评等级"])
    for project in page.department.projects:
        unit = _unit(page, project)
        score, grade = points(project.score), "优" if project.score >= 180 else "良"
        page.row([str(project.number), project.summary_name, unit, score, grade])
        page.facts.scores[project.number] = (score, grade)
        page.facts.spellings.setdefault(project.number, set()).update({project.summary_name})
        page.facts.project_units[project.number] = unit
        page.facts.units.setdefault(unit, None)
    page.gap()


def _unit(page: Page, project: Project) -> str:
    """Headquarters appear under the department's own name, as documents have it."""
    return page.department.name if project.unit == 0 else page.department.units[project.unit][1]


def _write_sheet(page: Page, project: Project) -> None:
    page.say("项目支出绩效自评表")
    page.say(page.brackets(f"({page.department.year} 年度)"))
    page.row(["项目名称", project.name, *[""] * 7])
    page.facts.spellings[project.number].add(project.name)
    _write_owners(page, project)
    _write_funds(page, project)
    page.row(["年度总体目标", "年初预期目标", "", "", "", "目标实际完成情况", "", "", ""])
    page.row(["", project.goal, "", "", "", project.outcome, "", "", ""])
    _write_tree(page, project)
    page.gap()


def _write_owners(page: Page, project: Project) -> None:
    department, unit = page.department.name, _unit(page, project)
    label = "主管部门"
    if page.options.codes_on_sheets:
        code = page.department.units[project.unit][0]
        page.facts.units[unit] = code
        label, department, unit = "主管部门及代码", f"[{page.department.code}]{department}", f"[{code}]{unit}"
    page.row([label, department, "", "实施单位", unit, *[""] * 4])


def _write_funds(page: Page, project: Project) -> None:
    label = page.brackets("项目预算执行情况(10) (万元)")
    page.row([label, "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分", ""])
    for source, name in SOURCES.items():
        initial, revised, executed = project.funding[source]
        rate = f"{percent(executed, revised)}%" if revised else "-"
        texts = {
            "INITIAL_BUDGET": page.amount(initial),
            "REVISED_BUDGET": page.amount(revised),
            "EXECUTED": page.amount(executed),
            "MAX_SCORE": "10.0" if source == "TOTAL" else "-",
            "EXECUTION_RATE": rate,
            "SCORE": "10.00" if source == "TOTAL" else "-",
        }
        page.row(["", page.brackets(name), *texts.values(), ""])
        for quantity, text in texts.items():
            page.facts.funding[project.number, source, quantity] = text


def _write_tree(page: Page, project: Project) -> None:
    head = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    page.row([page.brackets("年度绩效指标(90 分)"), *head])
    for g, (group, leaves) in enumerate(groupby(project.leaves, key=lambda leaf: leaf.group), 1):
        members = list(leaves)
        weight = points(sum(leaf.max_score for leaf in members))
        page.facts.indicators[project.number, str(g)] = (group, KINDS[group], weight)
        branches = list(dict.fromkeys(leaf.branch for leaf in members))
        counts: dict[str, int] = {}
        for place, leaf in enumerate(members):
            b = branches.index(leaf.branch) + 1
            counts[leaf.branch] = counts.get(leaf.branch, 0) + 1
            path = f"{g}.{b}.{counts[leaf.branch]}"
            page.facts.indicators[project.number, f"{g}.{b}"] = (leaf.branch, KINDS[leaf.branch], None)
            _write_leaf(page, project, path, leaf, page.brackets(f"{group}({weight}分)") if place == 0 else "")
    score = points(project.score)
    page.row(["总分", *[""] * 4, "100", f"{score}", "", ""])
    page.facts.totals[project.number] = ("100", score)


def _write_leaf(page: Page, project: Project, path: str, leaf: Leaf, label: str) -> None:
    target, actual = (_text(value) for value in (leaf.target, leaf.actual))
    last = [points(leaf.max_score), points(leaf.score), leaf.note]
    cells = ["", label, leaf.branch, leaf.name, target, actual, *last]
    if page.options.lost_cells and (leaf.branch == "成本指标" or (leaf.group == "满意度指标" and label)):
        cells = [*cells[1:], ""]
    page.row(cells)
    said = (*_value(leaf.target), *_value(leaf.actual))
    page.facts.indicators[project.number, path] = (leaf.name, None, last[0], last[1], *said)
    if leaf.note:
        page.facts.notes.add((f"{project.number}/{path}", leaf.note))


def _write_report(page: Page, project: Project) -> None:
    page.say(f"{project.name}项目支出绩效评价报告")
    page.say("一、项目基本概况")
    executed = project.funding["TOTAL"][2]
    page.prose(f"(一) 项目概况。{page.department.year}年项目使用资金{page.amount(executed)}万元，由实施单位按月支付。")
    page.say("二、评价结论")
    page.say("资金用在约定的用途上，任务已经做完。")
    page.facts.stated["EVALUATION_REPORT", str(project.number), "AMOUNT"] = money(executed)


def _text(value: tuple[str, str, str] | str) -> str:
    return value if isinstance(value, str) else "".join(value)


def _value(value: tuple[str, str, str] | str) -> tuple[str, str | None, Decimal | None, str | None]:
    """(text, comparator, value, unit)"""
    if isinstance(value, str):
        return value, None, None, None
    comparator, number, unit = value
    return _text(value), COMPARATORS[comparator], Decimal(number), unit
