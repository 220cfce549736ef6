"""Whatever is asked of an index, the answer is that of the dataset in memory, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph_data.core.errors import QuestionError
from graph_data.core.terms import Measure
from graph_data.dataset import Dataset
from graph_data.exports import NAMES, Export
from graph_data.graph import NodeKind
from graph_data.rollup import node_rollup
from resolvers.paging import Cut
from schema import schema
from schema.context import Context
from serving.mcp.answers import find, list_findings, overview
from tests.graph_data.example import ARCHIVES
from tests.graph_data.index.both import Both
from tests.sampled import sampled

EXAMPLES = sorted((Path(__file__).resolve().parents[3] / "examples").glob("*.graphql"))
FILTERS = ((), (("fiscalYear", "2022"),), (("department.in", "101,102"),), (("functionalSubject.under", "201"),))
PROJECT = "project:370300/102/2022/9"
VARIABLES = {"department": {"id": ARCHIVES}, "from": PROJECT, "to": "department:980200/102", "id": PROJECT}


def exported(dataset: Dataset, what: str, format: str, pairs: tuple[tuple[str, str], ...]) -> bytes | str:
    try:
        return b"".join(Export.of(dataset, what, format, pairs).chunks())
    except QuestionError as error:
        return str(error)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_query_is_answered_alike(both: Both, path: Path) -> None:
    operation = path.read_text("utf-8")
    for variables in ({}, {name: value for name, value in VARIABLES.items() if f"${name}:" in operation}):
        results = [
            schema.execute_sync(operation, variable_values=variables, context_value=Context(dataset))
            for dataset in (both.index, both.memory)
        ]
        index, memory = (json.dumps([result.data, list(map(str, result.errors or ()))]) for result in results)
        assert index == memory


@pytest.mark.parametrize(
    ("what", "format", "pairs"),
    sampled([(what, format, pairs) for what, formats in NAMES.items() for format in formats for pairs in FILTERS], 5),
)
def test_every_export_has_the_same_bytes(
    both: Both, what: str, format: str, pairs: tuple[tuple[str, str], ...]
) -> None:
    assert exported(both.index, what, format, pairs) == exported(both.memory, what, format, pairs)


def test_every_figure_is_the_same(both: Both) -> None:
    index, memory = both.index, both.memory
    assert (tuple(index.all_figures), len(index.all_figures)) == (tuple(memory.all_figures), len(memory.all_figures))
    for figure in tuple(memory.all_figures)[::9]:
        assert index.figure(figure.id) == figure
    assert index.figure("figure:980100/101/2024/no/1/1") is index.figure("figure:nowhere") is None


def test_the_total_under_each_node_is_the_same(both: Both) -> None:
    def total(dataset: Dataset, id: str) -> object:
        try:
            found = node_rollup(dataset, id, Measure.EXPENDITURE)
        except QuestionError as error:
            return str(error)
        return found.derived, found.reported, found.coverage, tuple(found.figures)

    kinds = (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.UNIT, NodeKind.SUBJECT, NodeKind.LINE)
    for id in [node.id for kind in kinds for node in both.memory.graph.nodes(kind)[:40]]:
        assert total(both.index, id) == total(both.memory, id)


@pytest.mark.parametrize("text", ["档案", "资料扫描", "2010301", "局", "a", "行政运行", "nothing"])
def test_searches_find_the_same(both: Both, text: str) -> None:
    def found(dataset: Dataset) -> object:
        result = dataset.search.search(text, None, 40, 2)
        return [(hit.node, hit.highlight, hit.score) for hit in result.hits], result.total, result.facets

    assert found(both.index) == found(both.memory)


def test_assistants_are_told_the_same(both: Both) -> None:
    for ask in (
        overview,
        lambda dataset: find(dataset, "局", None, Cut()),
        lambda dataset: list_findings(dataset, None, None, None, Cut(20)),
        lambda dataset: list_findings(dataset, "ERROR", None, ARCHIVES, Cut(20)),
    ):
        assert ask(both.index) == ask(both.memory)
