"""The edges of what belongs to no one account: in the structure of a division, and of subjects in all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from graph_data.core.arrays import Array
from graph_data.core.sequences import Chain, Each
from graph_data.core.terms import StatementForm
from graph_data.graph import EdgeKind, LinkDirection
from graph_data.graph.ids import line_id, term_id
from graph_data.graph.network import Tie
from graph_data.index.shard import Shard

if TYPE_CHECKING:
    from graph_data.index.opened import Opened

_FORMS = tuple(StatementForm)


@dataclass(frozen=True, slots=True)
class Run:
    """Edges of one kind and direction, by their other ends."""

    kind: EdgeKind
    forward: bool
    others: Sequence[str]


def runs(opened: Opened, id: str, kinds: Collection[EdgeKind] | None, direction: LinkDirection) -> Iterator[Run]:
    """The edges of a division, department, unit or subject; outgoing first, by kind, then by depth-first order."""
    is_subject = id.startswith("subject:")
    for forward in (True, False):
        if direction in (LinkDirection.BOTH, LinkDirection.OUT if forward else LinkDirection.IN):
            for kind in EdgeKind:
                if kinds is None or kind in kinds:
                    others = _of_subject(opened, id, kind, forward) if is_subject else _own(opened, id, kind, forward)
                    if others:
                        yield Run(kind, forward, others)


def _own(opened: Opened, id: str, kind: EdgeKind, forward: bool) -> Sequence[str]:
    code = id.partition(":")[2].partition("/")[0]
    if kind is EdgeKind.FOUND_IN and not forward:
        return _concerning(opened.by_code[code], id)
    return _others(opened.structure(code).ties(id, (kind,), LinkDirection.OUT if forward else LinkDirection.IN))


def _others(ties: Iterator[Tie]) -> list[str]:
    return [other for _, _, other in ties]


def _concerning(shard: Shard, id: str) -> Sequence[str]:
    return Each(shard.concerned.get(id, ()), shard.finding_id)


def _of_subject(opened: Opened, id: str, kind: EdgeKind, forward: bool) -> Sequence[str]:
    if kind is EdgeKind.HAS_CHILD:
        direction = LinkDirection.OUT if forward else LinkDirection.IN
        return _others(opened.subjects.graph.ties(id, (kind,), direction))
    find = _SUBJECT_RUNS.get((kind, forward))
    if find is None:
        return ()
    parts = [find(shard, opened.subjects.ordinals[shard.code].get(id), id) for shard in opened.shards]
    return Chain.of(parts)


def _stretch(column: Array, ordinal: int | None) -> range:
    """Where a subject stands in a column that is sorted by subjects."""
    if ordinal is None:
        return range(0)
    start, stop = np.searchsorted(column, (ordinal, ordinal + 1)).tolist()
    return range(start, stop)


def _lines(shard: Shard, ordinal: int | None, _id: str) -> Sequence[str]:
    return Each(_rows(shard, ordinal, terms=False), partial(_line, shard))


def _terms(shard: Shard, ordinal: int | None, _id: str) -> Sequence[str]:
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


def _found(shard: Shard, _ordinal: int | None, id: str) -> Sequence[str]:
    return _concerning(shard, id)


_SUBJECT_RUNS: dict[tuple[EdgeKind, bool], Callable[[Shard, int | None, str], Sequence[str]]] = {
    (EdgeKind.REPORTED_IN, True): _lines,
    (EdgeKind.SPENDS_UNDER, False): _spenders,
    (EdgeKind.CHARGED_TO, False): _charged,
    (EdgeKind.DEFINES, False): _terms,
    (EdgeKind.FOUND_IN, False): _found,
}


def accounts_printing(shard: Shard, ordinal: int) -> list[int]:
    """The ordinals of the accounts whose lines print a subject, ascending."""
    rows = _stretch(shard.links["subject"], ordinal)
    accounts = shard.links["account"][rows.start : rows.stop]
    return np.unique(accounts[shard.links["form"][rows.start : rows.stop] >= 0]).tolist()  # type: ignore[no-any-return]
