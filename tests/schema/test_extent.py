"""Counting fields and depth through fragments agrees with writing the fragments out, and costs nothing."""

from __future__ import annotations

import time

import pytest
from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, OperationDefinitionNode, parse
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.guard import Extent, extent_of


@pytest.mark.parametrize(
    ("text", "fields", "depth"),
    [
        ("{ a }", 1, 1),
        ("{ a { b } c }", 3, 2),
        ("{ a ... { b ... on T { c } } }", 3, 1),
        ("{ a { ...f } ...f } fragment f on T { b { c } }", 5, 3),
        ("query a { x } query b { y { z } w }", 3, 2),
        ("{ ...none }", 0, 0),
        ("{ a ...f } fragment f on T { b ...f }", 2, 1),
        ("fragment f on T { a }", 0, 0),
    ],
)
def test_fields_and_depth(text: str, fields: int, depth: int) -> None:
    assert extent_of(parse(text)) == Extent(fields, depth)


@pytest.mark.parametrize(
    "spread", ["...f{0} ...f{0}", "a: x {{ ...f{0} }} b: x {{ ...f{0} }}", "... {{ ...f{0} }} ...f{0}"]
)
def test_fragments_that_double_each_time_are_counted_in_no_time(spread: str) -> None:
    doubling = " ".join(f"fragment f{i} on T {{ {spread.format(i + 1)} }}" for i in range(600))
    document = parse("{ ...f0 } " + doubling + " fragment f600 on T { y }")
    began = time.process_time()
    assert extent_of(document).fields >= 2**600
    assert time.process_time() - began < 0.5


def test_a_chain_of_thousands_of_fragments_needs_no_recursion() -> None:
    chain = " ".join(f"fragment f{i} on T {{ x {{ ...f{i + 1} }} }}" for i in range(5_000))
    assert extent_of(parse("{ ...f0 } " + chain + " fragment f5000 on T { y }")) == Extent(5_001, 5_001)


SPREADS = st.lists(st.lists(st.integers(0, 9), max_size=3), min_size=6, max_size=6)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(SPREADS)
def test_it_is_what_writing_the_fragments_out_gives(spreads: list[list[int]]) -> None:
    bodies = [[number for number in body if number > place] for place, body in enumerate(spreads)]
    parts = (" ".join(f"x {{ ...f{n} }} ...f{n}" for n in body) + " y" for body in bodies)
    text = "{ ...f0 } " + " ".join(f"fragment f{place} on T {{ {part} }}" for place, part in enumerate(parts))
    assert extent_of(parse(text)) == written_out(text)


def written_out(text: str) -> Extent:
    document = parse(text)
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}

    def extent(node: object) -> Extent:
        inner: list[Extent] = []
        for selection in (
            getattr(node, "selection_set", None).selections if getattr(node, "selection_set", None) else ()
        ):
            if isinstance(selection, FragmentSpreadNode):
                spread = fragments.get(selection.name.value)
                inner += [extent(spread)] if spread else []
            else:
                inner.append(extent(selection))
        own = int(isinstance(node, FieldNode))
        return Extent(own + sum(each.fields for each in inner), own + max((each.depth for each in inner), default=0))

    (operation,) = (node for node in document.definitions if isinstance(node, OperationDefinitionNode))
    return extent(operation)
