"""What a shard holds of its subjects and names: parts that several shards are merged from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from graph_data.core.records import Account, LineRecord, TermRecord
from graph_data.core.terms import Classification, NarrativeKind, StatementForm
from graph_data.graph import EdgeKind, Graph, Identities, LinkDirection, Node, NodeKind
from graph_data.graph.draft import named_subjects
from graph_data.graph.ids import subject_id
from graph_data.index.directory import directory_arrays
from graph_data.index.layout import (
    DEPARTMENT_NAMES,
    LINKS,
    PROJECT_NAMES,
    UNIT_CODES,
    UNIT_NAMES,
    Spelling,
    SubjectPart,
)
from graph_data.lookups import Lookups
from graph_data.search.arrays import Array

Subject = tuple[Classification, str]
_FORMS = {form: ordinal for ordinal, form in enumerate(StatementForm)}
_CLASSIFICATIONS = {classification: ordinal for ordinal, classification in enumerate(Classification)}
_TERM = -1


def subject_parts(accounts: Sequence[Account], terms: Mapping[Subject, Sequence[TermRecord]]) -> list[SubjectPart]:
    """Every subject that the accounts name, or that a term names; by classification and code."""
    spellings: dict[Subject, dict[str, Spelling]] = {subject: {} for subject in terms}
    for account in sorted(accounts, key=lambda each: (each.key.fiscal_year, each.key), reverse=True):
        for rank, (classification, code, name) in enumerate(named_subjects(account)):
            known = spellings.setdefault((classification, code), {})
            known.setdefault(name, Spelling(name, account.key, rank))
    texts = {account.key: account.narratives for account in accounts}
    parts = []
    for subject in sorted(spellings, key=lambda each: (_CLASSIFICATIONS[each[0]], each[1])):
        term = max(terms.get(subject, ()), key=lambda each: each.account.fiscal_year, default=None)
        definitions = (
            ()
            if term is None
            else tuple(
                each.text
                for each in sorted(texts[term.account], key=lambda each: each.position)
                if each.kind is NarrativeKind.DEFINITION and each.about == str(term.position)
            )
        )
        parts.append(SubjectPart(*subject, tuple(spellings[subject].values()), term, definitions))
    return parts


def naming_terms(accounts: Iterable[Account], identities: Identities) -> dict[Subject, list[TermRecord]]:
    """The terms that name a subject, whether or not an account prints it; in the order of the whole graph."""
    terms: dict[Subject, list[TermRecord]] = {}
    for account in sorted(accounts, key=lambda each: identities.accounts[each.key]):
        for term in account.terms:
            if term.classification and term.code:
                terms.setdefault((term.classification, term.code), []).append(term)
    return terms


def link_arrays(
    parts: Sequence[SubjectPart],
    terms: Mapping[Subject, Sequence[TermRecord]],
    graph: Graph,
    accounts: Sequence[Account],
) -> dict[str, Array]:
    """The arrays of `LINKS`."""
    ordinals = {account.key: ordinal for ordinal, account in enumerate(accounts)}
    rows: list[tuple[int, int, int, int]] = []
    for number, part in enumerate(parts):
        lines = _lines(graph, subject_id(part.classification, part.code))
        rows += [(number, ordinals[line.account], _FORMS[line.form], line.line) for line in lines]
        named = terms.get((part.classification, part.code), ())
        rows += [(number, ordinals[term.account], _TERM, term.position) for term in named]
    columns = np.array(rows, dtype=np.int32).reshape(-1, len(LINKS)).T
    return dict(zip(LINKS, np.ascontiguousarray(columns), strict=True))


def _lines(graph: Graph, subject: str) -> Iterator[LineRecord]:
    edges = graph.links(subject, (EdgeKind.REPORTED_IN,), LinkDirection.OUT) if subject in graph else ()
    return (edge.node.record for edge in edges if isinstance(edge.node.record, LineRecord))


def name_arrays(lookups: Lookups, graph: Graph, structure: Graph) -> dict[str, Array]:
    """The arrays of `DIRECTORIES`; places are positions of `structure`."""
    codes = dict.fromkeys(node.code for node in graph.nodes(NodeKind.UNIT) if node.code)
    named: dict[str, Mapping[str, Sequence[Node]]] = {
        DEPARTMENT_NAMES: lookups.department_names,
        UNIT_NAMES: lookups.unit_names,
        UNIT_CODES: {code: graph.coded(NodeKind.UNIT, code) for code in codes},
        PROJECT_NAMES: lookups.project_names,
    }
    arrays: dict[str, Array] = {}
    for name, nodes in named.items():
        places = {text: [structure.interval(node.id)[0] for node in found] for text, found in nodes.items()}
        arrays |= directory_arrays(name, places)
    return arrays
