"""One frozen Dataset: the accounts, their graph, figures and search index, and every look-up that questions need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph_data.figures import Figure
from graph_data.graph import Graph, Node
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
    StatementRecord,
    TermRecord,
)
from graph_data.search import SearchIndex
from graph_data.terms import Classification, NarrativeKind, StatementForm, Topic


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is being served. Built once by `graph_data.load`; nothing in it ever changes.

    `version` is the hash of the content, `refused` the packages that could not be read.
    Records are looked up by the AccountKey that they carry, nodes by id.
    """

    version: str
    accounts: tuple[Account, ...]
    refused: tuple[object, ...]
    graph: Graph
    search: SearchIndex

    @property
    def fiscal_years(self) -> tuple[int, ...]:
        """The years with an account, ascending."""
        raise NotImplementedError

    @property
    def all_figures(self) -> Sequence[Figure]:
        """Every measured figure, totals included, in the order of accounts, statements, lines, columns."""
        raise NotImplementedError

    def figure(self, id: str) -> Figure | None:
        """A measured figure by its id."""
        raise NotImplementedError

    def account(self, key: AccountKey) -> Account | None:
        """The account of this key, as its records carry it."""
        raise NotImplementedError

    def account_of(self, department_id: str, fiscal_year: int | None = None) -> Account | None:
        """A department's account of a year; its latest where no year is given."""
        raise NotImplementedError

    def accounts_of(self, department_id: str) -> tuple[Account, ...]:
        """A department's accounts, oldest first."""
        raise NotImplementedError

    def final_accounts_node(self, key: AccountKey) -> Node:
        """The FINAL_ACCOUNTS node of an account. Raises KeyError for an unknown key."""
        raise NotImplementedError

    def department_node(self, key: AccountKey) -> Node:
        """The DEPARTMENT node whose account this is. Raises KeyError for an unknown key."""
        raise NotImplementedError

    def document_node(self, key: AccountKey) -> Node:
        """The DOCUMENT node of an account. Raises KeyError for an unknown key."""
        raise NotImplementedError

    def department_by_code(self, division: str, code: str) -> Node | None:
        """The department with this 预算部门代码 in a division."""
        raise NotImplementedError

    def department_by_name(self, name: str) -> Node | None:
        """The first department with this name or an older spelling of it."""
        raise NotImplementedError

    def unit_by_code(self, code: str) -> Node | None:
        """The first unit with this code."""
        raise NotImplementedError

    def unit_by_name(self, name: str) -> Node | None:
        """The first unit with this name or another spelling of it."""
        raise NotImplementedError

    def project_by_name(self, name: str, fiscal_year: int | None = None) -> Node | None:
        """The project with this name or alias, of a year; of the latest where no year is given."""
        raise NotImplementedError

    def project_node(self, key: AccountKey, project: int) -> Node:
        """The project's node. Raises KeyError for an unknown one."""
        raise NotImplementedError

    def subject(self, classification: Classification, code: str) -> Node | None:
        """The subject with this code."""
        raise NotImplementedError

    def statements(self, key: AccountKey) -> tuple[StatementRecord, ...]:
        """The published tables of an account, in printed order."""
        raise NotImplementedError

    def statement(self, key: AccountKey, form: StatementForm) -> StatementRecord | None:
        """One published table; None where the account has none of that form."""
        raise NotImplementedError

    def columns(self, key: AccountKey, form: StatementForm) -> tuple[ColumnRecord, ...]:
        """The amount columns of a statement, in printed order."""
        raise NotImplementedError

    def lines(self, key: AccountKey, form: StatementForm) -> tuple[LineRecord, ...]:
        """The lines of a statement, in printed order."""
        raise NotImplementedError

    def line_node(self, line: LineRecord) -> Node:
        """The node of a line. Raises KeyError for an unknown one."""
        raise NotImplementedError

    def cells(self, line: LineRecord) -> tuple[tuple[ColumnRecord, FigureRecord | None], ...]:
        """The cells of a line, one a column that its half of the table has; None where it is blank."""
        raise NotImplementedError

    def facts(self, key: AccountKey, topic: Topic) -> tuple[FactRecord, ...]:
        """What the prose of an account states about a topic, in printed order."""
        raise NotImplementedError

    def funding(self, key: AccountKey, project: int) -> tuple[FundingRecord, ...]:
        """The printed numbers of a project's funds block."""
        raise NotImplementedError

    def aliases(self, key: AccountKey, project: int) -> tuple[ProjectAliasRecord, ...]:
        """The other spellings of a project's name."""
        raise NotImplementedError

    def narratives(self, key: AccountKey, kind: NarrativeKind, about: str | None = None) -> tuple[NarrativeRecord, ...]:
        """The passages of words of a kind (about one thing), in order."""
        raise NotImplementedError

    def definition(self, subject_id: str) -> tuple[TermRecord, str | None] | None:
        """The newest term that defines a subject and, where the dataset holds it, its text."""
        raise NotImplementedError
