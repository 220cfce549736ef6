"""Every list that can be filtered and ordered, and its fields: each declared once.

From a declaration follow the columns of the list (in memory and in an index), its `where` and `orderBy` in the API, in
exports and for assistants. A field is read of an `Entry`: what the list is of, with the account that it stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, unique
from fractions import Fraction
from operator import attrgetter
from typing import Any, TypeAlias

from graph_data.checks import CHECKS
from graph_data.core import terms
from graph_data.core.achievement import is_achieved
from graph_data.core.amount import Number, rounded
from graph_data.core.reading_state import status_of
from graph_data.core.records import (
    Account,
    AccountKey,
    BudgetDeviationRecord,
    IndicatorRecord,
    ProjectRecord,
    TermRecord,
)
from graph_data.core.terms import Classification, Dimension, FundingQuantity, FundSource, Measure, Role, Topic
from graph_data.dataset import Dataset
from graph_data.findings import LocatedFinding, place_of, size_of
from graph_data.graph import DepartmentEntry, EdgeKind, LinkDirection, Node, NodeKind, SubjectEntry, UnitEntry
from graph_data.graph.ids import id_of, key_of, subject_id
from graph_data.graph.nodes import kinds_of


@unique
class Kind(Enum):
    """What the values of a field are, and so how they are compared. None stands for what is not told."""

    TEXT = "text"
    ENUM = "one of an enumeration"
    ENUMS = "some of an enumeration"
    MEMBER = "id of a member of a tree"
    YEAR = "fiscal year"
    INTEGER = "whole number"
    DECIMAL = "exact decimal"
    MONEY = "whole 分"
    FLAG = "true or false"


Value: TypeAlias = str | int | Decimal | bool | Enum | Sequence[Enum] | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a list: its record, its node where it has one, and the account that it stands in."""

    dataset: Dataset
    record: Any
    node: Node | None = None
    key: AccountKey | None = None
    number: str = ""

    @property
    def account(self) -> Account:
        assert self.key is not None
        return self.dataset.lookups.accounts[self.key]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name in the API, what its values are, what it means, and how it is read of an entry.

    `members` is the enumeration of an ENUM, `dimension` the tree of a MEMBER, `known` what a TEXT may be, each with its
    name, where that is settled beforehand. A `hidden` one only orders.
    """

    name: str
    kind: Kind
    meaning: str
    read: Callable[[Entry], Value]
    members: type[Enum] | None = None
    dimension: Dimension | None = None
    hidden: bool = False
    known: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ListType:
    """A list: its name as the root field of the API, its fields, and its entries in their own order.

    `order` are the fields that order it where its entries of several divisions are merged; a minus is descending.
    """

    name: str
    meaning: str
    kind: NodeKind | None
    fields: tuple[Field, ...]
    entries: Callable[[Dataset], Iterator[Entry]]
    order: tuple[str, ...] = ()

    def field(self, name: str) -> Field | None:
        """The field of this name."""
        return next((each for each in self.fields if each.name == name), None)


def _of(path: str) -> Callable[[Entry], Any]:
    """The attribute at a dotted path of the record."""
    return attrgetter(f"record.{path}")


def _department(entry: Entry) -> str:
    assert entry.key is not None
    return entry.dataset.identities.department_of[entry.key]


def _account_id(entry: Entry) -> str:
    assert entry.key is not None
    return entry.dataset.identities.accounts[entry.key]


def _fiscal_year(entry: Entry) -> int:
    assert entry.key is not None
    return entry.key.fiscal_year


def _name(entry: Entry) -> str:
    assert entry.node is not None
    return entry.node.name


def _code(entry: Entry) -> str | None:
    assert entry.node is not None
    return entry.node.code


def _level(entry: Entry) -> int:
    assert entry.node is not None
    return entry.node.level


def _id(entry: Entry) -> str:
    assert entry.node is not None
    return entry.node.id


def _division(entry: Entry) -> str:
    assert entry.key is not None
    return id_of(NodeKind.DIVISION, entry.key.division)


def _above(kind: NodeKind) -> Callable[[Entry], str | None]:
    """The id of the entry's own node or of the nearest one above it of a kind."""

    def read(entry: Entry) -> str | None:
        assert entry.node is not None
        if entry.node.kind is kind:
            return entry.node.id
        above = entry.dataset.graph.ancestors(entry.node.id)
        return next((each.id for each in reversed(above) if each.kind is kind), None)

    return read


def _value(number: Number | None) -> Decimal | None:
    return None if number is None else number.value


def _percent(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """A part in percent of a whole, to two decimals; None where either is missing or the whole is nothing."""
    return None if part is None or not whole else rounded(100 * Fraction(part) / Fraction(whole), 2)


def _findings(entry: Entry) -> int:
    assert entry.node is not None
    return len(entry.dataset.findings_at(entry.node.id))


_YEAR = Field("fiscalYear", Kind.YEAR, "Fiscal year (年度)", _fiscal_year)
_DIVISION = Field("division", Kind.MEMBER, "Division (行政区划)", _division, dimension=Dimension.DIVISION)
_DEPARTMENT = Field("department", Kind.MEMBER, "Department (部门)", _department, dimension=Dimension.DEPARTMENT)
ACCOUNT = (
    _YEAR,
    _DIVISION,
    _DEPARTMENT,
    Field("account", Kind.TEXT, "Key of the account", _account_id, hidden=True),
    Field("number", Kind.TEXT, "Its number there", lambda entry: entry.number, hidden=True),
)
_UNIT = Field("unit", Kind.MEMBER, "Unit (预算单位)", _above(NodeKind.UNIT), dimension=Dimension.UNIT)
_NAME = Field("name", Kind.TEXT, "Name (名称)", _name)
_CODE = Field("code", Kind.TEXT, "Code (编码)", _code)
_FOUND = Field("findings", Kind.INTEGER, "How many findings concern it or a part of it (核查发现数)", _findings)


def _by_account(dataset: Dataset) -> Iterator[tuple[AccountKey, str]]:
    """The keys of all accounts with those of their ids, in the order of the graph."""
    accounts = dataset.identities.accounts
    return iter(sorted(((key, accounts[key]) for key in dataset.keys), key=lambda pair: pair[1]))


def _of_kind(kind: NodeKind, number: Callable[[Any], str]) -> Callable[[Dataset], Iterator[Entry]]:
    """The entries of nodes whose records know their account."""

    def entries(dataset: Dataset) -> Iterator[Entry]:
        for node in dataset.graph.nodes(kind):
            record: Any = node.record
            yield Entry(dataset, record, node, record.account, number(record))

    return entries


def _funding(entry: Entry, quantity: FundingQuantity) -> Number | None:
    record: ProjectRecord = entry.record
    printed = entry.dataset.funding(record.account, record.project)
    found = (each.number for each in printed if each.fund_source is FundSource.TOTAL and each.quantity is quantity)
    return next(found, None)


def _fund(quantity: FundingQuantity) -> Callable[[Entry], int | None]:
    def read(entry: Entry) -> int | None:
        number = _funding(entry, quantity)
        return None if number is None else number.fen

    return read


def _execution(entry: Entry) -> Decimal | None:
    return _value(_funding(entry, FundingQuantity.EXECUTION_RATE))


def _derived_execution(entry: Entry) -> Decimal | None:
    return _percent(_fund(FundingQuantity.EXECUTED)(entry), _fund(FundingQuantity.REVISED_BUDGET)(entry))


def _sheet(entry: Entry) -> Iterator[IndicatorRecord]:
    assert entry.node is not None
    below = entry.dataset.graph.descendants(entry.node.id, kind=NodeKind.INDICATOR)
    return (each.record for each in below if isinstance(each.record, IndicatorRecord) and each.record.level == _LEAF)


_LEAF = 3

PROJECTS = ListType(
    "projects",
    "Every project in every year (项目)",
    NodeKind.PROJECT,
    (
        *ACCOUNT,
        _UNIT,
        _NAME,
        Field("grade", Kind.TEXT, "Grade of the self-evaluation (自评等级)", _of("grade")),
        Field(
            "initialBudget", Kind.MONEY, "Opening budget of all its funds (年初预算数)",
            _fund(FundingQuantity.INITIAL_BUDGET),
        ),
        Field(
            "revisedBudget", Kind.MONEY, "Budget as revised of all its funds (全年预算数)",
            _fund(FundingQuantity.REVISED_BUDGET),
        ),
        Field("executed", Kind.MONEY, "What was spent of all its funds (全年执行数)", _fund(FundingQuantity.EXECUTED)),
        Field("executionRate", Kind.DECIMAL, "Execution rate in percent, as printed (执行率)", _execution),
        Field(
            "derivedExecutionRate", Kind.DECIMAL,
            "What was spent in percent of the revised budget, to two decimals (计算执行率)", _derived_execution,
        ),
        Field(
            "selfEvaluationScore", Kind.DECIMAL, "Score of the self-evaluation (自评得分)",
            lambda entry: _value(entry.record.self_evaluation_score),
        ),
        Field(
            "indicators", Kind.INTEGER, "How many indicators of level 3 its sheet has (三级指标数)",
            lambda entry: sum(1 for _ in _sheet(entry)),
        ),
        Field(
            "missedIndicators", Kind.INTEGER, "How many of them missed their target (未完成指标数)",
            lambda entry: sum(is_achieved(each) is False for each in _sheet(entry)),
        ),
        _FOUND,
    ),
    _of_kind(NodeKind.PROJECT, lambda record: str(record.project)),
)  # fmt: skip


def _kinds(entry: Entry) -> list[Enum]:
    assert entry.node is not None
    found = kinds_of(entry.record, entry.dataset.graph.ancestors(entry.node.id))
    return [kind for kind in terms.IndicatorKind if kind in found]


INDICATORS = ListType(
    "indicators",
    "Every indicator of every sheet (绩效指标)",
    NodeKind.INDICATOR,
    (
        *ACCOUNT,
        _UNIT,
        Field("project", Kind.MEMBER, "Project (项目)", _above(NodeKind.PROJECT), dimension=Dimension.PROJECT),
        _NAME,
        Field("level", Kind.INTEGER, "Level, 1 to 3 (指标级次)", _level),
        Field(
            "kind", Kind.ENUMS, "Its kind, or that of one above it (指标类别)", _kinds, members=terms.IndicatorKind
        ),
        Field("targetText", Kind.TEXT, "The target as printed (指标值)", _of("target_text")),
        Field("targetValue", Kind.DECIMAL, "The number of the target (指标数值)", _of("target_value")),
        Field("actualText", Kind.TEXT, "What was achieved, as printed (实际完成值)", _of("actual_text")),
        Field("actualValue", Kind.DECIMAL, "The number of it (实际数值)", _of("actual_value")),
        Field(
            "achieved", Kind.FLAG, "Is the target met? Null where it is not a number (是否完成)",
            lambda entry: is_achieved(entry.record),
        ),
        Field("maxScore", Kind.DECIMAL, "Weight (分值)", lambda entry: _value(entry.record.max_score)),
        Field("score", Kind.DECIMAL, "Score (得分)", lambda entry: _value(entry.record.score)),
        Field(
            "scoreRatio", Kind.DECIMAL, "Score in percent of the weight, to two decimals (得分率)",
            lambda entry: _percent(_value(entry.record.score), _value(entry.record.max_score)),
        ),
        _FOUND,
    ),
    _of_kind(NodeKind.INDICATOR, lambda record: f"{record.project}/{record.indicator}"),
)  # fmt: skip


def _finding_entries(dataset: Dataset) -> Iterator[Entry]:
    for located in dataset.findings:
        number = key_of(located.node.id).removeprefix(f"{dataset.identities.accounts[located.account]}/")
        yield Entry(dataset, located, located.node, located.account, number)


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
            "check", Kind.TEXT, "Id of the check: table.subjects (核查编号)", _of("finding.check"),
            known={check.id: check.title.zh for check in CHECKS},
        ),
        Field("severity", Kind.ENUM, "How grave it is (严重程度)", _of("finding.severity"), members=terms.Severity),
        Field(
            "materiality", Kind.ENUM, "How much it matters (重要性)",
            _of("finding.materiality.level"), members=terms.MaterialityLevel,
        ),
        Field(
            "amount", Kind.MONEY, "The difference as money, with its sign (差额金额)",
            _of("finding.materiality.fen"),
        ),
        Field("reported", Kind.DECIMAL, "The number as printed, in its own unit (公开数)", _of("finding.reported")),
        Field("derived", Kind.DECIMAL, "The number that it is held against (核算数)", _of("finding.derived")),
        Field("difference", Kind.DECIMAL, "Reported less derived, in their own unit (差额)", _of("finding.difference")),
        Field("size", Kind.DECIMAL, "How far apart they are", _size, hidden=True),
        Field("page", Kind.INTEGER, "Page", lambda entry: place_of(entry.record.finding)[0], hidden=True),
        Field("line", Kind.INTEGER, "Line", lambda entry: place_of(entry.record.finding)[1], hidden=True),
    ),
    _finding_entries,
    ("severity", "-size", "account", "page", "line"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BudgetDeviation:
    """A budget and 决算 of one subject or of the account as a whole, in 分: the 年初预算 or the 全年预算, not both."""

    record: BudgetDeviationRecord
    initial_budget: int | None
    revised_budget: int | None
    final: int
    completion_percent: Decimal | None

    @property
    def budget(self) -> int:
        """The one of the two that it is against."""
        return (self.initial_budget if self.revised_budget is None else self.revised_budget) or 0


def deviations(dataset: Dataset, account: Account) -> list[BudgetDeviation]:
    """Every deviation whose amounts the document states, in printed order."""
    stated: dict[tuple[str, int], dict[Role, Number]] = {}
    for fact in dataset.facts(account.key, Topic.BUDGET_DEVIATION):
        stated.setdefault((fact.item, fact.position), {}).setdefault(fact.role, fact.number)
    found = (_deviation(record, stated.get((record.item, record.position), {})) for record in account.budget_deviations)
    return [deviation for deviation in found if deviation is not None]


def _deviation(record: BudgetDeviationRecord, numbers: Mapping[Role, Number]) -> BudgetDeviation | None:
    roles = (Role.INITIAL_BUDGET, Role.BUDGET, Role.FINAL)
    initial, revised, final = (None if (found := numbers.get(role)) is None else found.fen for role in roles)
    if final is None or (initial is None and revised is None):
        return None
    return BudgetDeviation(record, initial, revised, final, _value(numbers.get(Role.COMPLETION_PERCENT)))


def _deviation_entries(dataset: Dataset) -> Iterator[Entry]:
    for key, _ in _by_account(dataset):
        for number, found in enumerate(deviations(dataset, dataset.lookups.accounts[key])):
            code = found.record.code
            if code is not None and dataset.subject(Classification.FUNCTIONAL, code) is not None:
                yield Entry(dataset, found, None, key, str(number))


def _subject_of_deviation(entry: Entry) -> str:
    return subject_id(Classification.FUNCTIONAL, entry.record.record.code)


_SUBJECT = Dimension.FUNCTIONAL_SUBJECT
DEVIATIONS = ListType(
    "budgetDeviations",
    "Budget against final account, subject by subject (预算与决算差异)",
    None,
    (
        *ACCOUNT,
        Field("subject", Kind.MEMBER, "Functional subject (科目)", _subject_of_deviation, dimension=_SUBJECT),
        Field("initialBudget", Kind.MONEY, "Opening budget (年初预算)", _of("initial_budget")),
        Field("revisedBudget", Kind.MONEY, "Budget as revised in the year (全年预算)", _of("revised_budget")),
        Field("final", Kind.MONEY, "Final account (支出决算)", _of("final")),
        Field(
            "deviation", Kind.MONEY, "Final less the budget (差额)",
            lambda entry: entry.record.final - entry.record.budget,
        ),
        Field(
            "absoluteDeviation", Kind.MONEY, "The same without its sign (差额绝对值)",
            lambda entry: abs(entry.record.final - entry.record.budget),
        ),
        Field(
            "completionPercent", Kind.DECIMAL, "Completion in percent, as stated (完成率)",
            _of("completion_percent"),
        ),
        Field(
            "derivedCompletionPercent", Kind.DECIMAL,
            "The final account in percent of the budget, to two decimals (计算完成率)",
            lambda entry: _percent(entry.record.final, entry.record.budget),
        ),
        Field(
            "direction", Kind.ENUM, "Above or below the budget, as stated (增减方向)",
            _of("record.direction"), members=terms.Direction,
        ),
        Field(
            "reasons", Kind.ENUMS, "Why they differ, coded from the stated reason (差异原因)",
            _of("record.reasons"), members=terms.DeviationReason,
        ),
    ),
    _deviation_entries,
)  # fmt: skip


def _account_entries(dataset: Dataset) -> Iterator[Entry]:
    for key, _ in _by_account(dataset):
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
        Field("title", Kind.TEXT, "Title of the document (标题)", _name),
        Field(
            "kind", Kind.ENUM, "A department's account, or a unit's own (决算种类)",
            _of("kind"), members=terms.AccountKind,
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
        _FOUND,
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
        _NAME,
        Field(
            "subject", Kind.MEMBER, "The functional subject that it defines (科目)", _term_subject, dimension=_SUBJECT
        ),
    ),
    _of_kind(NodeKind.TERM, lambda record: str(record.position)),
)


def _fact_entries(dataset: Dataset) -> Iterator[Entry]:
    for key, _ in _by_account(dataset):
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


_ID = Field("id", Kind.TEXT, "Id", _id, hidden=True)
_OWN_DIVISION = Field(
    "division", Kind.MEMBER, "Division (行政区划)", _above(NodeKind.DIVISION), dimension=Dimension.DIVISION
)
_OWN_DEPARTMENT = Field(
    "department", Kind.MEMBER, "Department (部门)", _above(NodeKind.DEPARTMENT), dimension=Dimension.DEPARTMENT
)
_PROJECT_COUNT = Field(
    "projects", Kind.INTEGER, "How many projects, of all years (项目数)",
    lambda entry: len(entry.dataset.graph.descendants(_id(entry), kind=NodeKind.PROJECT)),
)  # fmt: skip

DEPARTMENTS = ListType(
    "departments",
    "Every department (部门)",
    NodeKind.DEPARTMENT,
    (
        _ID,
        _OWN_DIVISION,
        _OWN_DEPARTMENT,
        _NAME,
        _CODE,
        Field("accounts", Kind.INTEGER, "How many accounts (决算本数)", lambda entry: len(_own_accounts(entry))),
        Field(
            "latestYear", Kind.INTEGER, "The year of the latest account (最近年度)",
            lambda entry: max((key.fiscal_year for key in _own_accounts(entry)), default=None),
        ),
        _PROJECT_COUNT,
        _FOUND,
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
        _UNIT,
        _NAME,
        _CODE,
        Field("isHeadquarters", Kind.FLAG, "Is it the department itself (是否本级)?", _is_headquarters),
        _PROJECT_COUNT,
        _FOUND,
    ),
    _structural(NodeKind.UNIT),
)


def _classification(entry: Entry) -> Classification:
    record: SubjectEntry = entry.record
    return record.classification


def _charged(entry: Entry) -> int:
    ties = entry.dataset.graph.ties(_id(entry), (EdgeKind.CHARGED_TO,), LinkDirection.IN)
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
        _NAME,
        _CODE,
        Field("level", Kind.INTEGER, "Level: 1 类, 2 款, 3 项 (级次)", _level),
        Field(
            "isLeaf", Kind.FLAG, "Has it nothing below it (是否末级)?",
            lambda entry: entry.dataset.graph.is_leaf(_id(entry)),
        ),
        Field("projects", Kind.INTEGER, "How many projects figures show to be charged to it (列支项目数)", _charged),
        _FOUND,
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
