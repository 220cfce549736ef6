"""Full-text search over names, codes, aliases and definitions: one and two characters a part.

Ranked without statistics, so that the same question has the same answer in the same order every time: an exact name
or code first, then names, then other text; the shorter name first, then the order of the trees.
"""

from __future__ import annotations

from graph_data.search.asking import FederatedSearch, Search, SearchIndex, build_search
from graph_data.search.catalog import Catalog
from graph_data.search.disk import open_search, write_search
from graph_data.search.entries import SEARCHED, Entry, entries_of
from graph_data.search.hits import Hit, SearchResult
from graph_data.search.words import MAX_LENGTH

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
