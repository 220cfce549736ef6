"""Every list that can be filtered and ordered, and its fields: each declared once.

From a declaration follow the columns of the list (in memory and in an index), its `where` and `orderBy` in the API, in
exports and for assistants. A field is read of an `Entry`: what the list is of, with the account that it stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from graph_data.checks import CHECKS
from graph_data.core import terms
from graph_data.core.reading_state import status_of
from graph_data.core.records import AccountKey, TermRecord
from graph_data.core.terms import Classification, Dimension, Measure, Role, Topic
from graph_data.dataset import Dataset
from graph_data.findings import LocatedFinding, place_of, size_of
from graph_data.graph import DepartmentEntry, EdgeKind, LinkDirection, NodeKind, SubjectEntry, UnitEntry
from graph_data.graph.ids import id_of, key_of, subject_id
from graph_data.lists.deviations import DEVIATIONS, deviations
from graph_data.lists.fields import (
    ACCOUNT,
    CODE,
    FOUND,
    NAME,
    UNIT,
    Entry,
    Field,
    Kind,
    ListType,
    above,
    at,
    by_account,
    id_at,
    level_at,
    name_at,
    of_kind,
)
from graph_data.lists.performance import INDICATORS, PROJECTS


def _finding_entries(dataset: Dataset) -> Iterator[Entry]:
    for located in dataset.findings:
        number = key_of(located.node.id).removeprefix(f"{dataset.identities.accounts[located.account]}/")
        yield Entry(dataset, located, located.node, located.account, number)


def _absolute_fen(entry: Entry) -> int | None:
    fen: int | None = entry.record.finding.materiality.fen
    return None if fen is None else abs(fen)


def _size(entry: Entry) -> Decimal | None:
    located: LocatedFinding = entry.record
    return None if located.finding.difference is None else size_of(located.finding)


FINDINGS = ListType(
    "findings",
    "What the checks found, the gravest first (核查发现)",
    NodeKind.FINDING,
    (
        *ACCOUNT,
        Field(
            "check", Kind.TEXT, "Id of the check: table.subjects (核查编号)", at("finding.check"),
            known={check.id: check.title.zh for check in CHECKS},
        ),
        Field("severity", Kind.ENUM, "How grave it is (严重程度)", at("finding.severity"), members=terms.Severity),
        Field(
            "materiality", Kind.ENUM, "How much it matters (重要性)",
            at("finding.materiality.level"), members=terms.MaterialityLevel,
        ),
        Field(
            "amount", Kind.MONEY, "The difference as money, with its sign (差额金额)",
            at("finding.materiality.fen"),
        ),
        Field("absoluteAmount", Kind.MONEY, "The same without its sign (差额绝对值)", _absolute_fen),
        Field("reported", Kind.DECIMAL, "The number as printed, in its own unit (公开数)", at("finding.reported")),
        Field("derived", Kind.DECIMAL, "The number that it is held against (核算数)", at("finding.derived")),
        Field("difference", Kind.DECIMAL, "Reported less derived, in their own unit (差额)", at("finding.difference")),
        Field("size", Kind.DECIMAL, "How far apart they are", _size, hidden=True),
        Field("page", Kind.INTEGER, "Page", lambda entry: place_of(entry.record.finding)[0], hidden=True),
        Field("line", Kind.INTEGER, "Line", lambda entry: place_of(entry.record.finding)[1], hidden=True),
    ),
    _finding_entries,
    ("severity", "-size", "account", "page", "line"),
)  # fmt: skip


def _account_entries(dataset: Dataset) -> Iterator[Entry]:
    for key, _ in by_account(dataset):
        node = dataset.final_accounts_node(key)
        yield Entry(dataset, node.record, node, key)


def _account_total(measure: Measure) -> Callable[[Entry], int | None]:
    """What the account as a whole received or spent; None of a unit's account that its department's covers."""

    def read(entry: Entry) -> int | None:
        dataset, key = entry.dataset, entry.key
        assert key is not None
        if key in dataset.identities.covered:
            return None
        node = dataset.department_node(key)
        total = dataset.figures.under(node, measure, key.fiscal_year, None, None)
        return total.value if total.count else None

    return read


ACCOUNTS = ListType(
    "accounts",
    "Every account of every year (部门决算)",
    NodeKind.FINAL_ACCOUNTS,
    (
        *ACCOUNT,
        Field("title", Kind.TEXT, "Title of the document (标题)", name_at),
        Field(
            "kind", Kind.ENUM, "A department's account, or a unit's own (决算种类)",
            at("kind"), members=terms.AccountKind,
        ),
        Field(
            "readingStatus", Kind.ENUM, "How far the document was read (读取状态)",
            lambda entry: status_of(entry.account), members=terms.ReadingStatus,
        ),
        Field(
            "gaps", Kind.INTEGER, "How many places were not understood (未读处数)",
            lambda entry: len(entry.account.gaps),
        ),
        Field("totalRevenue", Kind.MONEY, "Revenue of the year (本年收入合计)", _account_total(Measure.REVENUE)),
        Field(
            "totalExpenditure", Kind.MONEY, "Expenditure of the year (本年支出合计)",
            _account_total(Measure.EXPENDITURE),
        ),
        Field(
            "projects", Kind.INTEGER, "How many projects it lists (项目数)", lambda entry: len(entry.account.projects)
        ),
        FOUND,
    ),
    _account_entries,
)  # fmt: skip


def _term_subject(entry: Entry) -> str | None:
    record: TermRecord = entry.record
    if record.classification is not Classification.FUNCTIONAL or record.code is None:
        return None
    return subject_id(record.classification, record.code)


TERMS = ListType(
    "terms",
    "Every defined term (名词解释)",
    NodeKind.TERM,
    (
        *ACCOUNT,
        NAME,
        Field(
            "subject",
            Kind.MEMBER,
            "The functional subject that it defines (科目)",
            _term_subject,
            dimension=Dimension.FUNCTIONAL_SUBJECT,
        ),
    ),
    of_kind(NodeKind.TERM, lambda record: str(record.position)),
)


def _fact_entries(dataset: Dataset) -> Iterator[Entry]:
    for key, _ in by_account(dataset):
        for number, fact in enumerate(dataset.lookups.accounts[key].facts):
            yield Entry(dataset, fact, None, key, str(number))


FACTS = ListType(
    "facts",
    "Every number that the prose states (文字说明中的数字)",
    None,
    (
        *ACCOUNT,
        Field("topic", Kind.ENUM, "What it is about (说明事项)", lambda entry: entry.record.topic, members=Topic),
        Field("role", Kind.ENUM, "What it is there (数字性质)", lambda entry: entry.record.role, members=Role),
        Field(
            "item", Kind.TEXT, "What it is of within the topic: a code, a name (对象)", lambda entry: entry.record.item
        ),
        Field("label", Kind.TEXT, "What the document calls it (原称)", lambda entry: entry.record.label),
        Field("text", Kind.TEXT, "As printed (原文)", lambda entry: entry.record.number.text),
        Field(
            "numberUnit", Kind.TEXT, "What it counts: 万元, %, 辆 (计量单位)", lambda entry: entry.record.number.unit
        ),
        Field("value", Kind.DECIMAL, "The number, in its own unit (数值)", lambda entry: entry.record.number.value),
        Field("amount", Kind.MONEY, "The amount, where it is money (金额)", lambda entry: entry.record.number.fen),
    ),
    _fact_entries,
)


def _structural(kind: NodeKind) -> Callable[[Dataset], Iterator[Entry]]:
    def entries(dataset: Dataset) -> Iterator[Entry]:
        return (Entry(dataset, node.record, node) for node in dataset.graph.nodes(kind))

    return entries


def _own_accounts(entry: Entry) -> tuple[AccountKey, ...]:
    record: DepartmentEntry = entry.record
    return record.accounts


_ID = Field("id", Kind.TEXT, "Id", id_at, hidden=True)
_OWN_DIVISION = Field(
    "division", Kind.MEMBER, "Division (行政区划)", above(NodeKind.DIVISION), dimension=Dimension.DIVISION
)
_OWN_DEPARTMENT = Field(
    "department", Kind.MEMBER, "Department (部门)", above(NodeKind.DEPARTMENT), dimension=Dimension.DEPARTMENT
)
_PROJECT_COUNT = Field(
    "projects", Kind.INTEGER, "How many projects, of all years (项目数)",
    lambda entry: len(entry.dataset.graph.descendants(id_at(entry), kind=NodeKind.PROJECT)),
)  # fmt: skip

DEPARTMENTS = ListType(
    "departments",
    "Every department (部门)",
    NodeKind.DEPARTMENT,
    (
        _ID,
        _OWN_DIVISION,
        _OWN_DEPARTMENT,
        NAME,
        CODE,
        Field("accounts", Kind.INTEGER, "How many accounts (决算本数)", lambda entry: len(_own_accounts(entry))),
        Field(
            "latestYear", Kind.INTEGER, "The year of the latest account (最近年度)",
            lambda entry: max((key.fiscal_year for key in _own_accounts(entry)), default=None),
        ),
        _PROJECT_COUNT,
        FOUND,
    ),
    _structural(NodeKind.DEPARTMENT),
)  # fmt: skip


def _is_headquarters(entry: Entry) -> bool:
    record: UnitEntry = entry.record
    return record.is_headquarters


UNITS = ListType(
    "units",
    "Every unit (预算单位)",
    NodeKind.UNIT,
    (
        _ID,
        _OWN_DIVISION,
        _OWN_DEPARTMENT,
        UNIT,
        NAME,
        CODE,
        Field("isHeadquarters", Kind.FLAG, "Is it the department itself (是否本级)?", _is_headquarters),
        _PROJECT_COUNT,
        FOUND,
    ),
    _structural(NodeKind.UNIT),
)


def _classification(entry: Entry) -> Classification:
    record: SubjectEntry = entry.record
    return record.classification


def _charged(entry: Entry) -> int:
    ties = entry.dataset.graph.ties(id_at(entry), (EdgeKind.CHARGED_TO,), LinkDirection.IN)
    return sum(1 for _ in ties)


SUBJECTS = ListType(
    "subjects",
    "Every subject (科目)",
    NodeKind.SUBJECT,
    (
        _ID,
        Field(
            "classification", Kind.ENUM, "Which classification it belongs to (科目分类)", _classification,
            members=Classification,
        ),
        NAME,
        CODE,
        Field("level", Kind.INTEGER, "Level: 1 类, 2 款, 3 项 (级次)", level_at),
        Field(
            "isLeaf", Kind.FLAG, "Has it nothing below it (是否末级)?",
            lambda entry: entry.dataset.graph.is_leaf(id_at(entry)),
        ),
        Field("projects", Kind.INTEGER, "How many projects figures show to be charged to it (列支项目数)", _charged),
        FOUND,
    ),
    _structural(NodeKind.SUBJECT),
)  # fmt: skip

LISTS: tuple[ListType, ...] = (
    PROJECTS, INDICATORS, FINDINGS, DEVIATIONS, ACCOUNTS, TERMS, FACTS, DEPARTMENTS, UNITS, SUBJECTS,
)  # fmt: skip
"""Every list; a field is one line of its declaration."""


def entry_of(dataset: Dataset, of: ListType, item: Any) -> Entry:
    """The entry of an item, as `Lists.select` gives it: a node, else a record."""
    if of is FACTS:
        return Entry(dataset, item, None, item.account)
    if of is DEVIATIONS:
        return Entry(dataset, item, None, item.record.account)
    if of is FINDINGS:
        found = dataset.finding(item.id)
        assert found is not None
        return Entry(dataset, found, item, found.account)
    return Entry(dataset, item.record, item, getattr(item.record, "account", None))


def item_of(dataset: Dataset, of: ListType, account: str, number: str, id: str) -> Any:
    """An item again, of what its columns hold: its node, else its record."""
    if not account:
        return dataset.graph[id]
    if of.kind is NodeKind.FINAL_ACCOUNTS:
        return dataset.graph[id_of(of.kind, account)]
    if of.kind is not None:
        return dataset.graph[id_of(of.kind, account, number)]
    node = dataset.graph[id_of(NodeKind.FINAL_ACCOUNTS, account)]
    key: AccountKey = node.record.account  # type: ignore[union-attr]
    found = dataset.lookups.accounts[key]
    return found.facts[int(number)] if of is FACTS else deviations(dataset, found)[int(number)]
