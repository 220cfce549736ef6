"""How large a document is once its fragments are written out, found without writing them out.

Linear in the document and without recursion: two spreads of each of sixty fragments in the next are a billion billion
fields, and they are counted as fast as sixty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionSetNode,
)


@dataclass(frozen=True, slots=True)
class Extent:
    """The fields of a selection with all its fragments, and how many of them stand inside each other at most."""

    fields: int
    depth: int


@dataclass(frozen=True, slots=True)
class _Own:
    """A definition without what it spreads: its extent, and each spread fragment with the depth that it begins at."""

    extent: Extent
    spreads: tuple[tuple[str, int], ...]


def extent_of(document: DocumentNode) -> Extent:
    """The extent of the largest and that of the deepest operation. A fragment inside itself adds nothing."""
    fragments = {
        node.name.value: _own(node.selection_set)
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    known = _fragment_extents(fragments)
    operations = [
        _whole(_own(node.selection_set), known)
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode)
    ]
    return Extent(
        max((each.fields for each in operations), default=0), max((each.depth for each in operations), default=0)
    )


def _own(selections: SelectionSetNode) -> _Own:
    fields = deepest = 0
    spreads: list[tuple[str, int]] = []
    waiting = [(selections, 0)]
    while waiting:
        inside, depth = waiting.pop()
        for selection in inside.selections:
            if isinstance(selection, FragmentSpreadNode):
                spreads.append((selection.name.value, depth))
                continue
            below = depth
            if isinstance(selection, FieldNode):
                below = depth + 1
                fields, deepest = fields + 1, max(deepest, below)
            nested: SelectionSetNode | None = getattr(selection, "selection_set", None)
            if nested is not None:
                waiting.append((nested, below))
    return _Own(Extent(fields, deepest), tuple(spreads))


def _fragment_extents(fragments: Mapping[str, _Own]) -> dict[str, Extent]:
    """Each fragment after those that it spreads; what closes a circle is left out, as validation refuses it."""
    known: dict[str, Extent] = {}
    opened: set[str] = set()
    waiting = list(fragments)
    while waiting:
        name = waiting[-1]
        if name not in opened:
            opened.add(name)
            waiting += [spread for spread, _ in fragments[name].spreads if spread in fragments and spread not in opened]
            continue
        waiting.pop()
        if name not in known:
            known[name] = _whole(fragments[name], known)
    return known


def _whole(own: _Own, known: Mapping[str, Extent]) -> Extent:
    fields, depth = own.extent.fields, own.extent.depth
    for name, begins in own.spreads:
        spread = known.get(name)
        if spread is not None:
            fields, depth = fields + spread.fields, max(depth, begins + spread.depth)
    return Extent(fields, depth)
