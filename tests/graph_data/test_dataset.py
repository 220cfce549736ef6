"""Look-ups of the dataset, and the way from packages on disk."""

from __future__ import annotations

import gc
import time
from pathlib import Path

import pytest

from graph_data import load
from graph_data.core.errors import PackageError
from graph_data.core.terms import Classification, Dimension, Measure, NarrativeKind, StatementForm, Topic
from graph_data.dataset import Dataset
from graph_data.package import digest, write_package
from graph_data.rollup import DIMENSIONS, Coverage, GroupBy, rollup
from tests.graph_data.example import (
    ARCHIVES,
    ARCHIVES_2021,
    ARCHIVES_2022,
    WEATHER,
    WEATHER_2022,
    archives_2021,
    archives_2022,
    example,
    weather_2022,
)

DATASET = example()


def test_an_account_is_found_by_department_and_year() -> None:
    latest, first = DATASET.account_of(ARCHIVES), DATASET.account_of(ARCHIVES, 2021)
    assert latest is not None
    assert first is not None
    assert (latest.key, first.key) == (ARCHIVES_2022, ARCHIVES_2021)
    assert DATASET.account_of(ARCHIVES, 1999) is None
    assert DATASET.accounts_of("department:none") == ()
    assert DATASET.fiscal_years == (2021, 2022)


def test_a_department_is_found_by_code_and_by_any_of_its_names() -> None:
    names = DATASET.lookups.department_names
    assert DATASET.department_by_code("990100", "101") is DATASET.graph[ARCHIVES]
    assert names["示例市档案管理局"] == (DATASET.graph[ARCHIVES],)
    assert names["示例市气象服务局"] == (DATASET.graph[WEATHER],)
    assert DATASET.department_by_code("990100", "999") is None


def test_a_unit_is_found_by_code_and_name() -> None:
    lookups = DATASET.lookups
    assert lookups.unit_codes["101002"] == lookups.unit_names["示例市档案馆"]
    assert lookups.unit_names["示例市档案管理局本级"] == (DATASET.graph["unit:990100/101/101001"],)


def test_a_project_is_found_by_alias_the_newest_first() -> None:
    names = DATASET.lookups.project_names
    assert names["综合楼运行费"] == (DATASET.project_node(ARCHIVES_2022, 1),)
    assert names["档案数字化"] == (DATASET.project_node(ARCHIVES_2022, 2), DATASET.project_node(ARCHIVES_2021, 1))


def test_a_subject_is_found_in_its_classification() -> None:
    assert DATASET.subject(Classification.FUNCTIONAL, "2012601") is DATASET.graph["subject:FUNCTIONAL/2012601"]
    assert DATASET.subject(Classification.ECONOMIC, "2012601") is None


def test_an_account_has_its_own_nodes() -> None:
    assert DATASET.department_node(WEATHER_2022).id == WEATHER
    assert DATASET.final_accounts_node(ARCHIVES_2022).id == "final_accounts:990100/101/2022"
    assert DATASET.document_node(ARCHIVES_2022).id == "document:990100/101/2022/示例市档案局.txt"
    assert DATASET.document_nodes(ARCHIVES_2022) == (DATASET.document_node(ARCHIVES_2022),)


def test_a_statement_gives_its_lines_and_cells_in_printed_order() -> None:
    form = StatementForm.EXPENDITURE
    assert DATASET.statement(ARCHIVES_2021, StatementForm.REVENUE) is None
    lines = DATASET.lines(ARCHIVES_2022, form)
    assert [line.line for line in lines] == list(range(1, 10))
    texts = [cell.number.text if cell else None for _, cell in DATASET.cells(lines[4])]
    assert texts == ["60", "-", "60"]
    assert DATASET.line_node(lines[4]).name == "档案馆"


def test_a_line_of_one_half_has_only_that_half_s_columns() -> None:
    line = DATASET.lines(ARCHIVES_2022, StatementForm.BASIC_EXPENDITURE)[4]
    assert [(column.column, cell.number.text if cell else None) for column, cell in DATASET.cells(line)] == [
        (2, "20.02")
    ]


def test_facts_funding_and_words_are_found() -> None:
    assert len(DATASET.facts(ARCHIVES_2022, Topic.BUDGET_DEVIATION)) == 4
    assert len(DATASET.funding(ARCHIVES_2022, 1)) == 8
    assert [alias.name for alias in DATASET.aliases(ARCHIVES_2022, 1)] == ["综合楼运行费"]
    assert DATASET.narratives(ARCHIVES_2022, NarrativeKind.DEFINITION, "15") == ()
    found = DATASET.definition("subject:FUNCTIONAL/2012601")
    assert found is not None
    assert (found[0].position, found[1]) == (16, "反映机关的基本运转 <日常>")
    assert DATASET.definition("subject:FUNCTIONAL/201") is None


def test_the_example_is_linked_in_no_time() -> None:
    accounts = archives_2021(), archives_2022(), weather_2022()
    fastest = min(timed(accounts) for _ in range(3))
    assert fastest < 10**9 // 2


def timed(accounts: tuple) -> int:  # type: ignore[type-arg]
    start = time.perf_counter_ns()
    Dataset.of(accounts, "timed")
    return time.perf_counter_ns() - start


def test_packages_are_loaded_and_a_broken_one_is_refused_by_name(tmp_path: Path) -> None:
    write_package((archives_2021(), archives_2022()), tmp_path / "archives")
    write_package((weather_2022(),), tmp_path / "weather")
    dataset = load([tmp_path])
    assert dataset.version == digest(dataset.accounts)
    assert (len(dataset.accounts), dataset.refused) == (3, ())
    assert [node.id for node in dataset.graph.nodes()] == [node.id for node in DATASET.graph.nodes()]
    (tmp_path / "weather" / "units.csv").write_text("nonsense\n", encoding="utf-8")
    partly = load([tmp_path])
    assert [account.key for account in partly.accounts] == [ARCHIVES_2021, ARCHIVES_2022]
    assert "weather" in str(partly.refused[0])
    with pytest.raises(PackageError):
        load([tmp_path], strict=True)
    assert gc.isenabled()


def test_a_dataset_without_accounts_answers_with_nothing() -> None:
    empty = Dataset.of((), "empty")
    assert (empty.fiscal_years, len(empty.graph), len(empty.all_figures)) == ((), 0, 0)
    for measure in Measure:
        by = [GroupBy(dimension) for dimension in Dimension if dimension in DIMENSIONS[measure]]
        table = rollup(empty, measure, by, subtotals=True)
        assert (tuple(table.rows), table.grand_total.derived, table.grand_total.coverage) == ((), 0, Coverage(0, 0))
    assert empty.search.search("办").total == 0
