"""A project's funds block is told row by row; a project without a sheet has none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from graph_data.core.amount import read_number
from graph_data.core.records import FactRecord, ProjectRecord
from graph_data.core.terms import FundingQuantity, FundSource, Role, Topic
from graph_data.dataset import Dataset
from resolvers import projects
from resolvers.nodes import entry
from tests.graph_data.example import ARCHIVES_2021, ARCHIVES_2022, SOURCE, archives_2022, example

DATASET = example()


def record(number: int) -> ProjectRecord:
    return entry(DATASET.project_node(ARCHIVES_2022, number), ProjectRecord)


def test_funds_by_source_in_the_order_of_the_form() -> None:
    total, appropriation = projects.funding(DATASET, record(1))
    assert (total.source, appropriation.source) == (FundSource.TOTAL, FundSource.FISCAL_APPROPRIATION)
    assert total.fen(FundingQuantity.INITIAL_BUDGET) == 70_000_000
    assert total.value(FundingQuantity.SCORE) == Decimal(10)
    assert appropriation.fen(FundingQuantity.SCORE) is None
    assert appropriation.value(FundingQuantity.EXECUTION_RATE) is None


def test_a_project_without_a_sheet_has_no_funds_and_no_rate() -> None:
    assert projects.funding(DATASET, record(3)) == []
    assert projects.execution_rate(DATASET, record(3)) is None
    assert projects.is_evaluated(record(3))


def test_aliases_and_words_are_those_of_the_document() -> None:
    assert [alias.name for alias in projects.aliases(DATASET, record(1))] == ["综合楼运行费"]
    assert projects.aliases(DATASET, entry(DATASET.project_node(ARCHIVES_2021, 1), ProjectRecord)) == ()


def test_scores_are_summed_beside_what_the_sheet_prints() -> None:
    scores = projects.scores(DATASET, DATASET.project_node(ARCHIVES_2022, 1))
    assert (scores.derived_max_score, scores.reported_max_score) == (Decimal(100), Decimal(100))
    assert (scores.derived_score, scores.reported_score) == (Decimal(95), Decimal(100))
    assert scores.consistent is False


def test_what_the_prose_states_of_a_project_is_found_by_its_number() -> None:
    number = read_number("100.00", "分")
    facts = [
        FactRecord(ARCHIVES_2022, topic, item, 1, Role.SCORE, "得分", None, number, SOURCE)
        for topic, item in ((Topic.PROJECT_SUMMARY, "1"), (Topic.EVALUATION_REPORT, "2"), (Topic.SHARE, "1"))
    ]
    dataset = Dataset.of((replace(archives_2022(), facts=tuple(facts)),), "one")
    assert projects.facts(dataset, record(1)) == facts[:1]
    assert projects.evaluation_score(dataset, record(1)) is None
    assert projects.evaluation_score(dataset, record(2)) == Decimal(100)
