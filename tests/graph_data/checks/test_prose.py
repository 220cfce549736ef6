"""Prose to table, and within the prose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_data.checks import message
from graph_data.core.records import Account
from graph_data.core.terms import (
    CheckOutcome,
    ColumnKey,
    Direction,
    Phase,
    Role,
    Severity,
    Side,
    StatementForm,
    Topic,
)
from tests.graph_data.checks.examining import (
    assert_fires,
    assert_silent,
    document,
    entry,
    facts_of,
    lines,
    saying,
    with_cell,
    with_fact,
    with_new_cell,
    with_new_fact,
    without_facts,
    without_statement,
)
from tests.made_up import Options

SPENDING = StatementForm.EXPENDITURE
SUMMARY = StatementForm.REVENUE_AND_EXPENDITURE
THREE = StatementForm.THREE_PUBLIC_EXPENSES
SPENT = "第三部分 三、支出决算情况说明"
GENERAL = "第三部分 五、一般公共预算财政拨款支出决算情况说明"
SILENT = replace(document(), facts=(), comparisons=(), budget_deviations=())


@pytest.mark.parametrize(
    ("check", "outcome"),
    [
        ("prose.totals", CheckOutcome.NOT_APPLICABLE),
        ("prose.shares", CheckOutcome.NOT_APPLICABLE),
        ("prose.completion", CheckOutcome.NOT_APPLICABLE),
        ("prose.growth", CheckOutcome.NOT_APPLICABLE),
        ("prose.initial-budget", CheckOutcome.NOT_APPLICABLE),
        ("prose.directions", CheckOutcome.NOT_APPLICABLE),
        ("prose.repeated", CheckOutcome.NOT_APPLICABLE),
        ("prose.procurement", CheckOutcome.NOT_APPLICABLE),
        ("prose.vehicles", CheckOutcome.NOT_APPLICABLE),
        ("prose.three-public-counts", CheckOutcome.NOT_APPLICABLE),
    ],
)
def test_a_document_without_prose_is_not_applicable(check: str, outcome: CheckOutcome) -> None:
    assert_silent(check, SILENT, outcome)


# ------------------------------------------------------------------------------------------ against the tables


@pytest.mark.parametrize(
    ("topic", "item", "role"),
    [
        (Topic.SHARE, "REVENUE_TOTAL", Role.AMOUNT),
        (Topic.SHARE, "BASIC", Role.AMOUNT),
        (Topic.SHARE, "208", Role.AMOUNT),
        (Topic.YEAR_COMPARISON, "REVENUE_GRAND_TOTAL", Role.AMOUNT),
        (Topic.YEAR_COMPARISON, "APPROPRIATION_GRAND_TOTAL", Role.AMOUNT),
        (Topic.YEAR_COMPARISON, "GENERAL_PUBLIC_BUDGET", Role.AMOUNT),
        (Topic.BUDGET_DEVIATION, "2101101", Role.FINAL),
        (Topic.BUDGET_DEVIATION, "TOTAL", Role.FINAL),
        (Topic.BASIC_EXPENDITURE, "PERSONNEL", Role.AMOUNT),
        (Topic.BASIC_EXPENDITURE, "TOTAL", Role.AMOUNT),
        (Topic.THREE_PUBLIC, "TOTAL", Role.BUDGET),
        (Topic.THREE_PUBLIC, "OFFICIAL_VEHICLES", Role.FINAL),
    ],
)
def test_an_amount_of_the_prose_that_is_not_the_table_s_is_an_error(topic: Topic, item: str, role: Role) -> None:
    assert_silent("prose.totals", document())
    finding = assert_fires("prose.totals", with_fact(document(), topic, item, role, lambda value: value + 9))
    assert finding.difference == 9
    assert len(lines(finding)) == 2


def test_an_amount_of_which_the_table_prints_nothing_is_doubtful() -> None:
    account = with_fact(document(), Topic.YEAR_COMPARISON, "OPERATING_SERVICE", Role.AMOUNT, "4.00")
    assert_fires("prose.totals", account, Severity.WARNING, reported="4")


def test_an_amount_in_fewer_digits_is_an_observation_and_a_wrong_digit_is_not() -> None:
    account = document()
    fact = facts_of(account, Topic.SHARE, "210", Role.AMOUNT)[0]
    assert fact.number.text == "3,547.66"
    rounded = with_fact(account, Topic.SHARE, "210", Role.AMOUNT, "3548")
    assert_fires("prose.totals", rounded, Severity.INFO)
    assert_fires("prose.totals", with_fact(account, Topic.SHARE, "210", Role.AMOUNT, "3547"))


def test_the_same_word_in_a_section_of_another_scope_is_compared_with_its_own_table() -> None:
    account = document(2, Options(other_revenue=True, yuan_tables=False))
    project = with_new_fact(account, Topic.SHARE, "PROJECT", Role.AMOUNT, "1.00", "万元", "项目支出", GENERAL)
    finding = assert_fires("prose.totals", project)
    assert StatementForm.GENERAL_PUBLIC_BUDGET.value in message(finding)


def test_a_grand_total_is_not_the_total_of_the_year() -> None:
    account = with_new_cell(document(), SUMMARY, "年末结转和结余", ColumnKey.AMOUNT, "5.00",
                            side=Side.EXPENDITURE)  # fmt: skip
    account = with_cell(account, SUMMARY, "总计", ColumnKey.AMOUNT,
                        lambda value: value + 5, side=Side.EXPENDITURE)  # fmt: skip
    account = without_facts(account, Topic.YEAR_COMPARISON)
    told = with_new_fact(account, Topic.SHARE, "EXPENDITURE_TOTAL", Role.AMOUNT, "22380.16", "万元", "支出总计", SPENT)
    assert_silent("prose.totals", told)


def test_an_initial_budget_beside_the_adjusted_one_of_the_table_is_doubtful() -> None:
    account = document()
    fact = facts_of(account, Topic.THREE_PUBLIC, "TOTAL", Role.BUDGET)[0]
    renamed = replace(fact, label="经费支出年初预算")
    account = replace(account, facts=tuple(renamed if each is fact else each for each in account.facts))
    wrong = with_fact(account, Topic.THREE_PUBLIC, "TOTAL", Role.BUDGET, "150.00")
    assert_fires("prose.totals", wrong, Severity.WARNING)


def test_a_later_amount_of_a_section_may_be_that_of_a_part_and_another_section_is_about_no_table() -> None:
    for section, position in ((SPENT, 2), ("第三部分 十一、其他重要事项", 1)):
        account = with_new_fact(document(), Topic.SHARE, "BASIC", Role.AMOUNT, "3.00", "万元", "本级基本支出", section,
                                position=position)  # fmt: skip
        account = with_new_fact(account, Topic.SHARE, "BASIC", Role.PERCENT, "3", "%", "本级基本支出", section,
                                position=position)  # fmt: skip
        assert_silent("prose.totals", account)
        assert_silent("prose.shares", account)


def test_a_deviation_whose_subject_is_not_known_is_not_that_of_the_total() -> None:
    account = with_new_fact(document(), Topic.BUDGET_DEVIATION, "TOTAL", Role.FINAL, "3.00", "万元", "支出", GENERAL,
                            position=2)  # fmt: skip
    assert_silent("prose.totals", account)
    assert_silent("prose.initial-budget", account)


def test_a_later_amount_of_the_three_public_expenses_may_be_of_another_year() -> None:
    account = with_new_fact(document(), Topic.THREE_PUBLIC, "TOTAL", Role.FINAL, "9.00", "万元", "上年", position=2)
    assert_silent("prose.totals", account)


# ------------------------------------------------------------------------------------------ shares and rates


@pytest.mark.parametrize(
    ("check", "topic", "item", "role", "text"),
    [
        ("prose.shares", Topic.SHARE, "BASIC", Role.PERCENT, "73.86"),
        ("prose.shares", Topic.SHARE, "208", Role.PERCENT, "19.73"),
        ("prose.shares", Topic.SHARE, "GENERAL_PUBLIC_BUDGET", Role.PERCENT, "98"),
        ("prose.shares", Topic.PROCUREMENT, "MICRO_AND_SMALL", Role.PERCENT, "27.17"),
        ("prose.shares", Topic.PERFORMANCE, "SELF_EVALUATION", Role.PERCENT, "97"),
        ("prose.completion", Topic.BUDGET_DEVIATION, "TOTAL", Role.COMPLETION_PERCENT, "69.19"),
        ("prose.completion", Topic.BUDGET_DEVIATION, "2101101", Role.COMPLETION_PERCENT, "171"),
        ("prose.growth", Topic.YEAR_COMPARISON, "BASIC", Role.CHANGE_PERCENT, "-12.16"),
        ("prose.growth", Topic.YEAR_COMPARISON, "BASIC", Role.CHANGE, "-2019.75"),
    ],
)
def test_a_percentage_that_its_amounts_do_not_give_is_an_error(
    check: str, topic: Topic, item: str, role: Role, text: str
) -> None:
    assert_silent(check, document())
    finding = assert_fires(check, with_fact(document(), topic, item, role, text))
    assert finding.unit == "%"
    assert len(finding.sources) == 3


def test_a_percentage_printed_whole_stands_for_half_a_percent_around_it() -> None:
    assert_silent("prose.shares", with_fact(document(), Topic.SHARE, "BASIC", Role.PERCENT, "74"))
    assert_fires("prose.shares", with_fact(document(), Topic.SHARE, "BASIC", Role.PERCENT, "73"), Severity.INFO)
    assert_fires("prose.shares", with_fact(document(), Topic.SHARE, "BASIC", Role.PERCENT, "75"))


def test_digits_cut_off_rather_than_rounded_are_an_observation_below_zero_too() -> None:
    cut = with_fact(document(), Topic.SHARE, "210", Role.PERCENT, "15.85")
    assert_fires("prose.shares", cut, Severity.INFO)
    grown = with_fact(document(), Topic.YEAR_COMPARISON, "PROJECT", Role.CHANGE_PERCENT, "-11.81")
    assert_fires("prose.growth", grown, Severity.INFO)
    assert_fires("prose.growth", with_fact(document(), Topic.YEAR_COMPARISON, "PROJECT", Role.CHANGE_PERCENT, "-11.83"))


def test_a_share_of_appropriations_may_be_meant_of_all_of_them() -> None:
    account = with_cell(document(), SPENDING, "合计", ColumnKey.TOTAL, "30000.00")
    shares = [each for each in account.facts if each.topic is not Topic.SHARE or each.item == "GENERAL_PUBLIC_BUDGET"]
    assert_silent("prose.shares", replace(account, facts=tuple(shares)))


def test_a_share_of_micro_enterprises_may_be_meant_of_the_contracts_with_small_ones() -> None:
    account = with_fact(document(), Topic.PROCUREMENT, "SMALL_AND_MEDIUM", Role.AMOUNT, "471.28")
    account = with_fact(account, Topic.PROCUREMENT, "SMALL_AND_MEDIUM", Role.PERCENT, "43.54")
    assert_silent("prose.shares", with_fact(account, Topic.PROCUREMENT, "MICRO_AND_SMALL", Role.PERCENT, "50"))
    assert_fires("prose.shares", with_fact(account, Topic.PROCUREMENT, "MICRO_AND_SMALL", Role.PERCENT, "40"))


def test_a_rate_over_no_budget_is_an_observation() -> None:
    account = without_facts(document(), Topic.BUDGET_DEVIATION)
    for role, text, unit in (
        (Role.BUDGET, "0", "万元"),
        (Role.FINAL, "0", "万元"),
        (Role.COMPLETION_PERCENT, "0", "%"),
    ):
        account = with_new_fact(account, Topic.THREE_PUBLIC, "OFFICIAL_VEHICLE_PURCHASE", role, text, unit)
    assert assert_fires("prose.completion", account, Severity.INFO).case == "nothing"


def test_of_two_rates_each_is_held_against_the_amounts_on_its_own_line() -> None:
    account = document()
    for line, before, after, rate in ((9001, "10", "5", "50"), (9002, "10", "8", "80")):
        position = line - 9000
        for role, text, unit in (
            (Role.BUDGET, before, "万元"), (Role.FINAL, after, "万元"), (Role.COMPLETION_PERCENT, rate, "%"),
        ):  # fmt: skip
            account = with_new_fact(account, Topic.THREE_PUBLIC, "OVERSEAS_RECEPTION", role, text, unit, "外事接待",
                                    line=line, position=position)  # fmt: skip
    assert_silent("prose.completion", account)


# ------------------------------------------------------------------------------------------ within the prose


def test_initial_budgets_that_exceed_their_stated_total_are_an_error() -> None:
    assert_silent("prose.initial-budget", document())
    account = with_fact(document(), Topic.BUDGET_DEVIATION, "TOTAL", Role.INITIAL_BUDGET, lambda value: value - 160)
    assert_fires("prose.initial-budget", account)


def test_initial_budgets_below_their_stated_total_may_lack_a_subject_of_which_nothing_was_spent() -> None:
    account = with_fact(document(), Topic.BUDGET_DEVIATION, "TOTAL", Role.INITIAL_BUDGET, lambda value: value + 160)
    assert_fires("prose.initial-budget", account, Severity.WARNING)


def test_final_amounts_add_up_too() -> None:
    account = with_fact(document(), Topic.BUDGET_DEVIATION, "2101101", Role.FINAL, lambda value: value + 4)
    assert_fires("prose.initial-budget", account)


def test_a_document_that_states_only_its_main_subjects_is_not_added_up() -> None:
    account = document()
    kept = tuple(fact for fact in account.facts if fact.item != "2101101")
    assert_silent("prose.initial-budget", replace(account, facts=kept), CheckOutcome.INSUFFICIENT_DATA)


def test_a_category_stated_beside_its_own_items_is_not_added_twice() -> None:
    account = document()
    for role in (Role.INITIAL_BUDGET, Role.FINAL):
        parts = [fact for fact in account.facts if fact.role is role and fact.item.startswith("210")]
        whole = sum(fact.number.value or 0 for fact in parts)
        account = with_new_fact(
            account, Topic.BUDGET_DEVIATION, "210", role, f"{whole}", "万元", "卫生健康支出", GENERAL
        )
    assert_silent("prose.initial-budget", account)


def _directed(account: Account, item: str, direction: Direction) -> Account:
    deviation = next(each for each in account.budget_deviations if each.item == item)
    said = replace(deviation, direction=direction)
    deviations = tuple(said if each is deviation else each for each in account.budget_deviations)
    return replace(account, budget_deviations=deviations)


def test_a_direction_against_its_amounts_is_an_error() -> None:
    assert_silent("prose.directions", document())
    assert_fires("prose.directions", _directed(document(), "2060101", Direction.DECREASE))
    assert_fires("prose.directions", _directed(document(), "TOTAL", Direction.INCREASE))


def test_level_is_soft_and_amounts_that_print_alike_may_differ_behind_their_last_digit() -> None:
    assert_silent("prose.directions", _directed(document(), "TOTAL", Direction.FLAT))
    assert_fires("prose.directions", _directed(document(), "2060101", Direction.FLAT), Severity.WARNING)
    assert_fires("prose.directions", _directed(document(), "2101103", Direction.DECREASE), Severity.WARNING)


def _told(account: Account, topic: Topic, label: str, text: str, line: int, unit: str = "件") -> Account:
    return with_new_fact(account, topic, "2", Role.COUNT, text, unit, label, line=line)


def test_one_fact_stated_in_two_places_with_two_values_is_doubtful() -> None:
    account = _told(document(), Topic.PROJECT_SUMMARY, "全年共办理来电咨询诉求", "213", 9001)
    assert_silent("prose.repeated", account, CheckOutcome.INSUFFICIENT_DATA)
    other = _told(account, Topic.EVALUATION_REPORT, "中心办理来电咨询诉求", "214", 9007)
    finding = assert_fires("prose.repeated", other, Severity.WARNING, reported="213", derived="214")
    assert lines(finding) == {9001, 9007}
    assert_silent("prose.repeated", _told(account, Topic.EVALUATION_REPORT, "中心办理来电咨询诉求", "213", 9007))


def test_other_words_another_unit_and_the_same_sentence_are_not_the_same_fact() -> None:
    account = _told(document(), Topic.PROJECT_SUMMARY, "全年共办理来电咨询诉求", "213", 9001)
    for label, line, unit in (
        ("按时办结诉求", 9007, "件"),
        ("办理来电咨询诉求", 9001, "件"),
        ("办理来电咨询诉求", 9007, "次"),
    ):
        told = _told(account, Topic.EVALUATION_REPORT, label, "214", line, unit)
        assert_silent("prose.repeated", told, CheckOutcome.INSUFFICIENT_DATA)


def test_goods_works_and_services_make_up_procurement() -> None:
    assert_silent("prose.procurement", document())
    assert_fires("prose.procurement", with_fact(document(), Topic.PROCUREMENT, "GOODS", Role.AMOUNT, "253.64"))
    assert_fires(
        "prose.procurement", with_fact(document(), Topic.PROCUREMENT, "MICRO_AND_SMALL", Role.AMOUNT, "2356.4")
    )


def test_kinds_that_are_not_all_stated_may_make_up_less_but_never_more() -> None:
    account = document()
    account = replace(account, facts=tuple(fact for fact in account.facts if fact.item != "SERVICES"))
    assert_silent("prose.procurement", account)
    assert_fires("prose.procurement", with_fact(account, Topic.PROCUREMENT, "GOODS", Role.AMOUNT, "1235.64"))


def test_vehicles_by_use_make_up_all_vehicles() -> None:
    assert_silent("prose.vehicles", document())
    assert_fires("prose.vehicles", with_fact(document(), Topic.STATE_ASSETS, "VEHICLE_USE", Role.COUNT, "8"))
    fewer = with_fact(document(), Topic.STATE_ASSETS, "VEHICLE_USE", Role.COUNT, "6")
    assert_fires("prose.vehicles", fewer, Severity.WARNING)
    other = with_new_fact(fewer, Topic.STATE_ASSETS, "VEHICLE_USE", Role.COUNT, "0", "辆", "其他用车", position=2)
    assert_fires("prose.vehicles", other)


def test_no_more_vehicles_are_kept_with_appropriations_than_there_are() -> None:
    def kept(text: str) -> Account:
        return with_new_fact(document(), Topic.THREE_PUBLIC, "OFFICIAL_VEHICLE_OPERATION", Role.COUNT, text, "辆")

    assert_silent("prose.vehicles", kept("7"))
    assert_fires("prose.vehicles", kept("8"), Severity.WARNING)


def test_an_expense_without_an_occasion_and_an_occasion_without_expense_are_doubtful() -> None:
    def told(final: str, count: str) -> Account:
        account = with_new_fact(document(), Topic.THREE_PUBLIC, "DOMESTIC_RECEPTION", Role.FINAL, final, "万元")
        return with_new_fact(account, Topic.THREE_PUBLIC, "DOMESTIC_RECEPTION", Role.COUNT, count, "批次")

    assert_silent("prose.three-public-counts", told("0", "0"))
    assert_silent("prose.three-public-counts", told("3", "2"))
    assert_fires("prose.three-public-counts", told("3", "0"), Severity.WARNING)
    assert_fires("prose.three-public-counts", told("0", "2"), Severity.WARNING)


def test_prose_without_its_tables_is_not_compared() -> None:
    account = document()
    for form in StatementForm:
        account = without_statement(account, form)
    assert_silent("prose.totals", account, CheckOutcome.INSUFFICIENT_DATA)


def test_a_blank_cell_of_the_three_public_expenses_is_the_0_that_the_prose_states() -> None:
    fact = facts_of(document(), Topic.THREE_PUBLIC, "OVERSEAS_OFFICIAL_TRAVEL", Role.FINAL)[0]
    assert fact.number.text == "0"
    printed = with_new_cell(document(), THREE, "", ColumnKey.OVERSEAS_OFFICIAL_TRAVEL, "6.00",
                            phase=Phase.FINAL)  # fmt: skip
    assert_fires("prose.totals", printed)


# ------------------------------------------------------------------------------------------ the words themselves


def _row_without_amount() -> tuple[Account, str]:
    """The account with one row of the detail blank, and that row's name."""
    account, form = document(), StatementForm.BASIC_EXPENDITURE
    line = next(line for line in account.lines if line.form is form and len(line.code or "") == 5)
    kept = tuple(cell for cell in account.figures if not (cell.form is form and cell.line == line.line))
    return replace(account, figures=kept), line.label


def test_an_item_that_is_listed_as_spent_and_printed_without_an_amount_is_doubtful() -> None:
    blank, name = _row_without_amount()
    notes = saying(f"人员经费 12.00 万元，主要包括：{name}、没有这一行的费等。").narratives
    finding = assert_fires("prose.listed", replace(blank, narratives=notes), Severity.WARNING)
    assert f"“{name}”" in message(finding)
    assert finding.sources[0].line == 3
    assert_silent("prose.listed", replace(document(), narratives=notes))
    elsewhere = saying(f"主要包括：{name}。", "第一部分 概况").narratives
    assert not entry("prose.listed", replace(blank, narratives=elsewhere)).findings
    assert_silent(
        "prose.listed", without_statement(document(), StatementForm.BASIC_EXPENDITURE), CheckOutcome.INSUFFICIENT_DATA
    )


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("支出比上年减少 0.15 万元，下降（增长）27.78%。", 1),
        ("与上年相比增加/减少 3 万元。", 1),
        ("××局 2022 年收入为 XX 万元。", 2),
        ("收入增长，支出下降（主要是项目减少）。", 0),
        ("购置 XXL 号防护服，型号为 XX-2。", 0),
    ],
)
def test_what_is_left_of_a_form_of_words_is_doubtful(words: str, count: int) -> None:
    account = saying(words)
    if count:
        assert_fires("prose.template", account, Severity.WARNING, count=count)
    else:
        assert_silent("prose.template", account)


def test_a_completion_rate_of_a_budget_of_zero_is_doubtful() -> None:
    topic = Topic.BUDGET_DEVIATION
    rates = (each for each in document().facts if each.topic is topic and each.role is Role.COMPLETION_PERCENT)
    rate = next(each for each in rates if each.item != "TOTAL")
    assert_silent("prose.completion", document())
    finding = assert_fires(
        "prose.completion", with_fact(document(), topic, rate.item, Role.INITIAL_BUDGET, "0"), Severity.WARNING
    )
    assert finding.case == "zero"
    account = with_fact(document(), topic, rate.item, Role.INITIAL_BUDGET, "0")
    account = with_fact(account, topic, rate.item, Role.FINAL, "0")
    assert not [each for each in entry("prose.completion", account).findings if each.case == "zero"]
