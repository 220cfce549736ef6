"""Every look-up of records that questions need, made once: by account, statement, line, topic, project, name."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any, TypeVar

from graph_data.core.records import (
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
from graph_data.core.terms import NarrativeKind, StatementForm, Topic
from graph_data.graph import DepartmentEntry, EdgeKind, Graph, LinkDirection, Node, NodeKind, SubjectEntry, UnitEntry
from graph_data.graph.ids import subject_id

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True, eq=False)
class Lookups:
    """Records by what questions name them by. `project_names` and the like give nodes, the newest first.

    `reporting` gives for each subject, by its id, the accounts whose lines print it, in the order of their keys.
    """

    accounts: Mapping[AccountKey, Account]
    statements: Mapping[AccountKey, tuple[StatementRecord, ...]]
    columns: Mapping[tuple[AccountKey, StatementForm], tuple[ColumnRecord, ...]]
    lines: Mapping[tuple[AccountKey, StatementForm], tuple[LineRecord, ...]]
    cells: Mapping[tuple[AccountKey, StatementForm, int, int], FigureRecord]
    facts: Mapping[tuple[AccountKey, Topic], tuple[FactRecord, ...]]
    funding: Mapping[tuple[AccountKey, int], tuple[FundingRecord, ...]]
    aliases: Mapping[tuple[AccountKey, int], tuple[ProjectAliasRecord, ...]]
    narratives: Mapping[tuple[AccountKey, NarrativeKind], tuple[NarrativeRecord, ...]]
    department_names: Mapping[str, Sequence[Node]]
    unit_names: Mapping[str, Sequence[Node]]
    unit_codes: Mapping[str, Sequence[Node]]
    project_names: Mapping[str, Sequence[Node]]
    terms: Mapping[str, TermRecord]
    reporting: Mapping[str, Sequence[AccountKey]]

    @classmethod
    def over(cls, accounts: Sequence[Account], graph: Graph) -> Lookups:
        """Of all accounts. Statements, columns and lines are put in printed order."""
        records = _records(accounts)
        projects = _newest_first(graph.nodes(NodeKind.PROJECT))
        return cls(
            **records,
            department_names=_named(graph.nodes(NodeKind.DEPARTMENT), _spellings),
            unit_names=_named(graph.nodes(NodeKind.UNIT), _spellings),
            unit_codes=_grouped((node for node in graph.nodes(NodeKind.UNIT) if node.code), _code),
            project_names=_named(projects, lambda node: _project_names(node, records["aliases"])),
            terms=_terms(graph),
            reporting=_reporting(accounts),
        )

    @classmethod
    def within(cls, account: Account) -> Lookups:
        """Of one account, without what names nodes."""
        return cls(**(_nothing() | _records((account,))))

    @classmethod
    def of_terms(
        cls,
        terms: Mapping[str, TermRecord],
        narratives: Mapping[tuple[AccountKey, NarrativeKind], tuple[NarrativeRecord, ...]],
    ) -> Lookups:
        """Of the terms that define subjects, and what they say, alone."""
        return cls(**(_nothing() | {"terms": terms, "narratives": narratives}))

    def department_named(self, name: str) -> Node | None:
        """The first department with this name; else the first that was once called so."""
        return next(iter(self.department_names.get(name, ())), None)

    def unit_named(self, name: str) -> Node | None:
        """The first unit with this name; else the first that was once called so."""
        return next(iter(self.unit_names.get(name, ())), None)

    def unit_coded(self, code: str) -> Node | None:
        """The first unit with this code."""
        return next(iter(self.unit_codes.get(code, ())), None)

    def project_named(self, name: str, fiscal_year: int | None) -> Node | None:
        """The project with this name or alias, of a year; of the latest where no year is given."""
        found = self.project_names.get(name, ())
        years = [_project(node).account.fiscal_year for node in found]
        wanted = max(years, default=None) if fiscal_year is None else fiscal_year
        return next((node for node, year in zip(found, years, strict=True) if year == wanted), None)


def _nothing() -> dict[str, Any]:
    return {field.name: MappingProxyType({}) for field in fields(Lookups)}


def _records(accounts: Sequence[Account]) -> dict[str, Any]:
    """The mappings of records, by the names of their fields."""
    cells = {(each.account, each.form, each.line, each.column): each for each in _all(accounts, "figures")}
    return {
        "accounts": MappingProxyType({account.key: account for account in accounts}),
        "statements": _grouped(_all(accounts, "statements"), lambda each: each.account, lambda each: each.position),
        "columns": _grouped(
            _all(accounts, "columns"), lambda each: (each.account, each.form), lambda each: each.column
        ),
        "lines": _grouped(_all(accounts, "lines"), lambda each: (each.account, each.form), lambda each: each.line),
        "cells": MappingProxyType(cells),
        "facts": _grouped(_all(accounts, "facts"), lambda each: (each.account, each.topic)),
        "funding": _grouped(_all(accounts, "funding"), lambda each: (each.account, each.project)),
        "aliases": _grouped(_all(accounts, "project_aliases"), lambda each: (each.account, each.project)),
        "narratives": _grouped(
            _all(accounts, "narratives"), lambda each: (each.account, each.kind), lambda each: each.position
        ),
    }


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


def _code(node: Node) -> str:
    return node.code or ""


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


def _reporting(accounts: Sequence[Account]) -> Mapping[str, tuple[AccountKey, ...]]:
    found: dict[str, list[AccountKey]] = {}
    for account in sorted(accounts, key=lambda each: each.key):
        printed = {(line.classification, line.code) for line in account.lines if line.code}
        for classification, code in printed:
            if classification is not None and code is not None:
                found.setdefault(subject_id(classification, code), []).append(account.key)
    return MappingProxyType({id: tuple(keys) for id, keys in found.items()})


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
