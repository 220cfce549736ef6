"""Findings are chosen by severity, check and department; what names no check or no department is refused."""

from __future__ import annotations

import pytest

from graph_data.checks import CHECKS
from graph_data.core.errors import MemberError, QuestionError
from graph_data.core.terms import CheckOutcome, Severity
from graph_data.dataset import Dataset
from graph_data.graph import NodeKind
from resolvers import findings
from resolvers.findings import FindingQuestion
from resolvers.paging import Cut
from tests.graph_data.checked import LINE, PROJECT, SCORES, SUMS, dataset_of, finding
from tests.graph_data.example import ARCHIVES, ARCHIVES_2022, WEATHER, WEATHER_2022

ALL = FindingQuestion()


@pytest.fixture
def dataset(monkeypatch: pytest.MonkeyPatch) -> Dataset:
    archives = [
        finding(SUMS, LINE, difference="3"),
        finding(SCORES, PROJECT, Severity.WARNING),
        finding(SCORES, PROJECT, difference="2"),
    ]
    return dataset_of(monkeypatch, {ARCHIVES_2022: archives, WEATHER_2022: [finding(SUMS, "")]})


def places(
    dataset: Dataset, question: FindingQuestion, department: str | None = None, cut: Cut | None = None
) -> list[int]:
    """The places of the found in the order of all."""
    order = [each.node for each in dataset.findings]
    return [order.index(node) for node in findings.findings(dataset, question, department, cut or Cut()).items]


def test_all_findings_come_in_their_order(dataset: Dataset) -> None:
    assert places(dataset, ALL) == [0, 1, 2, 3]


def test_severity_check_and_department_all_have_to_fit(dataset: Dataset) -> None:
    assert places(dataset, FindingQuestion(severity=Severity.WARNING)) == [3]
    assert places(dataset, FindingQuestion(check=SUMS)) == [0, 2]
    assert places(dataset, ALL, WEATHER) == [2]
    assert places(dataset, FindingQuestion(Severity.ERROR, SCORES), ARCHIVES) == [1]
    assert places(dataset, FindingQuestion(Severity.INFO)) == []


@pytest.mark.parametrize("id", ["", "999", "planet:earth", "department:990100/999", "project:990100/101/2022/1"])
def test_what_is_no_department_is_refused_with_those_that_are(dataset: Dataset, id: str) -> None:
    with pytest.raises(MemberError, match="department:990100/101"):
        findings.findings(dataset, ALL, id, Cut())


def test_a_department_may_be_named_by_its_code(dataset: Dataset) -> None:
    assert places(dataset, ALL, "101") == places(dataset, ALL, "department:990100/101")


def test_an_unknown_check_is_refused_with_those_that_look_like_it(dataset: Dataset) -> None:
    with pytest.raises(QuestionError, match=rf"\({SUMS}\)"):
        findings.findings(dataset, FindingQuestion(check=SUMS[:-1]), None, Cut())
    with pytest.raises(QuestionError, match=rf"\({CHECKS[0].id}\)"):
        findings.findings_at(dataset, PROJECT, FindingQuestion(check="x" * 10_000), Cut())


def test_a_page_goes_on_where_the_last_one_ended(dataset: Dataset) -> None:
    first = findings.findings(dataset, ALL, None, Cut(3))
    assert first.total == 4
    assert places(dataset, ALL, cut=Cut(3, first.cursor(2))) == [3]
    with pytest.raises(QuestionError, match="another list"):
        findings.findings(dataset, FindingQuestion(check=SUMS), None, Cut(3, first.cursor(0)))


def test_findings_beside_a_node(dataset: Dataset) -> None:
    assert [node.kind for node in findings.findings_at(dataset, PROJECT, ALL, Cut()).items] == [NodeKind.FINDING] * 2
    assert findings.findings_at(dataset, "unit:nowhere", ALL, Cut()).total == 0


def test_the_finding_behind_a_node_and_its_check(dataset: Dataset) -> None:
    found = dataset.findings[0]
    assert findings.located(dataset, found.node) is found
    assert findings.check(found.finding.check).title
    with pytest.raises(LookupError):
        findings.located(dataset, dataset.graph[PROJECT])


def test_a_ledger_is_counted_by_outcome(dataset: Dataset) -> None:
    ledger = findings.ledger(dataset, ARCHIVES_2022)
    counts = {outcome: findings.count(ledger, outcome) for outcome in CheckOutcome}
    assert sum(counts.values()) == len(ledger)
    assert (counts[CheckOutcome.FAILED], counts[CheckOutcome.INSUFFICIENT_DATA]) == (2, 1)
