"""What the words of a document say against its tables, its sheets, and what must be published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from graph_data.checks import message
from graph_data.checks.book import Book
from graph_data.checks.disclosure import checklist
from graph_data.core.amount import read_number
from graph_data.core.records import Account
from graph_data.core.terms import (
    CheckOutcome,
    Comparator,
    DisclosureStatus,
    FundingQuantity,
    FundSource,
    Language,
    LineItem,
    NarrativeKind,
    Role,
    Severity,
    StatementForm,
    Topic,
)
from tests.graph_data.checks.examining import (
    assert_fires,
    assert_silent,
    document,
    entry,
    leaves_of,
    printing,
    saying,
    with_fact,
    with_leaf,
    with_new_fact,
    without_sheets,
    without_statement,
)

GENERAL = StatementForm.GENERAL_PUBLIC_BUDGET
SUPPLY = "主要用于：{}。年初预算为303.79万元"


def cases(check: str, account: Account) -> list[str]:
    return [finding.case for finding in entry(check, account).findings]


# ------------------------------------------------------------------------------------------ what must be published


def test_each_item_of_the_list_is_stated_stated_as_nothing_absent_or_not_read() -> None:
    found = {standing.item.id: standing.status for standing in checklist(Book(document()))}
    assert found["table.EXPENDITURE"] is DisclosureStatus.STATED
    assert found["table.STATE_CAPITAL_OPERATIONS"] is DisclosureStatus.ZERO_STATED
    assert found["three-public.final"] is DisclosureStatus.STATED
    assert found["three-public.travel"] is DisclosureStatus.ABSENT
    bare = replace(document(), narratives=(), facts=())
    without_words = {standing.item.id: standing.status for standing in checklist(Book(bare))}
    assert without_words["three-public.final"] is DisclosureStatus.NOT_READ


def test_what_must_be_published_and_is_not_there_is_an_observation_near_its_place() -> None:
    found = assert_fires("document.disclosure", document(), Severity.INFO, count=5)
    assert "与上年对比" in message(found)
    assert found.sources[0].section == "第三部分 九、财政拨款“三公”经费支出决算情况说明"
    told = printing("支出决算为0万元。", "支出决算为0万元，全年没有安排因公出国（境）团组。")
    assert len(entry("document.disclosure", told).findings) == 4


def test_a_body_without_an_expense_need_not_go_into_it() -> None:
    account = saying("本部门没有“三公”经费支出，没有机关运行经费，未开展政府采购。")
    found = {standing.item.id: standing.status for standing in checklist(Book(replace(account, facts=())))}
    assert found["three-public.travel"] is DisclosureStatus.ZERO_STATED
    assert found["agency-operating.last-year"] is DisclosureStatus.ZERO_STATED
    assert found["procurement.small"] is DisclosureStatus.ZERO_STATED
    assert found["assets.vehicles"] is DisclosureStatus.ABSENT


def test_without_its_words_nothing_is_missing() -> None:
    assert_silent("document.disclosure", replace(document(), narratives=(), facts=(), terms=(), projects=()),
                  CheckOutcome.INSUFFICIENT_DATA)  # fmt: skip


def test_an_attachment_that_is_named_and_not_there_is_doubtful() -> None:
    headed = ("附件\n\n2022", "附件\n\n附件 4\n\n2022")
    assert_fires("document.references", printing(*headed, ("做完。", "做完，指标见附件3。")), Severity.WARNING)
    assert_silent("document.references", printing(*headed, ("做完。", "做完，指标见附件4。")))
    assert_silent("document.references", document(), CheckOutcome.NOT_APPLICABLE)
    elsewhere = printing("任务已经做完。", "任务已经做完，指标见附件3。")
    assert_silent("document.references", elsewhere)  # its attachments are files of their own


def test_the_name_of_another_body_and_another_year_over_the_tables_are_doubtful() -> None:
    heading = "第二部分\n\n2022年度部门决算表"
    own = document().department.department_name
    assert_silent("document.bodies", printing(heading, f"第二部分\n\n{own}2022年度部门决算表"))
    other = printing(heading, "第二部分\n\n邻河县水务局2022年度部门决算表")
    found = assert_fires("document.bodies", other, Severity.WARNING)
    assert "邻河县水务局" in message(found)
    assert cases("document.bodies", saying(f"{own}2021年度部门决算表")) == ["year"]
    assert cases("document.bodies", saying("局机关2022年度部门决算表")) == []  # short for itself


def test_its_own_name_but_for_a_character_is_an_observation() -> None:
    own = document().department.department_name
    found = assert_fires("document.bodies", saying(f"{own[:-2]}木{own[-1]}没有此项收支。"), Severity.INFO)
    assert found.case == "spelt"
    assert cases("document.bodies", saying(f"{own}没有此项收支。")) == []
    assert cases("document.bodies", saying(f"{own[:-2]}二{own[-1]}没有此项收支。")) == []


def test_stocks_of_an_earlier_year_are_doubtful() -> None:
    account = document()
    dated = tuple(
        replace(fact, as_of="2021-12-31") if fact.topic is Topic.STATE_ASSETS and fact.as_of else fact
        for fact in account.facts
    )
    assert cases("document.bodies", replace(account, facts=dated)) == ["date"]
    assert cases("document.bodies", account) == []


# ------------------------------------------------------------------------------------------ subjects and reasons


def test_another_name_than_the_table_s_is_doubtful() -> None:
    assert_silent("prose.subjects", document())
    other = printing("（类）行政事业单位医疗（款）行政单位医疗（项）", "（类）医疗保障管理事务（款）行政单位医疗（项）")
    found = assert_fires("prose.subjects", other, Severity.WARNING)
    assert "医疗保障管理事务" in message(found)


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [
        ("职工医疗保险缴费", []),
        ("人员待遇", []),
        ("职工住房公积金缴存", ["purpose"]),
        ("人员经费、公用经费", []),
    ],
)
def test_a_purpose_of_another_matter_is_doubtful(purpose: str, expected: list[str]) -> None:
    account = printing("年初预算为303.79万元", SUPPLY.format(purpose))
    assert cases("prose.subjects", account) == expected


def test_a_purpose_of_basic_expenditure_alone_beside_projects_is_an_observation() -> None:
    account = printing("年初预算为953.92万元", "主要用于：人员经费、公用经费。年初预算为953.92万元")
    assert assert_fires("prose.subjects", account, Severity.INFO).case == "projects"
    assert_silent("prose.subjects", without_statement(document(), GENERAL), CheckOutcome.INSUFFICIENT_DATA)


def test_a_difference_without_a_reason_and_one_reason_for_many_are_observations() -> None:
    assert_silent("prose.reasons", document())
    silent = printing("决算数小于年初预算数的主要原因是合同尾款跨年结算。", "决算数小于年初预算数。")
    assert assert_fires("prose.reasons", silent, Severity.INFO).case == "missing"
    same = printing("缴费政策调整，功能科目调整。", "疫情期间部分活动取消。")
    found = assert_fires("prose.reasons", same, Severity.INFO)
    assert (found.case, len(found.sources)) == ("same", 4)


def test_a_reason_of_projects_where_there_are_none_is_an_observation() -> None:
    account = printing(
        "决算数大于年初预算数的主要原因是合同尾款跨年结算。", "决算数大于年初预算数的主要原因是部分项目支出增加。"
    )
    assert assert_fires("prose.reasons", account, Severity.INFO).case == "projects"


# ------------------------------------------------------------------------------------------ amounts and rates


def test_growth_from_nothing_has_no_percentage() -> None:
    item = ("BASIC", Role.CHANGE)
    amount = next(f for f in document().facts if f.topic is Topic.YEAR_COMPARISON and f.item == "BASIC")
    account = with_fact(document(), Topic.YEAR_COMPARISON, *item, amount.number.text)
    account = with_fact(account, Topic.YEAR_COMPARISON, "BASIC", Role.CHANGE_PERCENT, "100")
    assert assert_fires("prose.growth", account, Severity.WARNING).case == "nothing"


def test_a_rate_of_nothing_in_nothing_and_an_amount_far_from_its_budget_are_observations() -> None:
    topic, code = Topic.BUDGET_DEVIATION, "2101101"
    account = with_fact(document(), topic, code, Role.INITIAL_BUDGET, "0")
    account = with_fact(account, topic, code, Role.FINAL, "0")
    assert "nothing" in cases("prose.completion", account)
    assert cases("prose.completion", document()) == []
    far = with_fact(document(), topic, code, Role.INITIAL_BUDGET, "200")
    assert "far" in cases("prose.completion", far)


def test_rates_left_out_of_some_subjects_are_an_observation() -> None:
    account = printing("，完成年初预算的177%", "")
    assert cases("prose.completion", account) == ["untold"]


@pytest.mark.parametrize(("second", "expected"), [("0", []), ("1,082.33", ["awards"])])
def test_awards_inside_and_outside_what_is_set_aside_lie_within_procurement(second: str, expected: list[str]) -> None:
    told = (
        "在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的，采购金额1,082.33万元；"
        f"在其他政府采购项目中，由中小企业供应商中标或成交的，采购金额{second}万元。"
    )
    assert cases("prose.procurement", saying(told)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("公务用车购置费支出0万元，本年使用财政拨款购置公务用车。", ["bought"]),
        ("公务用车购置费支出0万元，本年未使用财政拨款购置公务用车。", []),
        ("公务用车购置费支出0万元，使用财政拨款购置公务用车0辆。", []),
    ],
)
def test_nothing_spent_on_vehicles_buys_none(words: str, expected: list[str]) -> None:
    account = with_new_fact(saying(words), Topic.THREE_PUBLIC, "OFFICIAL_VEHICLE_PURCHASE", Role.FINAL, "0", "万元")
    account = replace(account, facts=tuple(
        replace(fact, source=account.narratives[0].source) if fact.item == "OFFICIAL_VEHICLE_PURCHASE" else fact
        for fact in account.facts
    ))  # fmt: skip
    assert cases("prose.three-public-counts", account) == expected


def _operating(change: Callable[[Decimal], Decimal]) -> Account:
    account = document()
    line = next(line for line in account.lines if line.item is LineItem.OPERATING_TOTAL)
    cell = next(cell for cell in account.figures if (cell.form, cell.line) == (line.form, line.line))
    assert cell.number.value is not None
    return with_fact(account, Topic.AGENCY_OPERATING, "TOTAL", Role.AMOUNT, f"{change(cell.number.value)}")


def test_agency_operating_expenses_are_no_more_than_all_operating_funds() -> None:
    assert_silent("prose.agency-operating", document())
    assert_fires("prose.agency-operating", _operating(lambda all_: all_ + 1), Severity.WARNING)
    assert_silent("prose.agency-operating", _operating(lambda all_: all_))


def test_all_operating_funds_while_institutions_have_basic_expenditure_is_an_observation() -> None:
    account = _operating(lambda all_: all_)
    line = next(line for line in account.lines if line.form is GENERAL and line.code and len(line.code) == 7)
    institution = replace(line, code="2060150", label="事业运行")
    lines_ = tuple(institution if each is line else each for each in account.lines)
    assert assert_fires("prose.agency-operating", replace(account, lines=lines_), Severity.INFO).case == "whole"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("本年收支情况良好。", []),
        ("淄河局等单位等单位共用。", ["twice"]),
        ("本部门and所属单位。", ["foreign"]),
        ("实际缴纳的職業年金。", ["script"]),
        ("比上年增长13.95。主要是补发。", ["no-unit"]),
        ("比上年增长13.95%，人数增长3人。", []),
        ("支出0.39万（含外宾接待）。", ["no-yuan"]),
        ("受理3万余件（全年）。", []),
        ("评级为优的3个（其中一个在建。", ["open"]),
    ],
)
def test_slips_of_the_pen_are_observations(words: str, expected: list[str]) -> None:
    account = saying(words)
    if expected:
        assert assert_fires("prose.slips", account, Severity.INFO).case == expected[0]
    else:
        assert_silent("prose.slips", account)


@pytest.mark.parametrize(
    "words", ["无此项收支的，仍保留该表格式，并在本表下方作下述说明：", "列明公务接待2批次。", "（不涉及的不列）"]
)
def test_an_instruction_of_the_form_is_doubtful(words: str) -> None:
    assert assert_fires("prose.template", saying(words), Severity.WARNING).case == "instruction"
    assert_silent("prose.template", saying("清单中列明了各批物资，说明如下。"))


# ------------------------------------------------------------------------------------------ projects and indicators


def _all_full(account: Account) -> Account:
    full = read_number("100", "分", 1)
    return replace(account, projects=tuple(replace(one, self_evaluation_score=full) for one in account.projects))


def test_full_marks_everywhere_are_an_observation_and_more_so_beside_stated_problems() -> None:
    assert_silent("projects.marks", document())
    assert assert_fires("projects.marks", _all_full(document()), Severity.INFO).case == "full"
    told = _all_full(printing("成果已经交付使用。", "但存在个别项目绩效目标设置不完善等问题。"))
    assert cases("projects.marks", told) == ["full", "problems"]
    denied = _all_full(printing("成果已经交付使用。", "绩效自评中未发现问题。"))
    assert cases("projects.marks", denied) == ["full"]


def test_budgets_that_are_all_what_was_executed_are_an_observation() -> None:
    account = document()
    spent = {fund.project: fund.number for fund in account.funding
             if (fund.fund_source, fund.quantity) == (FundSource.TOTAL, FundingQuantity.EXECUTED)}  # fmt: skip
    funding = tuple(
        replace(fund, number=spent[fund.project])
        if (fund.fund_source, fund.quantity) == (FundSource.TOTAL, FundingQuantity.REVISED_BUDGET) else fund
        for fund in account.funding
    )  # fmt: skip
    assert cases("projects.marks", replace(account, funding=funding)) == ["executed"]


def test_points_lost_without_a_problem_are_an_observation() -> None:
    def told(score: str, problems: str) -> Account:
        account = with_new_fact(document(), Topic.PERFORMANCE, "SELF_EVALUATION", Role.SCORE, score, "分")
        label = "绩效自评中共发现问题"
        return with_new_fact(account, Topic.PERFORMANCE, "SELF_EVALUATION", Role.COUNT, problems, "个", label)

    assert cases("projects.marks", told("99.33", "0")) == ["average"]
    assert cases("projects.marks", told("99.33", "2")) == []
    assert cases("projects.marks", told("100", "0")) == []


def test_what_does_not_measure_is_an_observation() -> None:
    def found(**fields: object) -> list[str]:
        account = with_leaf(document(), 0, **fields)
        return [each.case for each in entry("indicators.quality", account).findings
                if leaves_of(account)[0].source in each.sources]  # fmt: skip

    assert found() == []
    assert found(name="窗口接通率", target_unit="%", target_text="≥95%") == ["rate"]
    assert found(target_value=None, target_unit=None, target_text="显著提高") == ["vague"]
    assert found(target_value=None, target_unit=None, target_text="完成三期验收") == []
    assert found(name=leaves_of(document())[1].name) == ["repeated"]
    quality = next(at for at, one in enumerate(leaves_of(document())) if one.name == "抽检合格率")
    counted = with_leaf(document(), quality, name="容纳人数", target_unit="人", target_text="≥82人")
    assert "count" in cases("indicators.quality", counted)
    assert_fires("indicators.quality", document(), Severity.INFO, count=3)
    assert_silent("indicators.quality", without_sheets(document()), CheckOutcome.INSUFFICIENT_DATA)


def _judged(verdict: str, actual: str) -> Account:
    one = leaves_of(document())[0]
    account = printing("成果已经交付使用。", f"{one.name}等关键指标{verdict}预期。")
    return with_leaf(account, 0, target_value=Decimal(95), target_comparator=Comparator.AT_LEAST, target_text="≥95页",
                     actual_value=Decimal(actual), actual_text=f"{actual}页")  # fmt: skip


def test_better_than_expected_is_not_just_the_target_and_as_expected_is_no_miss() -> None:
    assert_fires("indicators.verdicts", _judged("优于", "95"), Severity.WARNING)
    assert_fires("indicators.verdicts", _judged("达到", "94"), Severity.WARNING)
    assert_silent("indicators.verdicts", _judged("优于", "96"))
    assert_silent("indicators.verdicts", _judged("达到", "95"))
    assert_silent("indicators.verdicts", document(), CheckOutcome.NOT_APPLICABLE)


def test_an_outcome_in_another_unit_than_the_indicator_is_an_observation() -> None:
    account = document()
    note = next(note for note in account.narratives if note.kind is NarrativeKind.GOAL_OUTCOME)
    place = next(at for at, one in enumerate(leaves_of(account)) if one.name == "培训场次")

    def told(words: str) -> list[str]:
        changed = with_leaf(account, place, name="专题培训场次", actual_value=Decimal(20), actual_unit="场",
                            actual_text="20场")  # fmt: skip
        notes = tuple(replace(each, text=words) if each.position == note.position and each.about == note.about
                      and each.kind is note.kind else each for each in changed.narratives)  # fmt: skip
        return cases("indicators.verdicts", replace(changed, narratives=notes))

    assert told("全年举办专题培训场次20次，均已完成。") == ["unit"]
    assert told("全年举办专题培训场次20场，均已完成。") == []


def test_every_item_of_the_list_has_both_languages_and_a_basis() -> None:
    for standing in checklist(Book(document())):
        assert standing.item.title.of(Language.ZH)
        assert standing.item.title.of(Language.EN).isprintable()
        assert standing.item.basis
