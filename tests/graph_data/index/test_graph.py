"""The graph over an index is, node by node, the graph in memory."""

from __future__ import annotations

import random
from itertools import product

import pytest

from graph_data.graph import Graph, LinkDirection, Node, NodeKind
from tests.graph_data.index.both import Both

PARENTS = (
    NodeKind.DIVISION,
    NodeKind.DEPARTMENT,
    NodeKind.UNIT,
    NodeKind.PROJECT,
    NodeKind.INDICATOR,
    NodeKind.SUBJECT,
)


def ids(graph: Graph) -> list[str]:
    return [node.id for node in graph.nodes()]


def test_it_holds_the_same_nodes_in_the_same_order(both: Both) -> None:
    assert tuple(both.index.graph.nodes()) == both.memory.graph.nodes()
    assert (len(both.index.graph), both.index.graph.counts) == (len(both.memory.graph), both.memory.graph.counts)
    assert both.index.graph.nodes()[90:120] == both.memory.graph.nodes()[90:120]
    assert both.index.graph.nodes()[-1] == both.memory.graph.nodes()[-1]


@pytest.mark.parametrize("kind", NodeKind, ids=lambda kind: kind.name)
def test_it_lists_each_kind_alike(both: Both, kind: NodeKind) -> None:
    found, expected = both.index.graph.nodes(kind), both.memory.graph.nodes(kind)
    assert (tuple(found), len(found), tuple(found[3:5])) == (expected, len(expected), tuple(expected[3:5]))


def test_each_node_stands_where_it_does_in_memory(both: Both) -> None:
    memory, index = both.memory.graph, both.index.graph
    for id in ids(memory):
        assert (index[id], id in index) == (memory[id], True)
        assert (index.parent(id), index.ancestors(id)) == (memory.parent(id), memory.ancestors(id))
        assert (tuple(index.children(id)), index.is_leaf(id)) == (memory.children(id), memory.is_leaf(id))


@pytest.mark.parametrize("direction", LinkDirection)
def test_each_edge_is_there_in_the_same_order(both: Both, direction: LinkDirection) -> None:
    memory, index = both.memory.graph, both.index.graph
    for id in ids(memory):
        expected = memory.links(id, direction=direction)
        assert tuple(index.links(id, direction=direction)) == expected
        assert [(kind, forward, memory[end]) for kind, forward, end in index.ties(id, direction=direction)] == [
            (edge.kind, edge.forward, edge.node) for edge in expected
        ]


def test_each_kind_of_edge_may_be_asked_for_by_itself(both: Both) -> None:
    memory, index = both.memory.graph, both.index.graph
    for id in ids(memory)[::17]:
        for kind in {edge.kind for edge in memory.links(id, direction=LinkDirection.BOTH)}:
            found = index.links(id, (kind,), LinkDirection.BOTH)
            assert tuple(found) == memory.links(id, (kind,), LinkDirection.BOTH)


@pytest.mark.parametrize(("depth", "leaves"), list(product((None, 1, 2, 3, 4, 5, 6), (False, True))))
def test_everything_below_a_node_is_the_same(both: Both, depth: int | None, leaves: bool) -> None:
    memory, index = both.memory.graph, both.index.graph
    for node in memory.nodes():
        if node.kind in PARENTS:
            expected = memory.descendants(node.id, depth, leaves)
            found = index.descendants(node.id, depth, leaves)
            assert (tuple(found), len(found)) == (expected, len(expected))


@pytest.mark.parametrize("kind", PARENTS, ids=lambda kind: kind.name)
def test_everything_of_a_kind_below_a_node_is_the_same(both: Both, kind: NodeKind) -> None:
    memory, index = both.memory.graph, both.index.graph
    for node in memory.nodes():
        if node.kind in PARENTS:
            assert tuple(index.descendants(node.id, kind=kind)) == memory.descendants(node.id, kind=kind)


def test_ways_through_the_graph_are_the_same(both: Both) -> None:
    memory, index = both.memory.graph, both.index.graph
    draw, known = random.Random(5), ids(memory)
    for _ in range(60):
        start, end = draw.choice(known), draw.choice(known)
        assert index.path(start, end) == memory.path(start, end)


def test_codes_name_the_same_nodes(both: Both) -> None:
    memory, index = both.memory.graph, both.index.graph
    coded = {(node.kind, node.code) for node in memory.nodes() if node.code}
    for kind, code in coded:
        assert index.coded(kind, code) == memory.coded(kind, code)
    assert index.coded(NodeKind.UNIT, "nothing") == index.coded(NodeKind.DEPARTMENT, "nothing") == ()


def test_positions_tell_the_trees_of_organisation_and_subjects(both: Both) -> None:
    index = both.index.graph
    placed = [node for node in index.nodes() if node.kind in (*PARENTS[:4], NodeKind.SUBJECT)]
    assert [index.at(place) for place in range(len(placed))] == placed
    for place, node in enumerate(placed):
        start, stop = index.interval(node.id)
        assert (start, index.stop_at(place)) == (place, stop)
        below = {each.id for each in index.descendants(node.id) if each.kind is not NodeKind.INDICATOR}
        assert {each.id for each in placed[start + 1 : stop]} == below
        above = index.parent(node.id)
        assert index.parent_at(place) == (-1 if above is None else index.interval(above.id)[0])
        for level in range(1, 5):
            assert placed[index.ancestors_at(level)[place]] == at_level(node, index, level)


def at_level(node: Node, graph: Graph, level: int) -> Node:
    way = [node, *reversed(graph.ancestors(node.id))]
    return next((each for each in way if each.level <= level), way[-1])


@pytest.mark.parametrize(
    "id",
    ["", "project", "project:", "project:980100/101/2024/99", "unit:nowhere", "line:980100/101/2024", "figure:1/2/3",
     "indicator:980100/101/2024/1/9.9.9", "subject:FUNCTIONAL/0", "document:980100/101/2024/no", "term:980100/1/2/x"],
)  # fmt: skip
def test_an_unknown_id_is_no_node(both: Both, id: str) -> None:
    index = both.index.graph
    assert (index.node(id), id in index) == (None, False)
    for ask in (index.__getitem__, index.parent, index.children, index.links, index.descendants, index.interval):
        with pytest.raises(KeyError):
            ask(id)
