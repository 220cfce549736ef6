"""What GraphQL lists and what is exported are the same rows, in the same order, of the same filter."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse

import graph_data
from graph_data import load
from graph_data.core.errors import QuestionError
from graph_data.core.terms import Language
from graph_data.dataset import Dataset
from graph_data.exports import Export
from graph_data.lists import LISTS
from schema import schema
from schema.context import Context
from schema.exported import ANALYZE, EXPORTED, exported
from tests.graph_data.exports.exporting import read_jsonl, read_parquet, read_xlsx


@cache
def shipped() -> Dataset:
    return load([Path(graph_data.__file__).parent / "packages"], strict=True)


def export(question: str, format: str = "jsonl", variables: Mapping[str, Any] | None = None) -> bytes:
    (operation,) = parse(question).definitions
    assert isinstance(operation, OperationDefinitionNode)
    found = exported(schema, shipped(), operation, variables or {})
    made = Export(shipped(), found.what, format, found.asked, Language.ZH, False, question)
    return b"".join(made.chunks())


def answer(question: str) -> list[dict[str, Any]]:
    result = schema.execute_sync(question, context_value=Context(shipped()))
    assert result.errors is None
    assert result.data is not None
    ((_, found),) = result.data.items()
    nodes: list[dict[str, Any]] = found["nodes"]
    return nodes


LISTED = [
    ("accounts", "orderBy: {field: TOTAL_EXPENDITURE}", "id"),
    ("departments", 'where: {name: {contains: "局"}}', "id"),
    ("units", "orderBy: {field: NAME, direction: DESC}", "id"),
    ("subjects", "level: CATEGORY", "id"),
    ("subjects", 'classification: ECONOMIC, under: "302", orderBy: [{field: CODE, direction: DESC}]', "id"),
    ("projects", "", "id"),
    ("projects", 'where: {derivedExecutionRate: {lt: "101"}}, orderBy: [{field: EXECUTED}]', "id"),
    ("projects", "where: {or: [{executionRate: {isNull: true}}, {selfEvaluationScore: {gte: 95}}]}", "id"),
    ("indicators", "achieved: true", "id"),
    ("indicators", 'level: 3, where: {project: {under: "department:370300/102"}}, nameContains: "率"', "id"),
    ("findings", "", "id"),
    ("findings", "severity: WARNING, orderBy: [{field: AMOUNT}]", "id"),
    ("budgetDeviations", "orderBy: [{field: ABSOLUTE_DEVIATION, direction: DESC}]", "final {fen}"),
    ("terms", "where: {fiscalYear: {eq: 2022}}", "id"),
    ("facts", "where: {topic: {eq: THREE_PUBLIC}}", "text"),
    ("figures", 'measure: EXPENDITURE, where: {functionalSubject: {under: "208"}}', "id"),
    ("figures", "includeTotals: true, where: {nature: PROJECT}", "id"),
]


@pytest.mark.parametrize(("name", "arguments", "told"), LISTED, ids=str)
def test_the_rows_of_a_list_are_those_of_its_answer(name: str, arguments: str, told: str) -> None:
    question = f"{{ {name}({arguments}, first: 500) {{ nodes {{ {told} }} }} }}"
    wanted, rows = answer(question), read_jsonl(export(question))
    if told == "final {fen}":
        assert [str(row["finalFen"]) for row in rows] == [node["final"]["fen"] for node in wanted]
    else:
        assert [row[told] for row in rows] == [node[told] for node in wanted]
    assert rows


def test_every_list_of_the_api_is_among_them() -> None:
    assert {name for name, _, _ in LISTED} == {of.name for of in LISTS} | {"figures"}
    assert set(EXPORTED) == {of.name for of in LISTS} | {"figures", "analyze"}


def test_a_page_asked_for_and_fields_selected_change_nothing() -> None:
    every = export("{ projects { nodes { id } } }")
    assert export("{ projects(first: 1) { totalCount } }") == every
    assert export("query ($n: Int) { all: projects(first: $n) { totalCount } }", variables={"n": 2}) == every


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("{ dataset { version } }", "exactly one of"),
        ("{ projects { totalCount } units { totalCount } }", "exactly one of"),
        ("{ ...F } fragment F on Query { projects { totalCount } }", "exactly one of"),
        ("query ($y: Int!) { projects(where: {fiscalYear: {eq: $y}}) { totalCount } }", "to be provided|required"),
        ("{ projects(where: {fiscalYear: {eq: 1999}}) { totalCount } }", "no account of 1999"),
        ('{ subjects(under: "999") { totalCount } }', "there is no '999'"),
        ('{ analyze(measures: [{ratio: {of: "a", to: "b"}}], by: []) { fiscalYear } }', "is no column"),
    ],
)
def test_what_cannot_be_exported_is_refused(question: str, told: str) -> None:
    question = question.split(" fragment", maxsplit=1)[0]
    with pytest.raises(QuestionError, match=told):
        export(question)


MEASURES = [
    {"measure": "EXPENDITURE", "name": "支出"},
    {"name": "占比", "shareOfTotal": "支出"},
    {"count": "PROJECTS", "name": "项目数"},
]
BY = [{"dimension": "DEPARTMENT"}]


def test_an_analysis_is_its_table_with_what_each_cell_rests_on() -> None:
    arguments = {"measures": MEASURES, "by": [*BY, {"dimension": "FISCAL_YEAR"}], "totals": "ROLLUP"}
    question = """query ($measures: [MeasureExpression!]!, $by: [GroupBy!]!, $totals: AnalysisTotals!) {
      analyze(measures: $measures, by: $by, totals: $totals) {
        rows { nodes { keys { code name } cells { text basis coverage { counted expected } } summedAway } } } }"""
    result = schema.execute_sync(question, arguments, context_value=Context(shipped()))
    assert result.errors is None
    assert result.data is not None
    wanted = result.data["analyze"]["rows"]["nodes"]
    rows = read_jsonl(export(ANALYZE, variables=arguments))
    assert len(rows) == len(wanted) > 1
    for row, node in zip(rows, wanted, strict=True):
        for name, cell in zip(("支出", "占比", "项目数"), node["cells"], strict=True):
            assert (None if row[name] is None else str(row[name])) == cell["text"]
            assert row[f"{name} basis"] == cell["basis"]
            told = {"counted": row[f"{name} counted"], "expected": row[f"{name} expected"]}
            assert told == cell["coverage"]
        assert row["summedAway"] == node["summedAway"]
        assert [row["department"], row["departmentName"]] == list(node["keys"][0].values())
    (first, *_) = read_parquet(export(ANALYZE, "parquet", arguments))
    assert f"{first['支出']:f}".rstrip("0") == rows[0]["支出"].rstrip("0")


def test_a_workbook_of_an_analysis_has_its_columns_by_name() -> None:
    rows = read_xlsx(export(ANALYZE, "xlsx", {"measures": MEASURES, "by": BY, "where": {"fiscalYear": {"eq": 2022}}}))
    assert [(row["占比（%）"], row["部门"]) for row in rows] == [(100.0, "淄博市人民政府办公室")]
    assert isinstance(rows[0]["支出（万元）"], float)
    assert rows[0]["支出数据依据"] == "公开数"


def test_columns_that_are_called_like_others_are_told_apart() -> None:
    measures = [{"measure": "REVENUE", "name": "department"}, {"measure": "EXPENDITURE", "name": "department 2"}]
    (row, *_) = read_jsonl(export(ANALYZE, variables={"measures": measures, "by": BY}))
    assert {"department", "department 2", "department 2 2"} <= set(row)
