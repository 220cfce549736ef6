"""Nodes by id, the records behind them, and the ways from one node to others: trees, links, paths."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import TypeVar, cast

from graph_data.core.errors import QuestionError
from graph_data.core.sequences import Chain, Each
from graph_data.dataset import Dataset
from graph_data.figures import Figure
from graph_data.graph import Edge, EdgeKind, LinkDirection, Node, NodeKind, is_well_formed
from resolvers.paging import Cut, Page, page

_Record = TypeVar("_Record")

MAX_IDS = 100
_SHOWN = 60


def require_id(id: str) -> None:
    """Raises QuestionError for what is no id, with an example of one."""
    if not is_well_formed(id):
        raise QuestionError(f'id: {id[:_SHOWN]!r} is not an id of this service, such as "department:370300/102"')


def node(dataset: Dataset, id: str) -> Node | Figure | None:
    """The node or figure of this id; None where there is none. QuestionError for what is no id."""
    require_id(id)
    return dataset.figure(id) if id.startswith("figure:") else dataset.node(id)


def nodes(dataset: Dataset, ids: Sequence[str]) -> list[Node | Figure | None]:
    """The nodes of these ids, in their order, None for each unknown one."""
    if len(ids) > MAX_IDS:
        raise QuestionError(f"ids: {len(ids)} ids at once; ask for at most {MAX_IDS}")
    return [node(dataset, id) for id in ids]


def of_kind(dataset: Dataset, id: str, kind: NodeKind) -> Node | None:
    """The node of this id, where it is of this kind."""
    found = node(dataset, id)
    return found if isinstance(found, Node) and found.kind is kind else None


def parent(dataset: Dataset, node: Node) -> Node | None:
    """The node above in its tree; of a division the division above."""
    return dataset.divisions.parent(node) if node.kind is NodeKind.DIVISION else dataset.graph.parent(node.id)


def ancestors(dataset: Dataset, node: Node) -> Sequence[Node]:
    """The way down to a node from the root of its tree, which for the organisation is the highest division."""
    own = dataset.graph.ancestors(node.id) if node.id in dataset.graph else ()
    return (*dataset.divisions.ancestors(own[0] if own else node), *own)


def is_leaf(dataset: Dataset, node: Node) -> bool:
    """Has it nothing below it?"""
    return not dataset.divisions.children(node) and dataset.graph.is_leaf(node.id)


def _children(dataset: Dataset, node: Node) -> Sequence[Node]:
    """The divisions below a division, then its departments; of anything else what the graph says."""
    below = dataset.divisions.children(node)
    own = dataset.graph.children(node.id) if node.id in dataset.graph else ()
    return Chain.of([below, own]) if below else own


def children(dataset: Dataset, id: str, cut: Cut) -> Page[Node]:
    """A page of the children in the node's tree."""
    return page(dataset.version, ("children", id), _children(dataset, named(dataset, id)), cut)


def children_of_kind(dataset: Dataset, id: str, kind: NodeKind, cut: Cut) -> Page[Node]:
    """A page of the children of one kind."""
    found = [child for child in _children(dataset, named(dataset, id)) if child.kind is kind]
    return page(dataset.version, ("children", id, kind.name), found, cut)


def descendants(dataset: Dataset, id: str, max_depth: int | None, leaves_only: bool, cut: Cut) -> Page[Node]:
    """A page of everything below a node, in depth-first order."""
    if max_depth is not None and max_depth < 1:
        raise QuestionError(f"maxDepth: {max_depth} is below 1; leave it out for the whole subtree")
    found = _descendants(dataset, named(dataset, id), max_depth, leaves_only)
    return page(dataset.version, ("descendants", id, max_depth, leaves_only), found, cut)


def _descendants(dataset: Dataset, node: Node, max_depth: int | None, leaves_only: bool) -> Sequence[Node]:
    """Below a division first the divisions, each with all that is below it, then its own departments."""
    parts: list[Sequence[Node]] = []
    left = None if max_depth is None else max_depth - 1
    for child in dataset.divisions.children(node):
        if not leaves_only or is_leaf(dataset, child):
            parts.append((child,))
        if left is None or left > 0:
            parts.append(_descendants(dataset, child, left, leaves_only))
    own = dataset.graph.descendants(node.id, max_depth, leaves_only) if node.id in dataset.graph else ()
    return Chain.of([*parts, own]) if parts else own


def below(dataset: Dataset, id: str, kind: NodeKind) -> Sequence[Node]:
    """Every node of a kind below another, in depth-first order."""
    return dataset.graph.descendants(id, kind=kind)


def links(
    dataset: Dataset, id: str, kinds: Sequence[EdgeKind] | None, direction: LinkDirection, cut: Cut
) -> Page[Edge]:
    """A page of the edges that touch a node."""
    order = ("links", id, None if kinds is None else tuple(kinds), direction)
    found = dataset.graph.links(id, kinds, direction) if id in dataset.graph else ()
    return page(dataset.version, order, found, cut)


def linked(dataset: Dataset, id: str, kind: EdgeKind, direction: LinkDirection) -> Sequence[Node]:
    """The other ends of a node's edges of one kind."""
    return Each(dataset.graph.links(id, (kind,), direction), attrgetter("node"))


def path(dataset: Dataset, start: str, end: str) -> Sequence[Edge] | None:
    """A shortest way between two nodes; None where there is none or either is no node of the graph."""
    ends = [node(dataset, start), node(dataset, end)]
    return dataset.graph.path(start, end) if all(isinstance(e, Node) and e.id in dataset.graph for e in ends) else None


def named(dataset: Dataset, id: str) -> Node:
    """The node of an id that the dataset itself gave. Raises LookupError where there is none."""
    found = dataset.node(id)
    if found is None:
        raise LookupError(f"the dataset names {id} and does not hold it")
    return found


def maybe(dataset: Dataset, id: str | None) -> Node | None:
    """The node of an id that the dataset itself gave, where it gave one."""
    return None if id is None else named(dataset, id)


def entry(node: Node, kind: type[_Record]) -> _Record:
    """The node's record. Raises TypeError where the node is of another kind."""
    if node.record.__class__ is not kind:
        raise TypeError(f"{node.id} holds a {type(node.record).__name__}, not a {kind.__name__}")
    return cast(_Record, node.record)


def ancestor(dataset: Dataset, node: Node, kind: NodeKind) -> Node:
    """The nearest node above of a kind. Raises LookupError where there is none."""
    for found in reversed(dataset.graph.ancestors(node.id)):
        if found.kind is kind:
            return found
    raise LookupError(f"{node.id} stands under no {kind.value}")
