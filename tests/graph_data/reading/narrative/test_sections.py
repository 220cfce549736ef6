"""Prose is told by its headings and sentences wherever it stands: without parts, below a table, in any numbering."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path

import pytest

from graph_data.core.terms import Direction, Role, Topic
from graph_data.reading import Given, Reading, read
from graph_data.reading.layout import Paragraph, Place, Region
from graph_data.reading.layout.regions import RegionKind
from graph_data.reading.narrative import tell
from graph_data.reading.narrative.passages import passages
from graph_data.reading.narrative.story import Story
from graph_data.reading.narrative.subjects import SubjectIndex
from graph_data.reading.projects import Projects
from graph_data.reading.tally import Tally
from tests.documents import CASES, reading_of
from tests.graph_data.reading.narrative.test_phrasings import KEY
from tests.sampled import sampled

TABLE = """2023年度
青禾县档案局
部门决算
支出决算表
金额单位：万元
科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出
合计\t\t50\t30\t20
201\t一般公共服务支出\t50\t30\t20
"""


def _read(tmp_path: Path, text: str) -> Reading:
    path = tmp_path / "document.txt"
    path.write_text(TABLE + text, "utf-8")
    return read(path, Given(division="990100"))


def _stated(reading: Reading) -> set[tuple[str, str, str, Decimal | None]]:
    return {(f.topic.name, f.item, f.role.name, f.number.value) for f in reading.account.facts}


def test_prose_below_a_table_is_read_without_any_part(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        "二、部门决算情况说明\n（一）支出决算情况说明\n本年支出合计50万元，其中：基本支出30万元，占60%。\n"
        "（二）机关运行经费支出情况\n机关运行经费支出9万元。\n三、名词解释\n1.基本支出：指维持运转的支出30万元以内。\n",
    )
    assert _stated(reading) == {
        ("SHARE", "EXPENDITURE_TOTAL", "AMOUNT", Decimal(50)),
        ("SHARE", "BASIC", "AMOUNT", Decimal(30)),
        ("SHARE", "BASIC", "PERCENT", Decimal(60)),
        ("AGENCY_OPERATING", "TOTAL", "AMOUNT", Decimal(9)),
    }
    sections = {fact.source.section for fact in reading.account.facts}
    assert sections == {"二、部门决算情况说明 (一)支出决算情况说明", "二、部门决算情况说明 (二)机关运行经费支出情况"}
    assert [term.term for term in reading.account.terms] == ["基本支出"]


def test_a_sentence_about_money_below_a_table_is_read_without_a_heading(tmp_path: Path) -> None:
    reading = _read(tmp_path, "2023年度本年支出合计50万元，其中项目支出20万元，占40%。\n")
    assert ("SHARE", "PROJECT", "PERCENT", Decimal(40)) in _stated(reading)


def test_a_note_below_a_table_stays_its_note(tmp_path: Path) -> None:
    reading = _read(tmp_path, "注：本表反映支出，含上年结转3万元。\n")
    assert reading.account.facts == ()
    assert [note.text for note in reading.account.narratives] == ["注：本表反映支出，含上年结转3万元。"]


def test_the_topic_is_told_by_the_sentence_where_the_heading_names_several(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        "三、机关运行经费、政府采购、国有资产占用情况说明\n机关运行经费支出9万元。\n政府采购支出总额8万元。\n"
        "截至2023年12月31日，共有车辆2辆。\n",
    )
    assert {fact.topic for fact in reading.account.facts} == {
        Topic.AGENCY_OPERATING,
        Topic.PROCUREMENT,
        Topic.STATE_ASSETS,
    }


def test_an_overview_ends_where_the_numbers_are_explained(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        "一、部门概况\n（一）主要职责\n管理档案，编制5人。\n二、支出决算情况说明\n本年支出合计50万元。\n三、名词解释\n",
    )
    assert _stated(reading) == {("SHARE", "EXPENDITURE_TOTAL", "AMOUNT", Decimal(50))}
    assert [left.text for left in reading.ledger.left_over] == ["5"]


def test_money_that_no_budget_can_hold_is_left_over(tmp_path: Path) -> None:
    reading = _read(tmp_path, f"三、支出决算情况说明\n本年支出合计{'9' * 30}万元。\n")
    assert reading.account.facts == ()
    assert [left.text for left in reading.ledger.left_over] == ["9" * 30]


def _case(name: str) -> Reading:
    path = CASES / name
    if not path.exists():
        pytest.skip("the cases are not at hand")
    return read(path, Given(division="370300"))


@pytest.mark.parametrize(
    ("name", "facts"),
    [("D01-no-parts-prose-lost.txt", 8), ("D11-markdown-headings.txt", 3), ("D17-fund-revenue-shares.txt", 5)],
)
def test_every_number_of_a_case_is_a_fact(name: str, facts: int) -> None:
    reading = _case(name)
    assert len({(fact.source.line, fact.source.row, fact.role, fact.number) for fact in reading.account.facts}) >= facts
    assert reading.ledger.left_over == []


def test_a_deviation_from_the_whole_years_budget_is_told_from_one_from_the_initial() -> None:
    whole = _case("D13-full-year-budget.txt").account
    assert {fact.role for fact in whole.facts} == {Role.BUDGET, Role.FINAL, Role.COMPLETION_PERCENT}
    initial = _case("D14-deviation-current-year.txt").account
    assert {fact.role for fact in initial.facts} == {Role.INITIAL_BUDGET, Role.FINAL}
    assert len(whole.budget_deviations) == len(initial.budget_deviations) == 1


def test_the_amount_that_a_rate_is_of_is_a_budget() -> None:
    facts = _case("D15-budget-called-final.txt").account.facts
    roles = [(fact.item, fact.role) for fact in facts]
    expected = [Role.FINAL, Role.BUDGET, Role.COMPLETION_PERCENT]
    assert roles == [("TOTAL", role) for role in expected] + [("OFFICIAL_VEHICLE_OPERATION", role) for role in expected]


def test_the_social_work_department_deviates_from_its_whole_years_budget_ten_times() -> None:
    reading = reading_of("putuo-social-work-2024.pdf")
    assert len(reading.ledger.left_over) <= 2
    budgets = {(f.item, f.position) for f in reading.account.facts
               if f.topic is Topic.BUDGET_DEVIATION and f.role is Role.BUDGET}  # fmt: skip
    deviations = [one for one in reading.account.budget_deviations if (one.item, one.position) in budgets]
    assert len(deviations) == 10
    assert [one.direction for one in deviations].count(Direction.FLAT) == 2


SEEDS = """\
.(类)|一般公共服务支出(类)|档案馆(项)|1万元|年初预算为1万元,|比上年增加1万元,|(其中:1万元)|(含1万元|(((|))|原因;|、|,|。
分别为1,|1,234|占|三公经费|公务接待费1万元|与|同比|项目支出1万元,占1%;|人均|绩效评价得分为|完成|预算|为|年初
一般公共预算|财政拨款|收入|支出|12|1.|1、|的|会议费|等级为优1个|增加|决算|2022年度|分别为|万元,增长1"""
HEADINGS = ("三、支出决算情况说明", "七、“三公”经费情况说明")


def _seconds(lines: list[str]) -> float:
    blocks = tuple(Paragraph(text, Place(None, number)) for number, text in enumerate(lines, start=1))
    region = Region(RegionKind.PART, None, "第三部分", "第三部分", Place(None, 1), blocks)
    story = Story(KEY, Tally([region], ""))
    start = time.process_time()
    tell(region, list(passages(region)), story, SubjectIndex((), {}), Projects(()))
    return time.process_time() - start


@pytest.mark.parametrize("seed", sampled(SEEDS.replace("\n", "|").split("|"), 6))
def test_time_grows_with_the_text_and_no_faster(seed: str) -> None:
    """Eight times the text takes no more than thirty times as long: what was quadratic took sixty-four."""
    for heading in HEADINGS:
        short, long = ([heading, "1" + seed * (size // len(seed))] for size in (1_000, 8_000))
        base = min(_seconds(short) for _ in range(3))
        assert min(_seconds(long) for _ in range(2)) < 30 * max(base, 0.01)
