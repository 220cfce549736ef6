"""Nodes by id, links and paths: unknown is None, malformed is refused with an example."""

from __future__ import annotations

import pytest

from graph_data.core.errors import QuestionError
from graph_data.figures import Figure
from graph_data.graph import EdgeKind, LinkDirection, Node, NodeKind
from resolvers import nodes
from resolvers.paging import Cut
from tests.graph_data.example import ARCHIVES, DIVISION, example

DATASET = example()


def test_a_node_and_a_figure_are_found_by_id() -> None:
    found = nodes.node(DATASET, ARCHIVES)
    assert isinstance(found, Node)
    assert found.kind is NodeKind.DEPARTMENT
    figure = DATASET.all_figures[0]
    assert isinstance(nodes.node(DATASET, figure.id), Figure)


def test_an_unknown_id_is_none_and_another_kind_too() -> None:
    assert nodes.node(DATASET, "department:nowhere/1") is None
    assert nodes.of_kind(DATASET, ARCHIVES, NodeKind.UNIT) is None


@pytest.mark.parametrize("id", ["", "department", "planet:earth", "department:\ud800"])
def test_what_is_no_id_is_refused_with_an_example(id: str) -> None:
    with pytest.raises(QuestionError, match="department:370300/102"):
        nodes.node(DATASET, id)


def test_a_hundred_ids_at_once_and_no_more() -> None:
    assert nodes.nodes(DATASET, ["unit:x"] * 100) == [None] * 100
    with pytest.raises(QuestionError, match="at most 100"):
        nodes.nodes(DATASET, ["unit:x"] * 101)


def test_descendants_go_as_deep_as_asked() -> None:
    division = f"division:{DIVISION}"
    one = nodes.descendants(DATASET, division, 1, False, Cut(100))
    assert [node.id for node in one.items] == [node.id for node in nodes.children(DATASET, division, Cut(100)).items]
    leaves = nodes.descendants(DATASET, division, None, True, Cut(500))
    assert all(DATASET.graph.is_leaf(node.id) for node in leaves.items)
    with pytest.raises(QuestionError, match="maxDepth"):
        nodes.descendants(DATASET, division, 0, False, Cut())


def test_children_can_be_asked_by_kind() -> None:
    found = nodes.children_of_kind(DATASET, ARCHIVES, NodeKind.UNIT, Cut())
    assert [node.code for node in found.items] == ["101001", "101002"]


def test_links_are_chosen_by_kind_and_direction() -> None:
    out = nodes.links(DATASET, ARCHIVES, (EdgeKind.HAS_UNIT,), LinkDirection.OUT, Cut()).items
    assert [edge.node.code for edge in out] == ["101001", "101002"]
    back = nodes.links(DATASET, out[0].node.id, (EdgeKind.HAS_UNIT,), LinkDirection.IN, Cut()).items
    assert [(edge.node.id, edge.forward) for edge in back] == [(ARCHIVES, False)]


def test_links_are_paged() -> None:
    whole = nodes.links(DATASET, ARCHIVES, None, LinkDirection.BOTH, Cut())
    first = nodes.links(DATASET, ARCHIVES, None, LinkDirection.BOTH, Cut(2))
    rest = nodes.links(DATASET, ARCHIVES, None, LinkDirection.BOTH, Cut(500, first.cursor(1)))
    assert first.total == whole.total == len(whole.items) > 2
    assert [*first.items, *rest.items] == list(whole.items)
    with pytest.raises(QuestionError, match="other arguments"):
        nodes.links(DATASET, ARCHIVES, None, LinkDirection.OUT, Cut(2, first.cursor(1)))


def test_a_path_leads_from_one_end_to_the_other() -> None:
    found = nodes.path(DATASET, ARCHIVES, "subject:FUNCTIONAL/2012604")
    assert found is not None
    assert found[-1].node.id == "subject:FUNCTIONAL/2012604"
    assert nodes.path(DATASET, ARCHIVES, "unit:nowhere") is None
    assert nodes.path(DATASET, ARCHIVES, DATASET.all_figures[0].id) is None


def test_an_id_that_the_dataset_gave_and_does_not_hold_is_a_fault_of_ours() -> None:
    assert nodes.maybe(DATASET, None) is None
    with pytest.raises(LookupError):
        nodes.named(DATASET, "unit:nowhere")
