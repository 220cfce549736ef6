"""Accounts → graph: which nodes stand where, and which links the figures prove."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_data.core.errors import PackageError
from graph_data.core.terms import ColumnKey, StatementForm
from graph_data.graph import (
    DepartmentEntry,
    EdgeKind,
    LinkDirection,
    NodeKind,
    SubjectEntry,
    ThreePublicItem,
    UnitEntry,
    build,
)
from tests.graph_data.example import (
    ARCHIVES,
    ARCHIVES_2021,
    ARCHIVES_2022,
    WEATHER,
    AccountBuilder,
    archives_2021,
    archives_2022,
    example,
)

GRAPH = example().graph
PROJECT = "project:990100/101/2022/1"


def ids(kind: NodeKind) -> list[str]:
    return [node.id for node in GRAPH.nodes(kind)]


def out(id: str, kind: EdgeKind) -> list[str]:
    return [edge.node.id for edge in GRAPH.links(id, (kind,))]


def test_a_department_renamed_between_years_is_one_node_with_its_newest_name() -> None:
    record = GRAPH[ARCHIVES].record
    assert isinstance(record, DepartmentEntry)
    assert record.spellings == ("示例市档案局", "示例市档案管理局")
    assert record.accounts == (ARCHIVES_2021, ARCHIVES_2022)


def test_a_department_without_a_code_is_known_by_its_name() -> None:
    assert GRAPH[WEATHER].code is None
    assert GRAPH[WEATHER].name == "示例市气象服务局"


def test_an_account_without_the_code_joins_the_department_of_its_name() -> None:
    nameless = AccountBuilder(
        replace(ARCHIVES_2022, department="示例市档案局", fiscal_year=2023), "示例市档案局"
    ).build()
    graph, identities = build((archives_2022(), nameless))
    assert len(graph.nodes(NodeKind.DEPARTMENT)) == 1
    assert identities.accounts[nameless.key] == "990100/101/2023"


def test_two_accounts_of_one_department_and_year_are_refused() -> None:
    nameless = AccountBuilder(replace(ARCHIVES_2022, department="示例市档案局"), "示例市档案局").build()
    with pytest.raises(PackageError, match="two accounts of 示例市档案局 for 2022"):
        build((archives_2022(), nameless))


def test_units_are_one_node_over_the_years() -> None:
    record = GRAPH["unit:990100/101/101001"].record
    assert isinstance(record, UnitEntry)
    assert record.is_headquarters
    assert [each.account.fiscal_year for each in record.records] == [2021, 2022]


def test_projects_stand_below_their_unit_a_node_for_each_year() -> None:
    assert ids(NodeKind.PROJECT) == [
        "project:990100/101/2021/1",
        "project:990100/101/2022/1",
        "project:990100/101/2022/2",
        "project:990100/101/2022/3",
    ]
    assert [node.id for node in GRAPH.ancestors(PROJECT)] == ["division:990100", ARCHIVES, "unit:990100/101/101001"]


def test_an_indicator_has_its_way_up_to_the_division() -> None:
    ancestors = GRAPH.ancestors("indicator:990100/101/2022/1/1.1.2")
    assert [node.kind for node in ancestors] == [
        NodeKind.DIVISION,
        NodeKind.DEPARTMENT,
        NodeKind.UNIT,
        NodeKind.PROJECT,
        NodeKind.INDICATOR,
        NodeKind.INDICATOR,
    ]


def test_indicators_stand_in_the_order_of_their_numbers_not_their_text() -> None:
    builder = AccountBuilder(ARCHIVES_2022, "示例市档案局").units((None, "本级")).project(1, "项目", "本级", {})
    paths = ("1", "1.1", *(f"1.1.{number}" for number in range(1, 12)))
    builder.indicators(1, [(path, path, "", "") for path in reversed(paths)])
    graph, _ = build((builder.build(),))
    assert [node.name for node in graph.nodes(NodeKind.INDICATOR)] == list(paths)


def test_a_subject_without_its_section_stands_below_the_nearest_code() -> None:
    parent = GRAPH.parent("subject:FUNCTIONAL/2012601")
    assert parent is not None
    assert parent.code == "20126"
    builder = AccountBuilder(ARCHIVES_2022, "示例市档案局")
    rows = [("合计", ("1",)), ("201", ("1",)), ("2012601", ("1",))]
    builder.statement(StatementForm.EXPENDITURE, (ColumnKey.TOTAL,), rows)
    graph, _ = build((builder.build(),))
    nearest = graph.parent("subject:FUNCTIONAL/2012601")
    assert nearest is not None
    assert nearest.code == "201"


def test_a_subject_keeps_every_spelling_the_newest_first() -> None:
    old = archives_2021()
    renamed = tuple(replace(each, name="旧名") if each.code == "201" else each for each in old.subjects)
    graph, _ = build((archives_2022(), replace(old, subjects=renamed)))
    record = graph["subject:FUNCTIONAL/201"].record
    assert isinstance(record, SubjectEntry)
    assert record.spellings == ("一般公共服务支出", "旧名")


def test_lines_are_a_tree_below_their_statement_which_is_no_part_of_it() -> None:
    root = "line:990100/101/2022/EXPENDITURE/1"
    assert GRAPH.parent(root) is None
    assert out("statement:990100/101/2022/EXPENDITURE", EdgeKind.HAS_CHILD) == [root]
    assert [node.code for node in GRAPH.ancestors("line:990100/101/2022/EXPENDITURE/4")] == [None, "201", "20126"]
    assert GRAPH["line:990100/101/2022/EXPENDITURE/4"].level == 4


def test_three_public_items_hold_what_is_printed_for_both_phases() -> None:
    node = GRAPH["three_public_item:990100/101/2022/OFFICIAL_VEHICLE_OPERATION"]
    assert isinstance(node.record, ThreePublicItem)
    assert node.record.budget is not None
    assert node.record.budget.text == "4"
    assert node.record.final is None
    assert [each.level for each in GRAPH.nodes(NodeKind.THREE_PUBLIC_ITEM)] == [1, 2, 2, 3, 3, 2]


def test_a_dash_is_no_amount_of_an_item() -> None:
    node = GRAPH["three_public_item:990100/101/2022/OVERSEAS_OFFICIAL_TRAVEL"]
    assert isinstance(node.record, ThreePublicItem)
    assert node.record.budget is None


def test_a_department_spends_under_its_leaf_subjects() -> None:
    codes = [GRAPH[id].code for id in out(ARCHIVES, EdgeKind.SPENDS_UNDER)]
    assert codes == ["2012601", "2012604", "2080501", "2080505"]


def test_without_the_expenditure_table_the_funds_say_where_is_spent() -> None:
    account = archives_2022()
    rest = tuple(each for each in account.figures if each.form is StatementForm.GOVERNMENT_MANAGED_FUNDS)
    graph, _ = build((replace(account, figures=rest),))
    assert [edge.node.code for edge in graph.links(ARCHIVES, (EdgeKind.SPENDS_UNDER,))] == ["208"]


def test_a_project_is_charged_where_exactly_one_subject_has_its_amount() -> None:
    assert out(PROJECT, EdgeKind.CHARGED_TO) == ["subject:FUNCTIONAL/2012604"]
    assert out("project:990100/101/2022/2", EdgeKind.CHARGED_TO) == []


def test_two_projects_of_one_amount_prove_nothing() -> None:
    account = archives_2022()
    twin = tuple(replace(each, project=2) for each in account.funding if each.project == 1)
    others = tuple(each for each in account.funding if each.project == 1)
    graph, _ = build((replace(account, funding=(*others, *twin)),))
    assert graph.links(PROJECT, (EdgeKind.CHARGED_TO,)) == ()


def test_a_term_defines_the_subject_that_it_names() -> None:
    assert out("term:990100/101/2022/16", EdgeKind.DEFINES) == ["subject:FUNCTIONAL/2012601"]


def test_a_subject_is_reported_in_every_line_that_prints_it() -> None:
    lines = out("subject:FUNCTIONAL/20126", EdgeKind.REPORTED_IN)
    assert len(lines) == 4
    assert "line:990100/101/2021/EXPENDITURE/3" in lines


def test_an_account_is_found_in_its_document() -> None:
    assert out("final_accounts:990100/101/2022", EdgeKind.FOUND_IN) == ["document:990100/101/2022/示例市档案局.txt"]
    reports = GRAPH.links("final_accounts:990100/101/2022", (EdgeKind.REPORTED_IN,), LinkDirection.IN)
    assert [edge.node.kind for edge in reports] == [NodeKind.DEPARTMENT, *[NodeKind.PROJECT] * 3]


def test_a_project_of_an_unknown_unit_is_refused() -> None:
    builder = AccountBuilder(ARCHIVES_2022, "示例市档案局").project(1, "项目", "无此单位", {})
    with pytest.raises(PackageError, match="无此单位"):
        build((builder.build(),))


def test_the_order_of_the_accounts_does_not_matter() -> None:
    accounts = example().accounts
    graph, _ = build(accounts[::-1])
    assert [node.id for node in graph.nodes()] == [node.id for node in build(accounts)[0].nodes()]
