"""Subjects, figures, rollups, search and accounts, asked through the resolvers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from graph_data.core.errors import MemberError, QuestionError
from graph_data.core.terms import Classification, Dimension, ExpenditureNature, Measure, SubjectLevel, Topic
from graph_data.graph import NodeKind
from graph_data.lists.declared import SUBJECTS
from graph_data.rollup import AmountFilter, GroupBy, OrderKey, RollupOrder, Where
from graph_data.scope import scoped_total
from resolvers import figures, final_accounts, organization, projects, search
from resolvers.lists import selected
from resolvers.organization import DepartmentBy
from resolvers.paging import Cut
from tests.graph_data.example import ARCHIVES, ARCHIVES_2022, WEATHER, WEATHER_2022, example

DATASET = example()


def codes(level: SubjectLevel | None, under: str | None) -> list[str | None]:
    more = organization.subject_conditions(DATASET, Classification.FUNCTIONAL, level, under)
    return [node.code for node in selected(DATASET, SUBJECTS, None, (), Cut(100), **more).items]


def test_subjects_by_level_and_under_a_code() -> None:
    assert codes(SubjectLevel.CATEGORY, None) == ["201", "208", "220"]
    assert codes(None, "208") == ["208", "20805", "2080501", "2080505"]
    assert codes(SubjectLevel.ITEM, "208") == ["2080501", "2080505"]
    with pytest.raises(MemberError, match="subject:FUNCTIONAL/201"):
        codes(None, "999")


def test_the_departments_of_a_subject_are_those_that_print_it() -> None:
    subject = DATASET.subject(Classification.FUNCTIONAL, "220")
    assert subject is not None
    assert [node.id for node in organization.departments_under(DATASET, subject, 2022, Cut()).items] == [WEATHER]
    assert organization.departments_under(DATASET, subject, 2021, Cut()).total == 0
    assert organization.level(subject) is SubjectLevel.CATEGORY


def test_the_projects_of_a_subject_are_those_that_figures_prove() -> None:
    subject = DATASET.subject(Classification.FUNCTIONAL, "201")
    assert subject is not None
    assert [node.name for node in projects.projects_under(DATASET, subject, None, Cut()).items] == ["综合楼运行"]
    assert projects.projects_under(DATASET, subject, 2021, Cut()).total == 0


def test_a_definition_is_the_words_of_the_term() -> None:
    subject = DATASET.subject(Classification.FUNCTIONAL, "2012601")
    assert subject is not None
    assert organization.definition(DATASET, subject) == "反映机关的基本运转 <日常>"


def test_figures_are_leaves_unless_totals_are_asked_for() -> None:
    where = Where(amount=AmountFilter(gte=Decimal(60)))
    leaves = figures.figures(DATASET, Measure.EXPENDITURE, where, False, Cut())
    whole = figures.figures(DATASET, Measure.EXPENDITURE, where, True, Cut())
    assert not any(figure.is_total for figure in leaves.items)
    assert whole.total > leaves.total


def question(**more: object) -> figures.RollupQuestion:
    by = (GroupBy(Dimension.FUNCTIONAL_SUBJECT, 1),)
    given = {"where": None, "order_by": (), "subtotals": False, **more}
    return figures.RollupQuestion(Measure.EXPENDITURE, by, **given)  # type: ignore[arg-type]


def test_rows_are_paged_and_the_grand_total_is_of_all() -> None:
    found = figures.rollup_rows(DATASET, question(), Cut(1))
    assert (len(found.page.items), found.page.total) == (1, 3)
    later = figures.rollup_rows(DATASET, question(), Cut(5, found.page.cursor(0)))
    assert len(later.page.items) == 2
    assert later.grand_total()[0].derived == found.grand_total()[0].derived


def test_a_cursor_of_another_order_is_refused() -> None:
    cursor = figures.rollup_rows(DATASET, question(), Cut(1)).page.cursor(0)
    with pytest.raises(QuestionError, match="other arguments"):
        figures.rollup_rows(DATASET, question(order_by=(RollupOrder(OrderKey.AMOUNT),)), Cut(1, cursor))


def test_the_total_of_a_department_is_of_the_year_and_nature_asked_for() -> None:
    node = DATASET.graph.node(ARCHIVES)
    assert node is not None
    found, _ = scoped_total(DATASET, node, Measure.EXPENDITURE, 2022, nature=ExpenditureNature.PROJECT)
    assert (found.derived, found.reported) == (60_000_000, 60_000_000)


@pytest.mark.parametrize("name", ["Project", "PROJECT", "project"])
def test_kinds_are_named_by_type_or_by_id(name: str) -> None:
    assert search.kind_named(name) is NodeKind.PROJECT
    assert search.kind_named("final_accounts") is search.kind_named("FinalAccounts") is NodeKind.FINAL_ACCOUNTS
    assert search.kind_named("document") is search.kind_named("SourceDocument") is NodeKind.DOCUMENT


def test_every_kind_has_a_type_name() -> None:
    assert set(search.TYPE_NAMES) == set(NodeKind)


def test_search_goes_on_where_a_page_ended() -> None:
    whole = search.search(DATASET, "档案", None, Cut(50)).page
    first = search.search(DATASET, "档案", None, Cut(1)).page
    second = search.search(DATASET, "档案", None, Cut(1, first.cursor(0))).page
    assert [hit.node for hit in (*first.items, *second.items)] == [hit.node for hit in whole.items[:2]]
    assert search.search(DATASET, "档案", [], Cut(5)).page.total == 0


def test_an_account_is_of_the_year_asked_for_or_the_latest() -> None:
    by = DepartmentBy(id=ARCHIVES)
    for year, title in ((None, "2022"), (2021, "2021")):
        found = final_accounts.final_accounts(DATASET, by, year)
        assert found is not None
        assert final_accounts.account_of(DATASET, found).department.title.startswith(title)
    assert final_accounts.final_accounts(DATASET, by, 1999) is None


def test_what_a_document_does_not_state_is_none() -> None:
    assert final_accounts.three_public_items(DATASET, WEATHER_2022) == []
    assert final_accounts.facts(DATASET, WEATHER_2022, None, Cut()).total == 0
    assert final_accounts.first_count(DATASET, WEATHER_2022, Topic.STATE_ASSETS, "VEHICLES") is None
    assert final_accounts.as_of(DATASET, WEATHER_2022) is None
    assert final_accounts.narratives(DATASET, ARCHIVES_2022, None, Cut()).total == 1


def test_three_public_items_keep_dashes_and_blanks_apart_from_amounts() -> None:
    items = {node.name: node for node in final_accounts.three_public_items(DATASET, ARCHIVES_2022)}
    total = items["“三公”经费合计"]
    assert (final_accounts.budget_fen(total), final_accounts.final_fen(total)) == (6_000_000, 5_000_000)
    assert final_accounts.budget_fen(items["因公出国（境）费"]) is None


def test_the_figures_of_the_documents_are_the_figures_of_the_dataset() -> None:
    counted = [final_accounts.figure_count(DATASET, each) for account in DATASET.accounts for each in account.documents]
    assert sum(counted) == len(DATASET.all_figures)


def test_the_total_of_a_subject_is_of_the_department_asked_for() -> None:
    subject = DATASET.subject(Classification.FUNCTIONAL, "201")
    assert subject is not None
    assert scoped_total(DATASET, subject, Measure.EXPENDITURE, 2022, WEATHER)[0].derived == 0
    assert scoped_total(DATASET, subject, Measure.EXPENDITURE, 2022, ARCHIVES)[0].derived == 100_000_000
    with pytest.raises(MemberError, match=ARCHIVES):
        scoped_total(DATASET, subject, Measure.EXPENDITURE, None, "nonsense")
