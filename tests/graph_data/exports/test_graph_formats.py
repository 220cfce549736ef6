"""The graph opens in other programs whole: every node, every edge, every total exactly."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import networkx
import pytest

from graph_data.core.terms import Measure
from graph_data.dataset import Dataset
from graph_data.exports.graph_formats import NODE_ATTRIBUTES, amount_of, total_attribute
from graph_data.graph import NodeKind
from graph_data.rollup import node_rollup
from tests.graph_data.example import archives_2022, example, weather_2022
from tests.graph_data.exports.exporting import exported


def opened(dataset: Dataset, format: str) -> Any:
    data = exported(dataset, "graph", format)
    if format == "graphml":
        return networkx.read_graphml(io.BytesIO(data))
    return networkx.node_link_graph(json.loads(data))


formats = pytest.mark.parametrize("format", ["graphml", "json"])


@formats
def test_every_node_and_every_edge_is_there(format: str) -> None:
    graph, found = example().graph, opened(example(), format)
    assert found.is_directed()
    assert set(found) == {node.id for node in graph.nodes()}
    wanted = sorted((node.id, edge.node.id, edge.kind.name) for node in graph.nodes() for edge in graph.links(node.id))
    assert sorted((start, end, kind) for start, end, kind in found.edges(data="kind")) == wanted
    assert found.graph["version"] == "example"


@formats
def test_nodes_carry_names_kinds_and_totals(format: str) -> None:
    dataset, found = example(), opened(example(), format)
    for node in dataset.graph.nodes():
        assert (found.nodes[node.id]["name"], found.nodes[node.id]["kind"]) == (node.name, node.kind.name)
    for measure in Measure:
        ends = (amount_of(measure), "Year", "Counted", "Expected", "Basis")
        names = [total_attribute(measure, what) for what in ends]
        for id in (node.id for node in dataset.graph.nodes(NodeKind.DIVISION)):
            fen, year, counted, expected, basis = (found.nodes[id].get(name) for name in names)
            total = node_rollup(dataset, id, measure, year)
            assert (fen or 0, counted or 0, expected or 0) == (
                total.value,
                total.coverage.counted if total.count else 0,
                total.coverage.expected if total.count else 0,
            )
            assert year in (None, 2022)
            assert basis in (None, total.basis.name)
    subject = "subject:FUNCTIONAL/201"
    value = node_rollup(dataset, subject, Measure.EXPENDITURE, 2022).value
    assert found.nodes[subject]["expenditureFen"] == value


@formats
def test_every_attribute_is_declared(format: str) -> None:
    for _, attributes in opened(example(), format).nodes(data=True):
        for name, value in attributes.items():
            assert isinstance(value, NODE_ATTRIBUTES[name])


@formats
def test_names_that_xml_would_stumble_over_come_through(format: str) -> None:
    account = archives_2022()
    name = "甲<乙>&\"丙\"'丁'"
    named = replace(account, projects=(replace(account.projects[0], name=name), *account.projects[1:]))
    found = opened(Dataset.of((named, weather_2022()), "odd"), format)
    assert found.nodes["project:990100/101/2022/1"]["name"] == name


def test_a_character_that_xml_cannot_write_is_replaced() -> None:
    account = archives_2022()
    named = replace(account, projects=(replace(account.projects[0], name="甲\x01乙"), *account.projects[1:]))
    found = opened(Dataset.of((named, weather_2022()), "odd"), "graphml")
    assert found.nodes["project:990100/101/2022/1"]["name"] == "甲\ufffd乙"
