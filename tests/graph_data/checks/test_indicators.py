"""Indicator trees: weights, scores, targets and what the prose says of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from graph_data.checks import Finding
from graph_data.checks.book import Book
from graph_data.checks.examination import Examination, Stated
from graph_data.checks.wording import say
from graph_data.core.amount import read_number
from graph_data.core.records import Account, Source
from graph_data.core.terms import (
    CheckOutcome,
    Comparator,
    FundingQuantity,
    FundSource,
    IndicatorKind,
    NarrativeKind,
    Role,
    Severity,
    Topic,
)
from tests.graph_data.checks.examining import (
    assert_fires,
    assert_silent,
    changed,
    document,
    entry,
    first_sheet,
    funding_of,
    leaves_of,
    like,
    lines,
    with_funding,
    with_leaf,
    with_new_fact,
    with_project,
    without_sheets,
)

TOTAL = FundSource.TOTAL
SOURCE = Source("第五部分", None, 1)


@pytest.mark.parametrize("check", ["indicators.weights", "indicators.scores", "indicators.achievement"])
def test_without_sheets_there_is_not_enough_to_compare(check: str) -> None:
    assert_silent(check, without_sheets(document()), CheckOutcome.INSUFFICIENT_DATA)


def test_a_weight_that_is_off_contradicts_its_group_and_the_full_score() -> None:
    for seed in range(5):
        assert_silent("indicators.weights", document(seed))
    account = with_leaf(document(), 0, max_score=read_number("3", "分", 2))
    finding = assert_fires("indicators.weights", account, reported="50", derived="51", count=2)
    assert finding.sources[0].line == first_line(account)


def first_line(account: Account) -> int | None:
    return leaves_of(account)[0].source.line


def test_a_printed_weight_of_a_group_is_that_of_its_indicators() -> None:
    account = document()
    group = next(one for one in account.indicators if one.level == 1)
    wrong = changed(account, "indicators", group, replace(group, max_score=read_number("40", "分", 2)))
    assert_fires("indicators.weights", wrong, reported="40", derived="50")


def test_a_full_score_other_than_100_is_doubtful() -> None:
    account = with_project(document(), total_max_score=read_number("110", "分", 2))
    assert_fires("indicators.weights", account, Severity.ERROR, reported="110", count=2)
    account = with_funding(account, TOTAL, FundingQuantity.MAX_SCORE, "20")
    assert_fires("indicators.weights", account, Severity.WARNING)


def test_whole_points_are_exact_and_parts_of_a_point_may_be_rounded() -> None:
    for texts, whole, fires in (
        (("17", "17", "16"), "50", False),
        (("17", "17", "17"), "50", True),
        (("16.7", "16.7", "16.7"), "50.0", False),
        (("16.9", "16.9", "16.9"), "50.0", True),
    ):
        exam = Examination("indicators.weights")
        parts = [Stated(read_number(text, "分"), SOURCE) for text in texts]
        exam.sums(Stated(read_number(whole, "分"), SOURCE), parts, "node", say("weights"))
        assert bool(exam.findings) is fires


def test_scores_make_up_the_printed_total() -> None:
    assert_silent("indicators.scores", document())
    account = with_leaf(document(), 2, score=read_number("23", "分", 2))
    finding = assert_fires("indicators.scores", account, reported="91", derived="86")
    assert leaves_of(account)[2].source.line in lines(finding)
    account = with_project(document(), total_score=read_number("96", "分", 2))
    assert_fires("indicators.scores", account, reported="96", derived="91")


def test_no_indicator_scores_more_than_its_weight() -> None:
    account = with_leaf(document(), 0, score=read_number("5", "分", 2))
    assert_fires("indicators.scores", account, reported="5", derived="2", count=2)


def test_a_sheet_with_a_blank_score_is_not_added_up_and_said_to_have_one() -> None:
    account = document()
    for project in (each for each in account.projects if each.sheet_source is not None):
        one = next(each for each in account.indicators if each.project == project.project and each.level == 3)
        account = changed(account, "indicators", one, replace(one, score=None))
    wrong = with_project(account, total_score=read_number("96", "分", 2))
    assert_fires("indicators.scores", wrong, Severity.WARNING, count=3)


def test_a_sheet_without_the_points_of_execution_is_doubtful() -> None:
    account = document()
    kept = tuple(fund for fund in account.funding if fund.quantity is not FundingQuantity.SCORE)
    assert_fires("indicators.scores", replace(account, funding=kept), Severity.WARNING, derived="81", count=3)


def test_a_met_target_without_full_score_is_doubtful_unless_a_note_explains_it() -> None:
    account = document()
    assert_silent("indicators.achievement", account)
    noted = next(one for one in leaves_of(account) if one.score != one.max_score)
    about = f"{noted.project}/{noted.indicator}"
    kept = tuple(note for note in account.narratives if note.about != about)
    finding = assert_fires("indicators.achievement", replace(account, narratives=kept), Severity.WARNING)
    assert finding.sources == (noted.source,)
    assert any(note.kind is NarrativeKind.DEVIATION_NOTE for note in account.narratives)


def test_a_full_score_on_a_missed_target_is_doubtful() -> None:
    account = with_leaf(document(), 0, actual_text="80页", actual_value=Decimal(80))
    assert_fires("indicators.achievement", account, Severity.WARNING)


def test_a_target_without_a_comparator_and_more_than_was_asked_decide_nothing() -> None:
    bare = with_leaf(document(), 0, target_comparator=None, actual_value=Decimal(120), actual_text="120页")
    assert_silent("indicators.achievement", bare)
    more = with_leaf(document(), 0, target_comparator=Comparator.EQUAL, actual_value=Decimal(120), actual_text="120页")
    assert_silent("indicators.achievement", more)
    less = with_leaf(document(), 0, target_comparator=Comparator.EQUAL, actual_value=Decimal(12), actual_text="12页")
    assert_fires("indicators.achievement", less, Severity.WARNING)


def test_words_that_are_not_the_target_s_decide_nothing() -> None:
    account = document()
    place = next(n for n, one in enumerate(leaves_of(account)) if one.target_value is None)
    assert_silent("indicators.achievement", with_leaf(account, place, actual_text="有所改善"))
    lower = with_leaf(account, place, score=read_number("1", "分", 2))
    assert_fires("indicators.achievement", lower, Severity.WARNING)


def test_a_package_without_words_does_not_know_its_notes() -> None:
    assert_silent("indicators.achievement", replace(document(), narratives=()), CheckOutcome.INSUFFICIENT_DATA)


def _reported(text: str, label: str = "验收及时率") -> Account:
    return with_new_fact(document(), Topic.EVALUATION_REPORT, "2", Role.PERCENT, text, "%", label)


def test_a_percentage_under_an_indicator_s_name_is_that_of_its_sheet() -> None:
    assert_silent("indicators.stated", document(), CheckOutcome.NOT_APPLICABLE)
    assert_silent("indicators.stated", _reported("74.66"))
    finding = assert_fires("indicators.stated", _reported("76.46"), reported="74.66", derived="76.46")
    assert len(lines(finding)) == 2


def test_the_target_may_be_what_the_report_states() -> None:
    assert_silent("indicators.stated", _reported("74"))
    assert_silent("indicators.stated", _reported("50", "另一个比率"), CheckOutcome.INSUFFICIENT_DATA)


def test_the_first_sheet_of_the_made_up_document_is_that_of_project_2() -> None:
    assert first_sheet(document()).project == 2


def test_a_cost_target_that_is_what_was_spent_is_an_observation() -> None:
    account = document()
    project = first_sheet(account).project
    spent = funding_of(account, project, FundSource.TOTAL, FundingQuantity.EXECUTED)
    budget = funding_of(account, project, FundSource.TOTAL, FundingQuantity.INITIAL_BUDGET)
    value = spent.number.value
    assert value is not None
    fields = {"kind": IndicatorKind.COST, "target_value": value, "actual_value": value, "target_unit": "万元"}
    changed_budget = replace(budget, number=like(budget.number, str(value + 3)))
    dear = changed(with_leaf(account, **fields), "funding", budget, changed_budget)
    node = Book(dear).indicator_node(leaves_of(dear)[0])
    assert [each.severity for each in _of(dear, node)] == [Severity.INFO]
    as_planned = replace(budget, number=like(budget.number, str(value)))
    plain = changed(with_leaf(account, **fields), "funding", budget, as_planned)
    assert not _of(plain, node)


def _of(account: Account, node: str) -> list[Finding]:
    return [each for each in entry("indicators.backfilled", account).findings if each.node == node]


def test_targets_that_are_nearly_all_met_to_the_digit_are_an_observation() -> None:
    account = document()
    met = tuple(
        replace(one, target_value=Decimal(7), actual_value=Decimal(7)) if one.level == 3 else one
        for one in account.indicators
    )
    assert_fires("indicators.backfilled", replace(account, indicators=met), Severity.INFO)
    missed = tuple(
        replace(one, target_value=Decimal(7), actual_value=Decimal(8)) if one.level == 3 else one
        for one in account.indicators
    )
    assert_silent("indicators.backfilled", replace(account, indicators=missed))
