"""What can be found and how it is compared: the entry of each node, and words in their folded form."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol

from graph_data.core.errors import QuestionError
from graph_data.core.records import (
    AccountKey,
    IndicatorRecord,
    NarrativeRecord,
    ProjectAliasRecord,
    ProjectRecord,
    TermRecord,
)
from graph_data.core.terms import NarrativeKind
from graph_data.graph import DepartmentEntry, Graph, Node, NodeKind, SubjectEntry, UnitEntry

MAX_LENGTH = 200
_BASIC_PLANE = 0x10000


class _Folding(dict[int, str]):
    """Characters by code, as `folded` gives them; learnt as they come, at most one plane of them."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = unicodedata.normalize("NFKC", character).lower()
        one = folded if len(folded) == 1 else character
        if code < _BASIC_PLANE:
            self[code] = one
        return one


_FOLDING = _Folding()


def folded(text: str) -> str:
    """Full-width as half-width, capitals as small: each character for one, so that places in the text stay."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a question, folded. Raises QuestionError where there is nothing to look for."""
    if len(text) > MAX_LENGTH:
        raise QuestionError(f"a search of {len(text)} characters; ask with at most {MAX_LENGTH}, such as 办公楼")
    words = folded(text).split()
    if not words or any("\ud800" <= character <= "\udfff" for character in text):
        raise QuestionError(f"a search for {text!r} holds no words; ask for some, such as 办公楼 or 2010301")
    return tuple(words)


def parts_of(word: str) -> tuple[str, ...]:
    """What a text must hold to hold a word: its pairs of neighbours, or its only character."""
    return (word,) if len(word) == 1 else tuple(word[place : place + 2] for place in range(len(word) - 1))


def holds(text: str, words: Sequence[str]) -> bool:
    """Does a text hold every word whole?"""
    within = folded(text)
    return all(word in within for word in words)


def highlighted(text: str, words: Sequence[str]) -> str:
    """HTML-escaped text with <em>…</em> around the words that it holds; around their parts where it holds none."""
    within = folded(text)
    wanted = [word for word in words if word in within] or [part for word in words for part in parts_of(word)]
    marked = [False] * len(text)
    for word in wanted:
        start = within.find(word)
        while start >= 0:
            marked[start : start + len(word)] = [True] * len(word)
            start = within.find(word, start + 1)
    return "".join(_emphasised(text, marked))


def _emphasised(text: str, marked: Sequence[bool]) -> Iterator[str]:
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or marked[place] != marked[start]:
            piece = escape(text[start:place])
            yield f"<em>{piece}</em>" if marked[start] else piece
            start = place


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


@dataclass(frozen=True, slots=True)
class Entry:
    """A node by its id, and its texts: its names (the newest, the code, other spellings), and what else is said."""

    id: str
    kind: NodeKind
    names: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def name(self) -> str:
        """The node's name, the newest."""
        return self.names[0]


class Texts(Protocol):
    """What is said of nodes beside their names: `Lookups` has it."""

    @property
    def aliases(self) -> Mapping[tuple[AccountKey, int], tuple[ProjectAliasRecord, ...]]:
        """The other spellings of a project's name."""

    @property
    def terms(self) -> Mapping[str, TermRecord]:
        """The newest term that defines a subject, by the subject's id."""

    @property
    def narratives(self) -> Mapping[tuple[AccountKey, NarrativeKind], tuple[NarrativeRecord, ...]]:
        """The passages of words of an account, by their kind."""


def entries_of(graph: Graph, lookups: Texts, kinds: Collection[NodeKind] = SEARCHED) -> list[Entry]:
    """The entries of every node of some kinds, kind by kind, each kind in the order of its trees."""
    return [
        Entry(node.id, kind, tuple(dict.fromkeys(_names(node, lookups))), tuple(_others(node, lookups)))
        for kind in SEARCHED
        if kind in kinds
        for node in graph.nodes(kind)
    ]


def _names(node: Node, lookups: Texts) -> Iterator[str]:
    yield node.name
    if node.code:
        yield node.code
    if isinstance(node.record, DepartmentEntry | UnitEntry | SubjectEntry):
        yield from node.record.spellings
    elif isinstance(node.record, ProjectRecord):
        key = node.record.account, node.record.project
        yield from (alias.name for alias in lookups.aliases.get(key, ()))


def _others(node: Node, lookups: Texts) -> Iterator[str]:
    record = node.record
    term = lookups.terms.get(node.id) if isinstance(record, SubjectEntry) else record
    if isinstance(term, TermRecord):
        told = lookups.narratives.get((term.account, NarrativeKind.DEFINITION), ())
        yield from [each.text for each in told if each.about == str(term.position)][-1:]
    elif isinstance(record, IndicatorRecord):
        yield from filter(None, (record.target_text, record.actual_text))
    elif isinstance(record, ProjectRecord):
        for kind in (NarrativeKind.ANNUAL_GOAL, NarrativeKind.GOAL_OUTCOME):
            told = lookups.narratives.get((record.account, kind), ())
            yield from (each.text for each in told if each.about == str(record.project))
