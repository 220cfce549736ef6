"""The entries of one dataset or shard in the order in which equals are ranked, their postings, and what matches.

A part is one character or two neighbours; its key is the code of the character, or both codes beside each other.
A posting is the place of an entry, doubled, plus one where a name holds the part. Postings are sorted arrays alone, so
that they can be mapped from a file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import blake2b
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph_data.core.arrays import SlicedArray
from graph_data.graph import Node, NodeKind
from graph_data.search.entries import SEARCHED, Entry, folded, highlighted, holds, parts_of

Keys: TypeAlias = NDArray[np.uint64]
Places: TypeAlias = NDArray[np.uint32]

_CODE_BITS = 21  # of a character
_NAMED = np.uint32(1)


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The postings of `keys[i]` are `values[starts[i] : starts[i + 1]]`, ascending, an entry once; keys ascend."""

    keys: Keys
    starts: Keys
    values: Places | SlicedArray

    @classmethod
    def of(cls, keys: Keys, values: Places) -> Postings:
        """Of pairs of a key and a posting, the entries ascending; of two of an entry the first one stays."""
        order = keys.argsort(kind="stable")
        keys, values = keys[order], values[order]
        opens = _differs(keys)
        once = opens | _differs(places_of(values))
        starts = np.flatnonzero(opens[once])
        return cls(keys[opens], np.append(starts, once.sum()).astype(np.uint64), values[once])

    def __getitem__(self, key: int) -> Places:
        """The postings of a key; none for one that no entry has."""
        at = int(self.keys.searchsorted(np.uint64(key)))
        if at == len(self.keys) or int(self.keys[at]) != key:
            return self.values[:0]
        return self.values[int(self.starts[at]) : int(self.starts[at + 1])]


def _differs(values: NDArray[np.unsignedinteger]) -> NDArray[np.bool_]:
    """Is a value another than the one before it? The first is."""
    return np.append(np.ones(min(1, len(values)), bool), values[1:] != values[:-1])


def part_key(part: str) -> int:
    """The key of one character or two."""
    return ord(part) if len(part) == 1 else (ord(part[0]) + 1) << _CODE_BITS | ord(part[1])


def whole_key(name: str) -> int:
    """The key of a whole folded name."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")


def part_postings(entries: Sequence[Entry]) -> Postings:
    """Postings of every part of every text of the entries."""
    texts, marks = _texts_of_entries(entries)
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), "<u4").astype(np.uint64)
    lengths = np.array([len(text) for text in texts], np.int64)
    owners = np.repeat(np.array(marks, np.uint32), lengths)
    has_next = np.ones(len(codes), bool)
    has_next[lengths.cumsum()[lengths > 0] - 1] = False
    pairs = np.flatnonzero(has_next)
    keys = (codes[pairs] + np.uint64(1)) << np.uint64(_CODE_BITS) | codes[pairs + 1]
    return Postings.of(np.append(codes, keys), np.append(owners, owners[pairs]))


def _texts_of_entries(entries: Iterable[Entry]) -> tuple[list[str], list[int]]:
    """Every text, folded, with the posting of its entry; an entry's names before its other texts."""
    texts: list[str] = []
    marks: list[int] = []
    for place, entry in enumerate(entries):
        texts += map(folded, entry.names + entry.others)
        marks += [2 * place + 1] * len(entry.names) + [2 * place] * len(entry.others)
    return texts, marks


def whole_postings(entries: Iterable[Entry]) -> Postings:
    """Postings of every whole name of the entries."""
    found = [(whole_key(folded(name)), 2 * at + 1) for at, entry in enumerate(entries) for name in entry.names]
    keys, values = zip(*found, strict=True) if found else ((), ())
    return Postings.of(np.array(keys, np.uint64), np.array(values, np.uint32))


def in_every(found: Sequence[Places]) -> Places:
    """The postings of the entries that are in each of some lists: of a name where each list has it of a name."""
    shortest, *others = sorted(found, key=len)
    for each in others:
        shortest = _in_both(shortest, each)
    return shortest


def _in_both(few: Places, many: Places) -> Places:
    if not len(few) or not len(many):
        return few[:0]
    at = np.minimum(many.searchsorted(few & ~_NAMED), len(many) - 1)
    other = many[at]
    return (few & other)[few ^ other <= _NAMED]


def places_of(postings: Places) -> Places:
    """The places of the entries."""
    return postings >> _NAMED


def is_named(postings: Places) -> NDArray[np.bool_]:
    """Is a posting of a name?"""
    return (postings & _NAMED).astype(bool)


EXACT, NAME, OTHER = 0, 1, 2  # the tiers, best first: what of an entry holds the words
_SCALE = 10_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A found entry, the tier it was found in, and the words. Its node is looked up only when it is read."""

    entry: Entry
    tier: int
    words: tuple[str, ...]
    find: Callable[[str], Node] = field(repr=False, compare=False)

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def kind(self) -> NodeKind:
        return self.entry.kind

    @property
    def name(self) -> str:
        return self.entry.names[0]

    @property
    def node(self) -> Node:
        """The found node. Raises KeyError where the dataset does not hold it."""
        return self.find(self.entry.id)

    @property
    def highlight(self) -> str:
        """HTML-escaped text with <em>…</em> around what matched: the first that holds every word, else the name."""
        texts = (*self.entry.names, *self.entry.others)
        return highlighted(next((text for text in texts if holds(text, self.words)), self.name), self.words)

    @property
    def score(self) -> Decimal:
        """1 for an exact name, else what part of the name matched, at most a half for a match in other text."""
        if self.tier == EXACT:
            return Decimal(1)
        matched = min(_SCALE - 1, sum(map(len, self.words)) * _SCALE // max(1, len(self.name)))
        return Decimal(_SCALE + matched if self.tier == NAME else matched) / (2 * _SCALE)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of hits, best first; `total` counts every hit, `facets` every hit by kind before the filter by kind."""

    hits: tuple[Hit, ...]
    total: int
    facets: tuple[tuple[NodeKind, int], ...]


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
        found = in_every([self.parts[part_key(part)] for part in parts])
        exact = in_every([found, self.wholes[whole_key(" ".join(words))]])
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
