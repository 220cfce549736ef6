"""A question asked: its words checked, its page cut, and the last answers kept: what is searched never changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import TypeAlias

from graph_data.graph import Graph, NodeKind
from graph_data.lookups import Lookups
from graph_data.search.catalog import Catalog, merged
from graph_data.search.entries import entries_of
from graph_data.search.hits import SearchResult
from graph_data.search.words import words_of

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


def build_search(graph: Graph, lookups: Lookups) -> SearchIndex:
    """The index of every node with a name worth finding."""
    return SearchIndex(Catalog.of(entries_of(graph, lookups), graph.__getitem__))
