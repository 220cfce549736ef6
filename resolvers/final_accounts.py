"""部门决算: one department's account of one year, and what its prose states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from graph_data.core.records import (
    Account,
    AccountKey,
    AccountRecord,
    DocumentRecord,
    FactRecord,
    FigureRecord,
    FundingRecord,
    NarrativeRecord,
)
from graph_data.core.terms import NarrativeKind, Role, ThreePublicItemKind, Topic
from graph_data.dataset import Dataset
from graph_data.graph import Node, NodeKind, ThreePublicItem
from graph_data.graph.ids import term_id, three_public_item_id
from graph_data.rollup import TreeFilter, Where, YearFilter, select
from resolvers.organization import DepartmentBy, department
from resolvers.paging import Cut, Page, page
from resolvers.records_of import entry
from resolvers.statements import account_key


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
