"""Hits: what is not read is not worked out, and an answer that was given is given again."""

from __future__ import annotations

import pytest

from graph_data.graph import Node, NodeKind
from graph_data.search import Catalog, Entry, SearchIndex
from graph_data.search import index as asking_module
from tests.graph_data.search import made

ENTRIES = [Entry(f"unit:{number}", NodeKind.UNIT, (f"档案局{number}",), ("档案",)) for number in range(600)]


def test_a_node_is_looked_up_only_where_it_is_read() -> None:
    asked: list[str] = []

    def find(id: str) -> Node:
        asked.append(id)
        return made.node(id)

    hits = SearchIndex(Catalog.of(ENTRIES, find)).search("档案").hits
    assert [(hit.id, hit.kind, hit.name) for hit in hits[:1]] == [("unit:0", NodeKind.UNIT, "档案局0")]
    assert [hit.highlight for hit in hits[:1]] == ["<em>档案</em>局0"]
    assert asked == []
    assert hits[1].node == made.node("unit:1")
    assert asked == ["unit:1"]


def test_a_node_that_the_dataset_does_not_hold_is_a_key_error() -> None:
    nodes: dict[str, Node] = {}
    (hit,) = SearchIndex(Catalog.of(ENTRIES, nodes.__getitem__)).search("档案", first=1).hits
    with pytest.raises(KeyError):
        _ = hit.node


def test_the_same_question_in_other_letters_has_the_answer_that_was_kept() -> None:
    index = SearchIndex(Catalog.of(ENTRIES, made.node))
    assert index.search("档案局１", [NodeKind.UNIT]) is index.search(" 档案局1\n", {NodeKind.UNIT})
    assert index.search("档案局1") is not index.search("档案局1", [NodeKind.UNIT])


def test_only_the_last_answers_are_kept() -> None:
    index = SearchIndex(Catalog.of(ENTRIES, made.node))
    first = index.search("档案", first=1)
    for offset in range(asking_module.KEPT):
        index.search("档案", first=1, offset=offset + 1)
    again = index.search("档案", first=1)
    assert again is not first
    assert again == first
