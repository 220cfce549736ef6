"""Asking the graph: trees, links in both directions, shortest ways."""

from __future__ import annotations

from itertools import pairwise

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.graph import DrawnGraph, EdgeKind, LinkDirection, NodeKind
from graph_data.graph.network import shortest_path
from graph_data.graph.nodes import DivisionEntry, Node
from tests.graph_data.example import ARCHIVES, WEATHER, example

GRAPH = example().graph


def test_an_unknown_id_is_no_node() -> None:
    assert GRAPH.node("department:990100/999") is None
    assert "department:990100/999" not in GRAPH


def test_nodes_of_a_kind_stand_in_the_order_of_the_forest() -> None:
    places = [GRAPH.interval(node.id)[0] for node in GRAPH.nodes(NodeKind.SUBJECT)]
    assert places == sorted(places)


def test_counts_add_up_to_the_graph() -> None:
    assert sum(GRAPH.counts.values()) == len(GRAPH)
    assert GRAPH.counts[NodeKind.INDICATOR] == 7


def test_descendants_stop_at_a_depth() -> None:
    below = GRAPH.descendants(ARCHIVES, max_depth=1)
    assert [node.id for node in below] == ["unit:990100/101/101001", "unit:990100/101/101002"]
    assert GRAPH.descendants(ARCHIVES, max_depth=0) == ()


def test_descendants_may_be_leaves_alone() -> None:
    leaves = GRAPH.descendants("subject:FUNCTIONAL/201", leaves_only=True)
    assert [node.code for node in leaves] == ["2012601", "2012604"]
    assert all(GRAPH.is_leaf(node.id) for node in leaves)


def test_links_are_read_in_both_directions() -> None:
    (unit,) = GRAPH.links("project:990100/101/2022/2", (EdgeKind.RUNS_PROJECT,), LinkDirection.IN)
    assert (unit.node.id, unit.forward, unit.label) == ("unit:990100/101/101002", False, "is run by")
    both = GRAPH.links(ARCHIVES, None, LinkDirection.BOTH)
    assert both == (*GRAPH.links(ARCHIVES), *GRAPH.links(ARCHIVES, None, LinkDirection.IN))


def test_no_kinds_are_no_links() -> None:
    assert GRAPH.links(ARCHIVES, ()) == ()


def test_the_way_between_two_departments_leads_over_their_division() -> None:
    way = GRAPH.path(ARCHIVES, WEATHER)
    assert way is not None
    assert [(edge.kind, edge.forward, edge.node.id) for edge in way] == [
        (EdgeKind.HAS_CHILD, False, "division:990100"),
        (EdgeKind.HAS_CHILD, True, WEATHER),
    ]


def test_the_way_from_a_node_to_itself_has_no_steps() -> None:
    assert GRAPH.path(ARCHIVES, ARCHIVES) == ()


def test_an_unknown_end_of_a_way_is_an_error() -> None:
    with pytest.raises(KeyError):
        GRAPH.path(ARCHIVES, "unit:none")


def test_without_a_way_there_is_none() -> None:
    nodes = {id: Node(id, NodeKind.DIVISION, id, id, 1, DivisionEntry(id, (id,))) for id in ("a", "b")}
    assert DrawnGraph(nodes, {}, []).path("a", "b") is None


def test_an_edge_without_a_node_at_its_end_is_refused() -> None:
    nodes = {"a": Node("a", NodeKind.DIVISION, "a", "a", 1, DivisionEntry("a", ("a",)))}
    with pytest.raises(ValueError, match="such as b"):
        DrawnGraph(nodes, {}, [("a", "b", EdgeKind.HAS_CHILD)])


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=25), st.integers(0, 12), st.integers(0, 12))
def test_the_way_is_as_short_as_any(edges: list[tuple[int, int]], start: int, end: int) -> None:
    network = networkx.Graph(edges)
    network.add_nodes_from(range(13))
    found = shortest_path(lambda id: [str(each) for each in sorted(network[int(id)])], str(start), str(end))
    if not networkx.has_path(network, start, end):
        assert found is None
        return
    assert found is not None
    assert len(found) == 1 + networkx.shortest_path_length(network, start, end)
    assert all(network.has_edge(int(here), int(there)) for here, there in pairwise(found))
