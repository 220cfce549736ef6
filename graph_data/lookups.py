"""Every look-up of records that questions need, made once: by account, statement, line, topic, project, name."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from graph_data.graph import DepartmentEntry, EdgeKind, Graph, LinkDirection, Node, NodeKind, SubjectEntry, UnitEntry
from graph_data.records import (
    Account,
    AccountKey,
    ColumnRecord,
    FactRecord,
    FigureRecord,
    FundingRecord,
    LineRecord,
    NarrativeRecord,
    ProjectAliasRecord,
    ProjectRecord,
    StatementRecord,
    TermRecord,
)
from graph_data.terms import NarrativeKind, StatementForm, Topic

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True, eq=False)
class Lookups:
    """Records by what questions name them by. `project_names` and the like give nodes, the newest first."""

    accounts: Mapping[AccountKey, Account]
    statements: Mapping[AccountKey, tuple[StatementRecord, ...]]
    columns: Mapping[tuple[AccountKey, StatementForm], tuple[ColumnRecord, ...]]
    lines: Mapping[tuple[AccountKey, StatementForm], tuple[LineRecord, ...]]
    cells: Mapping[tuple[AccountKey, StatementForm, int, int], FigureRecord]
    facts: Mapping[tuple[AccountKey, Topic], tuple[FactRecord, ...]]
    funding: Mapping[tuple[AccountKey, int], tuple[FundingRecord, ...]]
    aliases: Mapping[tuple[AccountKey, int], tuple[ProjectAliasRecord, ...]]
    narratives: Mapping[tuple[AccountKey, NarrativeKind], tuple[NarrativeRecord, ...]]
    department_names: Mapping[str, tuple[Node, ...]]
    unit_names: Mapping[str, tuple[Node, ...]]
    project_names: Mapping[str, tuple[Node, ...]]
    terms: Mapping[str, TermRecord]

    @classmethod
    def over(cls, accounts: Sequence[Account], graph: Graph) -> Lookups:
        """Of all accounts. Statements, columns and lines are put in printed order."""
        aliases = _grouped(_all(accounts, "project_aliases"), lambda each: (each.account, each.project))
        return cls(
            MappingProxyType({account.key: account for account in accounts}),
            _grouped(_all(accounts, "statements"), lambda each: each.account, lambda each: each.position),
            _grouped(_all(accounts, "columns"), lambda each: (each.account, each.form), lambda each: each.column),
            _grouped(_all(accounts, "lines"), lambda each: (each.account, each.form), lambda each: each.line),
            MappingProxyType(
                {(each.account, each.form, each.line, each.column): each for each in _all(accounts, "figures")}
            ),
            _grouped(_all(accounts, "facts"), lambda each: (each.account, each.topic)),
            _grouped(_all(accounts, "funding"), lambda each: (each.account, each.project)),
            aliases,
            _grouped(_all(accounts, "narratives"), lambda each: (each.account, each.kind), lambda each: each.position),
            _named(graph.nodes(NodeKind.DEPARTMENT), _spellings),
            _named(graph.nodes(NodeKind.UNIT), _spellings),
            _named(_newest_first(graph.nodes(NodeKind.PROJECT)), lambda node: _project_names(node, aliases)),
            _terms(graph),
        )


def _all(accounts: Sequence[Account], table: str) -> Iterable:  # type: ignore[type-arg]
    return (record for account in accounts for record in getattr(account, table))


def _grouped(
    records: Iterable[V], key: Callable[[V], K], order: Callable[[V], int] | None = None
) -> Mapping[K, tuple[V, ...]]:
    grouped: dict[K, list[V]] = {}
    for record in records:
        grouped.setdefault(key(record), []).append(record)
    return MappingProxyType(
        {each: tuple(sorted(members, key=order) if order else members) for each, members in grouped.items()}
    )


def _named(nodes: Iterable[Node], names: Callable[[Node], Iterable[str]]) -> Mapping[str, tuple[Node, ...]]:
    """Nodes by name; those whose newest name it is before those that were once called so."""
    grouped: dict[str, list[Node]] = {}
    for node in nodes:
        for name in dict.fromkeys(names(node)):
            grouped.setdefault(name, []).append(node)
    return MappingProxyType(
        {name: tuple(sorted(found, key=lambda node: node.name != name)) for name, found in grouped.items()}
    )


def _spellings(node: Node) -> tuple[str, ...]:
    assert isinstance(node.record, DepartmentEntry | UnitEntry)
    return node.record.spellings


def _newest_first(projects: Iterable[Node]) -> list[Node]:
    return sorted(projects, key=lambda node: -_project(node).account.fiscal_year)


def _project_names(
    node: Node, aliases: Mapping[tuple[AccountKey, int], tuple[ProjectAliasRecord, ...]]
) -> Iterable[str]:
    record = _project(node)
    yield record.name
    for alias in aliases.get((record.account, record.project), ()):
        yield alias.name


def _project(node: Node) -> ProjectRecord:
    assert isinstance(node.record, ProjectRecord)
    return node.record


def _terms(graph: Graph) -> Mapping[str, TermRecord]:
    """The newest term that defines each subject."""
    found: dict[str, TermRecord] = {}
    for subject in graph.nodes(NodeKind.SUBJECT):
        assert isinstance(subject.record, SubjectEntry)
        edges = graph.links(subject.id, (EdgeKind.DEFINES,), LinkDirection.IN)
        terms = [edge.node.record for edge in edges if isinstance(edge.node.record, TermRecord)]
        if terms:
            found[subject.id] = max(terms, key=lambda term: term.account.fiscal_year)
    return MappingProxyType(found)
