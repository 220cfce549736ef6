"""Projects: the summary, the sheets, the prose and the tables of one document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_data.core.amount import read_number
from graph_data.core.records import Account, ProjectAliasRecord
from graph_data.core.terms import CheckOutcome, FundingQuantity, FundSource, Role, Severity, Topic
from tests.graph_data.checks.examining import (
    assert_fires,
    assert_silent,
    changed,
    document,
    first_sheet,
    lines,
    with_fact,
    with_funding,
    with_new_fact,
    with_project,
    without_facts,
    without_sheets,
)
from tests.made_up import Options

TOTAL = FundSource.TOTAL
APPROPRIATED = FundSource.FISCAL_APPROPRIATION
DEPARTMENTAL = "DEPARTMENTAL_EVALUATION"


@pytest.mark.parametrize("check", ["projects.funds", "projects.sources", "projects.execution"])
def test_without_sheets_there_is_not_enough_to_compare(check: str) -> None:
    assert_silent(check, without_sheets(document()), CheckOutcome.INSUFFICIENT_DATA)


def test_the_number_of_evaluated_projects_is_that_of_the_summary() -> None:
    assert_silent("projects.counts", document())
    fewer = with_fact(document(), Topic.PERFORMANCE, "SELF_EVALUATION", Role.COUNT, "3")
    assert_fires("projects.counts", fewer, reported="3", derived="4")
    more = with_fact(document(), Topic.PERFORMANCE, "SELF_EVALUATION", Role.COUNT, "5")
    assert_fires("projects.counts", more, Severity.WARNING, reported="5", derived="4")


def test_a_number_of_some_of_the_projects_is_not_that_of_all() -> None:
    for position, label in ((1, "其中一级项目"), (2, "转移支付项目自评"), (2, "组织对")):
        account = with_new_fact(document(), Topic.PERFORMANCE, "SELF_EVALUATION", Role.COUNT, "1", "个", label,
                                position=position)  # fmt: skip
        assert_silent("projects.counts", account)


def test_the_number_of_sheets_and_of_a_grade_are_counted() -> None:
    def told(item: str, text: str, label: str) -> Account:
        return with_new_fact(document(), Topic.PERFORMANCE, item, Role.COUNT, text, "个", label)

    assert_silent("projects.counts", told("SELF_EVALUATION_SHEETS", "3", "自评表"))
    assert_fires("projects.counts", told("SELF_EVALUATION_SHEETS", "2", "自评表"))
    assert_silent("projects.counts", told("GRADE", "1", "等级为优"))
    assert_fires("projects.counts", told("GRADE", "2", "等级为优"), Severity.WARNING)
    assert_fires("projects.counts", told("GRADE", "1", "等级为差"), Severity.WARNING, derived="0")


def test_fewer_results_than_departmental_evaluations_are_an_observation() -> None:
    account = with_new_fact(document(), Topic.PERFORMANCE, DEPARTMENTAL, Role.COUNT, "2", "个")
    assert_fires("projects.counts", account, Severity.INFO)


def test_a_document_that_counts_no_projects_is_not_applicable() -> None:
    assert_silent("projects.counts", without_facts(document(), Topic.PERFORMANCE), CheckOutcome.NOT_APPLICABLE)
    bare = replace(without_sheets(document()), projects=())
    assert_silent("projects.counts", bare, CheckOutcome.INSUFFICIENT_DATA)


def _evaluated(amount: str) -> Account:
    account = with_new_fact(document(), Topic.PERFORMANCE, DEPARTMENTAL, Role.COUNT, "3", "个")
    return with_new_fact(account, Topic.PERFORMANCE, DEPARTMENTAL, Role.AMOUNT, amount, "万元", "涉及预算资金")


def test_the_stated_funds_are_those_of_the_sheets_executed_or_budgeted() -> None:
    assert_silent("projects.funds", document())
    assert_silent("projects.funds", _evaluated("5260.06"))  # executed
    assert_silent("projects.funds", _evaluated("5338.54"))  # revised
    assert_silent("projects.funds", _evaluated("5270.63"))  # initial
    assert_fires("projects.funds", _evaluated("5266.06"), reported="5266.06", derived="5260.06")


def test_sheets_that_execute_more_than_project_expenditure_are_doubtful() -> None:
    account = with_funding(document(), TOTAL, FundingQuantity.EXECUTED, lambda value: value + 5000)
    assert_fires("projects.funds", account, Severity.WARNING)


def test_the_sources_of_a_project_make_up_its_funds() -> None:
    assert_silent("projects.sources", document())
    for quantity in (FundingQuantity.INITIAL_BUDGET, FundingQuantity.REVISED_BUDGET, FundingQuantity.EXECUTED):
        account = with_funding(document(), APPROPRIATED, quantity, lambda value: value + 7)
        assert_fires("projects.sources", account)


def test_a_sheet_that_does_not_print_every_source_is_doubtful() -> None:
    account = document()
    account = replace(
        account, funding=tuple(fund for fund in account.funding if fund.fund_source is not FundSource.OTHER)
    )
    assert_silent("projects.sources", account)
    wrong = with_funding(account, APPROPRIATED, FundingQuantity.EXECUTED, lambda value: value - 7)
    assert_fires("projects.sources", wrong, Severity.WARNING)


def test_an_execution_rate_is_executed_over_revised_budget() -> None:
    assert_silent("projects.execution", document())
    assert_fires("projects.execution", with_funding(document(), TOTAL, FundingQuantity.EXECUTION_RATE, "92.61"))
    assert_fires("projects.execution", with_funding(document(), TOTAL, FundingQuantity.SCORE, "10.50"))


def test_funds_used_in_the_prose_are_those_of_the_sheet() -> None:
    assert_silent("projects.stated", document())
    account = with_fact(document(), Topic.PROJECT_SUMMARY, "2", Role.AMOUNT, "776.44")
    finding = assert_fires("projects.stated", account, reported="776.44", derived="767.44")
    assert len(lines(finding)) == 2
    assert_fires("projects.stated", with_fact(document(), Topic.EVALUATION_REPORT, "2", Role.AMOUNT, "776.44"))
    rounded = with_fact(document(), Topic.PROJECT_SUMMARY, "2", Role.AMOUNT, "767")
    assert_fires("projects.stated", rounded, Severity.INFO)


def _itemised(*items: tuple[str, str]) -> Account:
    account = document()
    at = next(fact for fact in account.facts if fact.topic is Topic.EVALUATION_REPORT).source
    for position, (label, text) in enumerate(items, start=2):
        account = with_new_fact(account, Topic.EVALUATION_REPORT, "2", Role.AMOUNT, text, "万元", label,
                                at.section or "", at.line or 0, position)  # fmt: skip
    return account


def test_the_items_of_a_report_make_up_what_it_states() -> None:
    assert_silent("projects.stated", _itemised(("印刷合同", "700"), ("审校劳务", "67.44")))
    wrong = _itemised(("印刷合同", "700"), ("审校劳务", "76.44"))
    assert_fires("projects.stated", wrong, Severity.WARNING, derived="776.44")
    assert_silent("projects.stated", _itemised(("全年预算", "797.69"), ("年末结余", "30.25")))


def test_a_document_that_states_no_funds_used_is_not_applicable() -> None:
    account = without_facts(without_facts(document(), Topic.PROJECT_SUMMARY), Topic.EVALUATION_REPORT)
    assert_silent("projects.stated", account, CheckOutcome.NOT_APPLICABLE)
    assert_silent("projects.rates", account, CheckOutcome.NOT_APPLICABLE)


def test_an_execution_rate_in_the_prose_is_that_of_the_sheet() -> None:
    def told(text: str) -> Account:
        return with_new_fact(document(), Topic.PROJECT_SUMMARY, "2", Role.PERCENT, text, "%", "预算执行率")

    assert_silent("projects.rates", told("96.21"))
    assert_silent("projects.rates", told("96.2"))
    assert_fires("projects.rates", told("100"), reported="100", derived="96.21")


def test_a_score_is_the_same_in_summary_sheet_and_prose() -> None:
    assert_silent("projects.scores", document())
    assert_fires("projects.scores", with_fact(document(), Topic.PROJECT_SUMMARY, "2", Role.SCORE, "92"))
    listed = with_project(document(), self_evaluation_score=read_number("92", "分"))
    assert_fires("projects.scores", listed, reported="92", derived="91", count=2)
    report = with_new_fact(document(), Topic.EVALUATION_REPORT, "2", Role.SCORE, "95", "分", "项目自评分")
    assert_fires("projects.scores", report)
    another = with_new_fact(document(), Topic.EVALUATION_REPORT, "2", Role.SCORE, "95", "分", "评价得分")
    assert_silent("projects.scores", another)


def test_a_score_rounded_to_whole_points_is_an_observation() -> None:
    project = document().projects[2]
    account = changed(document(), "projects", project, replace(project, self_evaluation_score=read_number("73", "分")))
    assert_fires("projects.scores", account, Severity.INFO, reported="73", derived="72.5", count=2)


def test_scores_of_a_summary_alone_are_insufficient() -> None:
    account = without_facts(without_sheets(document()), Topic.PROJECT_SUMMARY)
    assert_silent("projects.scores", account, CheckOutcome.INSUFFICIENT_DATA)
    assert_silent("projects.scores", replace(account, projects=()), CheckOutcome.NOT_APPLICABLE)


def test_a_better_grade_for_fewer_points_is_doubtful() -> None:
    for seed in range(6):
        assert_silent("projects.grades", document(seed, Options(projects=6)))
    assert_fires("projects.grades", with_project(document(), grade="中"), Severity.WARNING, count=3)
    ungraded = replace(document(), projects=tuple(replace(each, grade=None) for each in document().projects))
    assert_silent("projects.grades", ungraded, CheckOutcome.NOT_APPLICABLE)


def test_a_unit_that_part_one_does_not_list_is_doubtful_and_a_shortened_one_is_not() -> None:
    account = document()
    assert_silent("projects.units", account)
    unit = account.units[-1]
    strange = replace(
        unit, unit="x", code=None, name="不在名单上的单位", source=replace(unit.source, section="第五部分 附件")
    )
    account = replace(with_project(account, unit="x"), units=(*account.units, strange))
    assert_fires("projects.units", account, Severity.WARNING)
    shortened = replace(strange, name=unit.name[-4:])
    account = replace(account, units=tuple(shortened if each is strange else each for each in account.units))
    assert_silent("projects.units", account)


def test_a_unit_whose_code_is_not_of_its_department_is_doubtful() -> None:
    account = document()
    coded = next(unit for unit in account.units if unit.code is not None)
    account = changed(account, "units", coded, replace(coded, code=f"9{coded.code}"))
    assert_fires("projects.units", account, Severity.WARNING)


def test_other_spellings_of_a_project_are_an_observation() -> None:
    account = document()
    assert_silent("projects.names", account)
    project = first_sheet(account)
    alias = ProjectAliasRecord(account.key, project.project, f"{project.name}（一期）", project.source)
    assert_fires("projects.names", replace(account, project_aliases=(alias,)), Severity.INFO)
    assert_silent("projects.names", replace(account, projects=()), CheckOutcome.NOT_APPLICABLE)
