"""Part three: what the figures say, in words; from 九 on in `later_prose`."""

from __future__ import annotations

from decimal import Decimal

from tests.made_up import catalog
from tests.made_up.department import sum_of
from tests.made_up.later_prose import (
    write_agency,
    write_assets,
    write_performance,
    write_procurement,
    write_three_public,
)
from tests.made_up.numbers import percent
from tests.made_up.page import Page, money, number
from tests.made_up.tables import EXPENDITURE_KEYS, REVENUE_KEYS

HEADINGS = (
    *("收入支出决算总体情况说明", "收入决算情况说明", "支出决算情况说明", "财政拨款收入支出决算总体情况说明"),
    *("一般公共预算财政拨款支出决算情况说明", "一般公共预算财政拨款基本支出决算情况说明"),
    *("政府性基金预算财政拨款收入支出决算情况说明", "国有资本经营预算财政拨款支出决算情况说明"),
    *("财政拨款“三公”经费支出决算情况说明", "机关运行经费支出说明", "政府采购支出说明"),
    *("国有资产占用情况说明", "预算绩效情况说明"),
)


def write_explanations(page: Page) -> None:
    """Part three."""
    page.say("第三部分")
    page.say(f"{page.department.year}年度部门决算情况说明")
    writers = (
        *(_overall, _revenue, _expenditure, _appropriation, _general, _basic, _no_funds, _no_capital),
        *(write_three_public, write_agency, write_procurement, write_assets, write_performance),
    )
    for n, (heading, write) in enumerate(zip(HEADINGS, writers, strict=True), 1):
        page.say(f"{catalog.numeral(n)}、{heading}")
        write(page)


def _change(page: Page, items: tuple[str, ...], current: int, part: str) -> tuple[str, str, str, str]:
    """The change against the year before: (verb, amount, noun, percent); the facts under `items`."""
    before = max(1, current * 10_000 // page.department.previous[part])
    change = current - before
    rate = percent(abs(change), before)
    sign, direction = (-1, "DECREASE") if change < 0 else (1, "INCREASE")
    for item in items:
        page.facts.comparisons[item] = (direction, money(current), money(change), sign * rate)
    verb, noun = ("减少", "下降") if change < 0 else ("增加", "增长")
    return verb, page.amount(abs(change)), noun, number(rate)


def _overall(page: Page) -> None:
    total, year = sum_of(page.department.sections, "basic", "project", "other"), page.department.year
    verb, change, noun, rate = _change(page, ("REVENUE_GRAND_TOTAL", "EXPENDITURE_GRAND_TOTAL"), total, "grand")
    page.prose(
        f"{year}年度收、支总计均为{page.amount(total)}万元。与{year - 1}年度相比，"
        f"收、支总计各{verb}{change}万元，{noun}{rate}%。主要是任务安排有所变化。"
    )


def _listed(page: Page, keys: dict[str, str], amounts: dict[str, tuple[int, str]]) -> None:
    """The numbered parts of a total, each with its change; what is zero is as it was."""
    for n, key in enumerate((key for key in keys if key != "TOTAL"), 1):
        amount, part = amounts.get(key, (0, ""))
        if amount:
            verb, change, noun, rate = _change(page, (key,), amount, part)
            page.prose(
                f"{n}、{keys[key]}{page.amount(amount)}万元。与{page.department.year - 1}年度相比，"
                f"{verb}{change}万元，{noun}{rate}%。主要是任务安排有所变化。"
            )
        else:
            page.prose(f"{n}、{keys[key]}0万元。与上年决算数一致。")
            page.facts.comparisons[key] = ("FLAT", Decimal(0), None, None)


def _shares(page: Page, whole: int, parts: dict[str, tuple[str, int]]) -> str:
    told = []
    for key, (name, amount) in parts.items():
        rate = percent(amount, whole)
        told.append(f"{name}{page.amount(amount)}万元，占{number(rate)}%")
        page.facts.stated["SHARE", key, "PERCENT"] = rate
    return "；".join(told)


def _revenue(page: Page) -> None:
    total = sum_of(page.department.sections, "basic", "project", "other")
    other = sum_of(page.department.sections, "other")
    parts = {"FISCAL_APPROPRIATION": ("财政拨款收入", total - other)}
    if other:
        parts["OTHER_REVENUE"] = ("其他收入", other)
    page.prose("(一) 收入决算结构情况")
    year = page.department.year
    page.prose(f"{year}年度收入合计{page.amount(total)}万元，其中：{_shares(page, total, parts)}。")
    page.facts.stated["SHARE", "REVENUE_TOTAL", "AMOUNT"] = money(total)
    page.prose("(二) 收入决算具体情况")
    _listed(page, REVENUE_KEYS, {"FISCAL_APPROPRIATION": (total - other, "fiscal"), "OTHER_REVENUE": (other, "other")})


def _expenditure(page: Page) -> None:
    basic, project = sum_of(page.department.sections, "basic"), sum_of(page.department.sections, "project", "other")
    parts = {"BASIC": ("基本支出", basic), "PROJECT": ("项目支出", project)}
    page.prose("(一) 支出决算结构情况")
    total = basic + project
    page.prose(f"{page.department.year}年度支出合计{page.amount(total)}万元，其中：{_shares(page, total, parts)}。")
    page.facts.stated["SHARE", "EXPENDITURE_TOTAL", "AMOUNT"] = money(total)
    page.prose("(二) 支出决算具体情况")
    _listed(page, EXPENDITURE_KEYS, {"BASIC": (basic, "basic"), "PROJECT": (project, "project")})


def _appropriation(page: Page) -> None:
    total, year = sum_of(page.department.sections, "basic", "project"), page.department.year
    verb, change, noun, rate = _change(page, ("APPROPRIATION_GRAND_TOTAL",), total, "fiscal")
    page.prose(
        f"{year}年度财政拨款收、支总计均为{page.amount(total)}万元。与{year - 1}年度相比，"
        f"财政拨款收、支总计各{verb}{change}万元，{noun}{rate}%。主要是任务安排有所变化。"
    )


def _general(page: Page) -> None:
    total = sum_of(page.department.general, "basic", "project")
    whole = sum_of(page.department.sections, "basic", "project", "other")
    year = page.department.year
    verb, change, noun, rate = _change(page, ("GENERAL_PUBLIC_BUDGET",), total, "general")
    page.prose("(一) 一般公共预算财政拨款支出决算总体情况")
    share = number(percent(total, whole))
    page.prose(
        f"{year}年度一般公共预算财政拨款支出{page.amount(total)}万元，占本年支出合计的{share}%。"
        f"与{year - 1}年度相比，一般公共预算财政拨款支出{verb}{change}万元，{noun}{rate}%。主要是任务安排有所变化。"
    )
    page.prose("(二) 一般公共预算财政拨款支出决算结构情况")
    parts = {
        section.category[0]: (
            section.category[1].removesuffix("支出") + page.brackets("(类)支出"),
            sum_of([section], "basic", "project"),
        )
        for section in page.department.general
    }
    page.prose(
        f"{year}年度一般公共预算财政拨款支出{page.amount(total)}万元，主要用于以下方面：{_shares(page, total, parts)}。"
    )
    page.prose("(三) 一般公共预算财政拨款支出决算具体情况")
    _write_deviations(page, total)


def _write_deviations(page: Page, total: int) -> None:
    opening = f"{page.department.year}年度一般公共预算财政拨款支出年初预算为"
    reasons = ("POLICY_CHANGE",)
    page.prose(
        opening + _deviation(page, "TOTAL", sum_of(page.department.general, "initial"), total, reasons) + "其中："
    )
    named = [(section, item) for section in page.department.general for item in section.items]
    for place, (section, item) in enumerate(named, 1):
        name = f"{place}、{section.category[1]}(类){section.section[1]}(款){item.name}(项)。年初预算为"
        page.prose(name + _deviation(page, item.code, item.initial, item.basic + item.project, item.reasons))


def _deviation(page: Page, key: str, initial: int, final: int, reasons: tuple[str, ...]) -> str:
    rate = percent(final, initial)
    text = f"{page.amount(initial)}万元，支出决算为{page.amount(final)}万元，完成年初预算的{number(rate)}%。"
    direction = "FLAT"
    if initial == final:
        text += "与年初预算基本持平。"
        reasons = ("ON_BUDGET",)
    else:
        word, direction = ("小于", "DECREASE") if final < initial else ("大于", "INCREASE")
        text += f"决算数{word}年初预算数的主要原因是{'，'.join(catalog.REASONS[reason] for reason in reasons)}。"
    page.facts.deviations[key] = (money(initial), money(final), rate, direction, reasons)
    return text


def _basic(page: Page) -> None:
    total = sum_of(page.department.sections, "basic")
    operating = sum(group[0][2] for group in page.department.operating)
    page.prose(
        f"{page.department.year}年度一般公共预算财政拨款基本支出决算{page.amount(total)}万元，分为人员和公用两类："
    )
    for key, name, groups, amount in (
        ("PERSONNEL", "人员经费", page.department.personnel, total - operating),
        ("OPERATING", "公用经费", page.department.operating, operating),
    ):
        named = "、".join(name for group in groups for _, name, value in group[1:] if value)
        page.say(f"{name}{page.amount(amount)}万元，主要包括：{named}等。")
        page.facts.stated["BASIC_EXPENDITURE", key, "AMOUNT"] = money(amount)


def _no_funds(page: Page) -> None:
    page.say("收支数额已列在前面的表里。" if page.department.managed else "本部门没有这类收支。")


def _no_capital(page: Page) -> None:
    page.say("本部门没有这类支出。")
