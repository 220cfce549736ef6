"""Full-text search over names, codes, aliases and definitions: tantivy in memory, one and two characters a term.

Ranked without statistics, so that the same question has the same answer in the same order every time: an exact name
or code first, then names, then other text; the shorter name first, then the order of the trees.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

import tantivy

from graph_data.errors import QuestionError
from graph_data.graph import DepartmentEntry, Graph, Node, NodeKind, SubjectEntry, UnitEntry
from graph_data.lookups import Lookups
from graph_data.records import AccountKey, IndicatorRecord, NarrativeRecord, ProjectRecord, TermRecord
from graph_data.terms import NarrativeKind

SEARCHED = (
    NodeKind.DIVISION,
    NodeKind.DEPARTMENT,
    NodeKind.UNIT,
    NodeKind.PROJECT,
    NodeKind.INDICATOR,
    NodeKind.SUBJECT,
    NodeKind.FINAL_ACCOUNTS,
    NodeKind.TERM,
)  # lines, statements and documents only repeat these names
MAX_LENGTH = 200
_EXACT, _NAME, _OTHER = "exact", "name", "other"
_SCALE = 10_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A found node. `highlight` is HTML-escaped text with <em>…</em> around what matched.

    `score` is 1 for an exact name, else what part of the name matched, at most a half for a match in other text.
    """

    node: Node
    highlight: str
    score: Decimal


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of hits, best first; `total` counts every hit, `facets` every hit by kind before the filter by kind."""

    hits: tuple[Hit, ...]
    total: int
    facets: tuple[tuple[NodeKind, int], ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A node and its texts: its names (the newest, the code, other spellings), and what else is said of it."""

    node: Node
    names: tuple[str, ...]
    others: tuple[str, ...]


class SearchIndex:
    """The index of one dataset. The entries stand in the order in which equals are ranked."""

    def __init__(self, entries: Sequence[_Entry]) -> None:
        self._entries = tuple(entries)
        self._schema = _schema()
        self._searcher = _index(self._schema, self._entries)

    def search(
        self, text: str, kinds: Collection[NodeKind] | None = None, first: int = 20, offset: int = 0
    ) -> SearchResult:
        """Nodes that hold every word of `text`. Raises QuestionError where there is nothing to look for."""
        words = _words(text)
        everywhere = self._holding(words, (_NAME, _OTHER))
        facets = tuple((kind, self._count(self._of_kinds(everywhere, (kind,)))) for kind in SEARCHED)
        tiers = [self._of_kinds(tier, kinds) for tier in self._tiers(words, everywhere)]
        found = list(self._page(tiers, first, offset))
        hits = tuple(_hit(self._entries[place], tier, words) for tier, place in found)
        return SearchResult(hits, sum(map(self._count, tiers)), tuple(facet for facet in facets if facet[1]))

    def _tiers(self, words: Sequence[str], everywhere: tantivy.Query) -> list[tantivy.Query]:
        """Exact names, then names, then the rest: each without those before it."""
        exact = tantivy.Query.term_query(self._schema, _EXACT, " ".join(words), index_option="basic")
        names = self._holding(words, (_NAME,))
        return [exact, _but(names, exact), _but(_but(everywhere, names), exact)]

    def _holding(self, words: Sequence[str], fields: Sequence[str]) -> tantivy.Query:
        terms = dict.fromkeys(term for word in words for term in _terms(word))
        either = [
            tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, field, term, index_option="basic"))
                    for field in fields
                ]
            )
            for term in terms
        ]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in either])

    def _of_kinds(self, query: tantivy.Query, kinds: Collection[NodeKind] | None) -> tantivy.Query:
        if kinds is None:
            return query
        wanted = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "kind", kind.name, index_option="basic"))
            for kind in SEARCHED
            if kind in kinds
        ]
        either = tantivy.Query.boolean_query(wanted) if wanted else tantivy.Query.empty_query()
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, either)])

    def _count(self, query: tantivy.Query) -> int:
        return self._run(query, 1, 0)[0]

    def _run(self, query: tantivy.Query, limit: int, offset: int) -> tuple[int, list[int]]:
        """How many documents match, and the places of those on the page, in ascending order."""
        result: Any = self._searcher.search(
            query, limit=limit, count=True, offset=offset, order_by_field="place", order=tantivy.Order.Asc
        )
        return int(result.count), [int(place) for place, _ in result.hits]

    def _page(self, tiers: Sequence[tantivy.Query], first: int, offset: int) -> Iterator[tuple[int, int]]:
        """(tier, place of the entry) of each hit on the page."""
        for tier, query in enumerate(tiers):
            if first <= 0:
                return
            count, places = self._run(query, first, offset)
            yield from ((tier, place) for place in places)
            first -= len(places)
            offset = max(0, offset - count)


def build_search(graph: Graph, lookups: Lookups) -> SearchIndex:
    """The index of every node with a name worth finding."""
    definitions = {
        (record.account, record.about): record.text for record in _narratives(lookups, NarrativeKind.DEFINITION)
    }
    entries = [
        _Entry(node, tuple(dict.fromkeys(_names(node, lookups))), tuple(_others(node, lookups, definitions)))
        for kind in SEARCHED
        for node in graph.nodes(kind)
    ]
    return SearchIndex(sorted(entries, key=lambda entry: len(entry.node.name)))


def _narratives(lookups: Lookups, kind: NarrativeKind) -> Iterator[NarrativeRecord]:
    for (_, each), records in lookups.narratives.items():
        if each is kind:
            yield from records


def _names(node: Node, lookups: Lookups) -> Iterator[str]:
    yield node.name
    if node.code:
        yield node.code
    if isinstance(node.record, DepartmentEntry | UnitEntry | SubjectEntry):
        yield from node.record.spellings
    elif isinstance(node.record, ProjectRecord):
        key = node.record.account, node.record.project
        yield from (alias.name for alias in lookups.aliases.get(key, ()))


def _others(node: Node, lookups: Lookups, definitions: Mapping[tuple[AccountKey, str], str]) -> Iterator[str]:
    record = node.record
    term = lookups.terms.get(node.id) if isinstance(record, SubjectEntry) else record
    if isinstance(term, TermRecord):
        text = definitions.get((term.account, str(term.position)))
        yield from () if text is None else (text,)
    elif isinstance(record, IndicatorRecord):
        yield from filter(None, (record.target_text, record.actual_text))
    elif isinstance(record, ProjectRecord):
        for kind in (NarrativeKind.ANNUAL_GOAL, NarrativeKind.GOAL_OUTCOME):
            told = lookups.narratives.get((record.account, kind), ())
            yield from (each.text for each in told if each.about == str(record.project))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("place", fast=True)
    for field in ("kind", _EXACT):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in (_NAME, _OTHER):
        builder.add_text_field(field, tokenizer_name="grams", index_option="basic")
    return builder.build()


def _index(schema: tantivy.Schema, entries: Sequence[_Entry]) -> tantivy.Searcher:
    index = tantivy.Index(schema)
    index.register_tokenizer("grams", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(1, 2)).build())
    writer = index.writer(num_threads=1)
    for place, entry in enumerate(entries):
        names = [_folded(name) for name in entry.names]
        document = tantivy.Document(kind=[entry.node.kind.name], exact=names, name=names)
        document.add_unsigned("place", place)
        for text in entry.others:
            document.add_text(_OTHER, _folded(text))
        writer.add_document(document)
    writer.commit()
    index.reload()
    return index.searcher()


def _words(text: str) -> list[str]:
    if len(text) > MAX_LENGTH:
        raise QuestionError(f"a search of {len(text)} characters; ask with at most {MAX_LENGTH}, such as 办公楼")
    words = _folded(text).split()
    if not words or any("\ud800" <= character <= "\udfff" for character in text):
        raise QuestionError(f"a search for {text!r} holds no words; ask for some, such as 办公楼 or 2010301")
    return words


def _folded(text: str) -> str:
    """Full-width as half-width, capitals as small: each character for one, so that places in the text stay."""
    return "".join(map(_folded_character, text)) if not text.isascii() else text.lower()


def _folded_character(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character


def _terms(word: str) -> list[str]:
    return [word] if len(word) == 1 else [word[place : place + 2] for place in range(len(word) - 1)]


def _but(query: tantivy.Query, without: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.MustNot, without)])


def _hit(entry: _Entry, tier: int, words: Sequence[str]) -> Hit:
    texts = (*entry.names, *entry.others)
    shown = next((text for text in texts if all(word in _folded(text) for word in words)), entry.node.name)
    return Hit(entry.node, _highlight(shown, words), _score(entry.node.name, tier, words))


def _score(name: str, tier: int, words: Sequence[str]) -> Decimal:
    if tier == 0:
        return Decimal(1)
    matched = min(_SCALE - 1, sum(map(len, words)) * _SCALE // max(1, len(name)))
    return Decimal(_SCALE + matched if tier == 1 else matched) / (2 * _SCALE)


def _highlight(text: str, words: Sequence[str]) -> str:
    folded = _folded(text)
    wanted = [word for word in words if word in folded] or [term for word in words for term in _terms(word)]
    marked = [False] * len(text)
    for word in wanted:
        start = folded.find(word)
        while start >= 0:
            marked[start : start + len(word)] = [True] * len(word)
            start = folded.find(word, start + 1)
    return "".join(_emphasised(text, marked))


def _emphasised(text: str, marked: Sequence[bool]) -> Iterator[str]:
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or marked[place] != marked[start]:
            piece = escape(text[start:place])
            yield f"<em>{piece}</em>" if marked[start] else piece
            start = place
