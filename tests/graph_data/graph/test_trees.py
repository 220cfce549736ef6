"""The forest in depth-first order: subtrees are slices, whatever the trees."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.graph.trees import NOWHERE, Forest, ancestors_at


@st.composite
def forests(draw: st.DrawFn) -> tuple[list[str], dict[str, str]]:
    """Nodes n0 … nk, each a root or below one of those before it, handed over in any order."""
    size = draw(st.integers(1, 30))
    above = {f"n{node}": draw(st.integers(-1, node - 1)) for node in range(size)}
    ids = draw(st.permutations(list(above)))
    return list(ids), {id: f"n{parent}" for id, parent in above.items() if parent >= 0}


def below(id: str, parents: dict[str, str]) -> set[str]:
    children = [child for child, parent in parents.items() if parent == id]
    return {id}.union(*(below(child, parents) for child in children))


@settings(derandomize=True, deadline=None)
@given(forests())
def test_every_subtree_is_the_slice_of_its_interval(drawn: tuple[list[str], dict[str, str]]) -> None:
    ids, parents = drawn
    forest = Forest.grow(ids, parents)
    for id in ids:
        start = forest.positions[id]
        assert set(forest.order[start : forest.stops[start]]) == below(id, parents)


@settings(derandomize=True, deadline=None)
@given(forests())
def test_children_keep_the_order_in_which_they_were_given(drawn: tuple[list[str], dict[str, str]]) -> None:
    ids, parents = drawn
    forest = Forest.grow(ids, parents)
    for id in ids:
        children = [forest.order[place] for place in forest.children(forest.positions[id])]
        assert children == [child for child in ids if parents.get(child) == id]


@settings(derandomize=True, deadline=None)
@given(forests(), st.integers(1, 4))
def test_the_ancestor_at_a_level_is_the_nearest_one_that_is_not_below_it(
    drawn: tuple[list[str], dict[str, str]], level: int
) -> None:
    ids, parents = drawn
    forest = Forest.grow(ids, parents)
    depths = [1 + len(list(forest.ancestors(place))) for place in range(len(ids))]
    found = ancestors_at(np.array(depths, dtype=np.int32), np.array(forest.parents, dtype=np.int32), level)
    for place in range(len(ids)):
        way = [place, *forest.ancestors(place)]
        assert found[place] == next(each for each in way if depths[each] <= level)


def test_a_root_has_no_parent() -> None:
    assert Forest.grow(["a"], {}).parents == (NOWHERE,)


def test_parents_in_a_circle_are_refused() -> None:
    with pytest.raises(ValueError, match="2 of 3 nodes are their own ancestors"):
        Forest.grow(["a", "b", "c"], {"b": "c", "c": "b"})
