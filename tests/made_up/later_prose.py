"""Part three from 九 on: what is spent on travel and hospitality, bought, owned and evaluated."""

from __future__ import annotations

from decimal import Decimal

from tests.made_up.department import sum_of
from tests.made_up.numbers import percent
from tests.made_up.page import Page, money, number, points

_THREE_PUBLIC = {
    "OVERSEAS_OFFICIAL_TRAVEL": "因公出国(境)费",
    "OFFICIAL_VEHICLES": "公务用车购置及运行维护费",
    "OFFICIAL_HOSPITALITY": "公务接待费",
}


def write_three_public(page: Page) -> None:
    """九、“三公”经费"""
    budget, final = page.department.three_public["BUDGET"], page.department.three_public["FINAL"]
    page.prose("(一) “三公”经费支出决算总体情况说明")
    page.prose(
        f"{page.department.year}年度财政拨款“三公”经费支出全年预算为{page.amount(budget['TOTAL'])}万元，"
        f"支出决算为{page.amount(final['TOTAL'])}万元。"
    )
    page.facts.stated["THREE_PUBLIC", "TOTAL", "BUDGET"] = money(budget["TOTAL"])
    page.facts.stated["THREE_PUBLIC", "TOTAL", "FINAL"] = money(final["TOTAL"])
    page.prose("(二) “三公”经费支出决算具体情况")
    for n, (key, name) in enumerate(_THREE_PUBLIC.items(), 1):
        said = f"全年预算为{page.amount(budget[key])}万元，支出决算为{page.amount(final[key])}万元"
        page.prose(f"{n}、{name}{said}。")
        page.facts.stated["THREE_PUBLIC", key, "BUDGET"] = money(budget[key])
        page.facts.stated["THREE_PUBLIC", key, "FINAL"] = money(final[key])


def write_agency(page: Page) -> None:
    """十、机关运行经费"""
    counts = page.department.counts
    page.prose(
        f"{page.department.year}年度机关运行经费支出{page.amount(counts['agency'])}万元，比年初预算数减少"
        f"{page.amount(counts['agency_change'])}万元，主要原因是日常开支从简。"
    )
    page.facts.stated["AGENCY_OPERATING", "TOTAL", "AMOUNT"] = money(counts["agency"])


def write_procurement(page: Page) -> None:
    """十一、政府采购"""
    goods, services = page.department.counts["goods"], page.department.counts["services"]
    total = goods + services
    page.prose(
        f"{page.department.year}年度政府采购支出总额{page.amount(total)}万元，其中：政府采购货物支出{page.amount(goods)}万元、"
        f"政府采购工程支出0万元、政府采购服务支出{page.amount(services)}万元。授予中小企业合同金额{page.amount(total)}万元，"
        f"占政府采购支出总额的100%，其中：授予小微企业合同金额{page.amount(goods)}万元，"
        f"占政府采购支出总额的{number(percent(goods, total))}%。"
    )
    amounts = {"TOTAL": total, "GOODS": goods, "WORKS": 0, "SERVICES": services}
    for key, amount in (amounts | {"SMALL_AND_MEDIUM": total, "MICRO_AND_SMALL": goods}).items():
        page.facts.stated["PROCUREMENT", key, "AMOUNT"] = money(amount)


def write_assets(page: Page) -> None:
    """十二、国有资产占用"""
    counts = page.department.counts
    page.prose(
        f"截至{page.department.year}年12月31日，本部门共有车辆{counts['vehicles']}辆，其中，应急保障用车{counts['vehicles']}辆；"
        f"单价100万元(含)以上设备(不含车辆){counts['equipment']}台(套)。"
    )
    page.facts.stated["STATE_ASSETS", "VEHICLES", "COUNT"] = Decimal(counts["vehicles"])
    page.facts.stated["STATE_ASSETS", "EQUIPMENT", "COUNT"] = Decimal(counts["equipment"])


def write_performance(page: Page) -> None:
    """十三、预算绩效, with a summary of each project that has a sheet"""
    projects = page.department.projects
    spent = sum_of(page.department.sections, "project", "other")
    page.prose(
        f"(一) 预算绩效管理工作开展情况。本年对全部预算项目开展绩效自评，涵盖项目{len(projects)}个，"
        f"涉及预算资金{page.amount(spent)}万元，占部门预算项目支出总额的100%。"
    )
    page.facts.stated["PERFORMANCE", "SELF_EVALUATION", "COUNT"] = Decimal(len(projects))
    page.prose("(二) 项目绩效自评结果。")
    told = [project for project in projects if project.leaves]
    for place, project in enumerate(told, 1):
        name = project.name + ("专项" if page.options.more_spellings else "")
        executed = project.funding["TOTAL"][2]
        page.prose(
            f"{place}. {name}项目绩效自评综述：该项目自评得分{points(project.score)}分，"
            f"使用资金{page.amount(executed)}万元，任务按计划推进，成果已经交付使用。"
        )
        page.facts.spellings.setdefault(project.number, set()).add(name)
        page.facts.stated["PROJECT_SUMMARY", str(project.number), "SCORE"] = Decimal(project.score) / 2
        page.facts.stated["PROJECT_SUMMARY", str(project.number), "AMOUNT"] = money(executed)
