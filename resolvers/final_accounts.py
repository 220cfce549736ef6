"""部门决算: one department's account of one year, what its prose states, and what that compares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product

from graph_data.core.amount import Number
from graph_data.core.records import (
    Account,
    AccountKey,
    AccountRecord,
    ComparisonRecord,
    DocumentRecord,
    FactRecord,
    FigureRecord,
    FundingRecord,
    GapRecord,
    NarrativeRecord,
)
from graph_data.core.terms import Classification, Direction, NarrativeKind, Role, ThreePublicItemKind, Topic
from graph_data.dataset import Dataset
from graph_data.graph import Node, NodeKind, ThreePublicItem
from graph_data.graph.ids import term_id, three_public_item_id
from graph_data.lists import BudgetDeviation, deviations
from graph_data.rollup import TreeFilter, Where, YearFilter, select
from resolvers.nodes import entry
from resolvers.organization import DepartmentBy, department
from resolvers.paging import Cut, Page, page
from resolvers.statements import account_key

_Key = tuple[str, int]


def final_accounts(dataset: Dataset, by: DepartmentBy, fiscal_year: int | None) -> Node | None:
    """A department's account of a year; its latest where no year is given."""
    found = department(dataset, by)
    return None if found is None else of_department(dataset, found, fiscal_year)


def of_department(dataset: Dataset, department: Node, fiscal_year: int | None) -> Node | None:
    """The account of a department node."""
    account = dataset.account_of(department.id, fiscal_year)
    return None if account is None else dataset.final_accounts_node(account.key)


def account_of(dataset: Dataset, node: Node) -> Account:
    """The account behind a FINAL_ACCOUNTS node. Raises LookupError where there is none."""
    account = dataset.account(entry(node, AccountRecord).account)
    if account is None:
        raise LookupError(f"{node.id} has no account")
    return account


def documents(dataset: Dataset, cut: Cut) -> Page[Node]:
    """A page of the documents that the dataset was read from."""
    return page(dataset.version, ("documents",), dataset.graph.nodes(NodeKind.DOCUMENT), cut)


def figure_count(dataset: Dataset, document: DocumentRecord) -> int:
    """How many figures of a measure the document gave, printed totals included."""
    account = document.account
    department = TreeFilter(eq=dataset.department_node(account).id)
    where = Where(department=department, fiscal_year=YearFilter(eq=account.fiscal_year))
    found = select(dataset, None, where, include_totals=True)
    if len(dataset.document_nodes(account)) == 1:
        return len(found)
    return sum(figure.source.document == document.position for figure in found)


def number_count(dataset: Dataset, document: DocumentRecord) -> int:
    """How many numbers the document gave: every cell, every number of a funds block and of the prose."""
    account = dataset.lookups.accounts[document.account]
    printed: Iterable[FigureRecord | FundingRecord | FactRecord] = (*account.figures, *account.funding, *account.facts)
    return sum(each.source.document == document.position for each in printed)


def facts(dataset: Dataset, account: AccountKey, topic: Topic | None, cut: Cut) -> Page[FactRecord]:
    """A page of the numbers that the prose states, of one topic or topic by topic."""
    topics = tuple(Topic) if topic is None else (topic,)
    found = [fact for wanted in topics for fact in dataset.facts(account, wanted)]
    return page(dataset.version, ("facts", account, topic), found, cut)


def stated(
    dataset: Dataset, account: AccountKey, topic: Topic, role: Role, item: str | None = None
) -> Sequence[FactRecord]:
    """What the prose states of a topic in one role (about one item), in printed order."""
    return [f for f in dataset.facts(account, topic) if f.role is role and item in (None, f.item)]


def stated_fen(dataset: Dataset, account: AccountKey, topic: Topic, role: Role, item: str | None = None) -> int | None:
    """The first stated amount in 分; None where the document states none."""
    return next((f.number.fen for f in stated(dataset, account, topic, role, item)), None)


def narratives(dataset: Dataset, account: AccountKey, kind: NarrativeKind | None, cut: Cut) -> Page[NarrativeRecord]:
    """A page of the document's passages of words, of one kind or kind by kind."""
    kinds = tuple(NarrativeKind) if kind is None else (kind,)
    found = [passage for wanted in kinds for passage in dataset.narratives(account, wanted)]
    return page(dataset.version, ("narratives", account, kind), found, cut)


@dataclass(frozen=True, slots=True)
class PrintedGap:
    """A place that was not understood, with all that stands there: its cells by tabs and lines, else its words."""

    record: GapRecord
    text: str


def gaps(dataset: Dataset, account: Account, cut: Cut) -> Page[PrintedGap]:
    """A page of the places that were not understood, in the order of the document."""
    rows: dict[int, dict[int, list[str]]] = {}
    for cell in account.raw_cells:
        rows.setdefault(cell.gap, {}).setdefault(cell.row, []).append(cell.text)
    found = [
        PrintedGap(gap, "\n".join(map("\t".join, rows[gap.position].values())) if gap.position in rows else gap.text)
        for gap in account.gaps
    ]
    return page(dataset.version, ("gaps", account.key), found, cut)


def terms(dataset: Dataset, account: Account, cut: Cut) -> Page[Node]:
    """A page of the defined terms, in printed order."""
    key = account_key(dataset, account.key)
    found = [node for term in account.terms if (node := dataset.graph.node(term_id(key, term.position))) is not None]
    return page(dataset.version, ("terms", account.key), found, cut)


def three_public_items(dataset: Dataset, account: AccountKey) -> list[Node]:
    """The “三公” items that the account prints, the total first."""
    key = account_key(dataset, account)
    found = (dataset.graph.node(three_public_item_id(key, kind)) for kind in ThreePublicItemKind)
    return [node for node in found if node is not None]


def budget_fen(node: Node) -> int | None:
    """The printed 预算数 of a “三公” item in 分."""
    number = entry(node, ThreePublicItem).budget
    return None if number is None else number.fen


def final_fen(node: Node) -> int | None:
    """The printed 决算数 of a “三公” item in 分."""
    number = entry(node, ThreePublicItem).final
    return None if number is None else number.fen


def counts(dataset: Dataset, account: AccountKey, topic: Topic, item: str | None = None) -> list[FactRecord]:
    """The stated numbers of things of a topic (and item), a dash being none."""
    return [fact for fact in stated(dataset, account, topic, Role.COUNT, item) if fact.number.value is not None]


def whole(fact: FactRecord) -> int:
    """A stated count. Raises ValueError where it is not a whole number."""
    value = fact.number.value
    if value is None or value != int(value):
        raise ValueError(f"{fact.number.text!r} counts no whole things")
    return int(value)


def first_count(dataset: Dataset, account: AccountKey, topic: Topic, item: str) -> int | None:
    """The first stated count of an item; None where the document states none."""
    found = counts(dataset, account, topic, item)
    return whole(found[0]) if found else None


def stated_percent(dataset: Dataset, account: AccountKey, topic: Topic, role: Role, item: str | None) -> Decimal | None:
    """The first stated percent of an item; None where the document states none."""
    return next((fact.number.value for fact in stated(dataset, account, topic, role, item)), None)


def as_of(dataset: Dataset, account: AccountKey) -> str | None:
    """The day (ISO 8601) that the stated state assets are of."""
    return next((fact.as_of for fact in dataset.facts(account, Topic.STATE_ASSETS) if fact.as_of is not None), None)


@dataclass(frozen=True, slots=True)
class YearComparison:
    """A stated comparison with the year before, in 分: `change` and `change_percent` are negative for a decrease.

    `previous` follows from the two amounts. `consistent` says whether the stated percent agrees with them within
    the rounding of all three; None where no percent is stated or there was nothing the year before.
    """

    record: ComparisonRecord
    current: int
    change: int
    change_percent: Decimal | None
    consistent: bool | None

    @property
    def previous(self) -> int:
        return self.current - self.change


@dataclass(frozen=True, slots=True)
class SubjectDeviation:
    """The deviation of one subject."""

    subject: Node
    deviation: BudgetDeviation


def comparisons(dataset: Dataset, account: Account) -> list[YearComparison]:
    """Every comparison whose amounts the document states, in printed order."""
    stated = _by_place(dataset.facts(account.key, Topic.YEAR_COMPARISON))
    printed = sorted(account.comparisons, key=lambda record: (record.source.page or 0, record.source.line or 0))
    found = (_comparison(record, stated.get((record.item, record.position), {})) for record in printed)
    return [comparison for comparison in found if comparison is not None]


def _comparison(record: ComparisonRecord, numbers: dict[Role, Number]) -> YearComparison | None:
    current, change, percent = (numbers.get(role) for role in (Role.AMOUNT, Role.CHANGE, Role.CHANGE_PERCENT))
    sign = -1 if record.direction is Direction.DECREASE else 1
    moved = 0 if record.direction is Direction.FLAT and change is None else _fen(change)
    if current is None or current.fen is None or moved is None:
        return None
    stated_percent = None if percent is None or percent.value is None else sign * abs(percent.value)
    consistent = _agrees(current, sign, change, percent)
    return YearComparison(record, current.fen, sign * abs(moved), stated_percent, consistent)


def _agrees(current: Number, sign: int, change: Number | None, percent: Number | None) -> bool | None:
    """Does the stated percent lie where change over previous can lie, given how each is rounded?"""
    if change is None or percent is None or percent.value is None or current.fen is None or change.fen is None:
        return None
    ratios = []
    moves = [2 * sign * abs(change.fen) + end * change.step for end in (-1, 1)]
    totals = [2 * current.fen + end * current.step for end in (-1, 1)]
    for moved, total in product(moves, totals):
        if total <= moved:
            return None
        ratios.append(Fraction(100 * moved, total - moved))
    stated, half = sign * abs(Fraction(percent.value)), Fraction(1, 2 * 10**percent.decimals)
    return min(ratios) - half <= stated <= max(ratios) + half


def _fen(number: Number | None) -> int | None:
    return None if number is None else number.fen


def _by_place(facts: Iterable[FactRecord]) -> dict[_Key, dict[Role, Number]]:
    """The numbers of each passage by role; the first where a role is stated twice."""
    found: dict[_Key, dict[Role, Number]] = {}
    for fact in facts:
        found.setdefault((fact.item, fact.position), {}).setdefault(fact.role, fact.number)
    return found


def deviations_by_subject(dataset: Dataset, account: Account, cut: Cut) -> Page[SubjectDeviation]:
    """A page of the deviations of subjects, in printed order."""
    found = [
        SubjectDeviation(subject, deviation)
        for deviation in deviations(dataset, account)
        if deviation.record.code is not None
        and (subject := dataset.subject(Classification.FUNCTIONAL, deviation.record.code)) is not None
    ]
    return page(dataset.version, ("deviations", account.key), found, cut)


def stated_budget(dataset: Dataset, account: Account) -> BudgetDeviation | None:
    """The deviation of the account as a whole; None where the document states none."""
    return next((found for found in deviations(dataset, account) if found.record.code is None), None)
