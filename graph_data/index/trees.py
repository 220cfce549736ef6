"""Positions over all shards: the organisations one after another, then the subjects. Mapped, without any node.

Each subject stands once, under the newest of its names, in one tree a classification.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from graph_data.core.records import AccountKey, NarrativeRecord, TermRecord
from graph_data.core.terms import Classification, NarrativeKind
from graph_data.dataset import Lookups
from graph_data.graph import DrawnGraph, Node, NodeKind
from graph_data.graph.draft import subject_entry, subject_tree
from graph_data.graph.ids import subject_id
from graph_data.graph.trees import NOWHERE, Positions, ancestors_at
from graph_data.index.layout import Spelling, SubjectPart
from graph_data.index.shard import ORGANIZATION, Shard
from graph_data.search import Catalog, SearchIndex, entries_of

if TYPE_CHECKING:
    from graph_data.index.store import OpenShards


_CLASSIFICATIONS = {classification: ordinal for ordinal, classification in enumerate(Classification)}


def merged_subjects(shards: Iterable[Sequence[SubjectPart]]) -> list[SubjectPart]:
    """The subjects of all shards, in the order of their divisions: each once, with all of its spellings.

    Kept beside the shards, so that a damaged one takes no subject away and gives none an older name.
    """
    parts: dict[tuple[Classification, str], list[SubjectPart]] = {}
    for part in (part for found in shards for part in found):
        parts.setdefault((part.classification, part.code), []).append(part)
    order = sorted(parts, key=lambda each: (_CLASSIFICATIONS[each[0]], each[1]))
    return [_merged(parts[subject]) for subject in order]


def _merged(parts: Sequence[SubjectPart]) -> SubjectPart:
    """Each spelling once, by the newest account that prints it; the newest term, the first of several of one year."""
    found = sorted((each for part in parts for each in part.spellings), key=lambda each: each.rank)
    found.sort(key=_age, reverse=True)
    spellings: dict[str, Spelling] = {}
    for each in found:
        spellings.setdefault(each.name, each)
    with_term = [part for part in parts if part.term is not None]
    newest = max(with_term, key=lambda part: part.term.account.fiscal_year if part.term else 0, default=parts[0])
    return replace(newest, spellings=tuple(spellings.values()))


def _age(spelling: Spelling) -> tuple[int, object]:
    return spelling.account.fiscal_year, spelling.account


class Subjects:
    """The trees of the merged subjects, and the newest term that defines each subject with what it says."""

    __slots__ = ("definitions", "graph", "terms")

    def __init__(self, merged: Sequence[SubjectPart]) -> None:
        self.graph = subject_tree(
            subject_entry(part.classification, part.code, _names(part)) for part in merged if part.spellings
        )
        told = {id: part for part in merged if (id := subject_id(part.classification, part.code)) in self.graph}
        self.terms: Mapping[str, TermRecord] = {id: part.term for id, part in told.items() if part.term is not None}
        self.definitions = {id: tuple(_definitions(part)) for id, part in told.items() if part.term is not None}


def _definitions(part: SubjectPart) -> Iterable[NarrativeRecord]:
    """What the term says, as the account tells it."""
    if part.term is not None:
        for place, text in enumerate(part.definitions, 1):
            about = str(part.term.position)
            yield NarrativeRecord(part.term.account, NarrativeKind.DEFINITION, about, place, text, part.term.source)


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


_KINDS = frozenset(kind.name.lower() for kind in ORGANIZATION)


class IndexTrees:
    """Where the nodes of organisation and subjects stand among all of an index."""

    def __init__(self, opened: OpenShards) -> None:
        self._opened = opened
        self._starts = np.cumsum([0, *(shard.organization for shard in opened.shards)])
        self._start_of = dict(zip(opened.by_code, self._starts.tolist(), strict=False))
        self.first_subject = int(self._starts[-1])
        self._tables: dict[int, Positions] = {}

    def interval(self, id: str) -> tuple[int, int]:
        """Raises KeyError for what is no node of organisation or subjects."""
        kind, _, rest = id.partition(":")
        if kind == "subject":
            start, stop = self._opened.subjects.graph.interval(id)
            return self.first_subject + start, self.first_subject + stop
        if kind not in _KINDS:
            raise KeyError(id)
        code = rest.partition("/")[0]
        before = self._start_of[code]
        start, stop = self._opened.structure(code).interval(id)
        return before + start, before + stop

    def at(self, position: int) -> Node:
        if position >= self.first_subject:
            return self._opened.subjects.graph.at(position - self.first_subject)
        shard, own = self._own(position)
        return self._opened.structure(shard.code).at(own)

    def parent_at(self, position: int) -> int:
        if position >= self.first_subject:
            above = self._opened.subjects.graph.parent_at(position - self.first_subject)
            return above if above == NOWHERE else self.first_subject + above
        shard, own = self._own(position)
        above = int(shard.listings["structure.parent"][own])
        return above if above == NOWHERE else position - own + above

    def stop_at(self, position: int) -> int:
        if position >= self.first_subject:
            return self.first_subject + self._opened.subjects.graph.stop_at(position - self.first_subject)
        shard, own = self._own(position)
        return position - own + int(shard.listings["structure.stop"][own])

    def ancestors_at(self, level: int) -> Positions:
        if level not in self._tables:
            tables = [_table(shard, level) + start for shard, start in self._placed()]
            subjects = self._opened.subjects.graph.ancestors_at(level) + np.int32(self.first_subject)
            table = np.concatenate((*tables, subjects)).astype(np.int32)
            table.setflags(write=False)
            self._tables[level] = table
        return self._tables[level]

    def _own(self, position: int) -> tuple[Shard, int]:
        number = int(np.searchsorted(self._starts, position, side="right")) - 1
        return self._opened.shards[number], position - int(self._starts[number])

    def _placed(self) -> list[tuple[Shard, int]]:
        return list(zip(self._opened.shards, self._starts.tolist(), strict=False))


def _table(shard: Shard, level: int) -> Positions:
    """The ancestors within the organisation of a division."""
    levels, parents = (shard.listings[f"structure.{name}"][: shard.organization] for name in ("level", "parent"))
    return ancestors_at(levels.astype(np.int32), parents, level)


class ShardTrees:
    """The organisation and the subjects of one division, as its columns place them: positions are places."""

    def __init__(self, opened: OpenShards, shard: Shard) -> None:
        self._shard, self._structure = shard, partial(opened.structure, shard.code)
        parts = [shard.subjects[ordinal] for ordinal in shard.listings["subject.part"].tolist()]
        ids = [subject_id(part.classification, part.code) for part in parts]
        self._subjects = subject_tree(subject_entry(each.classification, each.code, _names(each)) for each in parts)
        self._places = {id: shard.organization + place for place, id in enumerate(ids)}
        self._ids = tuple(ids)
        self._tables: dict[int, Positions] = {}

    def __len__(self) -> int:
        return len(self._shard.listings["structure.level"])

    def node(self, id: str) -> Node | None:
        return self._subjects.node(id) if id in self._places else self._structure().node(id)

    def coded(self, kind: NodeKind, code: str) -> tuple[Node, ...]:
        return (self._subjects if kind is NodeKind.SUBJECT else self._structure()).coded(kind, code)

    def interval(self, id: str) -> tuple[int, int]:
        place = 0 if id == self._shard.division.id else self._places.get(id)
        return self._structure().interval(id) if place is None else (place, self.stop_at(place))

    def at(self, position: int) -> Node:
        if position == 0:
            return self._shard.division
        subject = position - self._shard.organization
        known = 0 <= subject < len(self._ids)
        return self._subjects[self._ids[subject]] if known else self._structure().at(position)

    def parent_at(self, position: int) -> int:
        return int(self._shard.listings["structure.parent"][position])

    def stop_at(self, position: int) -> int:
        return int(self._shard.listings["structure.stop"][position])

    def ancestors_at(self, level: int) -> Positions:
        if level not in self._tables:
            levels, parents = (self._shard.listings[f"structure.{name}"] for name in ("level", "parent"))
            self._tables[level] = ancestors_at(levels.astype(np.int32), parents, level)
        return self._tables[level]


def _names(part: SubjectPart) -> list[str]:
    return [spelling.name for spelling in part.spellings]
