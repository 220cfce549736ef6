"""What the checks found is ranked, numbered, and listed for every node that it touches; loading never fails for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_data.checks import CHECKS
from graph_data.core.terms import CheckOutcome, Severity
from graph_data.dataset import Dataset
from graph_data.graph import EdgeKind, LinkDirection, NodeKind
from tests.graph_data.checked import (
    ACCOUNT,
    INDICATOR,
    LINE,
    PROJECT,
    REASON,
    SCORES,
    STATEMENT,
    SUBJECT,
    SUMS,
    UNITS,
    dataset_of,
    finding,
)
from tests.graph_data.example import (
    ARCHIVES,
    ARCHIVES_2021,
    ARCHIVES_2022,
    DIVISION,
    WEATHER,
    WEATHER_2022,
    AccountBuilder,
    archives_2022,
    example,
)

DOCUMENT = "document:990100/101/2022/示例市档案局.txt"


def ids(found: tuple) -> list[str]:  # type: ignore[type-arg]
    return [each.node.id for each in found]


def test_ids_number_the_findings_of_each_check_in_each_account(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [finding(SUMS, LINE, line=1), finding(SCORES, PROJECT, line=2), finding(SUMS, LINE, line=3)]
    dataset = dataset_of(monkeypatch, {ARCHIVES_2022: found, WEATHER_2022: [finding(SUMS, ACCOUNT, line=9)]})
    assert ids(dataset.findings) == [
        f"finding:990100/101/2022/{SUMS}/1",
        f"finding:990100/101/2022/{SCORES}/1",
        f"finding:990100/101/2022/{SUMS}/2",
        f"finding:990100/示例市气象服务局/2022/{SUMS}/1",
    ]
    second = dataset.finding(f"finding:990100/101/2022/{SUMS}/2")
    assert second is not None
    assert second.finding.sources[0].line == 3
    assert dataset.finding("finding:990100/101/2022/none/1") is None


def test_the_gravest_come_first_then_the_greatest_difference_then_as_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        finding(SUMS, LINE, Severity.INFO, "900", line=1),
        finding(SUMS, LINE, Severity.ERROR, None, line=9),
        finding(SUMS, LINE, Severity.ERROR, None, line=8),
        finding(SUMS, LINE, Severity.ERROR, "1", line=7),
        finding(SUMS, LINE, Severity.ERROR, "-5", line=6),
        finding(SUMS, LINE, Severity.WARNING, "70", line=5),
    ]
    dataset = dataset_of(monkeypatch, {ARCHIVES_2022: found})
    assert [each.finding.sources[0].line for each in dataset.findings] == [6, 7, 8, 9, 5, 1]


def test_amounts_are_ranked_by_what_they_are_worth(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [finding(SUMS, LINE, difference="3000", unit="元"), finding(SUMS, LINE, difference="2", unit="万元")]
    dataset = dataset_of(monkeypatch, {ARCHIVES_2022: found})
    assert [each.finding.unit for each in dataset.findings] == ["万元", "元"]


def test_a_finding_is_listed_for_its_node_and_for_what_that_is_a_part_of(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [finding(SUMS, LINE), finding(SCORES, INDICATOR), finding(UNITS, SUBJECT)]
    dataset = dataset_of(monkeypatch, {ARCHIVES_2022: found})
    of_line, of_indicator, of_subject = (f"finding:990100/101/2022/{check}/1" for check in (SUMS, SCORES, UNITS))
    listed = {
        LINE: [of_line],
        STATEMENT: [of_line],
        SUBJECT: [of_line, of_subject],
        INDICATOR: [of_indicator],
        PROJECT: [of_indicator],
        "unit:990100/101/101001": [of_indicator],
        "unit:990100/101/101002": [],
        "indicator:990100/101/2022/1/1": [],
        "project:990100/101/2022/2": [],
        "final_accounts:990100/101/2021": [],
        WEATHER: [],
    }
    assert {node: ids(dataset.findings_at(node)) for node in listed} == listed
    for whole in (ACCOUNT, ARCHIVES, f"division:{DIVISION}"):
        assert ids(dataset.findings_at(whole)) == [of_line, of_indicator, of_subject]


@pytest.mark.parametrize("nowhere", ["line:990100/101/2022/REVENUE/999", "planet:earth", "", "subject:FUNCTIONAL/9"])
def test_a_finding_about_a_node_that_is_not_there_concerns_its_account(
    monkeypatch: pytest.MonkeyPatch, nowhere: str
) -> None:
    dataset = dataset_of(monkeypatch, {ARCHIVES_2022: [finding(SUMS, nowhere)]})
    (found,) = dataset.findings
    assert found.concerns is dataset.graph[ACCOUNT]
    assert found.finding.node == nowhere


def test_a_node_is_found_though_its_department_got_the_code_in_another_year(monkeypatch: pytest.MonkeyPatch) -> None:
    key = replace(ARCHIVES_2022, department="示例市档案局", fiscal_year=2023)
    builder = AccountBuilder(key, "示例市档案局").units(("101001", "示例市档案局本级"))
    nameless = builder.project(1, "修缮", "101001", {}).build()
    own = "project:990100/示例市档案局/2023/1"
    dataset = dataset_of(monkeypatch, {key: [finding(SUMS, own)]}, (archives_2022(), nameless))
    (found,) = dataset.findings
    assert (found.node.id, found.concerns.id) == (f"finding:990100/101/2023/{SUMS}/1", "project:990100/101/2023/1")


def test_a_finding_is_a_node_with_links_and_ways_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = dataset_of(monkeypatch, {ARCHIVES_2022: [finding(SCORES, INDICATOR)]})
    (node,) = dataset.graph.nodes(NodeKind.FINDING)
    found_in = dataset.graph.links(node.id, (EdgeKind.FOUND_IN,))
    assert [edge.node.id for edge in found_in] == [INDICATOR, DOCUMENT]
    (back,) = dataset.graph.links(INDICATOR, (EdgeKind.FOUND_IN,), LinkDirection.IN)
    assert (back.node, back.label) == (node, "holds")
    above = "indicator:990100/101/2022/1/1.1"
    way = dataset.graph.path(node.id, above)
    assert way is not None
    assert [edge.node.id for edge in way] == [INDICATOR, above]
    assert (node.level, dataset.graph.parent(node.id)) == (0, None)


def test_a_ledger_tells_of_every_check_how_it_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [finding(SUMS, LINE), finding(SCORES, PROJECT, Severity.INFO)]
    dataset = dataset_of(monkeypatch, {ARCHIVES_2022: found})
    ledger = dataset.ledger(ARCHIVES_2022)
    assert [(entry.outcome.name, entry.reason, len(entry.findings)) for entry in ledger] == [
        ("FAILED", None, 1),
        ("PASSED", None, 1),
        ("PASSED", None, 0),
        ("INSUFFICIENT_DATA", REASON, 0),
    ]
    assert all(entry.outcome is not CheckOutcome.FAILED for entry in dataset.ledger(ARCHIVES_2021))
    with pytest.raises(KeyError):
        dataset.ledger(replace(ARCHIVES_2022, fiscal_year=1999))


def test_every_check_is_run_over_every_account() -> None:
    dataset = example()
    for account in dataset.accounts:
        assert [entry.check for entry in dataset.ledger(account.key)] == list(CHECKS)
    assert set(ids(dataset.findings)) == {node.id for node in dataset.graph.nodes(NodeKind.FINDING)}


def test_findings_change_neither_other_nodes_nor_what_search_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = dataset_of(monkeypatch, {})
    checked = dataset_of(monkeypatch, {ARCHIVES_2022: [finding(SUMS, LINE)]})
    assert [node.id for node in checked.graph.nodes()][: len(plain.graph)] == [n.id for n in plain.graph.nodes()]
    assert len(checked.graph) == len(plain.graph) + 1
    assert checked.search.search(SUMS).total == plain.search.search(SUMS).total


def test_a_dataset_without_accounts_has_no_findings() -> None:
    assert Dataset.of((), "empty").findings == ()
