"""A unit's own account hangs under its department, and no total counts its money twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph_data import load
from graph_data.core.errors import PackageError
from graph_data.core.records import Account, AccountKey
from graph_data.core.terms import AccountKind, ColumnKey, Measure, StatementForm
from graph_data.dataset import Dataset
from graph_data.graph import DepartmentEntry, EdgeKind, LinkDirection, Node, UnitEntry
from graph_data.package import write_package
from graph_data.rollup import Rollup
from tests.graph_data.example import AccountBuilder
from tests.graph_data.index.made import build

DEPARTMENT, UNIT = AccountKey("990100", "101", 2022), AccountKey("990100", "101002", 2022)


def under(dataset: Dataset, node: Node) -> Rollup:
    return dataset.figures.under(node, Measure.EXPENDITURE, 2022, None, None)


def account(key: AccountKey, name: str, spent: str, *units: tuple[str | None, str]) -> Account:
    builder = AccountBuilder(key, name)
    builder.units(*units)
    columns = (ColumnKey.TOTAL, ColumnKey.BASIC, ColumnKey.PROJECT)
    builder.statement(StatementForm.EXPENDITURE, columns, [("合计", (spent, spent, "")), ("201", (spent, spent, ""))])
    return builder.build()


def department() -> Account:
    return account(DEPARTMENT, "示例市档案局", "100.00", ("101001", "示例市档案局本级"), ("101002", "示例市档案馆"))


def unit(superior: str | None) -> Account:
    own = account(UNIT, "示例市档案馆", "40.00", ("101002", "示例市档案馆"))
    return replace(own, department=replace(own.department, kind=AccountKind.UNIT, superior=superior))


@pytest.mark.parametrize("superior", ["101", "示例市档案局", None])
def test_a_units_account_is_found_under_its_department_by_code_by_name_and_as_listed(superior: str | None) -> None:
    dataset = Dataset.of([department(), unit(superior)], "both")
    (node,) = dataset.graph.nodes(kind=dataset.department_node(DEPARTMENT).kind)
    assert dataset.department_node(UNIT) == node
    assert isinstance(node.record, DepartmentEntry)
    assert node.record.accounts == (DEPARTMENT,)
    own = dataset.final_accounts_node(UNIT)
    assert own.id == "final_accounts:990100/101002/2022"
    (edge,) = dataset.graph.links(own.id, (EdgeKind.REPORTED_IN,), LinkDirection.IN)
    assert edge.node.id == "unit:990100/101/101002"
    assert isinstance(edge.node.record, UnitEntry)
    assert not edge.node.record.is_headquarters


def test_totals_count_the_departments_account_alone_and_the_units_own_stays_its_own() -> None:
    dataset = Dataset.of([department(), unit("101")], "both")
    for node in (dataset.graph["division:990100"], dataset.department_node(DEPARTMENT)):
        total = under(dataset, node)
        assert total.derived == 100_000_000
        assert (total.coverage.counted, total.coverage.expected) == (1, 1)
    own = under(dataset.alone(UNIT), dataset.department_node(UNIT))
    assert own.derived == 40_000_000
    assert own.reported == 40_000_000


def test_a_units_account_without_its_departments_counts() -> None:
    dataset = Dataset.of([unit("101")], "alone")
    assert dataset.department_node(UNIT).id == "department:990100/101"
    assert under(dataset, dataset.graph["division:990100"]).derived == 40_000_000


def test_a_units_account_of_no_known_department_stands_for_itself() -> None:
    dataset = Dataset.of([unit(None)], "alone")
    assert dataset.department_node(UNIT).id == "department:990100/101002"


def test_two_accounts_of_one_unit_and_year_are_refused() -> None:
    again = account(AccountKey("990100", "示例市档案馆", 2022), "示例市档案馆", "1.00", ("101002", "示例市档案馆"))
    twin = replace(unit("101"), department=replace(unit("101").department, superior="101"))
    named = replace(again, department=replace(again.department, kind=AccountKind.UNIT, superior="101"))
    with pytest.raises(PackageError, match="two accounts"):
        Dataset.of([department(), twin, named], "twice")


def test_an_index_says_the_same(tmp_path: Path) -> None:
    accounts = [department(), unit("101")]
    write_package(accounts, tmp_path / "packages" / "990100")
    build(tmp_path / "packages", tmp_path / "index")
    index, memory = load([tmp_path / "index"]), Dataset.of(accounts, "both")
    assert list(index.graph.nodes()) == list(memory.graph.nodes())
    for node in memory.graph.nodes():
        assert list(index.graph.links(node.id, direction=LinkDirection.BOTH)) == list(
            memory.graph.links(node.id, direction=LinkDirection.BOTH)
        ), node.id
    assert under(index.alone(UNIT), index.department_node(UNIT)).derived == 40_000_000
    assert under(index, index.graph["division:990100"]).derived == 100_000_000
    assert list(index.all_figures) == list(memory.all_figures)
    assert list(filter(index.identities.covered.__contains__, index.keys)) == [UNIT]
