"""The entries of one dataset or shard in the order in which equals are ranked, and what matches among them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph_data.graph import Node, NodeKind
from graph_data.search.entries import SEARCHED, Entry
from graph_data.search.hits import EXACT, NAME, OTHER, Hit, SearchResult
from graph_data.search.postings import (
    Places,
    Postings,
    in_all,
    is_named,
    part_key,
    part_postings,
    places_of,
    whole_key,
    whole_postings,
)
from graph_data.search.words import parts_of

Tiers: TypeAlias = NDArray[np.uint8]
Find: TypeAlias = Callable[[str], Node]

_KIND_BITS = 4
_KINDS = {kind: number for number, kind in enumerate(SEARCHED)}


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """Places of entries that hold every word, best first; the tier of each, and its order among all of its tier."""

    places: Places
    tiers: Tiers
    orders: Places

    def of_kinds(self, kinds: Collection[NodeKind] | None) -> Matches:
        """Those of some kinds; all of them for None."""
        if kinds is None:
            return self
        wanted = np.zeros(1 << _KIND_BITS, bool)
        wanted[[number for kind, number in _KINDS.items() if kind in kinds]] = True
        kept = wanted[_kind_numbers(self.orders)]
        return Matches(self.places[kept], self.tiers[kept], self.orders[kept])

    def first(self, count: int) -> Matches:
        """The best of them."""
        return Matches(self.places[:count], self.tiers[:count], self.orders[:count])

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many are of each kind, in the order of SEARCHED."""
        counts = np.zeros(len(SEARCHED), dtype=np.int64)
        np.add.at(counts, _kind_numbers(self.orders), 1)
        return counts


def _kind_numbers(orders: Places) -> NDArray[np.intp]:
    return (orders & ((1 << _KIND_BITS) - 1)).astype(np.intp)


def kind_of(order: int) -> NodeKind:
    """The kind of an entry with this order."""
    return SEARCHED[order & ((1 << _KIND_BITS) - 1)]


def order_of(entry: Entry) -> int:
    """What ranks an entry among those of its tier: the shorter name first, then the kind."""
    return len(entry.name) << _KIND_BITS | _KINDS[entry.kind]


def ranked(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries, as `entries_of` gives them, ascending by their orders."""
    return tuple(sorted(entries, key=order_of))


def orders_of(entries: Iterable[Entry]) -> Places:
    """The orders of entries."""
    return np.array([order_of(entry) for entry in entries], np.uint32)


def facets(counts: NDArray[np.int64]) -> tuple[tuple[NodeKind, int], ...]:
    """The kinds that something was found of, and how much."""
    return tuple((kind, count) for kind, count in zip(SEARCHED, counts.tolist(), strict=True) if count)


class Entries(Protocol):
    """Entries by their places."""

    def __getitem__(self, place: int, /) -> Entry: ...


@dataclass(frozen=True, slots=True, eq=False)
class Catalog:
    """Entries ascending by their `orders`, the postings of the parts of words and of whole names, and their nodes."""

    entries: Entries
    orders: Places
    parts: Postings
    wholes: Postings
    find: Find

    @classmethod
    def of(cls, entries: Iterable[Entry], find: Find) -> Catalog:
        """Of entries as `entries_of` gives them; `find` gives the node of an id."""
        held = ranked(entries)
        return cls(held, orders_of(held), part_postings(held), whole_postings(held), find)

    def matches(self, words: Sequence[str]) -> Matches:
        """Every entry whose texts together hold each part of each word."""
        parts = dict.fromkeys(part for word in words for part in parts_of(word))
        found = in_all([self.parts[part_key(part)] for part in parts])
        exact = in_all([found, self.wholes[whole_key(" ".join(words))]])
        tiers = np.where(is_named(found), NAME, OTHER).astype(np.uint8)
        tiers[found.searchsorted(exact)] = EXACT
        best_first = tiers.argsort(kind="stable")
        places = places_of(found[best_first])
        return Matches(places, tiers[best_first], self.orders[places])

    def page(self, words: tuple[str, ...], kinds: frozenset[NodeKind] | None, first: int, offset: int) -> SearchResult:
        """A page of what matches."""
        return merged([self], words, kinds, first, offset)

    def hit(self, place: int, tier: int, words: tuple[str, ...]) -> Hit:
        """The hit at a place."""
        return Hit(self.entries[place], tier, words, self.find)


def merged(
    catalogs: Sequence[Catalog], words: tuple[str, ...], kinds: frozenset[NodeKind] | None, first: int, offset: int
) -> SearchResult:
    """A page of what matches in several catalogs, ranked as one; equals in the order of the catalogs."""
    counts, total = np.zeros(len(SEARCHED), np.int64), 0
    best: list[Matches] = []
    for catalog in catalogs:
        every = catalog.matches(words)
        kept = every.of_kinds(kinds)
        counts, total = counts + every.counts, total + len(kept.places)
        best.append(kept.first(first + offset))
    hits = (catalogs[at].hit(place, tier, words) for at, place, tier in _ranked(best, first, offset))
    return SearchResult(tuple(hits), total, facets(counts))


def _ranked(best: Sequence[Matches], first: int, offset: int) -> Iterator[tuple[int, int, int]]:
    """(number of the catalog, place, tier) of each hit on a page."""
    tiers = np.concatenate([each.tiers for each in best])
    orders = np.concatenate([each.orders for each in best])
    places = np.concatenate([each.places for each in best])
    owners = np.repeat(np.arange(len(best)), [len(each.places) for each in best])
    on_page = np.lexsort((orders, tiers))[offset : offset + first]
    return zip(owners[on_page].tolist(), places[on_page].tolist(), tiers[on_page].tolist(), strict=True)
