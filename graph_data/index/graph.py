"""The graph over an index: structures and accounts as they are needed, subjects merged, no caller notices."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph_data.core.sequences import Chain, Each
from graph_data.graph import DrawnGraph, Edge, EdgeKind, LinkDirection, Node, NodeKind
from graph_data.graph.network import Tie, shortest_way
from graph_data.graph.trees import Positions
from graph_data.index.layout import AccountEntry
from graph_data.index.lists import NodeLists, link_runs
from graph_data.index.shard import Shard
from graph_data.index.trees import IndexTrees

if TYPE_CHECKING:
    from graph_data.index.store import OpenShards


@dataclass(frozen=True, slots=True)
class _Step:
    """A place of the structure: the node itself where `count` is None, else so many indicators of the project."""

    place: int
    count: int | None = None
    depth: int | None = None


def descendants_of(
    opened: OpenShards, structure: DrawnGraph, id: str, max_depth: int | None, leaves_only: bool, kind: NodeKind | None
) -> Sequence[Node]:
    """Everything below a division, department or unit in depth-first order; accounts are decoded when they are read."""
    if kind is not None and kind is not NodeKind.INDICATOR and not leaves_only:
        return structure.descendants(id, max_depth, kind=kind)
    shard = opened.by_code[id.partition(":")[2].partition("/")[0]]
    steps = list(_steps(shard, structure, id, max_depth, leaves_only, kind))

    def part(at: int) -> Sequence[Node]:
        step = steps[at]
        node = structure.at(step.place)
        if step.count is None:
            return (node,)
        return indicator_graph(opened, node).descendants(node.id, step.depth, leaves_only)

    return Chain([1 if step.count is None else step.count for step in steps], part)


def indicator_graph(opened: OpenShards, project: Node) -> DrawnGraph:
    """The graph that holds the indicators of a project."""
    return opened.part(project.record.account).graph  # type: ignore[union-attr]


def _steps(
    shard: Shard, structure: DrawnGraph, id: str, max_depth: int | None, leaves_only: bool, kind: NodeKind | None
) -> Iterator[_Step]:
    start, stop = structure.interval(id)
    top = structure.at(start).level
    first = int(np.searchsorted(shard.listings["project.place"], start))
    for place in range(start + 1, stop):
        node = structure.at(place)
        is_project = node.kind is NodeKind.PROJECT
        ordinals = shard.indicators_of(first) if is_project else range(0)
        first += is_project
        depth = node.level - top
        if max_depth is not None and depth > max_depth:
            continue
        is_leaf = not ordinals if is_project else structure.stop_at(place) == place + 1
        if kind in (None, node.kind) and (is_leaf or not leaves_only):
            yield _Step(place)
        left = None if max_depth is None else max_depth - depth
        if kind in (None, NodeKind.INDICATOR) and (count := _count(shard, ordinals, left, leaves_only)):
            yield _Step(place, count, left)


def _count(shard: Shard, ordinals: range, depth: int | None, leaves_only: bool) -> int:
    """How many of the indicators of a project stand at most so deep."""
    if depth is None and not leaves_only:
        return len(ordinals)
    kept = np.ones(len(ordinals), dtype=np.bool_)
    stretch = slice(ordinals.start, ordinals.stop)
    if depth is not None:
        kept &= shard.listings["indicator.level"][stretch] <= depth
    if leaves_only:
        kept &= shard.listings["indicator.is_leaf"][stretch]
    return int(np.count_nonzero(kept))


_STRUCTURE = frozenset(("division", "department", "unit", "project", "final_accounts", "document"))
_SHARED = frozenset(("division", "department", "unit", "subject"))
_OWN = frozenset((EdgeKind.HAS_INDICATOR, EdgeKind.HAS_CHILD, EdgeKind.FOUND_IN))
_AFTER_ACCOUNT: Mapping[str, int] = {
    "final_accounts": 0,
    "project": 1,
    "statement": 1,
    "three_public_item": 1,
    "term": 1,
    "indicator": 2,
    "line": 2,
    "finding": 2,
}  # how many parts of an id follow the key of its account


class IndexGraph:
    """The Graph of all shards. Nodes of an account are made from its block, those of the structure are held."""

    def __init__(self, opened: OpenShards) -> None:
        self.opened = opened
        self._trees = IndexTrees(opened)
        self._lists = NodeLists(opened)

    def node(self, id: str) -> Node | None:
        """The node of this id; None where there is none."""
        home = self._home(id)
        return None if home is None else home.node(id)

    def __getitem__(self, id: str) -> Node:
        """The node of this id; KeyError where there is none."""
        home = self._home(id)
        if home is None:
            raise KeyError(id)
        return home[id]

    def __contains__(self, id: str) -> bool:
        return self.node(id) is not None

    def __len__(self) -> int:
        """How many nodes."""
        return sum(self.counts.values())

    @property
    def counts(self) -> Mapping[NodeKind, int]:
        """How many nodes of each kind."""
        return self._lists.counts

    def nodes(self, kind: NodeKind | None = None) -> Sequence[Node]:
        """Every node (of a kind), in depth-first order of the forest."""
        return self._lists.every(self) if kind is None else self._lists.of_kind(kind)

    def coded(self, kind: NodeKind, code: str) -> tuple[Node, ...]:
        """The nodes of a kind with this code, in depth-first order: a code may be used in several trees."""
        return self._lists.coded(self, kind, code)

    def parent(self, id: str) -> Node | None:
        """The parent in the node's tree; None for a root and for what stands in no tree."""
        return self._known(id).parent(id)

    def children(self, id: str) -> Sequence[Node]:
        """The children in the node's tree, in order (by code, printed order, or path)."""
        return self._parted(id).children(id)

    def ancestors(self, id: str) -> tuple[Node, ...]:
        """The way from the root of the tree down to the node's parent."""
        above = self._known(id).ancestors(id)
        if above and above[0].kind is NodeKind.PROJECT:
            return (*self.ancestors(above[0].id), *above)
        return above

    def descendants(
        self, id: str, max_depth: int | None = None, leaves_only: bool = False, kind: NodeKind | None = None
    ) -> Sequence[Node]:
        """Everything below a node in depth-first order: at most `max_depth` steps down, its leaves, or of one kind."""
        if id.partition(":")[0] in _SHARED and not id.startswith("subject:"):
            return descendants_of(self.opened, self._known(id), id, max_depth, leaves_only, kind)
        return self._parted(id).descendants(id, max_depth, leaves_only, kind)

    def interval(self, id: str) -> tuple[int, int]:
        """Where a node of organisation or subjects stands, and where its subtree ends. KeyError for any other."""
        return self._trees.interval(id)

    def at(self, position: int) -> Node:
        """The node at a position among organisation and subjects."""
        return self._trees.at(position)

    def parent_at(self, position: int) -> int:
        """The position of the parent of the node at a position; -1 for a root."""
        return self._trees.parent_at(position)

    def stop_at(self, position: int) -> int:
        """Where the subtree of the node at a position ends."""
        return self._trees.stop_at(position)

    def ancestors_at(self, level: int) -> Positions:
        """For every position the nearest of itself and its ancestors at `level` (1-4) or above it. Read-only."""
        return self._trees.ancestors_at(level)

    def is_leaf(self, id: str) -> bool:
        """Has the node no children in its tree?"""
        return self._parted(id).is_leaf(id)

    def links(
        self, id: str, kinds: Collection[EdgeKind] | None = None, direction: LinkDirection = LinkDirection.OUT
    ) -> Sequence[Edge]:
        """Every edge that touches a node: outgoing first, by kind as declared, then by the depth-first order."""
        if id.partition(":")[0] not in _SHARED:
            return tuple(Edge(kind, forward, self[other]) for kind, forward, other in self.ties(id, kinds, direction))
        self._known(id)
        found = list(link_runs(self.opened, id, kinds, direction))
        edges = [Each(run.others, _maker(self, run.kind, run.forward)) for run in found]
        return Chain.of(edges)

    def ties(
        self, id: str, kinds: Collection[EdgeKind] | None = None, direction: LinkDirection = LinkDirection.BOTH
    ) -> Iterator[Tie]:
        """The same edges without their nodes."""
        if id.partition(":")[0] in _SHARED:
            self._known(id)
            for run in link_runs(self.opened, id, kinds, direction):
                yield from ((run.kind, run.forward, other) for other in run.others)
            return
        with_own = kinds is None or not _OWN.isdisjoint(kinds)
        yield from (self._parted(id) if with_own else self._known(id)).ties(id, kinds, direction)

    def path(self, start: str, end: str) -> tuple[Edge, ...] | None:
        """A shortest way, walking edges both ways; the same way every time. () where start is end; None: no way.

        Raises KeyError for an unknown id.
        """
        if start not in self or end not in self:
            raise KeyError(start if start not in self else end)
        return shortest_way(self.ties, self.__getitem__, start, end)

    def _known(self, id: str) -> DrawnGraph:
        home = self._home(id)
        if home is None or id not in home:
            raise KeyError(id)
        return home

    def _parted(self, id: str) -> DrawnGraph:
        """The graph that knows what is below a node: of a project, its account's."""
        home = self._known(id)
        kind = id.partition(":")[0]
        if kind == "subject":
            return self.opened.subjects.graph
        if kind not in ("project", "final_accounts", "document"):
            return home
        entry = self._entry(id)
        assert entry is not None
        return self.opened.part(entry.key).graph

    def _home(self, id: str) -> DrawnGraph | None:
        """The graph that holds a node, if there is one."""
        home = self.opened.homes.known.get(id)
        if home is None and (home := self._found(id)) is not None:
            self.opened.homes.add(id, home)
        return home

    def _found(self, id: str) -> DrawnGraph | None:
        kind, _, rest = id.partition(":")
        if kind == "subject":
            return self.opened.subjects.graph
        code = rest.partition("/")[0]
        if code not in self.opened.by_code:
            return None
        if kind in _STRUCTURE:
            return self.opened.structure(code)
        entry = self._entry(id)
        return None if entry is None else self.opened.part(entry.key).graph

    def _entry(self, id: str) -> AccountEntry | None:
        """The account that a node belongs to."""
        kind, _, rest = id.partition(":")
        shard = self.opened.by_code[rest.partition("/")[0]]
        if kind == "document":
            parts = rest.split("/")
            keys = ("/".join(parts[:length]) for length in range(len(parts)))
            return next((shard.by_id[key] for key in keys if key in shard.by_id), None)
        after = _AFTER_ACCOUNT.get(kind)
        return None if after is None else shard.by_id.get(rest.rsplit("/", after)[0] if after else rest)


def _maker(graph: IndexGraph, kind: EdgeKind, forward: bool):  # type: ignore[no-untyped-def]
    return lambda other: Edge(kind, forward, graph[other])
