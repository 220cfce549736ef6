"""Full-text search over names, codes, aliases and definitions: tantivy in memory, one and two characters a term."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from graph_data.graph import Node, NodeKind


@dataclass(frozen=True, slots=True)
class Hit:
    """A found node. `highlight` is HTML-escaped text with <em>…</em> around what matched."""

    node: Node
    highlight: str
    score: Decimal


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of hits, best first; `total` and `facets` count every hit (facets before the filter by kind)."""

    hits: tuple[Hit, ...]
    total: int
    facets: tuple[tuple[NodeKind, int], ...]


class SearchIndex:
    """The index of one dataset."""

    def search(
        self, text: str, kinds: Collection[NodeKind] | None = None, first: int = 20, offset: int = 0
    ) -> SearchResult:
        """Nodes that hold every word of `text`. Raises QuestionError where there is nothing to look for."""
        raise NotImplementedError
