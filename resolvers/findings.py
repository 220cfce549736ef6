"""What the checks found: across the dataset, beside a node, and as the ledger of an account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from graph_data.checks import CHECKS, Check
from graph_data.checks.book import Book
from graph_data.checks.disclosure import Standing, checklist
from graph_data.core.records import Account, AccountKey
from graph_data.core.sequences import Each
from graph_data.core.terms import CheckOutcome, ConclusionKind, Dimension, Severity
from graph_data.dataset import Dataset
from graph_data.digest import AccountScore, account_score
from graph_data.findings import LedgerEntry, LocatedFinding, rank
from graph_data.graph import Node
from graph_data.lists import require_known
from graph_data.members import members
from resolvers.paging import Cut, Page, page

_BY_ID = {check.id: check for check in CHECKS}
_TITLES = {check.id: check.title.zh for check in CHECKS}


@dataclass(frozen=True, slots=True)
class FindingQuestion:
    """Which findings: everything given must hold."""

    severity: Severity | None = None
    check: str | None = None
    conclusion: ConclusionKind | None = None


def checks() -> Sequence[Check]:
    """Every check there is, in the order of the ledgers."""
    return CHECKS


def check(id: str) -> Check:
    """The check of this id. Raises KeyError where there is none."""
    return _BY_ID[id]


def known_check(id: str) -> Check | None:
    """The check of this id; None where there is none, or no longer."""
    return _BY_ID.get(id)


def findings(dataset: Dataset, question: FindingQuestion, department: str | None, cut: Cut) -> Page[Node]:
    """A page of all findings, of one department (by id, code or name) where it is given."""
    if department is None:
        return _page(dataset, None, question, ("findings",), cut)
    [node] = members(dataset, Dimension.DEPARTMENT, department, name="department")
    return findings_at(dataset, node.id, question, cut)


def findings_at(dataset: Dataset, id: str, question: FindingQuestion, cut: Cut) -> Page[Node]:
    """A page of the findings that concern a node or a part of it."""
    return _page(dataset, id, question, ("findings at", id), cut)


def _page(dataset: Dataset, at: str | None, question: FindingQuestion, order: tuple[str, ...], cut: Cut) -> Page[Node]:
    if question.check is not None:
        require_known("check", question.check, _TITLES)
    node = None if at is None else dataset.node(at)
    if question.conclusion is not None:
        found: Sequence[LocatedFinding] = _concluded(dataset, at, question)
    elif node is not None and dataset.divisions.is_shared(node):
        codes = {each.code for each in dataset.divisions.within(node)}
        every = dataset.found.selected(None, question.severity, question.check)
        found = tuple(each for each in every if each.account.division in codes)
    else:
        found = dataset.found.selected(at, question.severity, question.check)
    return page(dataset.version, (*order, question), Each(found, attrgetter("node")), cut)


def _concluded(dataset: Dataset, at: str | None, question: FindingQuestion) -> Sequence[LocatedFinding]:
    """The findings that the auditor concluded so, from the conclusions, of which there are few; in the order of all."""
    told = dataset.conclusions.by_id
    kept = [dataset.finding(id) for id, each in told.items() if each.kind is question.conclusion]
    holding = [each for each in kept if each is not None and dataset.conclusion(each) is not None]
    if at is not None:
        within = {each.node.id for each in dataset.found.selected(at)}
        holding = [each for each in holding if each.node.id in within]
    asked = (question.severity, question.check)
    return sorted((each for each in holding if _is_asked(each, *asked)), key=rank)


def _is_asked(each: LocatedFinding, severity: Severity | None, check: str | None) -> bool:
    return severity in (None, each.finding.severity) and check in (None, each.finding.check)


def located(dataset: Dataset, node: Node) -> LocatedFinding:
    """The finding behind a FINDING node. Raises LookupError where there is none."""
    found = dataset.finding(node.id)
    if found is None:
        raise LookupError(f"{node.id} is no finding")
    return found


def ledger(dataset: Dataset, account: AccountKey) -> Sequence[LedgerEntry]:
    """How every check of an account ended, in the order of the checks."""
    return dataset.ledger(account)


def disclosure(account: Account) -> Sequence[Standing]:
    """How each item that must be published stands in an account."""
    return checklist(Book(account))


def score(dataset: Dataset, account: AccountKey) -> AccountScore:
    """The score of an account, with its parts."""
    return account_score(dataset, account)


def count(entries: Sequence[LedgerEntry], outcome: CheckOutcome) -> int:
    """How many checks of a ledger ended in one way."""
    return sum(entry.outcome is outcome for entry in entries)


def group(found: LocatedFinding) -> str:
    """The id of the first finding of the same cause in the account."""
    return f"{found.node.id.rsplit('/', 2)[0]}/{found.finding.group}"
