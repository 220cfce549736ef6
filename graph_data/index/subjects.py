"""The subjects of all divisions: each once, under the newest of its names, in one tree a classification."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph_data.core.records import AccountKey, NarrativeRecord, TermRecord
from graph_data.core.terms import Classification, NarrativeKind
from graph_data.graph import DrawnGraph, Node, NodeKind
from graph_data.graph.draft import subject_entry, subject_tree
from graph_data.graph.ids import subject_id
from graph_data.index.layout import Spelling, SubjectPart
from graph_data.index.shard import Shard
from graph_data.lookups import Lookups
from graph_data.search import Catalog, SearchIndex, entries_of

_CLASSIFICATIONS = {classification: ordinal for ordinal, classification in enumerate(Classification)}


@dataclass(frozen=True, slots=True, eq=False)
class Subjects:
    """The trees, the newest term that defines each subject with what it says, and where each shard holds them.

    `ordinals` gives for each shard the index of a subject among its parts, by the subject's id.
    """

    graph: DrawnGraph
    terms: Mapping[str, TermRecord]
    definitions: Mapping[str, tuple[NarrativeRecord, ...]]
    ordinals: Mapping[str, Mapping[str, int]]

    @classmethod
    def merged(cls, shards: Sequence[Shard]) -> Subjects:
        """Of all shards, in the order of their divisions."""
        parts: dict[tuple[Classification, str], list[SubjectPart]] = {}
        for shard in shards:
            for part in shard.subjects:
                parts.setdefault((part.classification, part.code), []).append(part)
        order = sorted(parts, key=lambda each: (_CLASSIFICATIONS[each[0]], each[1]))
        graph = subject_tree(
            subject_entry(*subject, _names(parts[subject]))
            for subject in order
            if any(part.spellings for part in parts[subject])
        )
        newest = {subject_id(*subject): _newest(found) for subject, found in parts.items()}
        known = {id: part for id, part in newest.items() if part is not None and id in graph}
        return cls(
            graph,
            {node.id: term for node in graph.nodes() if (term := _term(known.get(node.id))) is not None},
            {id: tuple(_definitions(part)) for id, part in known.items()},
            {shard.code: _ordinals(shard) for shard in shards},
        )


def _names(parts: Iterable[SubjectPart]) -> list[str]:
    """Each spelling once, by the newest account that prints it."""
    found = sorted((each for part in parts for each in part.spellings), key=lambda each: each.rank)
    found.sort(key=_age, reverse=True)
    return list(dict.fromkeys(each.name for each in found))


def _age(spelling: Spelling) -> tuple[int, object]:
    return spelling.account.fiscal_year, spelling.account


def _newest(parts: Sequence[SubjectPart]) -> SubjectPart | None:
    """The part with the newest term; the first of several of one year."""
    with_term = [part for part in parts if part.term is not None]
    return max(with_term, key=lambda part: part.term.account.fiscal_year if part.term else 0, default=None)


def _term(part: SubjectPart | None) -> TermRecord | None:
    return None if part is None else part.term


def _definitions(part: SubjectPart) -> Iterable[NarrativeRecord]:
    """What the term says, as the account tells it."""
    if part.term is not None:
        for place, text in enumerate(part.definitions, 1):
            about = str(part.term.position)
            yield NarrativeRecord(part.term.account, NarrativeKind.DEFINITION, about, place, text, part.term.source)


def _ordinals(shard: Shard) -> dict[str, int]:
    return {subject_id(part.classification, part.code): ordinal for ordinal, part in enumerate(shard.subjects)}


def shared_trees(shards: Sequence[Shard], subjects: Subjects) -> DrawnGraph:
    """The divisions themselves and the subjects of all of them."""
    nodes = [*(shard.division for shard in shards), *subjects.graph.nodes()]
    parents = {node.id: above.id for node in nodes if (above := _above(subjects.graph, node)) is not None}
    return DrawnGraph({node.id: node for node in nodes}, parents, ())


def _above(graph: DrawnGraph, node: Node) -> Node | None:
    return graph.parent(node.id) if node.kind is NodeKind.SUBJECT else None


def subject_search(subjects: Subjects) -> SearchIndex:
    """The search index of the subjects, which the shards leave out."""
    texts: dict[tuple[AccountKey, NarrativeKind], list[NarrativeRecord]] = {}
    for each in (text for found in subjects.definitions.values() for text in found):
        texts.setdefault((each.account, each.kind), []).append(each)
    told = Lookups.of_terms(subjects.terms, {key: tuple(found) for key, found in texts.items()})
    entries = entries_of(subjects.graph, told, (NodeKind.SUBJECT,))
    return SearchIndex(Catalog.of(entries, subjects.graph.__getitem__))
