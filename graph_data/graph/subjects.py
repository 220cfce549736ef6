"""The subject trees: one node a code of a classification, below the nearest code that opens it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graph_data.classification import level_of, prefixes
from graph_data.core.records import Account
from graph_data.core.terms import Classification
from graph_data.graph import ids
from graph_data.graph.draft import Draft
from graph_data.graph.graph import DrawnGraph
from graph_data.graph.kinds import NodeKind
from graph_data.graph.nodes import Node, SubjectEntry


def add_subjects(draft: Draft, accounts: Sequence[Account]) -> None:
    """Every subject that an account names, or prints in a line; the newest account's name wins."""
    spellings: dict[tuple[Classification, str], dict[str, None]] = {}
    for account in reversed(accounts):
        for classification, code, name in named_subjects(account):
            spellings.setdefault((classification, code), {})[name] = None
    for classification in Classification:
        codes = sorted(code for each, code in spellings if each is classification)
        for code in codes:
            _add_subject(draft, subject_entry(classification, code, spellings[classification, code]))


def subject_entry(classification: Classification, code: str, names: Iterable[str]) -> SubjectEntry:
    """A subject by its names, the newest first; one that is nowhere named is called by its code."""
    return SubjectEntry(classification, code, tuple(name for name in names if name) or (code,))


def subject_tree(entries: Iterable[SubjectEntry]) -> DrawnGraph:
    """The trees of subjects alone. They come by classification, and by code within each."""
    draft = Draft()
    for entry in entries:
        _add_subject(draft, entry)
    return draft.freeze()


def named_subjects(account: Account) -> Iterator[tuple[Classification, str, str]]:
    """Classification, code and name of each subject that an account names, then of those that only its lines print."""
    for subject in account.subjects:
        yield subject.classification, subject.code, subject.name
    named = {(subject.classification, subject.code) for subject in account.subjects}
    for line in account.lines:
        if line.code and line.classification and (line.classification, line.code) not in named:
            yield line.classification, line.code, line.label


def _add_subject(draft: Draft, entry: SubjectEntry) -> None:
    id = ids.subject_id(entry.classification, entry.code)
    above = (ids.subject_id(entry.classification, prefix) for prefix in prefixes(entry.code))
    parent = next((each for each in above if each in draft.nodes), None)
    draft.add(Node(id, NodeKind.SUBJECT, entry.spellings[0], entry.code, level_of(entry.code), entry), parent)
