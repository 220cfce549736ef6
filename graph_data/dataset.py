"""One frozen Dataset: the accounts, their graph, figures and search index, and every look-up that questions need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph_data.checks import examine
from graph_data.core.errors import PackageError
from graph_data.core.records import (
    Account,
    AccountKey,
    AccountRecord,
    ColumnRecord,
    FactRecord,
    FigureRecord,
    FundingRecord,
    LineRecord,
    NarrativeRecord,
    ProjectAliasRecord,
    StatementRecord,
    TermRecord,
)
from graph_data.core.terms import Classification, NarrativeKind, StatementForm, Topic
from graph_data.figures import Figure, MemoryFigures
from graph_data.figures.rollup import Figures
from graph_data.findings import Findings, LedgerEntry, LocatedFinding, finding_entries
from graph_data.graph import DepartmentEntry, Graph, Identities, Node, NodeKind, build
from graph_data.graph.ids import id_of, line_id, project_id, subject_id
from graph_data.lookups import Lookups
from graph_data.search import Search, build_search


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """What is being served. Made once by `graph_data.load`; nothing in it ever changes.

    Over an index each part is another implementation, which opens what a question needs (`graph_data.index`).
    `version` is the hash of the content, `keys` and `accounts` stand in the order of keys, `fiscal_years` ascend;
    `refused` is what was wrong with the packages that could not be read.
    Records are looked up by the AccountKey that they carry, nodes by id.
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

    @classmethod
    def of(cls, accounts: Sequence[Account], version: str, refused: Sequence[PackageError] = ()) -> Dataset:
        """Check accounts and link them into a dataset. Raises PackageError where their records do not fit together."""
        examined = {account.key: examine(account) for account in accounts}
        graph, identities = build(accounts, finding_entries(examined))
        figures = MemoryFigures.of(accounts, graph, identities)
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
        )

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

    def document_node(self, key: AccountKey) -> Node:
        """The DOCUMENT node of an account. Raises KeyError for an unknown key."""
        record = self.final_accounts_node(key).record
        document = record.document if isinstance(record, AccountRecord) else ""
        return self.graph[id_of(NodeKind.DOCUMENT, self.identities.accounts[key], document)]

    def department_by_code(self, division: str, code: str) -> Node | None:
        """The department with this 预算部门代码 in a division."""
        return self.graph.node(id_of(NodeKind.DEPARTMENT, division, code))

    def department_by_name(self, name: str) -> Node | None:
        """The first department with this name; else the first that was once called so."""
        return self.lookups.department_named(name)

    def unit_by_code(self, code: str) -> Node | None:
        """The first unit with this code."""
        return self.lookups.unit_coded(code)

    def unit_by_name(self, name: str) -> Node | None:
        """The first unit with this name; else the first that was once called so."""
        return self.lookups.unit_named(name)

    def project_by_name(self, name: str, fiscal_year: int | None = None) -> Node | None:
        """The project with this name or alias, of a year; of the latest where no year is given."""
        return self.lookups.project_named(name, fiscal_year)

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
