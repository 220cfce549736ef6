"""The subject trees: one node a code of a classification, below the nearest code that opens it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph_data.classification import level_of, prefixes
from graph_data.graph import ids
from graph_data.graph.draft import Draft
from graph_data.graph.kinds import NodeKind
from graph_data.graph.nodes import Node, SubjectEntry
from graph_data.records import Account
from graph_data.terms import Classification


def add_subjects(draft: Draft, accounts: Sequence[Account]) -> None:
    """Every subject that an account names, or prints in a line; the newest account's name wins."""
    spellings: dict[tuple[Classification, str], dict[str, None]] = {}
    for account in reversed(accounts):
        for classification, code, name in _named(account):
            spellings.setdefault((classification, code), {})[name] = None
    for classification in Classification:
        codes = sorted(code for each, code in spellings if each is classification)
        for code in codes:
            names = tuple(name for name in spellings[classification, code] if name) or (code,)
            _add_subject(draft, SubjectEntry(classification, code, names))


def _named(account: Account) -> Iterator[tuple[Classification, str, str]]:
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
