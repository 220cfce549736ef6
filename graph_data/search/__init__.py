"""Full-text search over names, codes, aliases and definitions: one and two characters a part.

Ranked without statistics, so that the same question has the same answer in the same order every time: an exact name
or code first, then names, then other text; the shorter name first, then the order of the trees.
"""

from __future__ import annotations

from graph_data.search.catalog import Catalog, Hit, SearchResult
from graph_data.search.entries import MAX_LENGTH, SEARCHED, Entry, entries_of
from graph_data.search.index import FederatedSearch, Search, SearchIndex, build_search, open_search, write_search

__all__ = [
    "MAX_LENGTH",
    "SEARCHED",
    "Catalog",
    "Entry",
    "FederatedSearch",
    "Hit",
    "Search",
    "SearchIndex",
    "SearchResult",
    "build_search",
    "entries_of",
    "open_search",
    "write_search",
]
