"""Sentences of several provinces, made up, and the facts that are recognised in them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from graph_data.core.records import AccountKey, SubjectRecord
from graph_data.core.terms import Classification, DeviationReason, Direction, Role, Topic
from graph_data.reading.layout import Paragraph, Place, Region
from graph_data.reading.layout.regions import RegionKind
from graph_data.reading.narrative import tell
from graph_data.reading.narrative.passages import passages
from graph_data.reading.narrative.story import Story
from graph_data.reading.narrative.subjects import SubjectIndex
from graph_data.reading.projects import Projects
from graph_data.reading.tally import Tally

KEY = AccountKey("990100", "120", 2023)
NAMES = {"201": "一般公共服务支出", "20126": "档案事务", "2012604": "档案馆", "2012699": "其他档案事务支出"}
SUBJECTS = [SubjectRecord(KEY, Classification.FUNCTIONAL, code, name) for code, name in NAMES.items()]
INDEX = SubjectIndex(SUBJECTS, {"2012604": 5_000_000, "2012699": 3_000_000})


def told(*lines: str) -> Story:
    """The story of a part three with these lines."""
    blocks = tuple(Paragraph(text, Place(None, number)) for number, text in enumerate(lines, start=1))
    region = Region(RegionKind.PART, None, "第三部分", "第三部分", Place(None, 1), blocks)
    story = Story(KEY, Tally([region], ""))
    tell(region, list(passages(region)), story, INDEX, Projects(()))
    return story


def facts(story: Story) -> dict[tuple[str, str, str], Decimal | None]:
    return {(f.topic.name, f.item, f.role.name): f.number.value for f in story.close()}


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年度收、支总计均为1,200.5万元。与2022年度相比，收、支总计各增加100.5万元，增长9.14%。",
        "2023 年度收入支出总计 1,200.5 万元。与 2022 年度相比，收入支出总计增加 100.5 万元，增长 9.14%。",
        "2023年度收入总计、支出总计1,200.5万元，与上年相比增加100.5万元，增长9.14%。",
    ],
)
def test_a_comparison_with_the_year_before_is_recognised_in_many_wordings(sentence: str) -> None:
    story = told("一、收入支出决算总体情况说明", sentence)
    stated = facts(story)
    for item in ("REVENUE_GRAND_TOTAL", "EXPENDITURE_GRAND_TOTAL"):
        assert stated["YEAR_COMPARISON", item, "AMOUNT"] == Decimal("1200.5")
        assert stated["YEAR_COMPARISON", item, "CHANGE"] == Decimal("100.5")
        assert stated["YEAR_COMPARISON", item, "CHANGE_PERCENT"] == Decimal("9.14")
    assert story.comparisons[0].direction is Direction.INCREASE


def test_what_falls_is_negative_and_what_stays_has_no_change() -> None:
    story = told(
        "三、支出决算情况说明", "1、基本支出80万元。比上年减少20万元，下降20%。", "2、经营支出0万元。与上年决算数一致。"
    )
    stated = facts(story)
    assert stated["YEAR_COMPARISON", "BASIC", "CHANGE"] == -20
    assert stated["YEAR_COMPARISON", "BASIC", "CHANGE_PERCENT"] == -20
    assert ("YEAR_COMPARISON", "BUSINESS_EXPENDITURE", "CHANGE") not in stated
    assert [comparison.direction for comparison in story.comparisons] == [Direction.DECREASE, Direction.FLAT]


def test_a_change_without_its_amount_is_no_comparison() -> None:
    story = told(
        "七、“三公”经费支出决算情况说明",
        "“三公”经费支出决算数比2022年度减少0.15万元，下降27.78%，其中公务接待费与上年持平。",
    )
    assert story.comparisons == []
    assert facts(story)["THREE_PUBLIC", "TOTAL", "CHANGE"] == Decimal("-0.15")


@pytest.mark.parametrize(
    "sentence",
    [
        "1、一般公共服务支出(类)档案事务(款)档案馆(项)。年初预算为6万元,支出决算为5万元,完成年初预算的83.33%。"
        "决算数小于年初预算数的主要原因是落实过紧日子要求。",
        "1．一般公共服务（类）档案事务（款）档案馆（项）。主要用于：档案保管。年初预算为 6 万元，支出决算为 5 万元，"
        "完成年初预算的 83.33%。决算数小于预算数的主要原因：厉行节约。",
    ],
)
def test_a_deviation_has_its_subject_its_amounts_and_its_reason(sentence: str) -> None:
    story = told("五、一般公共预算财政拨款支出决算情况说明", sentence)
    stated = facts(story)
    assert stated["BUDGET_DEVIATION", "2012604", "INITIAL_BUDGET"] == 6
    assert stated["BUDGET_DEVIATION", "2012604", "FINAL"] == 5
    assert stated["BUDGET_DEVIATION", "2012604", "COMPLETION_PERCENT"] == Decimal("83.33")
    (deviation,) = story.deviations
    assert (deviation.code, deviation.direction) == ("2012604", Direction.DECREASE)
    assert deviation.reasons == (DeviationReason.AUSTERITY,)


def test_a_subject_that_no_table_names_is_known_by_its_amount_alone() -> None:
    sentence = "一般公共服务支出(类)档案事务(款){}(项)。年初预算为3万元，支出决算为{}万元。决算数同预算数持平。"
    known = told("五、一般公共预算财政拨款支出决算情况说明", sentence.format("档案抢救", "3"))
    unknown = told("五、一般公共预算财政拨款支出决算情况说明", sentence.format("档案抢救", "4"))
    assert [deviation.code for deviation in known.deviations] == ["2012699"]
    assert [(deviation.code, deviation.item) for deviation in unknown.deviations] == [(None, "档案抢救")]


def test_the_whole_is_told_from_its_subjects() -> None:
    story = told("五、情况说明", "支出年初预算为9万元，支出决算为8万元，完成年初预算的88.89%。其中：")
    assert [(deviation.item, deviation.code) for deviation in story.deviations] == [("TOTAL", None)]


def test_the_revenue_of_one_fund_is_not_all_appropriation() -> None:
    stated = facts(told(
        "二、收入决算情况说明",
        "1、财政拨款收入100万元，其中：一般公共预算财政拨款收入90万元，政府性基金预算财政拨款收入10万元。",
    ))  # fmt: skip
    amounts = [value for (topic, item, role), value in stated.items() if item == "FISCAL_APPROPRIATION"]
    assert amounts == [100]


def test_a_total_without_a_comparison_is_stated_too() -> None:
    stated = facts(told("一、收入支出决算总体情况说明", "2023年度收、支总计均为100万元。主要是人员增加。"))
    assert stated["SHARE", "REVENUE_GRAND_TOTAL", "AMOUNT"] == 100


def test_shares_belong_to_what_they_follow() -> None:
    stated = facts(told(
        "三、支出决算情况说明", "2023年度支出合计100万元，其中：基本支出60万元，占60%；项目支出40万元，占40%。",
        "主要用于以下方面：一般公共服务(类)支出70万元，占70%。",
    ))  # fmt: skip
    assert stated["SHARE", "EXPENDITURE_TOTAL", "AMOUNT"] == 100
    assert (stated["SHARE", "BASIC", "AMOUNT"], stated["SHARE", "BASIC", "PERCENT"]) == (60, 60)
    assert (stated["SHARE", "PROJECT", "AMOUNT"], stated["SHARE", "PROJECT", "PERCENT"]) == (40, 40)
    assert (stated["SHARE", "201", "AMOUNT"], stated["SHARE", "201", "PERCENT"]) == (70, 70)


def test_expenses_counts_contracts_and_vehicles_are_facts_of_their_topics() -> None:
    stated = facts(told(
        "九、“三公”经费支出决算情况说明",
        "1、因公出国（境）费全年预算为2万元，支出决算为1万元，完成全年预算的50%，全年支出涉及因公出国（境）团组1个，累计3人次。",
        "十、机关运行经费支出说明", "2023年度机关运行经费支出46万元，比年初预算数减少4万元，下降8%。",
        "十一、政府采购支出说明",
        "2023年度政府采购支出总额30万元，其中：政府采购货物支出10万元、政府采购服务支出20万元。授予中小企业合同金额15万元，占政府采购支出总额的50%。",
        "十二、国有资产占用情况说明",
        "截至2023年12月31日，共有车辆3辆，其中，应急保障用车3辆；单价100万元（含）以上设备（不含车辆）2台（套）。",
    ))  # fmt: skip
    assert stated["THREE_PUBLIC", "OVERSEAS_OFFICIAL_TRAVEL", "BUDGET"] == 2
    assert stated["THREE_PUBLIC", "OVERSEAS_OFFICIAL_TRAVEL", "FINAL"] == 1
    assert stated["THREE_PUBLIC", "OVERSEAS_OFFICIAL_TRAVEL", "COMPLETION_PERCENT"] == 50
    assert stated["AGENCY_OPERATING", "TOTAL", "CHANGE"] == -4
    assert stated["PROCUREMENT", "SMALL_AND_MEDIUM", "AMOUNT"] == 15
    assert stated["PROCUREMENT", "SMALL_AND_MEDIUM", "PERCENT"] == 50
    assert stated["STATE_ASSETS", "VEHICLES", "COUNT"] == 3
    assert stated["STATE_ASSETS", "EQUIPMENT", "COUNT"] == 2


def test_the_day_of_a_stock_is_kept() -> None:
    story = told("十二、国有资产占用情况说明", "截至2023年12月31日，共有车辆3辆。")
    assert {fact.as_of for fact in story.close()} == {"2023-12-31"}


def test_a_number_that_no_topic_takes_is_left_for_the_ledger() -> None:
    story = told("一、收入支出决算总体情况说明", "新增设备12台，另有补助增加7万元。")
    assert story.close() == ()
    assert [left.text for left in story.tally.close(KEY, ()).left_over] == ["12", "7"]


def test_numbers_share_the_scale_of_the_prose() -> None:
    story = told(
        "三、支出决算情况说明", "2023年度支出合计100.25万元，其中：基本支出60万元，占60%；项目支出40.25万元，占40.15%。"
    )
    assert {(fact.role is Role.AMOUNT, fact.number.decimals) for fact in story.close()} == {(True, 2), (False, 2)}


def test_a_paragraph_that_a_page_break_cuts_is_one() -> None:
    story = told(
        "三、支出决算情况说明", "2023年度支出合计100万元，其中：基本支", "出60万元，占60%；项目支出40万元，占40%。"
    )
    shares = [fact for fact in story.close() if fact.topic is Topic.SHARE and fact.item == "BASIC"]
    assert [(fact.number.text, fact.source.line) for fact in shares] == [("60", 3), ("60", 3)]


def test_a_number_that_is_left_over_says_what_its_passage_is_about() -> None:
    story = told("十、政府采购支出情况说明", "本年度采购支出12万元，比上年提高2.5个百分点。")
    left = story.tally.close(KEY, ()).left_over
    assert [(one.text, one.topic) for one in left] == [("2.5", Topic.PROCUREMENT)]


def labelled(story: Story) -> list[tuple[str, str, str, str, str]]:
    return [(f.item, f.role.name, f.label, f.number.text, f.number.unit) for f in story.close()]


def test_a_budget_named_beside_what_is_saved_is_no_final_amount() -> None:
    story = told(
        "六、“三公”经费支出情况",
        "“三公”经费支出8.2万元，比年初预算的10万元节约1.8万元，节约率18%，较上年的9万元下降8.89%。",
    )
    assert labelled(story) == [
        ("TOTAL", "FINAL", "经费支出", "8.2", "万元"),
        ("TOTAL", "BUDGET", "比年初预算的", "10", "万元"),
        ("TOTAL", "CHANGE", "较年初预算节约", "-1.8", "万元"),
        ("TOTAL", "CHANGE_PERCENT", "较年初预算节约率", "-18", "%"),
        ("TOTAL", "PRIOR_YEAR", "较上年的", "9", "万元"),
        ("TOTAL", "CHANGE_PERCENT", "下降", "-8.89", "%"),
    ]


def test_the_change_of_a_budget_is_not_that_of_what_was_spent() -> None:
    story = told("六、“三公”经费支出情况", "“三公”经费预算数5万元，同比下降10%；决算数4.2万元，同比下降8.7%。")
    changes = [one for one in labelled(story) if one[1] == "CHANGE_PERCENT"]
    assert [(item, text) for item, _, _, text, _ in changes] == [("经费预算数", "-10"), ("TOTAL", "-8.7")]


def test_parts_in_brackets_and_sums_of_several_stand_under_their_own_words() -> None:
    story = told(
        "七、机关运行经费", "机关运行经费98万元（含局机关60万元、执法队38万元），完成95%。",
        "八、政府采购情况", "政府采购金额：货物320万元、工程0万元、服务80万元，合计400万元。",
    )  # fmt: skip
    stated = facts(story)
    assert stated["AGENCY_OPERATING", "TOTAL", "AMOUNT"] == 98
    assert stated["AGENCY_OPERATING", "局机关", "AMOUNT"] == 60
    assert stated["AGENCY_OPERATING", "执法队", "AMOUNT"] == 38
    assert stated["AGENCY_OPERATING", "TOTAL", "COMPLETION_PERCENT"] == 95
    assert stated["PROCUREMENT", "SERVICES", "AMOUNT"] == 80
    assert stated["PROCUREMENT", "合计", "AMOUNT"] == 400


def test_a_code_in_brackets_before_a_subject_is_no_part_of_its_name() -> None:
    story = told("五、支出决算", "档案支出（2299999）会计核算：年初预算9万元，决算支出10万元，为年初预算的111.11%。")
    assert {f.item for f in story.close()} == {"会计核算"}
    assert facts(story)["BUDGET_DEVIATION", "会计核算", "COMPLETION_PERCENT"] == Decimal("111.11")


def test_how_far_the_final_amount_exceeds_the_budget_is_no_budget() -> None:
    story = told("五、支出决算", "年初预算为300万元，支出决算为500万元，决算数大于年初预算数200万元，超支66.67%。")
    stated = [(f.item, f.role.name, f.number.value) for f in story.close()]
    assert stated == [
        ("TOTAL", "INITIAL_BUDGET", 300), ("TOTAL", "FINAL", 500), ("TOTAL", "CHANGE", 200),
        ("TOTAL", "CHANGE_PERCENT", Decimal("66.67")),
    ]  # fmt: skip


def test_a_comparison_behind_several_parts_is_of_none_of_them() -> None:
    story = told(
        "三、支出决算情况说明", "支出合计1,200万元，基本支出800万元，项目支出400万元。较上年1,150万元增长4.35%。"
    )
    assert [f.number.text for f in story.close()] == ["1,200", "800", "400"]


def test_a_list_of_amounts_is_about_what_its_own_clause_names() -> None:
    story = told(
        "六、“三公”经费", "“三公”经费支出决算为8万元，比2022年度决算数10万元减少2万元。"
        "公务用车购置费和运行维护费分别为0万元和6万元。",
    )  # fmt: skip
    stated = facts(story)
    assert stated["YEAR_COMPARISON", "THREE_PUBLIC", "AMOUNT"] == 8
    assert stated["THREE_PUBLIC", "OFFICIAL_VEHICLE_PURCHASE", "FINAL"] == 0
    assert stated["THREE_PUBLIC", "OFFICIAL_VEHICLE_OPERATION", "FINAL"] == 6


def test_a_change_of_nothing_has_no_sign() -> None:
    story = told("七、机关运行经费", "机关运行经费5万元，比上年增加或减少0万元。")
    assert [f.number.text for f in story.close()] == ["5", "0"]
