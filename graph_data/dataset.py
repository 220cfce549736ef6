"""One frozen Dataset: the accounts, their graph, figures and search index, and every look-up that questions need."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from graph_data.checks import examine_all
from graph_data.classification.code_book import CodeBook
from graph_data.conclusions import Conclusion, Conclusions, read_conclusions
from graph_data.core.errors import DamagedError, PackageError
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
from graph_data.core.terms import Classification, NarrativeKind, StatementForm, Topic
from graph_data.divisions import DivisionTree
from graph_data.figures import Figure, MemoryFigures
from graph_data.figures.rollup import Figures
from graph_data.findings import Findings, LedgerEntry, LocatedFinding, finding_entries
from graph_data.graph import (
    DepartmentEntry,
    EdgeKind,
    Graph,
    Identities,
    LinkDirection,
    Node,
    NodeKind,
    SubjectEntry,
    UnitEntry,
    build,
)
from graph_data.graph.ids import id_of, line_id, project_id, subject_id
from graph_data.package.originals import Originals
from graph_data.package.origins import Origin
from graph_data.search import Search, build_search
from graph_data.store.changes import History
from graph_data.store.store import Archive

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
            project_names=_named(projects, lambda node: _names_of_project(node, records["aliases"])),
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


def _nothing() -> dict[str, Any]:
    return {each.name: MappingProxyType({}) for each in fields(Lookups)}


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


def _names_of_project(
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


@dataclass(frozen=True, slots=True)
class IdentityLink:
    """What the operator says: that one node became another, of which kind, and where that is written (see `series`)."""

    kind: str
    start: str
    end: str
    evidence: str


class Integrity:
    """Whether the files that a dataset is served from are as they were written; in memory there are none."""

    @property
    def damages(self) -> tuple[DamagedError, ...]:
        """What was found to be damaged so far, one error a shard."""
        return ()

    def verify(self) -> Iterator[None]:
        """Read and compare every file, one at each step; what is wrong is in `damages` then."""
        return iter(())


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Dataset:
    """What is being served. Made once by `graph_data.load`; nothing in it ever changes.

    Over an index each part is another implementation, which opens what a question needs (`graph_data.index`).
    `version` is the hash of the content, `keys` and `accounts` stand in the order of keys, `fiscal_years` ascend;
    `refused` is what was wrong with the packages that could not be read, `digests` the hash of what each account says
    (none over an index), `history` how it came to be, `archive` what clients published, `originals` the published
    files as far as they are kept, `origins` where they were published, by their digest, `conclusions` what auditors
    say.
    Records are looked up by the AccountKey that they carry, nodes by id. `sections` are the columns of lists, where
    an index holds them (`graph_data.lists`); `kept` is what was worked out of the rest once.
    """

    version: str
    keys: Sequence[AccountKey]
    accounts: Sequence[Account]
    fiscal_years: tuple[int, ...]
    refused: tuple[PackageError, ...]
    graph: Graph
    identities: Identities
    figures: Figures
    lookups: Lookups
    search: Search
    found: Findings
    integrity: Integrity
    divisions: DivisionTree
    digests: Mapping[AccountKey, str] = field(default_factory=dict)
    history: History | None = None
    archive: Archive | None = None
    sections: tuple[Any, ...] = ()
    kept: dict[str, Any] = field(default_factory=dict, repr=False)
    originals: Originals = field(default_factory=Originals)
    identity_links: tuple[IdentityLink, ...] = ()
    code_book: CodeBook = field(default_factory=CodeBook)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    conclusions: Conclusions = field(default_factory=Conclusions)

    @classmethod
    def of(
        cls,
        accounts: Sequence[Account],
        version: str,
        refused: Sequence[PackageError] = (),
        digests: Mapping[AccountKey, str] | None = None,
    ) -> Dataset:
        """Check accounts and link them into a dataset. Raises PackageError where their records do not fit together."""
        examined = examine_all(accounts)
        graph, identities = build(accounts, finding_entries(examined))
        summed = [account for account in accounts if account.key not in identities.covered]
        figures = MemoryFigures.of(summed, graph, identities)
        lookups = Lookups.over(accounts, graph)
        search = build_search(graph, lookups)
        found = Findings.over(examined, graph, identities)
        return cls(
            version=version,
            keys=tuple(account.key for account in accounts),
            accounts=tuple(accounts),
            fiscal_years=tuple(sorted({account.key.fiscal_year for account in accounts})),
            refused=tuple(refused),
            graph=graph,
            identities=identities,
            figures=figures,
            lookups=lookups,
            search=search,
            found=found,
            integrity=Integrity(),
            divisions=DivisionTree(graph.nodes(NodeKind.DIVISION)),
            digests=digests or {},
        )

    @property
    def state(self) -> str:
        """What tells answers apart: the version and, since that may come back, how many publications led to it."""
        return self.version if self.archive is None else f"{self.version}.{self.archive.published.number}"

    def node(self, id: str) -> Node | None:
        """The node of this id: of the graph, or a division above those that have an account."""
        return self.graph.node(id) or self.divisions.node(id)

    def with_originals(self, folders: Iterable[Path]) -> Dataset:
        """The same dataset, served with the originals that packages or an index keep."""
        originals = Originals.within(folders)
        return replace(self, version=originals.marked(self.version), originals=originals)

    def beside(self, links: Sequence[IdentityLink], book: CodeBook, origins: Mapping[str, Origin]) -> Dataset:
        """The same dataset, served with what its operator says of identities, of codes and of where documents are."""
        told = repr((self.version, links, book, sorted(origins.items())))
        is_said = links or book.entries or origins
        version = hashlib.sha256(told.encode("utf-8", "backslashreplace")).hexdigest() if is_said else self.version
        return replace(self, version=version, identity_links=tuple(links), code_book=book, origins=origins)

    def with_conclusions(self, folders: Iterable[Path]) -> Dataset:
        """The same dataset, served with what was concluded of its findings; a wrong line of it is `refused`."""
        told = read_conclusions(folders)
        refused = (*self.refused, *told.errors)
        return replace(self, version=told.marked(self.version), conclusions=told, refused=refused)

    @property
    def all_figures(self) -> Sequence[Figure]:
        """Every measured figure, totals included, in the order of accounts, statements, lines, columns."""
        return self.figures.all

    def figure(self, id: str) -> Figure | None:
        """A measured figure by its id."""
        return self.figures.get(id)

    @property
    def findings(self) -> Sequence[LocatedFinding]:
        """Every finding: ERROR, WARNING, INFO; the greatest difference first, what has none last; then as printed."""
        return self.found.ranked

    def finding(self, id: str) -> LocatedFinding | None:
        """A finding by its id."""
        return self.found.by_id.get(id)

    def conclusion(self, found: LocatedFinding) -> Conclusion | None:
        """What the auditor concluded of a finding; None where nothing is kept of it."""
        return self.conclusions.of(found.node.id, found.finding)

    def findings_at(self, node_id: str) -> Sequence[LocatedFinding]:
        """The findings that concern a node or, as `Findings.listed` says, a part of it; in the order of all."""
        return self.found.listed.get(node_id, ())

    def ledger(self, key: AccountKey) -> tuple[LedgerEntry, ...]:
        """How every check of an account ended, in the order of the checks. Raises KeyError for an unknown key."""
        return self.found.ledgers[key]

    def account(self, key: AccountKey) -> Account | None:
        """The account of this key, as its records carry it."""
        return self.lookups.accounts.get(key)

    def account_of(self, department_id: str, fiscal_year: int | None = None) -> Account | None:
        """A department's account of a year; its latest where no year is given."""
        found = [key for key in self.keys_of(department_id) if fiscal_year in (None, key.fiscal_year)]
        return self.lookups.accounts[found[-1]] if found else None

    def accounts_of(self, department_id: str) -> tuple[Account, ...]:
        """A department's accounts, oldest first."""
        return tuple(self.lookups.accounts[key] for key in self.keys_of(department_id))

    def keys_of(self, department_id: str) -> tuple[AccountKey, ...]:
        """The keys of a department's accounts, oldest first."""
        node = self.graph.node(department_id)
        return node.record.accounts if node is not None and isinstance(node.record, DepartmentEntry) else ()

    def final_accounts_node(self, key: AccountKey) -> Node:
        """The FINAL_ACCOUNTS node of an account. Raises KeyError for an unknown key."""
        return self.graph[id_of(NodeKind.FINAL_ACCOUNTS, self.identities.accounts[key])]

    def department_node(self, key: AccountKey) -> Node:
        """The DEPARTMENT node whose account this is. Raises KeyError for an unknown key."""
        return self.graph[self.identities.department_of[key]]

    def alone(self, key: AccountKey) -> Dataset:
        """The dataset with the figures of one account alone: of a unit's own, which its department's may cover."""
        account, id = self.lookups.accounts[key], self.identities.accounts[key]
        parents = {each.unit: self.graph.parent(project_id(id, each.project)) for each in account.projects}
        units = {(key, unit): node.id for unit, node in parents.items() if node is not None}
        department = self.identities.department_of[key]
        known = Identities((), {}, {key: department}, units, {key: id}, {}, {key: department}, ())
        figures = MemoryFigures.of((account,), self.graph, known)
        return replace(self, figures=figures, keys=(key,), identities=replace(self.identities, covered=()), kept={})

    def document_node(self, key: AccountKey, position: int = 1) -> Node:
        """The DOCUMENT node of an account's document. Raises KeyError for an unknown key, IndexError for a position."""
        name = self.identities.documents[key][position - 1]
        return self.graph[id_of(NodeKind.DOCUMENT, self.identities.accounts[key], name)]

    def document_nodes(self, key: AccountKey) -> tuple[Node, ...]:
        """The DOCUMENT nodes of an account, in the order of its documents. Raises KeyError for an unknown key."""
        return tuple(
            self.document_node(key, position) for position in range(1, len(self.identities.documents[key]) + 1)
        )

    def department_by_code(self, division: str, code: str) -> Node | None:
        """The department with this 预算部门代码 in a division."""
        return self.graph.node(id_of(NodeKind.DEPARTMENT, division, code))

    def project_node(self, key: AccountKey, project: int) -> Node:
        """The project's node. Raises KeyError for an unknown one."""
        return self.graph[project_id(self.identities.accounts[key], project)]

    def subject(self, classification: Classification, code: str) -> Node | None:
        """The subject with this code."""
        return self.graph.node(subject_id(classification, code))

    def statements(self, key: AccountKey) -> tuple[StatementRecord, ...]:
        """The published tables of an account, in printed order."""
        return self.lookups.statements.get(key, ())

    def statement(self, key: AccountKey, form: StatementForm) -> StatementRecord | None:
        """One published table; None where the account has none of that form."""
        return next((each for each in self.statements(key) if each.form is form), None)

    def columns(self, key: AccountKey, form: StatementForm) -> tuple[ColumnRecord, ...]:
        """The amount columns of a statement, in printed order."""
        return self.lookups.columns.get((key, form), ())

    def lines(self, key: AccountKey, form: StatementForm) -> tuple[LineRecord, ...]:
        """The lines of a statement, in printed order."""
        return self.lookups.lines.get((key, form), ())

    def line_node(self, line: LineRecord) -> Node:
        """The node of a line. Raises KeyError for an unknown one."""
        return self.graph[line_id(self.identities.accounts[line.account], line.form, line.line)]

    def cell(self, line: LineRecord, column: int) -> FigureRecord | None:
        """The cell of a line in a column; None where it is blank."""
        return self.lookups.cells.get((line.account, line.form, line.line, column))

    def cells(self, line: LineRecord) -> tuple[tuple[ColumnRecord, FigureRecord | None], ...]:
        """The cells of a line, one a column that its half of the table has; None where it is blank."""
        columns = (each for each in self.columns(line.account, line.form) if each.side in (None, line.side))
        return tuple((column, self.cell(line, column.column)) for column in columns)

    def facts(self, key: AccountKey, topic: Topic) -> tuple[FactRecord, ...]:
        """What the prose of an account states about a topic, in the order of the package."""
        return self.lookups.facts.get((key, topic), ())

    def funding(self, key: AccountKey, project: int) -> tuple[FundingRecord, ...]:
        """The printed numbers of a project's funds block."""
        return self.lookups.funding.get((key, project), ())

    def aliases(self, key: AccountKey, project: int) -> tuple[ProjectAliasRecord, ...]:
        """The other spellings of a project's name."""
        return self.lookups.aliases.get((key, project), ())

    def narratives(self, key: AccountKey, kind: NarrativeKind, about: str | None = None) -> tuple[NarrativeRecord, ...]:
        """The passages of words of a kind (about one thing), in order."""
        found = self.lookups.narratives.get((key, kind), ())
        return found if about is None else tuple(each for each in found if each.about == about)

    def definition(self, subject_id: str) -> tuple[TermRecord, str | None] | None:
        """The newest term that defines a subject and, where the dataset holds it, its text."""
        term = self.lookups.terms.get(subject_id)
        if term is None:
            return None
        texts = self.narratives(term.account, NarrativeKind.DEFINITION, str(term.position))
        return term, next((each.text for each in texts), None)
