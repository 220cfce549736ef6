"""Checks and findings over GraphQL: both numbers, every source, and the way to what they concern."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph_data.checks import CHECKS
from graph_data.checks.disclosure import ITEMS
from graph_data.conclusions import Conclusion, Conclusions
from graph_data.core.terms import ConclusionKind, Severity
from graph_data.dataset import Dataset
from schema import schema
from schema.context import Context
from tests.graph_data.checked import INDICATOR, LINE, PROJECT, REASON, SCORES, SUMS, USED, dataset_of, finding
from tests.graph_data.example import ARCHIVES, ARCHIVES_2022

OF_LINE = f"finding:990100/101/2022/{SUMS}/1"
OF_INDICATOR = f"finding:990100/101/2022/{SCORES}/1"


@pytest.fixture
def dataset(monkeypatch: pytest.MonkeyPatch) -> Dataset:
    found = [finding(SUMS, LINE, difference="-0.10", line=7), finding(SCORES, INDICATOR, Severity.INFO)]
    return dataset_of(monkeypatch, {ARCHIVES_2022: found})


def ask(dataset: Dataset, query: str, **variables: Any) -> dict[str, Any]:
    result = schema.execute_sync(query, variables, context_value=Context(dataset))
    assert result.errors is None, result.errors
    assert result.data is not None
    return result.data


def test_a_finding_shows_both_numbers_and_where_they_stand(dataset: Dataset) -> None:
    query = """query($id: ID!) { node(id: $id) { ... on Finding {
      id check { id } severity message reported derived difference tolerance unit
      node { __typename id } sources { section line row column document { id } } finalAccounts { fiscalYear }
    } } }"""
    document = {"id": "document:990100/101/2022/示例市档案局.txt"}
    assert ask(dataset, query, id=OF_LINE)["node"] == {
        "id": OF_LINE,
        "check": {"id": SUMS},
        "severity": "ERROR",
        "message": "《决算表》没有数据，也未说明为空表的原因；相差0.10万元，超出舍入允差0.01万元。",
        "reported": "99.90",
        "derived": "100.00",
        "difference": "-0.10",
        "tolerance": "0.01",
        "unit": "万元",
        "node": {"__typename": "StatementLine", "id": LINE},
        "sources": [
            {"section": "第二部分", "line": 7, "row": "合计", "column": "金额", "document": document},
            {"section": "第三部分", "line": 107, "row": None, "column": None, "document": document},
        ],
        "finalAccounts": {"fiscalYear": 2022},
    }


def test_a_finding_of_no_numbers_leaves_them_null(dataset: Dataset) -> None:
    query = "query($id: ID!) { node(id: $id) { ... on Finding { reported derived difference tolerance unit } } }"
    assert set(ask(dataset, query, id=OF_INDICATOR)["node"].values()) == {None}


def test_findings_stand_beside_what_they_concern(dataset: Dataset) -> None:
    query = """query($project: ID!, $indicator: ID!, $line: ID!, $department: ID!) {
      project(id: $project) { findings { nodes { id } } }
      indicator: node(id: $indicator) { ... on TreeNode { findings { nodes { id } } } }
      line: node(id: $line) { ... on StatementLine { findings { nodes { id } } statement { findings { totalCount } } } }
      department(by: {id: $department}) { findings(severity: INFO) { nodes { id } } }
    }"""
    found = ask(dataset, query, project=PROJECT, indicator=INDICATOR, line=LINE, department=ARCHIVES)
    only = {"nodes": [{"id": OF_INDICATOR}]}
    assert found["project"]["findings"] == found["indicator"]["findings"] == found["department"]["findings"] == only
    assert found["line"] == {"findings": {"nodes": [{"id": OF_LINE}]}, "statement": {"findings": {"totalCount": 1}}}


def test_the_ledger_counts_what_passed_and_says_why_the_rest_did_not_run(dataset: Dataset) -> None:
    query = """query($id: ID!) { finalAccounts(department: {id: $id}, fiscalYear: 2022) { checks {
      passed failed notApplicable insufficientData
      entries { check { id } outcome reason findings { id } }
    } findings(check: "%s") { totalCount } } }"""
    account = ask(dataset, query % SCORES, id=ARCHIVES)["finalAccounts"]
    entries = account["checks"].pop("entries")
    assert account["checks"] == {"passed": 2, "failed": 1, "notApplicable": 0, "insufficientData": 1}
    assert [entry["check"]["id"] for entry in entries] == list(USED)
    assert entries[0]["findings"] == [{"id": OF_LINE}]
    assert (entries[3]["outcome"], entries[3]["reason"]) == ("INSUFFICIENT_DATA", REASON.zh)
    assert account["findings"]["totalCount"] == 1


def test_all_findings_are_counted_and_come_the_gravest_first(dataset: Dataset) -> None:
    found = ask(dataset, "{ dataset { findings } findings { totalCount nodes { id } } }")
    assert found == {
        "dataset": {"findings": 2},
        "findings": {"totalCount": 2, "nodes": [{"id": OF_LINE}, {"id": OF_INDICATOR}]},
    }


def test_every_check_says_what_it_is(dataset: Dataset) -> None:
    served = ask(dataset, "{ checks { id title rule } }")["checks"]
    assert [check["id"] for check in served] == [check.id for check in CHECKS]
    assert all(check["title"] and check["rule"] for check in served)


def test_a_finding_has_links_and_a_way_to_its_department(dataset: Dataset) -> None:
    query = """query($id: ID!, $to: ID!) {
      node(id: $id) { ... on Finding { links(kinds: [FOUND_IN]) { label node { __typename } } } }
      path(from: $id, to: $to) { node { id } }
    }"""
    found = ask(dataset, query, id=OF_LINE, to=ARCHIVES)
    ends = {(link["label"], link["node"]["__typename"]) for link in found["node"]["links"]}
    assert ends == {("is found in", "StatementLine"), ("is found in", "SourceDocument")}
    assert found["path"][-1]["node"]["id"] == ARCHIVES


def test_what_the_auditor_concluded_is_a_field_of_the_finding(dataset: Dataset) -> None:
    told = Conclusion(ConclusionKind.DISMISSED, "四舍五入", "王某", date(2026, 11, 29), "", "conclusions.csv, line 2")
    query = "query($id: ID!) { node(id: $id) { ... on Finding { conclusion { kind note name date } } } }"
    assert ask(dataset, query, id=OF_LINE)["node"] == {"conclusion": None}
    concluded = replace(dataset, conclusions=Conclusions({OF_LINE: told}))
    assert ask(concluded, query, id=OF_LINE)["node"]["conclusion"] == {
        "kind": "DISMISSED", "note": "四舍五入", "name": "王某", "date": "2026-11-29",
    }  # fmt: skip


def test_findings_are_narrowed_by_what_was_concluded(dataset: Dataset) -> None:
    told = Conclusion(ConclusionKind.DISMISSED, "四舍五入", "王某", date(2026, 11, 29), "", "conclusions.csv, line 2")
    concluded = replace(dataset, conclusions=Conclusions({OF_LINE: told, OF_INDICATOR: replace(told, mark="00000000")}))
    query = """query($kind: ConclusionKind, $severity: Severity, $department: ID) {
      findings(conclusion: $kind, severity: $severity, department: $department) { totalCount nodes { id } } }"""
    own = ask(concluded, query, kind="DISMISSED", severity="ERROR", department="101")["findings"]
    assert own == {"totalCount": 1, "nodes": [{"id": OF_LINE}]}, "what says something else now is not concluded"
    assert ask(concluded, query, kind="DISMISSED", severity="INFO")["findings"]["nodes"] == []
    assert ask(concluded, query, kind="CONFIRMED")["findings"]["totalCount"] == 0
    both = schema.execute_sync(
        "{ findings(conclusion: PENDING, orderBy: [{field: SEVERITY}]) { totalCount } }", context_value=Context(dataset)
    )
    assert both.errors is not None


def test_an_account_shows_what_must_be_published_and_its_score(dataset: Dataset) -> None:
    query = """query($id: ID!, $language: Language) { node(id: $id) { ... on FinalAccounts {
      disclosure { id title(language: $language) status basis missing sources { section } }
      score { score parts { code count points title(language: $language) } reasons { id } observations }
    } } }"""
    shown = ask(dataset, query, id="final_accounts:990100/101/2022", language="EN")["node"]
    items = {item["id"]: item for item in shown["disclosure"]}
    assert len(items) == len(ITEMS)
    assert items["table.EXPENDITURE"]["status"] == "STATED"
    assert items["table.EXPENDITURE"]["title"] == "the table of expenditure"
    score = shown["score"]
    assert score["score"] == sum(part["points"] for part in score["parts"])
    assert [each["id"] for each in score["reasons"]] == [OF_LINE]
