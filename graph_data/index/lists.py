"""Lists of nodes and of links over all shards: their lengths are known at once, their members made when they are read.

The links are those of what belongs to no one account: in the structure of a division, and of subjects in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from graph_data.core.arrays import Array
from graph_data.core.sequences import Chain, Each
from graph_data.core.terms import StatementForm
from graph_data.graph import EdgeKind, Graph, LinkDirection, Node, NodeKind
from graph_data.graph.ids import id_of, line_id, term_id
from graph_data.graph.network import Tie
from graph_data.index.layout import STRUCTURAL, UNIT_CODES
from graph_data.index.shard import Shard

if TYPE_CHECKING:
    from graph_data.index.store import OpenShards


_IN_ACCOUNTS = (NodeKind.STATEMENT, NodeKind.LINE, NodeKind.THREE_PUBLIC_ITEM, NodeKind.TERM)
_ACCOUNTS = frozenset((NodeKind.FINAL_ACCOUNTS, NodeKind.DOCUMENT, *_IN_ACCOUNTS))
_FINDINGS = frozenset((NodeKind.FINDING,))


class NodeLists:
    """What `Graph.nodes` and `Graph.coded` give over an index."""

    def __init__(self, opened: OpenShards) -> None:
        self._opened = opened

    @cached_property
    def counts(self) -> Mapping[NodeKind, int]:
        """How many nodes of each kind."""
        places = [shard.place for shard in self._opened.shards]
        counts = {kind: sum(place.counts.get(kind, 0) for place in places) for kind in NodeKind}
        return MappingProxyType(counts | {NodeKind.SUBJECT: len(self._opened.subjects.graph)})

    def every(self, graph: Graph) -> Sequence[Node]:
        """All nodes: organisations, subjects, accounts, findings."""
        sections: list[tuple[int, Callable[[], Sequence[Node]]]] = []
        for shard in self._opened.shards:
            below = shard.organization + shard.place.counts.get(NodeKind.INDICATOR, 0) - 1
            sections += [(1, partial(_one, shard.division)), (below, partial(graph.descendants, shard.division.id))]
        sections.append((len(self._opened.subjects.graph), self._opened.subjects.graph.nodes))
        for kinds in (_ACCOUNTS, _FINDINGS):
            for shard in self._opened.shards:
                count = sum(shard.place.counts.get(kind, 0) for kind in kinds)
                sections.append((count, partial(self._in_accounts, shard, kinds)))
        return Chain([count for count, _ in sections], lambda at: sections[at][1]())

    def of_kind(self, kind: NodeKind) -> Sequence[Node]:
        """Every node of a kind, in depth-first order."""
        if kind is NodeKind.SUBJECT:
            return self._opened.subjects.graph.nodes()
        shards = self._opened.shards
        if kind is NodeKind.DIVISION:
            return tuple(shard.division for shard in shards)
        find = self._structural if kind in STRUCTURAL else self._sheets if kind is NodeKind.INDICATOR else self._own
        counts = [shard.place.counts.get(kind, 0) for shard in shards]
        return Chain(counts, lambda at: find(shards[at], kind))

    def _structural(self, shard: Shard, kind: NodeKind) -> Sequence[Node]:
        return self._opened.structure(shard.code).nodes(kind)

    def _own(self, shard: Shard, kind: NodeKind) -> Sequence[Node]:
        return self._in_accounts(shard, frozenset((kind,)))

    def _in_accounts(self, shard: Shard, kinds: frozenset[NodeKind]) -> Sequence[Node]:
        """The nodes of some kinds, account by account."""
        entries = tuple(shard.by_id.values())
        counts = [
            (NodeKind.FINAL_ACCOUNTS in kinds)
            + (NodeKind.DOCUMENT in kinds) * len(entry.documents)
            + sum(entry.counts.get(kind, 0) for kind in kinds)
            for entry in entries
        ]

        def part(at: int) -> Sequence[Node]:
            return [node for node in self._opened.part(entries[at].key).graph.nodes() if node.kind in kinds]

        return Chain(counts, part)

    def _sheets(self, shard: Shard, _kind: NodeKind) -> Sequence[Node]:
        stops = shard.project_stops
        return Chain(np.diff(stops, prepend=0), lambda at: self._sheet(shard, at))

    def _sheet(self, shard: Shard, project: int) -> Sequence[Node]:
        """The indicators of a project, by its ordinal."""
        account = shard.entry.accounts[int(shard.listings["project.account"][project])]
        return self._opened.part(account.key).graph.descendants(shard.project_id(project))

    def coded(self, graph: Graph, kind: NodeKind, code: str) -> tuple[Node, ...]:
        """The nodes of a kind with this code."""
        shards = self._opened.shards
        if kind is NodeKind.SUBJECT:
            return self._opened.subjects.graph.coded(kind, code)
        if kind is NodeKind.DIVISION:
            return (self._opened.by_code[code].division,) if code in self._opened.by_code else ()
        if kind is NodeKind.DEPARTMENT:
            ids = (id_of(kind, shard.code, code) for shard in shards)
            named = [graph[id] for id, shard in zip(ids, shards, strict=True) if id in shard.departments]
            return tuple(node for node in named if node.code == code)
        if kind is NodeKind.UNIT:
            return tuple(
                self._opened.structure(shard.code).at(place)
                for shard in shards
                for place in shard.names(UNIT_CODES).get(code, ())
            )
        return tuple(node for node in self.of_kind(kind) if node.code == code)


def _one(node: Node) -> tuple[Node]:
    return (node,)


_FORMS = tuple(StatementForm)


@dataclass(frozen=True, slots=True)
class LinkRun:
    """Edges of one kind and direction, by their other ends."""

    kind: EdgeKind
    forward: bool
    others: Sequence[str]


def link_runs(
    opened: OpenShards, id: str, kinds: Collection[EdgeKind] | None, direction: LinkDirection
) -> Iterator[LinkRun]:
    """The edges of a division, department, unit or subject; outgoing first, by kind, then by depth-first order."""
    is_subject = id.startswith("subject:")
    for forward in (True, False):
        if direction in (LinkDirection.BOTH, LinkDirection.OUT if forward else LinkDirection.IN):
            for kind in EdgeKind:
                if kinds is None or kind in kinds:
                    others = (
                        _of_subject(opened, id, kind, forward)
                        if is_subject
                        else _of_organization(opened, id, kind, forward)
                    )
                    if others:
                        yield LinkRun(kind, forward, others)


def _of_organization(opened: OpenShards, id: str, kind: EdgeKind, forward: bool) -> Sequence[str]:
    code = id.partition(":")[2].partition("/")[0]
    if kind is EdgeKind.FOUND_IN and not forward:
        return _concerning(opened.by_code[code], id)
    return _other_ends(opened.structure(code).ties(id, (kind,), LinkDirection.OUT if forward else LinkDirection.IN))


def _other_ends(ties: Iterator[Tie]) -> list[str]:
    return [other for _, _, other in ties]


def _concerning(shard: Shard, id: str) -> Sequence[str]:
    return Each(shard.concerned.get(id, ()), shard.finding_id)


def _of_subject(opened: OpenShards, id: str, kind: EdgeKind, forward: bool) -> Sequence[str]:
    if kind is EdgeKind.HAS_CHILD:
        direction = LinkDirection.OUT if forward else LinkDirection.IN
        return _other_ends(opened.subjects.graph.ties(id, (kind,), direction))
    find = _SUBJECT_RUNS.get((kind, forward))
    if find is None:
        return ()
    parts = [find(shard, shard.subject_ordinals.get(id), id) for shard in opened.shards]
    return Chain.of(parts)


def _stretch(column: Array, ordinal: int | None) -> range:
    """Where a subject stands in a column that is sorted by subjects."""
    if ordinal is None:
        return range(0)
    start, stop = np.searchsorted(column, (ordinal, ordinal + 1)).tolist()
    return range(start, stop)


def _line_ids(shard: Shard, ordinal: int | None, _id: str) -> Sequence[str]:
    return Each(_rows(shard, ordinal, terms=False), partial(_line, shard))


def _term_ids(shard: Shard, ordinal: int | None, _id: str) -> Sequence[str]:
    return Each(_rows(shard, ordinal, terms=True), partial(_term, shard))


def _rows(shard: Shard, ordinal: int | None, terms: bool) -> Sequence[int]:
    rows = _stretch(shard.links["subject"], ordinal)
    is_term = shard.links["form"][rows.start : rows.stop] < 0
    return (np.flatnonzero(is_term if terms else ~is_term) + rows.start).tolist()


def _line(shard: Shard, row: int) -> str:
    account = shard.entry.accounts[int(shard.links["account"][row])]
    return line_id(account.id, _FORMS[int(shard.links["form"][row])], int(shard.links["number"][row]))


def _term(shard: Shard, row: int) -> str:
    account = shard.entry.accounts[int(shard.links["account"][row])]
    return term_id(account.id, int(shard.links["number"][row]))


def _spenders(shard: Shard, ordinal: int | None, _id: str) -> Sequence[str]:
    rows = _stretch(shard.listings["spent.subject"], ordinal)
    return Each(rows, lambda row: shard.entry.accounts[int(shard.listings["spent.account"][row])].department)


def _charged(shard: Shard, ordinal: int | None, _id: str) -> Sequence[str]:
    rows = _stretch(shard.listings["charged.subject"], ordinal)
    return Each(rows, lambda row: shard.project_id(int(shard.listings["charged.project"][row])))


def _finding_ids(shard: Shard, _ordinal: int | None, id: str) -> Sequence[str]:
    return _concerning(shard, id)


_SUBJECT_RUNS: dict[tuple[EdgeKind, bool], Callable[[Shard, int | None, str], Sequence[str]]] = {
    (EdgeKind.REPORTED_IN, True): _line_ids,
    (EdgeKind.SPENDS_UNDER, False): _spenders,
    (EdgeKind.CHARGED_TO, False): _charged,
    (EdgeKind.DEFINES, False): _term_ids,
    (EdgeKind.FOUND_IN, False): _finding_ids,
}


def accounts_printing(shard: Shard, ordinal: int) -> list[int]:
    """The ordinals of the accounts whose lines print a subject, ascending."""
    rows = _stretch(shard.links["subject"], ordinal)
    accounts = shard.links["account"][rows.start : rows.stop]
    return np.unique(accounts[shard.links["form"][rows.start : rows.stop] >= 0]).tolist()  # type: ignore[no-any-return]
