"""What stands in the graph: kinds of nodes and edges, nodes, and edges seen from a node."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, unique
from typing import TypeAlias

from graph_data.core.amount import Number
from graph_data.core.records import (
    AccountKey,
    AccountRecord,
    DocumentRecord,
    IndicatorRecord,
    LineRecord,
    ProjectRecord,
    StatementRecord,
    TermRecord,
    UnitRecord,
)
from graph_data.core.terms import Classification, IndicatorKind, ThreePublicItemKind, Word


@unique
class NodeKind(Word):
    """What a node is; the name in lower case opens its id."""

    DIVISION = "行政区划"
    DEPARTMENT = "部门"
    UNIT = "预算单位"
    PROJECT = "项目"
    INDICATOR = "绩效指标"
    SUBJECT = "科目"
    FINAL_ACCOUNTS = "部门决算"
    DOCUMENT = "公开文件"
    STATEMENT = "决算表"
    LINE = "决算表行"
    THREE_PUBLIC_ITEM = "“三公”经费项目"
    TERM = "名词解释"
    FINDING = "核查发现"


@unique
class EdgeKind(Word):
    """An edge kind: (forward name, backward name, Chinese). Edges run parent → child, cause → place."""

    HAS_CHILD = ("has child", "is child of", "下级")
    HAS_UNIT = ("has unit", "is unit of", "所属单位")
    RUNS_PROJECT = ("runs project", "is run by", "实施项目")
    HAS_INDICATOR = ("has indicator", "is indicator of", "绩效指标")
    SPENDS_UNDER = ("spends under", "is spent under by", "支出科目")
    CHARGED_TO = ("is charged to", "carries", "列支科目")
    DEFINES = ("defines", "is defined by", "解释")
    REPORTED_IN = ("is reported in", "reports", "列示于")
    FOUND_IN = ("is found in", "holds", "载于")

    @property
    def forward(self) -> str:
        return self.value[0]

    @property
    def backward(self) -> str:
        return self.value[1]

    @property
    def chinese(self) -> str:
        return self.value[2]


ID_KINDS = frozenset(kind.name.lower() for kind in NodeKind) | {"figure"}
_ID = re.compile(r"([a-z_]+):[^\x00-\x1f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class DivisionEntry:
    """行政区划 over all accounts: the newest account's name first among the spellings."""

    code: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DepartmentEntry:
    """部门 over all years: its accounts, oldest first, and every spelling of its name, the newest first."""

    division: str
    code: str | None
    spellings: tuple[str, ...]
    accounts: tuple[AccountKey, ...]


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """预算单位 over all years: its records, oldest first, and every spelling of its name, the newest first."""

    department: str
    is_headquarters: bool
    spellings: tuple[str, ...]
    records: tuple[UnitRecord, ...]


@dataclass(frozen=True, slots=True)
class SubjectEntry:
    """科目 over all accounts: one code of a classification and every spelling of its name, the newest first."""

    classification: Classification
    code: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThreePublicItem:
    """One of the “三公” items of an account, as its statement prints it; None where it prints nothing or a dash."""

    account: AccountKey
    kind: ThreePublicItemKind
    budget: Number | None
    final: Number | None


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """The finding of a check in an account, the `number`-th of that check, and the id of the node that it concerns.

    `documents` are the positions of the account's documents that it was found in.
    """

    account: AccountKey
    check: str
    number: int
    message: str
    concerns: str
    documents: tuple[int, ...] = (1,)


Entry: TypeAlias = (
    DivisionEntry
    | DepartmentEntry
    | UnitEntry
    | ProjectRecord
    | IndicatorRecord
    | SubjectEntry
    | AccountRecord
    | DocumentRecord
    | StatementRecord
    | LineRecord
    | ThreePublicItem
    | TermRecord
    | FindingEntry
)


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the graph.

    `level` is its depth as the API counts it (division 1 … project 4; subject 1-3; indicator 1-3; a line's own
    depth), 0 for what stands in no tree. `record` is what the documents say of it; an AccountRecord for
    FINAL_ACCOUNTS.
    """

    id: str
    kind: NodeKind
    name: str
    code: str | None
    level: int
    record: Entry


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge as seen from one of its ends: its kind, whether it leads away from that end, and the other end."""

    kind: EdgeKind
    forward: bool
    node: Node

    @property
    def label(self) -> str:
        """The English name of the edge, read in this direction."""
        return self.kind.forward if self.forward else self.kind.backward


@unique
class LinkDirection(Enum):
    """Which edges of a node are asked for: those that leave it, those that reach it, or both."""

    OUT = "OUT"
    IN = "IN"
    BOTH = "BOTH"


def is_well_formed(id: str) -> bool:
    """Is this of the form kind:key, of a kind that the dataset knows? It may still name nothing."""
    match = _ID.fullmatch(id)
    return match is not None and match[1] in ID_KINDS


def kinds_of(record: IndicatorRecord, above: Iterable[Node]) -> set[IndicatorKind | None]:
    """The kind of an indicator, and those of the indicators that it stands below."""
    return {record.kind, *(node.record.kind for node in above if isinstance(node.record, IndicatorRecord))}
