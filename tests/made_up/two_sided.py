"""The two summaries of part two: revenue on the left, expenditure on the right."""

from __future__ import annotations

from tests.made_up import catalog
from tests.made_up.department import sum_of
from tests.made_up.page import Page

FUNDS = {
    "GENERAL_PUBLIC_BUDGET": "一般公共预算财政拨款",
    "GOVERNMENT_MANAGED_FUNDS": "政府性基金预算财政拨款",
    "STATE_CAPITAL_OPERATIONS": "国有资本经营预算财政拨款",
}
OTHER_SOURCES = ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")

Half = list[tuple[str, dict[str, int]]]
"""Labels with the amounts beside them, by column."""


def write_summary(page: Page, form: str) -> None:
    """收入支出决算总表"""
    department = page.department
    total, other = sum_of(department.sections, "basic", "project", "other"), sum_of(department.sections, "other")
    managed = sum_of(department.managed, "project")
    amounts = {FUNDS["GENERAL_PUBLIC_BUDGET"] + "收入": total - other - managed, "其他收入": other}
    amounts[FUNDS["GOVERNMENT_MANAGED_FUNDS"] + "收入"] = managed
    sources = [*(f"{name}收入" for name in FUNDS.values()), *OTHER_SOURCES]
    spent = {section.category[1]: sum_of([section], "basic", "project", "other") for section in department.sections}
    left, right = _numbered(sources, amounts), _numbered(catalog.CATEGORIES, spent)
    left += [("本年收入合计", {"AMOUNT": total}), ("使用非财政拨款结余", {}), ("年初结转和结余", {}), ("", {})]
    right += [("本年支出合计", {"AMOUNT": total}), ("结余分配", {}), ("年末结转和结余", {}), ("", {})]
    for half in (left, right):
        half.append(("总计", {"AMOUNT": total}))
    page.row(["收入", "", "", "支出", "", ""])
    page.row(["项目", "行次", "金额", "项目", "行次", "金额"])
    page.row(["栏次", "", "1", "栏次", "", "2"])
    _write_rows(page, form, left, right, ("AMOUNT",), 0)


def _numbered(names: list[str] | tuple[str, ...], amounts: dict[str, int]) -> Half:
    """一、… down to the length of the categories, blank below."""
    half: Half = [
        (f"{catalog.numeral(n)}、{name}", {"AMOUNT": amounts.get(name, 0)}) for n, name in enumerate(names, 1)
    ]
    return half + [("", {})] * (len(catalog.CATEGORIES) - len(half))


def write_appropriation(page: Page, form: str) -> None:
    """财政拨款收入支出决算总表"""
    general, managed = (
        sum_of(sections, "basic", "project") for sections in (page.department.general, page.department.managed)
    )
    left = _numbered(list(FUNDS.values()), dict(zip(FUNDS.values(), (general, managed), strict=False)))
    right = _by_fund(page)
    both = {"TOTAL": general + managed, "GENERAL_PUBLIC_BUDGET": general, "GOVERNMENT_MANAGED_FUNDS": managed}
    left += [("本年收入合计", {"AMOUNT": general + managed}), ("年初财政拨款结转和结余", {})]
    left += [*((name, {}) for name in FUNDS.values()), ("总计", {"AMOUNT": general + managed})]
    right += [("本年支出合计", both), ("年末财政拨款结转和结余", {}), *[("", {})] * 3, ("总计", both)]
    for cells in _head(FUNDS):
        page.row(cells)
    page.row(["栏次", "", "1", "栏次", "", "2", "3", "4", "5"])
    _write_rows(page, form, left, right, ("TOTAL", *FUNDS), len(catalog.CATEGORIES) + 1)


def _by_fund(page: Page) -> Half:
    spent = {section.category[1]: section for section in page.department.sections}
    half: Half = []
    for n, name in enumerate(catalog.CATEGORIES, 1):
        amounts = {}
        if name in spent:
            amount = sum_of([spent[name]], "basic", "project")
            fund = "GOVERNMENT_MANAGED_FUNDS" if spent[name].managed else "GENERAL_PUBLIC_BUDGET"
            amounts = {"TOTAL": amount, fund: amount}
        half.append((f"{catalog.numeral(n)}、{name}", amounts))
    return half


def _head(funds: dict[str, str]) -> list[list[str]]:
    first = ["收入", "", "", "支出", "", "", "", "", ""]
    return [first, ["项目", "行次", "金额", "项目", "行次", "合计", *funds.values()]]


def _write_rows(page: Page, form: str, left: Half, right: Half, columns: tuple[str, ...], broken: int) -> None:
    """The rows, with a page break after `broken` of them; its headings have other spaces in them."""
    for n, ((one, revenue), (two, expenditure)) in enumerate(zip(left, right, strict=True), 1):
        if broken and n == broken + 1:
            spaced = {key: name.replace("财政拨款", " 财政拨款") for key, name in FUNDS.items()}
            page.page_break(_head(spaced))
        amount = page.cell(revenue.get("AMOUNT", 0))
        amounts = {column: page.cell(expenditure.get(column, 0)) for column in columns}
        line = page.row([one, str(n), amount, two, str(n + len(left)), *amounts.values()])
        page.put(line, form, "REVENUE", one, {"AMOUNT": amount})
        page.put(line, form, "EXPENDITURE", two, amounts)
