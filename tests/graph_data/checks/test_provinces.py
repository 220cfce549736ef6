"""What other provinces' words say of the same amounts raises nothing; one wrong amount or year in them raises one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_data.checks import examine, message
from graph_data.checks.examination import Finding
from graph_data.core.records import Account
from graph_data.core.terms import Role, Severity, Topic
from tests.graph_data.checks.examining import PLAIN, printing, read_text
from tests.made_up import make

TRAVEL = "1、因公出国（境）费全年预算为22.76万元，支出决算为0万元。"
CARS = "应急保障用车9辆；"
RECEPTION = "3、公务接待费全年预算"
EVALUATED = "涉及预算资金9,012.05万元，占部门预算项目支出总额的100%"
WITH_FUNDS = replace(PLAIN, managed_funds=True)
PARTS = "科学技术（类）支出10,268.05万元，占{}%；社会保障和就业（类）支出4,334万元，占{}%；卫生健康（类）支出3,547.66万元，占{}%；住房保障（类）支出4,225.45万元，占{}%。"  # noqa: E501


def told(account: Account) -> list[Finding]:
    """What is raised above an observation."""
    findings = [finding for entry in examine(account) for finding in entry.findings]
    return [finding for finding in findings if finding.severity is not Severity.INFO]


def printed(*pairs: tuple[str, str]) -> Account:
    """A document with government-managed funds, in other words."""
    made = make(3, WITH_FUNDS)
    text = made.text
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return read_text(made, text)


def of_appropriations(pattern: str) -> tuple[str, str]:
    shares = [f"{amount / 25497.16 * 100:.2f}" for amount in (10268.05, 4334.00, 3547.66, 4225.45)]
    return PARTS.format("45.89", "19.37", "15.86", "18.88"), pattern.format(*shares)


@pytest.mark.parametrize(
    "pairs",
    [
        [of_appropriations(PARTS.replace("占{}", "占本年财政拨款支出{}"))],
        [("财政拨款收、支总计均为25,497.16万元", "财政拨款收入总计25,497.16万元，支出总计25,497.16万元")],
        [(CARS, CARS + "处置车辆0辆；")],
        [(EVALUATED, EVALUATED.replace("9,012.05", "9,312.05").replace("100%", "98.5%"))],
    ],
)
def test_the_same_in_other_words_raises_nothing(pairs: list[tuple[str, str]]) -> None:
    assert [message(finding) for finding in told(printed(*pairs))] == []


def test_vehicles_that_there_are_are_none_that_were_bought() -> None:
    bought = "其中：公务用车购置费49.43万元，购置公务用车1辆。截至2022年12月31日，单位共有公务用车7辆。"
    account = printing(RECEPTION, f"{bought}\n\n{RECEPTION}")
    counts = [fact for fact in account.facts if fact.topic is Topic.THREE_PUBLIC and fact.role is Role.COUNT]
    named = {fact.number.text: fact.item for fact in counts}
    assert named == {"1": "OFFICIAL_VEHICLE_PURCHASE", "7": "OFFICIAL_VEHICLE_OPERATION"}
    assert told(account) == []


def test_a_section_on_all_appropriations_is_held_against_them_and_not_against_all_expenditure() -> None:
    made = make(3, replace(PLAIN, managed_funds=True))
    section = "\n十、财政拨款支出决算情况说明\n\n2022年度本年支出合计{}万元，占财政拨款支出的100%。\n\n十、机关运行经费"
    right, wrong = (
        read_text(made, made.text.replace("\n十、机关运行经费", section.format(amount), 1))
        for amount in ("25,497.16", "25,947.16")
    )
    assert told(right) == []
    assert {finding.check for finding in told(wrong)} == {"prose.totals"}


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("收、支总计均为22,375.16万元", "收、支总计均为23,275.16万元", "prose.totals"),
        ("其中：基本支出16,485.11万元", "其中：基本支出14,685.11万元", "prose.totals"),
        ("支出决算为1,362.76万元", "支出决算为3,162.76万元", "prose.totals"),
        ("减少107.91万元，下降0.48%", "减少107.91万元，下降0.84%", "prose.growth"),
    ],
)
def test_one_wrong_number_is_one_finding_without_its_consequences(old: str, new: str, check: str) -> None:
    found = told(printing(old, new))
    assert (found[0].check, len({finding.group for finding in found})) == (check, 1)


@pytest.mark.parametrize(
    ("pairs", "case"),
    [
        ([("\n第二部分\n\n2022年度部门决算表", "\n第二部分 海东市民政局2022年度部门决算表")], "body"),
        ([("2022年度一般公共预算财政拨款支出22,375.16万元，占", "2021年度一般公共预算财政拨款支出22,375.16万元，占"),
          ("与2021年度相比，一般公共", "与上年相比，一般公共")], "passage"),
        ([("与2021年度相比，一般公共", "与2022年度相比，一般公共")], "compared"),
        ([(TRAVEL, TRAVEL + "截止2021年12月31日，公务用车保有量7辆。")], "date"),
    ],
)  # fmt: skip
def test_another_body_or_year_is_doubtful_once(pairs: list[tuple[str, str]], case: str) -> None:
    account = printing(*pairs[0], *pairs[1:])
    assert [(finding.check, finding.case) for finding in told(account)] == [("document.bodies", case)]


def test_a_paragraph_that_stands_twice_over_is_an_observation() -> None:
    whole = "2022年度机关运行经费支出327.64万元，比年初预算数减少595.26万元，主要原因是日常开支从简。"
    account = printing(whole, f"{whole}\n\n{whole}")
    cases = [
        finding.case for entry in examine(account) for finding in entry.findings if entry.check.id == "prose.slips"
    ]
    assert "paragraph" in cases


def test_a_section_s_name_is_compared_where_no_budget_is_stated_too() -> None:
    item = "科学技术支出（类）科学技术管理事务（款）行政运行（项）。年初预算为2,166.45万元，支出决算为3,754万元，完成年初预算的173.28%。决算数大于年初预算数的主要原因是在编人员减少。"  # noqa: E501
    right = "科学技术支出（类）科学技术管理事务（款）行政运行（项）：支出决算为3,754万元。"
    total = (
        ("年初预算为23,262.59万元，", ""),
        ("完成年初预算的96.19%。", ""),
        ("决算数小于年初预算数的主要原因是缴费政策调整。其中", "其中"),
    )
    assert told(printing(item, right, *total)) == []
    [finding] = told(printing(item, right.replace("科学技术管理事务", "退役安置"), *total))
    assert (finding.check, finding.case) == ("prose.subjects", "name")


def test_items_are_listed_without_a_colon_too() -> None:
    [finding] = told(printing("主要包括：水费", "主要包括工会经费、水费"))
    assert finding.check == "prose.listed"
