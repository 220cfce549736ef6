"""Departments and units are found by every name that they go by."""

from __future__ import annotations

import pytest

from graph_data.core.errors import MemberError, QuestionError
from graph_data.graph import NodeKind
from graph_data.lists.declared import DEPARTMENTS
from graph_data.lists.performance import PROJECTS
from resolvers import nodes, organization, projects
from resolvers.lists import selected
from resolvers.organization import DepartmentBy, MemberRef
from resolvers.paging import Cut
from tests.graph_data.example import ARCHIVES, ARCHIVES_2021, ARCHIVES_2022, DIVISION, WEATHER, example

DATASET = example()


@pytest.mark.parametrize(
    "by",
    [
        DepartmentBy(id=ARCHIVES),
        DepartmentBy(division=DIVISION, code="101"),
        DepartmentBy(name="示例市档案局"),
        DepartmentBy(name="示例市档案管理局"),
    ],
)
def test_a_department_is_found_by_id_code_and_either_name(by: DepartmentBy) -> None:
    found = organization.department(DATASET, by)
    assert found is not None
    assert found.id == ARCHIVES


@pytest.mark.parametrize(
    "by", [DepartmentBy(id="unit:x"), DepartmentBy(division="1", code="1"), DepartmentBy(name="无"), DepartmentBy()]
)
def test_an_unknown_department_is_none(by: DepartmentBy) -> None:
    assert organization.department(DATASET, by) is None


@pytest.mark.parametrize("division", [DIVISION, f"division:{DIVISION}", None])
def test_departments_of_a_division_by_code_or_id(division: str | None) -> None:
    wanted = None if division is None else {"eq": division}
    found = selected(DATASET, DEPARTMENTS, None, (), Cut(), division=wanted)
    assert {node.id for node in found.items} == {ARCHIVES, WEATHER}


def test_departments_by_a_text_in_their_name() -> None:
    assert [node.id for node in selected(DATASET, DEPARTMENTS, {"name": {"contains": "气象"}}, (), Cut()).items] == [
        WEATHER
    ]
    with pytest.raises(MemberError, match="division:990100"):
        selected(DATASET, DEPARTMENTS, {"division": {"eq": "000000"}}, (), Cut())
    assert organization.divisions(DATASET, Cut()).total == 1


def test_a_unit_needs_exactly_one_way_to_be_named() -> None:
    found = organization.unit(DATASET, MemberRef(code="101002"))
    assert found is not None
    assert organization.unit(DATASET, MemberRef(found.id)) == found
    assert organization.unit(DATASET, MemberRef(name="示例市档案馆")) == found
    assert organization.unit(DATASET, MemberRef(code="101002", division=DIVISION)) == found
    with pytest.raises(MemberError, match="there is no '370300'"):
        organization.unit(DATASET, MemberRef(code="101002", division="370300"))
    for wrong in (MemberRef(), MemberRef(found.id, "101002")):
        with pytest.raises(QuestionError, match="exactly one"):
            organization.unit(DATASET, wrong)


def test_the_way_up_ends_at_the_kind_asked_for() -> None:
    project = DATASET.project_node(ARCHIVES_2022, 1)
    assert nodes.ancestor(DATASET, project, NodeKind.DEPARTMENT).id == ARCHIVES
    with pytest.raises(LookupError):
        nodes.ancestor(DATASET, project, NodeKind.SUBJECT)


def test_an_account_lists_its_own_units_only() -> None:
    accounts = {account.key: account for account in DATASET.accounts}
    codes = {key: [node.code for node in organization.units_of(DATASET, accounts[key])] for key in accounts}
    assert (codes[ARCHIVES_2021], codes[ARCHIVES_2022]) == (["101001"], ["101001", "101002"])


def test_years_ascend_and_duties_may_be_missing() -> None:
    node = DATASET.graph.node(ARCHIVES)
    assert node is not None
    assert organization.fiscal_years(node) == [2021, 2022]
    assert list(organization.duties(DATASET, ARCHIVES)) == []


def test_projects_are_per_year_and_found_by_alias() -> None:
    node = DATASET.graph.node(ARCHIVES)
    assert node is not None
    assert projects.projects_of(DATASET, node, None, Cut()).total == 4
    assert projects.projects_of(DATASET, node, 2021, Cut()).total == 1
    assert [n.name for n in projects.projects_in(DATASET, ARCHIVES_2022, Cut()).items] == [
        "综合楼运行",
        "档案数字化",
        "展览",
    ]
    where = {"fiscalYear": {"eq": 2022}, "name": {"contains": "数字"}}
    assert selected(DATASET, PROJECTS, where, (), Cut()).total == 1
    assert projects.project(DATASET, MemberRef(name="综合楼运行费"), None) == DATASET.project_node(ARCHIVES_2022, 1)
    assert projects.project(DATASET, MemberRef(name="档案数字化"), 2021) == DATASET.project_node(ARCHIVES_2021, 1)
    with pytest.raises(QuestionError, match="its id or its name"):
        projects.project(DATASET, MemberRef(), 2022)


def test_a_project_by_id_must_fit_what_else_is_asked() -> None:
    node = DATASET.project_node(ARCHIVES_2022, 3)
    assert projects.project(DATASET, MemberRef(node.id, name="展览"), 2022) == node
    assert projects.project(DATASET, MemberRef(node.id), 2021) is None
    assert projects.project(DATASET, MemberRef(ARCHIVES), None) is None
