"""Matches: held against entries that are looked through one by one."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.graph import NodeKind
from graph_data.search import SEARCHED, Catalog, Entry, SearchIndex
from graph_data.search.catalog import EXACT, NAME, OTHER, kind_of, order_of
from graph_data.search.entries import folded, parts_of, words_of
from tests.graph_data.search import made


def tier(entry: Entry, words: Sequence[str]) -> int | None:
    """The tier of an entry, found by looking at its texts."""
    names, others = ([folded(text) for text in texts] for texts in (entry.names, entry.others))
    if " ".join(words) in names:
        return EXACT
    parts = [part for word in words for part in parts_of(word)]
    if all(any(part in name for name in names) for part in parts):
        return NAME
    return OTHER if all(any(part in text for text in names + others) for part in parts) else None


@settings(derandomize=True, deadline=None, max_examples=300)
@given(made.entries(), made.QUESTIONS, made.KINDS, st.integers(0, 9), st.integers(0, 9))
def test_what_matches_is_what_holds_every_part_in_the_order_of_tiers_lengths_and_kinds(
    entries: list[Entry], text: str, kinds: set[NodeKind] | None, first: int, offset: int
) -> None:
    words = words_of(text)
    found = [(tier(entry, words), len(entry.name), SEARCHED.index(entry.kind), entry) for entry in entries]
    matching = sorted((each for each in found if each[0] is not None), key=lambda each: each[:3])
    wanted = [each for each in matching if kinds is None or each[3].kind in kinds]
    result = SearchIndex(Catalog.of(entries, made.node)).search(text, kinds, first, offset)
    assert [(hit.tier, hit.entry) for hit in result.hits] == [
        (each[0], each[3]) for each in wanted[offset : offset + first]
    ]
    assert result.total == len(wanted)
    counts = {kind: sum(each[3].kind is kind for each in matching) for kind in SEARCHED}
    assert dict(result.facets) == {kind: count for kind, count in counts.items() if count}


def test_the_order_of_an_entry_holds_its_kind() -> None:
    for kind in SEARCHED:
        assert kind_of(order_of(Entry("x", kind, ("名称" * 200,), ()))) is kind


def test_entries_without_any_text_are_only_not_found() -> None:
    index = SearchIndex(Catalog.of([Entry("unit:x", NodeKind.UNIT, ("",), ("",))], made.node))
    assert index.search("款").total == 0
    assert SearchIndex(Catalog.of([], made.node)).search("款").total == 0
