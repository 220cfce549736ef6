"""Searches over one catalog or many, in memory or in the mapped file of a shard; the last answers are cached."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
import orjson

from graph_data.core.arrays import Array, ArrayFile, SlicedArray, write_arrays
from graph_data.graph import Graph, NodeKind
from graph_data.search.catalog import (
    Catalog,
    Find,
    Postings,
    SearchResult,
    kind_of,
    merged,
    orders_of,
    part_postings,
    ranked,
    whole_postings,
)
from graph_data.search.entries import Entry, Texts, entries_of, words_of

KEPT = 64  # answers, each of a page of hits with their texts

Page: TypeAlias = Callable[[tuple[str, ...], frozenset[NodeKind] | None, int, int], SearchResult]


class Search:
    """Answers searches with pages of a source; the least recently asked of the kept answers go first."""

    def __init__(self, page: Page) -> None:
        self._page = lru_cache(KEPT)(page)

    def search(
        self, text: str, kinds: Collection[NodeKind] | None = None, first: int = 20, offset: int = 0
    ) -> SearchResult:
        """Nodes that hold every word of `text`. Raises QuestionError where there is nothing to look for."""
        wanted = None if kinds is None else frozenset(kinds)
        return self._page(words_of(text), wanted, max(0, first), max(0, offset))


class SearchIndex(Search):
    """The searches of one dataset or one shard."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__(catalog.page)
        self.catalog = catalog


class FederatedSearch(Search):
    """The searches of many shards, by the codes of their divisions, as if one index held them all.

    A subject is found once for all divisions: `subjects` holds them, and the shards hold none. Shards are taken from
    the mapping when they are searched.
    """

    def __init__(self, shards: Mapping[str, SearchIndex], subjects: SearchIndex) -> None:
        def page(words: tuple[str, ...], kinds: frozenset[NodeKind] | None, first: int, offset: int) -> SearchResult:
            catalogs = [*(shards[code].catalog for code in sorted(shards)), subjects.catalog]
            return merged(catalogs, words, kinds, first, offset)

        super().__init__(page)


def build_search(graph: Graph, lookups: Texts) -> SearchIndex:
    """The index of every node with a name worth finding."""
    return SearchIndex(Catalog.of(entries_of(graph, lookups), graph.__getitem__))


FILE = "search.arrays"


def write_search(entries: Iterable[Entry], folder: Path) -> None:
    """Write the index of entries, as `entries_of` gives them, into a folder. The same entries give the same bytes."""
    held = ranked(entries)
    texts = [orjson.dumps([entry.id, entry.names, entry.others]) for entry in held]
    arrays: dict[str, Array] = {
        "orders": orders_of(held),
        **_of_postings("parts", part_postings(held)),
        **_of_postings("wholes", whole_postings(held)),
        "stops": np.array([len(text) for text in texts], np.uint64).cumsum(),
        "texts": np.frombuffer(b"".join(texts), np.uint8),
    }
    folder.mkdir(parents=True, exist_ok=True)
    write_arrays(folder / FILE, arrays)


def open_search(arrays: ArrayFile, find: Find) -> SearchIndex:
    """The index that `write_search` wrote; `find` gives the node of an id, and is asked only where a hit's is read.

    Raises KeyError where the file holds no such index, DamagedError where it is damaged.
    """
    entries = _Written(arrays["orders"], arrays["stops"], arrays.sliced("texts"))
    return SearchIndex(
        Catalog(entries, arrays["orders"], _postings("parts", arrays), _postings("wholes", arrays), find)
    )


def _of_postings(name: str, postings: Postings) -> dict[str, Array]:
    return {f"{name}.keys": postings.keys, f"{name}.starts": postings.starts, f"{name}.values": postings.values[:]}


def _postings(name: str, arrays: ArrayFile) -> Postings:
    return Postings(arrays[f"{name}.keys"], arrays[f"{name}.starts"], arrays.sliced(f"{name}.values"))


class _Written:
    """Entries as they were written: the order of each, where its text ends, and the texts."""

    __slots__ = ("_orders", "_stops", "_texts")

    def __init__(self, orders: Array, stops: Array, texts: SlicedArray) -> None:
        self._orders, self._stops, self._texts = orders, stops, texts

    def __getitem__(self, place: int, /) -> Entry:
        start = int(self._stops[place - 1]) if place else 0
        id, names, others = orjson.loads(self._texts[start : int(self._stops[place])].tobytes())
        return Entry(id, kind_of(int(self._orders[place])), tuple(names), tuple(others))
