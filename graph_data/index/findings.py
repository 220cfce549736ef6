"""Findings over an index: ranked lists of shards merged as far as they are read, ledgers out of their accounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from heapq import merge
from itertools import islice
from threading import Lock
from typing import overload

import numpy as np

from graph_data.checks import CHECKS
from graph_data.core.arrays import Array, Texts
from graph_data.core.records import AccountKey
from graph_data.core.sequences import Each
from graph_data.core.terms import CheckOutcome, Severity
from graph_data.findings import SEVERITIES, Findings, LocatedFinding, Rank
from graph_data.graph.ids import key_of
from graph_data.index.lookups import LazyMapping, keys_of
from graph_data.index.shard import Shard
from graph_data.index.store import OpenShards

_CHECKS = {check.id: ordinal for ordinal, check in enumerate(CHECKS)}
_OUTCOMES = tuple(CheckOutcome)


@dataclass(frozen=True, slots=True, eq=False)
class IndexFindings(Findings):
    """Findings that decode an account when one of its own is read."""

    opened: OpenShards

    @classmethod
    def of(cls, opened: OpenShards) -> IndexFindings:
        """Over all shards."""
        every = MergedFindings(opened, {shard.code: _all(shard) for shard in opened.shards})
        return cls(
            ledgers=LazyMapping(lambda key: opened.part(key).ledger, partial(keys_of, opened)),
            ranked=every,
            by_id=LazyMapping(partial(_finding, opened), lambda: (each.node.id for each in every)),
            listed=LazyMapping(partial(_listed, opened), partial(_listing, opened)),
            opened=opened,
        )

    def selected(
        self, node_id: str | None = None, severity: Severity | None = None, check: str | None = None
    ) -> Sequence[LocatedFinding]:
        """The findings that a node lists (all for None), of a severity, of a check; in the order of all."""
        if node_id is None and severity is None and check is None:
            return self.ranked
        chosen = {
            shard.code: _chosen(shard, _all(shard) if node_id is None else _at(shard, node_id), severity, check)
            for shard in self.opened.shards
        }
        return MergedFindings(self.opened, chosen)

    def outcomes(self, accounts: Sequence[AccountKey] | None = None) -> Mapping[CheckOutcome, int]:
        """How many checks of some accounts (of all for None) ended in each way. KeyError for an unknown account."""
        ends = np.zeros(len(_OUTCOMES), np.int64)
        if accounts is None:
            for shard in self.opened.shards:
                ends += _ends(shard).sum(axis=0)
        else:
            for key in accounts:
                shard = self.opened.shard_of(key)
                ends += _ends(shard)[shard.ordinals[key]]
        return dict(zip(_OUTCOMES, ends.tolist(), strict=True))


class MergedFindings(Sequence[LocatedFinding]):
    """Findings of several shards by their ranks. How many there are is known; their order as far as it was read."""

    def __init__(self, opened: OpenShards, chosen: Mapping[str, Array]) -> None:
        """`chosen` gives the ordinals in each shard, ascending."""
        self._opened = opened
        self._count = sum(map(len, chosen.values()))
        self._chosen = {code: rows for code, rows in chosen.items() if len(rows)}
        self._known: list[tuple[str, int]] = []
        self._coming: Iterator[tuple[Rank, str, int]] | None = None
        self._lock = Lock()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[LocatedFinding]:
        return (self[place] for place in range(self._count))

    @overload
    def __getitem__(self, at: int) -> LocatedFinding: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[LocatedFinding]: ...
    def __getitem__(self, at: int | slice) -> LocatedFinding | Sequence[LocatedFinding]:
        if isinstance(at, slice):
            return Each(range(self._count)[at], self.__getitem__)
        place = range(self._count)[at]
        self._read_to(place)
        code, ordinal = self._known[place]
        return _finding(self._opened, self._opened.by_code[code].finding_id(ordinal))

    def _read_to(self, place: int) -> None:
        if place >= len(self._known):
            with self._lock:
                coming = self._coming or islice(self._merged(), len(self._known), None)
                self._coming = None  # where a shard is found to be damaged, the next one to ask begins anew
                missing = place + 1 - len(self._known)
                self._known += ((code, ordinal) for _, code, ordinal in islice(coming, max(0, missing)))
                self._coming = coming

    def _merged(self) -> Iterator[tuple[Rank, str, int]]:
        return merge(*(_ranks(self._opened.by_code[code], rows) for code, rows in self._chosen.items()))


def _ends(shard: Shard) -> Array:
    """How many checks ended in each way: a row an account."""
    return shard.listings["outcomes"].reshape(-1, len(_OUTCOMES))


def _ranks(shard: Shard, rows: Array) -> Iterator[tuple[Rank, str, int]]:
    columns, sizes = shard.listings, Texts(shard.listings, "finding")
    for ordinal in rows.tolist():
        size = sizes[ordinal]
        rank = (
            int(columns["finding.severity"][ordinal]),
            not size,
            -Decimal(size or 0),
            shard.entry.accounts[int(columns["finding.account"][ordinal])].key,
            int(columns["finding.page"][ordinal]),
            int(columns["finding.line"][ordinal]),
        )
        yield rank, shard.code, ordinal


def _all(shard: Shard) -> Array:
    return np.arange(shard.place.findings, dtype=np.int32)


def _at(shard: Shard, node_id: str) -> Array:
    """The findings that a node lists; of what belongs to another division there are none."""
    return np.array(shard.listed.get(node_id, ()), np.int32)


def _chosen(shard: Shard, rows: Array, severity: Severity | None, check: str | None) -> Array:
    if severity is not None:
        rows = rows[shard.listings["finding.severity"][rows] == SEVERITIES[severity]]
    if check is not None:
        rows = rows[shard.listings["finding.check"][rows] == _CHECKS.get(check, -1)]
    return rows


def _finding(opened: OpenShards, id: str) -> LocatedFinding:
    """A finding by its id. Raises KeyError where there is none."""
    account = key_of(id).rsplit("/", 2)[0]
    shard = opened.by_code[account.partition("/")[0]]
    return opened.part(shard.by_id[account].key).findings[id]


def _listed(opened: OpenShards, id: str) -> Sequence[LocatedFinding]:
    chosen = {shard.code: rows for shard in opened.shards if len(rows := _at(shard, id))}
    if not chosen:
        raise KeyError(id)
    return MergedFindings(opened, chosen)


def _listing(opened: OpenShards) -> Iterator[str]:
    return iter(dict.fromkeys(id for shard in opened.shards for id in shard.listed))
