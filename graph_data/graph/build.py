"""Accounts → graph: the organisation, every account with its links, and the part that one account alone makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from graph_data.classification import division_name
from graph_data.core.errors import PackageError
from graph_data.core.records import Account, IndicatorRecord, LineRecord, ProjectRecord, TermRecord
from graph_data.core.terms import Classification, ColumnKey, FundingQuantity, FundSource, StatementForm
from graph_data.graph import ids
from graph_data.graph.draft import (
    Draft,
    add_finding,
    add_findings,
    add_statements,
    add_subjects,
    add_three_public_items,
    concerned_id,
)
from graph_data.graph.graph import DrawnGraph
from graph_data.graph.identities import Identities, identify, names_of
from graph_data.graph.nodes import DivisionEntry, EdgeKind, FindingEntry, Node, NodeKind


def build(accounts: Sequence[Account], findings: Sequence[FindingEntry] = ()) -> tuple[DrawnGraph, Identities]:
    """The graph of all accounts and of what their checks found, and which departments and units their records mean.

    Raises PackageError where records point to what the accounts do not hold.
    """
    oldest_first = sorted(accounts, key=lambda account: (account.key.fiscal_year, account.key))
    identities = identify(oldest_first)
    draft = Draft()
    _add_organization(draft, oldest_first, identities)
    add_subjects(draft, oldest_first)
    for account in sorted(accounts, key=lambda each: identities.accounts[each.key]):
        add_account(draft, account, identities.accounts[account.key])
    for account in oldest_first:
        link_accounts(draft, account, identities)
    add_findings(draft, findings, identities)
    return draft.freeze().draw(), identities


def _add_organization(draft: Draft, accounts: Sequence[Account], identities: Identities) -> None:
    for division in _divisions(accounts):
        draft.add(division)
    for department in identities.departments:
        draft.add(department, ids.division_id(ids.key_of(department.id).partition("/")[0]))
        for unit in identities.units.get(department.id, ()):
            draft.add(unit, department.id, EdgeKind.HAS_UNIT)
    for account in accounts:
        _add_projects(draft, account, identities)


def _divisions(accounts: Sequence[Account]) -> Iterable[Node]:
    """The newest account names a division; where it leaves the name out, GB/T 2260 does."""
    names: dict[str, dict[str, None]] = {}
    for account in reversed(accounts):
        names.setdefault(account.key.division, {}).update({account.department.division_name: None})
    for code in sorted(names):
        spellings = tuple(name for name in names[code] if name) or (division_name(code) or code,)
        yield Node(ids.division_id(code), NodeKind.DIVISION, spellings[0], code, 1, DivisionEntry(code, spellings))


def _add_projects(draft: Draft, account: Account, identities: Identities) -> None:
    key = identities.accounts[account.key]
    indicators: dict[int, list[IndicatorRecord]] = {}
    for record in account.indicators:
        indicators.setdefault(record.project, []).append(record)
    for project in sorted(account.projects, key=lambda each: each.project):
        unit = identities.unit_of.get((account.key, project.unit))
        if unit is None:
            raise PackageError("projects", f"unit {project.unit!r} of {project.name}", "a unit of the account")
        node = _project(key, project)
        draft.add(node, unit, EdgeKind.RUNS_PROJECT)
        add_indicators(draft, node.id, key, indicators.pop(project.project, []))
    if indicators:
        raise PackageError("indicators", f"project {min(indicators)} of {key}", "a project of the account")


def _project(account: str, record: ProjectRecord) -> Node:
    return Node(ids.project_id(account, record.project), NodeKind.PROJECT, record.name, None, 4, record)


def add_indicators(draft: Draft, project: str, account: str, records: Sequence[IndicatorRecord]) -> None:
    """The tree of one sheet below its project, in the order of its paths: 1, 1.1, 1.1.1, … 1.10."""
    for record in sorted(records, key=lambda each: [int(step) for step in each.indicator.split(".")]):
        id = ids.indicator_id(account, record.project, record.indicator)
        node = Node(id, NodeKind.INDICATOR, record.name, None, record.level, record)
        if record.parent is None:
            draft.add(node, project, EdgeKind.HAS_INDICATOR)
            continue
        parent = ids.indicator_id(account, record.project, record.parent)
        if parent not in draft.nodes:
            raise PackageError(
                "indicators", f"{record.indicator} without {record.parent}", "a parent for each indicator"
            )
        draft.add(node, parent)


def add_account(draft: Draft, account: Account, key: str) -> None:
    """The account, its documents, and what stands in them outside the organisation; `key` is how ids write it."""
    record = account.department
    final_accounts = ids.id_of(NodeKind.FINAL_ACCOUNTS, key)
    draft.add(Node(final_accounts, NodeKind.FINAL_ACCOUNTS, record.title, None, 0, record))
    documents = {each.position: ids.id_of(NodeKind.DOCUMENT, key, each.name) for each in account.documents}
    for document in account.documents:
        draft.add(Node(documents[document.position], NodeKind.DOCUMENT, record.title, None, 0, document))
        draft.link(final_accounts, EdgeKind.FOUND_IN, documents[document.position])
    add_statements(draft, account, key)
    add_three_public_items(draft, account, key)
    for term in account.terms:
        node = Node(ids.term_id(key, term.position), NodeKind.TERM, term.term, None, 0, term)
        draft.add(node)
        draft.link(node.id, EdgeKind.FOUND_IN, documents[term.source.document])


_SPENDING = (
    ColumnKey.TOTAL,
    ColumnKey.BASIC,
    ColumnKey.PROJECT,
    ColumnKey.REMITTANCE_TO_SUPERIOR,
    ColumnKey.BUSINESS_EXPENDITURE,
    ColumnKey.SUBSIDY_TO_AFFILIATES,
)
_FUNDS = (
    StatementForm.GENERAL_PUBLIC_BUDGET,
    StatementForm.GOVERNMENT_MANAGED_FUNDS,
    StatementForm.STATE_CAPITAL_OPERATIONS,
)


def link_accounts(draft: Draft, account: Account, identities: Identities) -> None:
    """Every link of one account that is no edge of a tree."""
    owner = identities.owners[account.key]
    link_own(draft, account, identities.accounts[account.key], owner)
    for code in sorted(_spent(account)) if owner == identities.department_of[account.key] else ():
        draft.link(owner, EdgeKind.SPENDS_UNDER, ids.subject_id(Classification.FUNCTIONAL, code))


def link_own(draft: Draft, account: Account, key: str, owner: str) -> None:
    """Those links that end at a node of the account itself, which is `owner`'s."""
    final_accounts = ids.id_of(NodeKind.FINAL_ACCOUNTS, key)
    draft.link(owner, EdgeKind.REPORTED_IN, final_accounts)
    for project in account.projects:
        draft.link(ids.project_id(key, project.project), EdgeKind.REPORTED_IN, final_accounts)
    _link_lines(draft, account, key)
    _link_terms(draft, account, key)
    for number, code in charged(account).items():
        subject = ids.subject_id(Classification.FUNCTIONAL, code)
        draft.link(ids.project_id(key, number), EdgeKind.CHARGED_TO, subject)


def _link_lines(draft: Draft, account: Account, key: str) -> None:
    for line in account.lines:
        if line.code and line.classification:
            subject = ids.subject_id(line.classification, line.code)
            draft.link(subject, EdgeKind.REPORTED_IN, ids.line_id(key, line.form, line.line))


def _link_terms(draft: Draft, account: Account, key: str) -> None:
    """A term may name a subject that no account prints; then there is nothing to link it to."""
    for term in account.terms:
        subject = ids.subject_id(term.classification, term.code) if term.classification and term.code else None
        if subject in draft.nodes and subject is not None:
            draft.link(ids.term_id(key, term.position), EdgeKind.DEFINES, subject)


def _spent(account: Account) -> set[str]:
    """The leaf functional subjects with money: no longer code with money begins with them.

    支出决算表 says so; where it is not published, the statements of the three funds do.
    """
    cells = _cells(account, StatementForm.EXPENDITURE, _SPENDING)
    for form in () if cells else _FUNDS:
        cells |= _cells(account, form, _SPENDING)
    return _leaves(cells)


def charged(account: Account) -> dict[int, str]:
    """项目 → 科目 where the figures prove it.

    The project's executed total is the project expenditure of exactly one leaf subject, and no other project
    of the account executed that amount.
    """
    cells = _cells(account, StatementForm.EXPENDITURE, (ColumnKey.PROJECT,))
    subjects: dict[int, list[str]] = {}
    for code in _leaves(cells):
        subjects.setdefault(cells[code], []).append(code)
    executed = {
        funding.project: funding.number.fen
        for funding in account.funding
        if funding.fund_source is FundSource.TOTAL and funding.quantity is FundingQuantity.EXECUTED
    }
    shared = Counter(executed.values())
    return {
        project: subjects[fen][0]
        for project, fen in sorted(executed.items())
        if fen and shared[fen] == 1 and len(subjects.get(fen, ())) == 1
    }


def _cells(account: Account, form: StatementForm, keys: Collection[ColumnKey]) -> dict[str, int]:
    """What a statement prints for each subject in some columns in 分, zeros left out; the last column where several."""
    codes = {line.line: line.code for line in account.lines if line.form is form and line.code}
    columns = {each.column for each in account.columns if each.form is form and each.key in keys}
    return {
        codes[figure.line]: figure.number.fen
        for figure in account.figures
        if figure.form is form and figure.line in codes and figure.column in columns and figure.number.fen
    }


def _leaves(cells: Mapping[str, int]) -> set[str]:
    codes = sorted(cells)
    return {code for code, longer in zip(codes, [*codes[1:], ""], strict=False) if not longer.startswith(code)}


_SHARED = frozenset(
    kind.name.lower()
    for kind in (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.UNIT, NodeKind.PROJECT, NodeKind.SUBJECT)
)


class Structured(Protocol):
    """What is asked of the organisation and the subjects that an account belongs to."""

    def node(self, id: str) -> Node | None:
        """The node of this id; None where there is none."""

    def parent(self, id: str) -> Node | None:
        """The parent in the node's tree."""

    def interval(self, id: str) -> tuple[int, int]:
        """What orders nodes as the whole graph does."""


def account_graph(
    account: Account, key: str, owner: str, findings: Sequence[FindingEntry], structure: Structured
) -> DrawnGraph:
    """Every node of an account with all of its edges, in the order that they have in the whole graph.

    `structure` gives the nodes of organisation and subjects, which stand here without edges of their own: a project
    without its unit above, a subject without its tree.
    """
    draft = Draft()
    for node in _touched(account, key, owner, findings, structure):
        draft.add(node)
    for project, indicators in _sheets(account, key).items():
        unit = structure.parent(project)
        if unit is not None:
            draft.link(unit.id, EdgeKind.RUNS_PROJECT, project)
        add_indicators(draft, project, key, indicators)
    add_account(draft, account, key)
    link_own(draft, account, key, owner)
    for finding in findings:
        add_finding(draft, finding, key, names_of(account))
    return draft.freeze()


def _sheets(account: Account, key: str) -> dict[str, list[IndicatorRecord]]:
    """The indicators of each project, by the project's id."""
    sheets: dict[str, list[IndicatorRecord]] = {ids.project_id(key, each.project): [] for each in account.projects}
    for record in account.indicators:
        sheets[ids.project_id(key, record.project)].append(record)
    return sheets


def _touched(
    account: Account, key: str, owner: str, findings: Sequence[FindingEntry], structure: Structured
) -> list[Node]:
    """The nodes of organisation and subjects that an edge of the account ends at, in the order of the whole graph."""
    named = dict.fromkeys((owner, *_projects(account, key, structure), *_subjects(account)))
    named |= dict.fromkeys(concerned_id(finding, key) for finding in findings)
    shared = (structure.node(id) for id in named if id.partition(":")[0] in _SHARED)
    return sorted((node for node in shared if node is not None), key=lambda node: structure.interval(node.id))


def _projects(account: Account, key: str, structure: Structured) -> Iterator[str]:
    for project in account.projects:
        id = ids.project_id(key, project.project)
        unit = structure.parent(id)
        yield from (id,) if unit is None else (id, unit.id)


def _subjects(account: Account) -> Iterator[str]:
    """The ids of the subjects that lines print, terms name and projects are charged to."""
    named: tuple[LineRecord | TermRecord, ...] = (*account.lines, *account.terms)
    for record in named:
        if record.code and record.classification:
            yield ids.subject_id(record.classification, record.code)
    yield from (ids.subject_id(Classification.FUNCTIONAL, code) for code in charged(account).values())
