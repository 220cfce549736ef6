"""What a search gives back: hits that know their entry and work out the rest when it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from graph_data.graph import Node, NodeKind
from graph_data.search.entries import Entry
from graph_data.search.words import highlighted, holds

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
