"""Made-up entries: of two letters each, so that much matches and much ties."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from hypothesis import strategies as st

from graph_data.graph import DivisionEntry, Node, NodeKind
from graph_data.search import SEARCHED, Entry, Hit, SearchResult

TEXTS = st.text("款项ａA ", min_size=1, max_size=5)
QUESTIONS = st.text("款项ａA ", min_size=1, max_size=5).filter(str.strip)
KINDS = st.none() | st.sets(st.sampled_from((*SEARCHED, NodeKind.LINE)))


@st.composite
def entries(draw: st.DrawFn, place: str = "", kinds: Collection[NodeKind] = SEARCHED) -> list[Entry]:
    """A few entries, kind by kind, of ids that say where they are."""
    found = draw(st.lists(st.tuples(st.sampled_from(sorted(kinds, key=SEARCHED.index)), _SPOKEN), max_size=8))
    found.sort(key=lambda each: SEARCHED.index(each[0]))
    return [
        Entry(f"{kind.name.lower()}:{place}/{number}", kind, tuple(names), tuple(others))
        for number, (kind, (names, others)) in enumerate(found)
    ]


_SPOKEN = st.tuples(st.lists(TEXTS, min_size=1, max_size=2), st.lists(TEXTS, max_size=2))


def node(id: str) -> Node:
    """A node for any id."""
    return Node(id, NodeKind.DIVISION, id, None, 1, DivisionEntry(id, (id,)))


def told(result: SearchResult) -> object:
    """All that a result says."""
    return result.total, result.facets, [_told(hit) for hit in result.hits]


def _told(hit: Hit) -> Sequence[object]:
    return hit.id, hit.kind, hit.name, hit.highlight, hit.score, hit.node
