"""What is exported: the same figures as the API's, in every table, to the last 分."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import graph_data
from graph_data import load
from graph_data.core.errors import QuestionError
from graph_data.core.terms import Measure
from graph_data.dataset import Dataset
from graph_data.exports import NAMES, TABLES, Export
from graph_data.figures.measures import COUNTED_IN
from graph_data.graph import NodeKind
from graph_data.rollup import rollup, score_rollup, select
from tests.graph_data.example import WEATHER, example
from tests.graph_data.exports.exporting import exported, read_csv, read_parquet, rows

FUNDS = {
    "initialBudget": Measure.PROJECT_INITIAL_BUDGET,
    "revisedBudget": Measure.PROJECT_REVISED_BUDGET,
    "executed": Measure.PROJECT_EXECUTED,
}
PACKAGES = Path(graph_data.__file__).parent / "packages"
FORMATS = ("csv", "jsonl", "parquet")


@cache
def shipped() -> Dataset:
    return load([PACKAGES], strict=True)


DATASETS = pytest.mark.parametrize("dataset", [example(), shipped()], ids=["example", "shipped"])


def fen(found: list[dict[str, Any]], column: str = "fen") -> int:
    return sum(int(row[column] or 0) for row in found)


@pytest.mark.parametrize("measure", Measure)
@DATASETS
def test_the_figures_add_up_to_the_rollup_in_every_format(dataset: Dataset, measure: Measure) -> None:
    total = rollup(dataset, measure, []).grand_total.derived
    asked = ("measure", measure.name)
    in_csv = read_csv(exported(dataset, "figures", "csv", asked))
    in_parquet = read_parquet(exported(dataset, "figures", "parquet", asked))
    in_jsonl = rows(dataset, "figures", asked)
    for found in (in_csv, in_parquet, in_jsonl):
        assert fen(found, "count" if measure in COUNTED_IN else "fen") == total
        assert sum(Decimal(row["wanYuan"] or 0) for row in found) * 1_000_000 == (measure not in COUNTED_IN) * total
        assert [row["id"] for row in found] == [figure.id for figure in select(dataset, measure)]


@DATASETS
def test_without_a_measure_every_leaf_is_there_once_and_totals_only_on_demand(dataset: Dataset) -> None:
    leaves = rows(dataset, "figures")
    every_measure = (figure.id for measure in Measure for figure in select(dataset, measure))
    assert [row["id"] for row in leaves] == list(every_measure)
    assert not any(row["isTotal"] for row in leaves)
    every = rows(dataset, "figures", ("includeTotals", "true"))
    assert {row["id"] for row in every} == {figure.id for figure in dataset.all_figures}


@DATASETS
def test_the_lines_that_are_no_totals_add_up_to_the_rollup_of_every_measure_of_a_table(dataset: Dataset) -> None:
    lines = rows(dataset, "lines")
    measures = {row["measure"] for row in lines} - {None}
    assert measures >= {"EXPENDITURE", "APPROPRIATION_EXPENDITURE"}
    for name in measures - {"INITIAL_BUDGET"}:
        leaves = [row for row in lines if row["measure"] == name and row["isTotal"] is False]
        assert fen(leaves) == rollup(dataset, Measure[name], []).grand_total.derived


@DATASETS
def test_every_cell_is_a_line_and_a_blank_is_no_dash(dataset: Dataset) -> None:
    lines = rows(dataset, "lines")
    assert len([row for row in lines if not row["isBlank"]]) == sum(len(each.figures) for each in dataset.accounts)
    assert all(row["text"] is None and row["fen"] is None for row in lines if row["isBlank"])
    dashes = [row for row in lines if row["text"] == "-"]
    assert all(row["fen"] is None and not row["isBlank"] for row in dashes)
    assert dashes or dataset is not example()


@DATASETS
def test_the_funds_of_the_projects_add_up_to_the_rollup(dataset: Dataset) -> None:
    projects = rows(dataset, "projects")
    assert [row["id"] for row in projects] == [node.id for node in dataset.graph.nodes(NodeKind.PROJECT)]
    for name, measure in FUNDS.items():
        assert fen(projects, f"{name}Fen") == rollup(dataset, measure, []).grand_total.derived


def test_a_project_without_a_sheet_has_no_funds_rather_than_none_spent() -> None:
    (project,) = (row for row in rows(example(), "projects") if row["name"] == "展览")
    assert [project[name] for name in ("executedFen", "executedWanYuan", "derivedScore")] == [None, None, None]


@DATASETS
def test_the_scores_of_the_indicators_add_up_to_those_of_their_project(dataset: Dataset) -> None:
    indicators = rows(dataset, "indicators")
    assert len(indicators) == len(dataset.graph.nodes(NodeKind.INDICATOR))
    for node in dataset.graph.nodes(NodeKind.INDICATOR):
        if node.level == 1:
            below = {each.id for each in dataset.graph.descendants(node.id)}
            leaves = [row for row in indicators if row["id"] in below and row["level"] == 3]
            derived = score_rollup(dataset, node.id).derived_score
            assert sum(Decimal(row["score"] or 0) for row in leaves) == derived


@DATASETS
def test_the_findings_are_those_of_the_api_in_its_order(dataset: Dataset) -> None:
    found = rows(dataset, "findings")
    assert [row["id"] for row in found] == [each.node.id for each in dataset.findings]
    differences = [each.finding.difference for each in dataset.findings if each.finding.difference is not None]
    assert [Decimal(row["difference"]) for row in found if row["difference"] is not None] == differences
    assert all(row["sources"] for row in found if row["reported"] is not None)


@pytest.mark.parametrize(
    ("what", "pairs", "count"),
    [
        ("lines", [("functionalSubject.under", "208")], None),
        ("lines", [("department", WEATHER)], None),
        ("lines", [("amount.gte", "60")], None),
        ("lines", [("isBlank", "true"), ("statement", "EXPENDITURE")], None),
        ("projects", [("unit", "101002")], 2),
        ("projects", [("fiscalYear", "2021")], 1),
        ("projects", [("executionRate.isNull", "true"), ("name.contains", "展")], 1),
        ("indicators", [("project", "project:990100/101/2022/1")], 7),
        ("indicators", [("project", "project:990100/101/2022/2")], 0),
        ("findings", [("department", WEATHER)], None),
    ],
)
def test_other_tables_take_the_filters_that_they_have_columns_for(
    what: str, pairs: list[tuple[str, str]], count: int | None
) -> None:
    every, found = rows(example(), what), rows(example(), what, *pairs)
    assert [row for row in every if row in found] == found
    assert len(found) < len(every) or count == len(every)
    assert count in (None, len(found))


def test_a_filter_on_amounts_lets_no_blank_and_no_dash_through() -> None:
    found = rows(example(), "lines", ("amount.gte", "60"))
    assert found
    assert all(row["fen"] is not None and row["fen"] >= 60_000_000 for row in found)


@pytest.mark.parametrize("what", [table.name for table in TABLES if table.name != "figures"])
def test_what_a_table_has_no_field_for_is_refused(what: str) -> None:
    for pair in (("fundSource", "TOTAL"), ("measure", "REVENUE")):
        with pytest.raises(QuestionError, match=rf"^{what}: |nothing to filter by"):
            rows(example(), what, pair)


@pytest.mark.parametrize("what", ["figures", "lines", "readings", "gaps"])
def test_what_stands_in_the_order_of_the_documents_takes_no_other(what: str) -> None:
    with pytest.raises(QuestionError, match="leave orderBy out"):
        rows(example(), what, ("orderBy", '[{"field": "amount"}]'))


def test_the_graph_is_exported_whole_or_not_at_all() -> None:
    with pytest.raises(QuestionError, match="always exported whole"):
        exported(example(), "graph", "json", ("fiscalYear", "2022"))


def test_what_is_no_export_is_refused_with_all_there_are() -> None:
    with pytest.raises(QuestionError, match=r"figures\.csv.*graph\.json"):
        Export.of(example(), "figures", "graphml", [])
    with pytest.raises(QuestionError, match="byte order mark"):
        Export.of(example(), "figures", "parquet", [], bom=True)


def test_every_row_has_every_column() -> None:
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names)
        for row in rows(shipped(), table.name):
            assert list(row) == names


def test_tags_are_the_same_for_the_same_and_for_nothing_else() -> None:
    asked = [("measure", "REVENUE"), ("fiscalYear", "2022")]
    tag = Export.of(example(), "figures", "csv", asked).tag
    assert Export.of(example(), "figures", "csv", asked[::-1]).tag == tag
    others = [
        Export.of(example(), "figures", "csv", asked[:1]),
        Export.of(example(), "figures", "jsonl", asked),
        Export.of(example(), "figures", "csv", asked, bom=True),
        Export.of(shipped(), "figures", "csv", asked),
        *(Export.of(example(), what, format, []) for what, formats in NAMES.items() for format in formats),
    ]
    assert len({tag, *(each.tag for each in others)}) == 1 + len(others)


def test_a_name_says_what_of_which_year_and_version() -> None:
    def named(what: str, **given: Any) -> str:
        return Export.of(example(), what, "csv", given).file_name

    assert named("projects") == "juesuan-projects-2021-2022-example.csv"
    assert named("projects", where={"fiscalYear": {"eq": 2022}}) == "juesuan-projects-2022-example.csv"
    assert named("facts", where={"and": [{"fiscalYear": {"eq": 2021}}]}) == "juesuan-facts-2021-example.csv"
    assert named("facts", where={"or": [{"fiscalYear": {"eq": 2021}}]}) == "juesuan-facts-2021-2022-example.csv"


@pytest.mark.parametrize("what", NAMES)
def test_two_exports_of_one_question_are_the_same_bytes(what: str) -> None:
    for format in NAMES[what]:
        assert exported(shipped(), what, format) == exported(shipped(), what, format)


def test_every_source_is_the_one_of_the_figure() -> None:
    for row in rows(shipped(), "figures"):
        figure = shipped().figure(row["id"])
        assert figure is not None
        source = figure.source
        stands = (source.section, source.page, source.line, source.row, source.column)
        columns = ("sourceSection", "sourcePage", "sourceLine", "sourceRow", "sourceColumn")
        assert tuple(row[name] for name in columns) == stands
        assert row["text"] == figure.number.text
