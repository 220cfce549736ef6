"""The nine tables of part two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.made_up.department import Section, sum_of
from tests.made_up.page import Page
from tests.made_up.two_sided import write_appropriation, write_summary

TITLES = {
    "REVENUE_AND_EXPENDITURE": "收入支出决算总表",
    "REVENUE": "收入决算表",
    "EXPENDITURE": "支出决算表",
    "FISCAL_APPROPRIATION": "财政拨款收入支出决算总表",
    "GENERAL_PUBLIC_BUDGET": "一般公共预算财政拨款支出决算表",
    "BASIC_EXPENDITURE": "一般公共预算财政拨款基本支出决算明细表",
    "GOVERNMENT_MANAGED_FUNDS": "政府性基金预算财政拨款收入支出决算表",
    "STATE_CAPITAL_OPERATIONS": "国有资本经营预算财政拨款支出决算表",
    "THREE_PUBLIC_EXPENSES": "财政拨款“三公”经费支出决算表",
}
REVENUE_KEYS = {
    "TOTAL": "本年收入合计",
    "FISCAL_APPROPRIATION": "财政拨款收入",
    "SUBSIDY_FROM_SUPERIOR": "上级补助收入",
    "OPERATING_SERVICE": "事业收入",
    "BUSINESS_REVENUE": "经营收入",
    "REMITTANCE_FROM_AFFILIATES": "附属单位上缴收入",
    "OTHER_REVENUE": "其他收入",
}
EXPENDITURE_KEYS = {
    "TOTAL": "本年支出合计",
    "BASIC": "基本支出",
    "PROJECT": "项目支出",
    "REMITTANCE_TO_SUPERIOR": "上缴上级支出",
    "BUSINESS_EXPENDITURE": "经营支出",
    "SUBSIDY_TO_AFFILIATES": "对附属单位补助支出",
}
THREE_PUBLIC = {
    "TOTAL": "合计",
    "OVERSEAS_OFFICIAL_TRAVEL": "因公出国（境）费",
    "OFFICIAL_VEHICLES": "小计",
    "OFFICIAL_VEHICLE_PURCHASE": "公务用车购置费",
    "OFFICIAL_VEHICLE_OPERATION": "公务用车运行维护费",
    "OFFICIAL_HOSPITALITY": "公务接待费",
}

Parts = dict[str, tuple[str, ...]]
"""Which parts of an item each column sums."""


def write_tables(page: Page, random: Random) -> None:
    """All nine, in their usual order or shuffled."""
    forms = list(TITLES)
    if page.options.shuffled:
        random.shuffle(forms)
    for place, form in enumerate(forms, 1):
        page.say(TITLES[form])
        if page.options.printed_numbers:
            page.say(f"公开{place:02d}表")
        page.say(f"部门：{page.department.name}")
        page.say(f"金额单位：{page.unit}")
        page.facts.forms.append(form)
        _WRITERS[form](page, form)
        page.gap()
        page.say("注：此表列示本部门当年的有关收支。")
        if form in page.facts.empty:
            page.say("当年没有这类收支，因此表中无数。")


def _revenue(page: Page, form: str) -> None:
    page.row(_subject_head(page, ["项目"], list(REVENUE_KEYS.values())))
    page.row(_subject_head(page, ["科目编码", "科目名称"], [""] * len(REVENUE_KEYS)))
    page.row(_subject_head(page, ["栏次"], [str(n) for n in range(1, len(REVENUE_KEYS) + 1)]))
    parts = {
        "TOTAL": ("basic", "project", "other"),
        "FISCAL_APPROPRIATION": ("basic", "project"),
        "OTHER_REVENUE": ("other",),
    }
    _subjects(page, form, page.department.sections, list(REVENUE_KEYS), parts)


def _expenditure(page: Page, form: str) -> None:
    page.row(_subject_head(page, ["项目"], list(EXPENDITURE_KEYS.values())))
    page.row(_subject_head(page, ["科目编码", "科目名称"], [""] * len(EXPENDITURE_KEYS)))
    page.row(_subject_head(page, ["栏次"], [str(n) for n in range(1, len(EXPENDITURE_KEYS) + 1)]))
    parts = {"TOTAL": ("basic", "project", "other"), "BASIC": ("basic",), "PROJECT": ("project", "other")}
    _subjects(page, form, page.department.sections, list(EXPENDITURE_KEYS), parts)


def _general(page: Page, form: str) -> None:
    page.row(_subject_head(page, ["项目"], ["本年支出", "", ""]))
    page.row(_subject_head(page, ["科目编码", "科目名称"], ["小计", "基本支出", "项目支出"]))
    page.row(_subject_head(page, ["栏次"], ["1", "2", "3"]))
    parts = {"TOTAL": ("basic", "project"), "BASIC": ("basic",), "PROJECT": ("project",)}
    _subjects(page, form, page.department.general, ["TOTAL", "BASIC", "PROJECT"], parts)


def _subject_head(page: Page, labels: list[str], rest: list[str]) -> list[str]:
    """Heading cells over code and name; the code takes three columns where codes are split."""
    first, second = (*labels, "")[:2]
    return [first, *([""] * 2 if page.options.split_codes else []), second, *rest]


def _code_cells(page: Page, code: str) -> list[str]:
    return [code[:3], code[3:5], code[5:7]] if page.options.split_codes else [code]


def _subjects(
    page: Page, form: str, sections: list[Section] | tuple[Section, ...], keys: list[str], parts: Parts
) -> None:
    """合计, then 类, 款, 项, with those that have no amount in this table left out."""
    rows: list[tuple[str, str, Section, str | None]] = []
    for section in sections:
        rows.append((*section.category, section, "合计"))
        rows.append((*section.section, section, section.category[0]))
        items = [(item, replace(section, items=(item,))) for item in section.items]
        rows += [(item.code, item.name, of, section.section[0]) for item, of in items]
    total = ("", "合计", sections, None)
    for code, name, of, parent in [*rows, total] if page.options.total_last else [total, *rows]:
        spent = [of] if isinstance(of, Section) else of
        amounts = {key: page.cell(sum_of(spent, *parts.get(key, ()))) for key in keys}
        if any(amounts.values()):
            _subject(page, form, code, name, amounts, parent)


def _subject(page: Page, form: str, code: str, name: str, amounts: dict[str, str], parent: str | None) -> None:
    blank = [""] * 2 if page.options.split_codes else []
    first = [*_code_cells(page, code), name] if code else [name, *blank, ""]
    line = page.row([*first, *amounts.values()])
    page.put(line, form, "", code or name, amounts)
    page.facts.parents[form, code or name] = parent
    if code:
        page.facts.subjects.add(("FUNCTIONAL", code, name))


def _basic(page: Page, form: str) -> None:
    personnel = [entry for group in page.department.personnel for entry in group]
    goods, capital = page.department.operating
    half = [("科目编码", "科目名称", "金额")] * 3
    head = [["人员经费", "", "", "公用经费", *[""] * 5], [cell for group in half for cell in group]]
    depth = max(map(len, (personnel, goods, capital)))
    for cells in head:
        page.row(cells)
    for n in range(depth):
        if n == depth - 2:
            page.page_break(head)
        triples = [column[n] if n < len(column) else ("", "", 0) for column in (personnel, goods, capital)]
        line = page.row([cell for code, name, amount in triples for cell in (code, name, page.cell(amount))])
        for (code, name, amount), side in zip(triples, ("PERSONNEL", "OPERATING", "OPERATING"), strict=True):
            if code:
                page.put(line, form, side, code, {"AMOUNT": page.cell(amount)})
                page.facts.parents[form, code] = code[:3] if len(code) > 3 else f"{_SIDES[side]}合计"
                page.facts.subjects.add(("ECONOMIC", code, name))
    totals = [sum(group[0][2] for group in groups) for groups in (page.department.personnel, page.department.operating)]
    line = page.row(["人员经费合计", "", page.cell(totals[0]), "公用经费合计", *[""] * 4, page.cell(totals[1])])
    for side, value in zip(_SIDES, totals, strict=True):
        page.put(line, form, side, f"{_SIDES[side]}合计", {"AMOUNT": page.cell(value)})
        page.facts.parents[form, f"{_SIDES[side]}合计"] = None


def _funds(page: Page, form: str) -> None:
    page.row(_subject_head(page, ["项目"], ["年初结转和结余", "本年收入", "本年支出", "", "", "年末结转和结余"]))
    page.row(_subject_head(page, ["科目编码", "科目名称"], ["", "", "小计", "基本支出", "项目支出", ""]))
    columns = ["OPENING_CARRYOVER", "CURRENT_YEAR_REVENUE", "TOTAL", "BASIC", "PROJECT", "CLOSING_CARRYOVER"]
    parts: Parts = {"CURRENT_YEAR_REVENUE": ("project",), "TOTAL": ("project",), "PROJECT": ("project",)}
    _subjects(page, form, page.department.managed, columns, parts)
    if not page.department.managed:
        page.facts.empty.add(form)


def _capital(page: Page, form: str) -> None:
    page.row(_subject_head(page, ["项目"], ["本年支出", "", ""]))
    page.row(_subject_head(page, ["科目编码", "科目名称"], ["小计", "基本支出", "项目支出"]))
    page.facts.empty.add(form)


def _three(page: Page, form: str) -> None:
    above = ["合计", "因公出国（境）费", "公务用车购置及运行维护费", "", "", "公务接待费"]
    below = ["", "", "小计", "公务用车购置费", "公务用车运行维护费", ""]
    page.row(["预算数", *[""] * 5, "决算数", *[""] * 5])
    page.row(above * 2)
    page.row(below * 2)
    page.row([str(n) for n in range(1, 13)])
    amounts = {
        f"{phase} {key}": page.cell(values[key])
        for phase, values in page.department.three_public.items()
        for key in values
    }
    line = page.row(list(amounts.values()))
    page.put(line, form, "", "", amounts)
    if not any(amounts.values()):
        page.facts.empty.add(form)


_SIDES = {"PERSONNEL": "人员经费", "OPERATING": "公用经费"}
_WRITERS: dict[str, Callable[[Page, str], None]] = {
    "REVENUE_AND_EXPENDITURE": write_summary,
    "REVENUE": _revenue,
    "EXPENDITURE": _expenditure,
    "FISCAL_APPROPRIATION": write_appropriation,
    "GENERAL_PUBLIC_BUDGET": _general,
    "BASIC_EXPENDITURE": _basic,
    "GOVERNMENT_MANAGED_FUNDS": _funds,
    "STATE_CAPITAL_OPERATIONS": _capital,
    "THREE_PUBLIC_EXPENSES": _three,
}
