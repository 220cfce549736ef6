"""Cover and contents, part one and part four: who the department is, and what the terms mean."""

from __future__ import annotations

from tests.made_up import catalog
from tests.made_up.page import Page
from tests.made_up.prose import HEADINGS
from tests.made_up.tables import TITLES


def write_cover(page: Page) -> None:
    """Cover and contents."""
    for text in (f"{page.department.year}年度", page.department.name, "部门决算", "目录"):
        page.say(text)
    year = page.department.year
    parts = ("第一部分 部门概况", f"第二部分 {year}年度部门决算表", f"第三部分 {year}年度部门决算情况说明")
    entries = (("部门职责", "机构设置"), tuple(TITLES.values()), HEADINGS)
    for part, titles in zip(parts, entries, strict=True):
        page.say(part)
        for n, title in enumerate(titles, 1):
            page.say(f"- {catalog.numeral(n)}、{title}")
    page.say("第四部分 名词解释")
    page.say("第五部分 附件")


def write_organisation(page: Page) -> None:
    """Part one."""
    page.say("第一部分")
    page.say("部门概况")
    page.say("一、部门职责")
    for n, duty in enumerate(catalog.DUTIES, 1):
        page.prose(f"({catalog.numeral(n)}) {duty}。")
    page.facts.duties = len(catalog.DUTIES)
    page.say("二、机构设置")
    page.say(f"本次公开的{page.department.year}年度部门决算，编制范围内的单位包括：")
    for n, (_, unit) in enumerate(page.department.units, 1):
        page.say(f"- {n}、{unit}")
        page.facts.units[page.department.name if n == 1 else unit] = None


def write_definitions(page: Page) -> None:
    """Part four."""
    page.say("第四部分")
    page.say("名词解释")
    place = 0
    for place, (term, meaning) in enumerate(catalog.DEFINED.items(), 1):
        page.say(f"{catalog.numeral(place)}、{term}：指{meaning}。")
        page.facts.terms.append((term, None))
    for section in page.department.sections:
        for item in section.items:
            place += 1
            name = f"{section.category[1]}(类){section.section[1]}(款){item.name}(项)"
            page.prose(f"{catalog.numeral(place)}、{name}：反映用于{item.name}的花费。")
            page.facts.terms.append((name, item.code))
